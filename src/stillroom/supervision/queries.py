"""Reading notes about supervision: my own, and those that were given to me to read.

Every opening is one gate decision and one durable entry (P1), sealed under the note's own ring: the
log tells an auditor that a supervision note was opened and by whom, and nothing of what it says.
Another's note is *not here*, whether it exists or not (P8).
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from stillroom.access import Act, Grant, Label, Purpose, Role, Ward
from stillroom.chart import rules as records
from stillroom.chart.contents import Content
from stillroom.chart.sheets import Reading, reading
from stillroom.chart.signatures import check_signatures
from stillroom.phi import NotHere, Presence, Told, bridge
from stillroom.supervision.models import Draft, Note, Revision
from stillroom.supervision.rules import KIND


@dataclass(frozen=True)
class Line:
    """One note in the list; nothing of it is opened for that."""

    id: str
    supervisor: str
    supervisee: str
    started_at: datetime
    signed_at: datetime | None
    shared_at: datetime | None
    mine: bool


@dataclass(frozen=True)
class Written:
    """One signed revision with its words; number 1 is the note, others are addenda."""

    number: int
    content: Content
    signer: str
    signed_at: datetime
    entry: int
    content_hash: str


@dataclass(frozen=True)
class WholeNote:
    """A note with all that was signed in it, or its draft for its author."""

    id: str
    supervisor: str
    supervisee: str
    started_at: datetime
    shared_at: datetime | None
    revisions: tuple[Written, ...]
    draft: Content | None
    draft_version: int
    draft_saved_at: datetime | None

    @property
    def reading(self) -> tuple[Reading, ...]:
        """What was signed first, heading by heading."""
        return reading(KIND, self.revisions[0].content)


def ward_of(row: Note) -> Ward:
    """One note, as the gate sees it: its own number stands in the place of a chart."""
    shared = frozenset({row.supervisee}) if row.shared_at else frozenset[str]()
    return Ward(
        chart=row.pk,
        record=row.pk,
        labels=frozenset({Label.SUPERVISION}),
        author=row.supervisor,
        shared_with=shared,
    )


def supervises(presence: Presence) -> bool:
    """Whether this person writes such notes at all: for showing or leaving out a door."""
    return Role.SUPERVISOR in presence.roles


def find(presence: Presence, note_id: str, act: Act) -> tuple[Note, Grant, Ward]:
    """A note's row and the permission for one act, or `NotHere`, written down like any refusal."""
    row = Note.objects.filter(pk=note_id).first()
    if row is None:
        bridge.refuse(presence, act, note_id)
        raise NotHere
    ward = ward_of(row)
    return row, bridge.ask(presence, act, Purpose.SUPERVISION, ward), ward


def lines(presence: Presence) -> list[Line]:
    """My notes and those given to me, newest first."""
    mine = Q(supervisor=presence.person) if supervises(presence) else Q(pk__in=())
    given = Q(supervisee=presence.person, shared_at__isnull=False)
    rows = Note.objects.filter(mine | given).order_by("-started_at", "-pk")
    return [
        Line(
            row.pk,
            row.supervisor,
            row.supervisee,
            row.started_at,
            row.signed_at,
            row.shared_at,
            row.supervisor == presence.person,
        )
        for row in rows
    ]


def note(presence: Presence, note_id: str) -> WholeNote:
    """One note in full; its chain and signatures are checked before it is shown."""
    row, grant, ward = find(presence, note_id, Act.SUPERVISION_READ)
    signed = list(row.revisions.order_by("number"))
    own = row.supervisor == presence.person
    draft = Draft.objects.filter(pk=row.pk).first() if own else None
    parts: list[bridge.SealedPart] = [
        (row.pk, "revision", one.number, bytes(one.sealed)) for one in signed
    ]
    if draft is not None:
        parts.append((row.pk, "draft", draft.version, bytes(draft.sealed)))
    if not parts:
        raise NotHere
    words = bridge.reveal(presence, grant, ward, parts, {"did": "read", "note": row.pk})
    check_signatures(row.pk, signed, words[: len(signed)])
    return WholeNote(
        id=row.pk,
        supervisor=row.supervisor,
        supervisee=row.supervisee,
        started_at=row.started_at,
        shared_at=row.shared_at,
        revisions=tuple(_written(one, text) for one, text in zip(signed, words, strict=False)),
        draft=records.decode(words[-1]) if draft is not None else None,
        draft_version=draft.version if draft is not None else 0,
        draft_saved_at=draft.saved_at if draft is not None else None,
    )


def _written(row: Revision, words: bytes) -> Written:
    content = records.decode(words)
    digest = bytes(row.content_hash).hex()
    return Written(row.number, content, row.signer, row.signed_at, row.entry, digest)


def told_of_log(most: int) -> list[Told]:
    """The entries that the newest revisions name."""
    rows = Revision.objects.order_by("-entry").values_list("entry", "signer")[:most]
    return [Told(entry, frozenset({Act.SUPERVISION_WRITE}), actor) for entry, actor in rows]
