"""Writing notes about supervision: begin, save, sign, add, give to the colleague, take back.

Rules: only the supervisor writes. A note begins under a new ring that is wrapped to her alone; the
colleague's wrap comes when the note is signed and she gives it, and goes when she takes it back
(what was read was read). What is signed stays; words are added beneath it (P5). Each act has its
entry before its rows (0012).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from stillroom.access import Act, Grant, Purpose, Role, Ward
from stillroom.chart import rules as records
from stillroom.chart.contents import Content
from stillroom.chart.kinds import ADDENDUM
from stillroom.chart.sheets import Posted, faults
from stillroom.identity import queries as people
from stillroom.kernel import new_id
from stillroom.phi import Presence, bridge, rings, rows
from stillroom.supervision import queries
from stillroom.supervision.models import Draft, Note, Revision
from stillroom.supervision.rules import KIND, Clash, NobodyToSupervise, NotSignedYet


def begin(presence: Presence, supervisee: str) -> str:
    """A new draft about a colleague's work; gives the note's id."""
    colleague = people.colleagues().get(supervisee)
    row = Note(
        id=new_id(),
        supervisor=presence.person,
        supervisee=supervisee,
        started_at=presence.at,
    )
    ward = queries.ward_of(row)
    grant = bridge.ask(presence, Act.SUPERVISION_WRITE, Purpose.SUPERVISION, ward)
    if colleague is None or supervisee == presence.person:
        raise NobodyToSupervise
    if Role.CLINICIAN.value not in colleague.roles:
        raise NobodyToSupervise
    own = {presence.person: presence.key}
    with transaction.atomic():
        rings.make_ring(presence.house, row.pk, rings.Kind.SUPERVISION, own)
        bridge.note(presence, grant, ward, {"did": "began", "note": row.pk})
        words = records.encode(records.blank(KIND))
        sealed = bridge.seal(presence, grant, ward, row.pk, "draft", 1, words)
        rows.insert([row], [Draft(note=row, version=1, sealed=sealed, saved_at=presence.at)])
    return row.pk


@dataclass(frozen=True)
class _Writing:
    row: Note
    draft: Draft
    grant: Grant
    ward: Ward


def _draft_of(presence: Presence, note_id: str) -> _Writing:
    row, grant, ward = queries.find(presence, note_id, Act.SUPERVISION_WRITE)
    draft = Draft.objects.filter(pk=row.pk).first()
    if draft is None:
        raise records.AlreadySigned
    return _Writing(row, draft, grant, ward)


def save(presence: Presence, note_id: str, fields: Mapping[str, Posted], version: int) -> int:
    """Seal what is typed; gives the draft's next version. `Clash` if it moved on since `version`.

    Saving opens nothing and writes no entry (0010).
    """
    at = _draft_of(presence, note_id)
    words = records.encode(records.written(KIND, KIND.first_form, fields))
    if at.draft.version != version:
        raise Clash
    sealed = bridge.seal(presence, at.grant, at.ward, note_id, "draft", version + 1, words)
    changed = Draft.objects.filter(pk=note_id, version=version).update(
        version=version + 1, sealed=sealed, saved_at=presence.at
    )
    if not changed:
        raise Clash
    return version + 1


def _opened(presence: Presence, at: _Writing) -> Content:
    row, _, ward = at.row, at.grant, at.ward
    grant = bridge.ask(presence, Act.SUPERVISION_READ, Purpose.SUPERVISION, ward)
    part: bridge.SealedPart = (row.pk, "draft", at.draft.version, bytes(at.draft.sealed))
    words = bridge.reveal(presence, grant, ward, [part], {"did": "draft", "note": row.pk})
    return records.decode(words[0])


def sign(presence: Presence, note_id: str, version: int) -> int:
    """Sign the draft as it stands at `version`; gives the entry's number in the log."""
    at = _draft_of(presence, note_id)
    content = _opened(presence, at)
    if content.empty:
        raise records.NothingWritten
    if wrong := faults(KIND, content):
        raise records.NotComplete(wrong)
    with transaction.atomic():
        if not Draft.objects.filter(pk=note_id, version=version).delete()[0]:
            raise Clash
        entry = _append(presence, at.row, at.grant, at.ward, records.encode(content))
        Note.objects.filter(pk=note_id).update(signed_at=presence.at)
    return entry


def addend(presence: Presence, note_id: str, text: str) -> int:
    """Words beneath a signed note, signed as well."""
    row, grant, ward = queries.find(presence, note_id, Act.SUPERVISION_WRITE)
    if row.signed_at is None:
        raise NotSignedYet
    if not text.strip():
        raise records.NothingWritten
    content = records.written(ADDENDUM, "Free", {"Note": text.strip()})
    with transaction.atomic():
        return _append(presence, row, grant, ward, records.encode(content))


def _append(presence: Presence, row: Note, grant: Grant, ward: Ward, words: bytes) -> int:
    last = row.revisions.order_by("-number").first()
    number = last.number + 1 if last else 1
    content = records.content_hash(words)
    previous = bytes(last.chain_hash) if last else b""
    chain = records.chain_hash(previous, row.pk, number, content, presence.person, presence.at)
    details: bridge.Details = {"did": "signed", "note": row.pk, "number": number}
    entry = bridge.note(presence, grant, ward, {**details, "content": content.hex()})
    revision = Revision(
        note=row,
        number=number,
        sealed=bridge.seal(presence, grant, ward, row.pk, "revision", number, words),
        content_hash=content,
        chain_hash=chain,
        signer=presence.person,
        signed_at=presence.at,
        signature=presence.key.sign(records.signed_message(chain)),
        entry=entry,
    )
    rows.insert([revision])
    return entry


def share(presence: Presence, note_id: str) -> None:
    """Give a signed note to the colleague whom it is about, to read."""
    row, grant, ward = queries.find(presence, note_id, Act.SUPERVISION_SHARE)
    if row.signed_at is None:
        raise NotSignedYet
    key = people.public_key(row.supervisee)
    if key is None:
        raise NobodyToSupervise
    with transaction.atomic():
        bridge.note(presence, grant, ward, {"did": "gave", "to": row.supervisee})
        rings.share_ring(presence, row.pk, rings.Kind.SUPERVISION, row.supervisee, key)
        Note.objects.filter(pk=row.pk).update(shared_at=presence.at)


def withdraw(presence: Presence, note_id: str) -> None:
    """Take it back: the colleague's wrap is gone at once. What she read, she has read."""
    row, grant, ward = queries.find(presence, note_id, Act.SUPERVISION_SHARE)
    with transaction.atomic():
        bridge.note(presence, grant, ward, {"did": "took back", "from": row.supervisee})
        rings.withdraw_ring(row.pk, rings.Kind.SUPERVISION, row.supervisee)
        Note.objects.filter(pk=row.pk).update(shared_at=None)


def discard(presence: Presence, note_id: str, *, with_words: bool = False) -> None:
    """Throw a draft away; `HoldsWords` if there are any and that was not meant."""
    at = _draft_of(presence, note_id)
    if at.draft.version > 1 and not with_words and not _opened(presence, at).empty:
        raise records.HoldsWords
    with transaction.atomic():
        bridge.note(presence, at.grant, at.ward, {"did": "discarded", "note": note_id})
        if not Draft.objects.filter(pk=note_id, version=at.draft.version).delete()[0]:
            raise Clash
        Note.objects.filter(pk=note_id, signed_at__isnull=True).delete()
        rings.withdraw_ring(note_id, rings.Kind.SUPERVISION, presence.person)
