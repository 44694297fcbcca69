"""A record and its file: found, asked for, opened. What `arriving` and `reading` share.

Rules: whose record it is, is asked of the gate before anything is said of a file (P8). A file is
changed only by the author of a draft.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from stillroom.access import Act, Grant, Purpose, Ward
from stillroom.chart import kinds, queries, rules
from stillroom.chart.documents import facts
from stillroom.chart.documents.facts import Facts
from stillroom.chart.documents.filed import SHELVES_OF_FILES
from stillroom.chart.models import Original, Piece, Record
from stillroom.kernel import StillroomError
from stillroom.phi import Presence, bridge
from stillroom.phi.streams import Spot
from stillroom.practice import queries as practice


class NoFile(StillroomError):
    """A file was asked for that is not there, or not whole."""

    what = "there is no whole file here"
    usual_advice = "Open the record again; what is there stands on its page."


@dataclass(frozen=True)
class Held:
    """A record with the permission for what is to be done with it."""

    row: Record
    grant: Grant
    ward: Ward


def own_draft(presence: Presence, record_id: str) -> Held:
    """The author's own draft of a kind that has a file, to be written."""
    row = queries.find_record(presence, record_id, Act.RECORD_WRITE)
    held = _held(presence, row, queries.acts_of(row.private)[1], Purpose.TREATMENT)
    if row.state != Record.State.DRAFT or row.author != presence.person:
        raise rules.AlreadySigned
    if row.kind not in SHELVES_OF_FILES:
        raise kinds.UnknownKind
    return held


def to_read(presence: Presence, row: Record) -> Held:
    """The same record, to be read for the reason that this person has."""
    cares = practice.cares_of(presence.person, row.chart)
    return _held(
        presence, row, queries.acts_of(row.private)[0], practice.purpose_for(presence, cares)
    )


def _held(presence: Presence, row: Record, act: Act, purpose: Purpose) -> Held:
    cares = practice.cares_of(presence.person, row.chart)
    ward = queries.ward_of(row)
    return Held(row, bridge.ask(presence, act, purpose, ward, cares=cares), ward)


def original_of(held: Held, upload: str = "") -> Original:
    """The file of a record (the one that this upload brought); `NoFile` if there is none."""
    wanted = {"pk": upload} if upload else {}
    row = Original.objects.filter(record_id=held.row.pk, **wanted).first()
    if row is None:
        raise NoFile
    return row


def spot(original: Original) -> Spot:
    """Where the pieces of an original are sealed."""
    return Spot(original.record_id, f"file:{original.pk}")


def page_part(original: Original) -> str:
    """The part of a place in which pages are sealed; the revision is the page's number."""
    return f"page:{original.pk}"


def facts_part(original: Original) -> bridge.SealedPart:
    """What is known of the file, sealed."""
    part = f"facts:{original.pk}"
    return original.record_id, part, original.facts_revision, bytes(original.facts)


def seal_facts(presence: Presence, held: Held, original: Original, known: Facts) -> bytes:
    """Facts on their way to the row, under the revision that the row bears."""
    part, revision = f"facts:{original.pk}", original.facts_revision
    words = facts.encode(known)
    return bridge.seal(presence, held.grant, held.ward, original.record_id, part, revision, words)


_AT_ONCE = 8
"""Pieces that are fetched together: two megabytes."""


def sealed_pieces(original: Original) -> Iterator[bytes]:
    """The pieces of a file in order, a few at a time; at a missing one they end."""
    kept = Piece.objects.filter(original_id=original.pk).order_by("number")
    for first in range(0, original.arrived, _AT_ONCE):
        some = kept.filter(number__gte=first, number__lt=first + _AT_ONCE)
        for place, (number, sealed) in enumerate(some.values_list("number", "sealed"), first):
            if number != place:
                return
            yield bytes(sealed)
