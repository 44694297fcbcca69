"""The draft of a packet: reading and keeping what is chosen and cut.

Rules: each look and each change is asked of the gate and in the log before it happens; two windows
do not overwrite each other.
"""

from collections.abc import Callable, Collection

from django.db import transaction

from stillroom.access import Act, Grant, Purpose, Ward
from stillroom.chart import queries as charts
from stillroom.disclosure import queries, rules_draft, rules_versions
from stillroom.disclosure.actions import ChangedMeanwhile
from stillroom.disclosure.finding import find_matter
from stillroom.disclosure.models import Matter, PacketDraft
from stillroom.disclosure.rules_draft import Draft
from stillroom.law import Corpus
from stillroom.phi import Presence, bridge
from stillroom.practice import queries as practice


def draft_of(presence: Presence, matter_id: str) -> Draft:
    """What was chosen so far; nothing, if nobody chose."""
    matter = find_matter(presence, matter_id, Act.RELEASE_PREPARE)
    return _read(presence, matter, _row(matter))


def _row(matter: Matter) -> PacketDraft | None:
    return PacketDraft.objects.filter(matter=matter).first()


def _allowed(presence: Presence, matter: Matter) -> tuple[Ward, Grant]:
    ward = charts.chart_ward(matter.chart)
    cares = practice.cares_of(presence.person, matter.chart)
    return ward, bridge.ask(presence, Act.RELEASE_PREPARE, Purpose.RELEASE, ward, cares=cares)


def _read(presence: Presence, matter: Matter, row: PacketDraft | None) -> Draft:
    ward, grant = _allowed(presence, matter)
    if row is None:
        return rules_draft.NOTHING_CHOSEN
    part = (matter.pk, "packet draft", row.revision, bytes(row.sealed))
    details: bridge.Details = {"did": "read what is chosen", "matter": matter.pk}
    (words,) = bridge.reveal(presence, grant, ward, [part], details)
    return rules_draft.decode(words)


def change(presence: Presence, matter_id: str, make: Callable[[Draft], Draft]) -> Draft:
    """Keep the draft as `make` changes it; gives it back. `ChangedMeanwhile` in a race."""
    matter = find_matter(presence, matter_id, Act.RELEASE_PREPARE)
    row = _row(matter)
    before = _read(presence, matter, row)
    after = make(before)
    if after == before:
        return after
    ward, grant = _allowed(presence, matter)
    revision = row.revision + 1 if row else 1
    details: bridge.Details = {"did": "chose for a packet", "matter": matter.pk}
    with transaction.atomic():
        bridge.note(presence, grant, ward, details)
        words = rules_draft.encode(after)
        sealed = bridge.seal(presence, grant, ward, matter.pk, "packet draft", revision, words)
        if row is None:
            _, new = PacketDraft.objects.get_or_create(matter=matter, defaults={"sealed": sealed})
        else:
            at = PacketDraft.objects.filter(matter=matter, revision=row.revision)
            new = bool(at.update(revision=revision, sealed=sealed))
        if not new:
            raise ChangedMeanwhile
    return after


def require_asked(
    presence: Presence, corpus: Corpus, matter_id: str, versions: Collection[str], words: str
) -> None:
    """Nothing where a matter asks for earlier versions in these words, or none are chosen; asked
    before anything is kept."""
    if versions:
        asked = queries.whole_matter(presence, corpus, matter_id).determination.asked
        rules_versions.require_asked(versions, words, (asked.letter, asked.intake.asks_for))
