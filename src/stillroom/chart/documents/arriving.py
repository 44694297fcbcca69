"""A file on its way in: begun, taken piece by piece, looked into, drawn.

Rules: pieces are sealed as they come and lie nowhere in the clear, not even for a moment; each
comes once and in order, so that of two uploads one is told that it came second; a file counts only
once it is whole, looked into and drawn to its last page, and what broke off counts for nothing and
is taken away at the next upload or with its draft; what speaks against a file takes all of it away
at once. Drawing goes on in steps of a few seconds, each of which keeps what it has drawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

import msgspec
from django.db import IntegrityError, transaction

from stillroom.chart import rules
from stillroom.chart.documents import facts, scanner, sniffing, workroom
from stillroom.chart.documents.facts import Facts, Page
from stillroom.chart.documents.findings import MOST_BYTES, MOST_NAME, Unfit
from stillroom.chart.documents.holding import (
    Held,
    facts_part,
    original_of,
    own_draft,
    page_part,
    seal_facts,
    sealed_pieces,
    spot,
    to_read,
)
from stillroom.chart.models import Draft, Leaf, Original, Piece
from stillroom.kernel import StillroomError
from stillroom.phi import Presence, bridge, rows, streams

STALE = timedelta(days=1)
"""After so long an upload that broke off is taken away at the next one, whosever it is."""
MOST_AT_ONCE = 4 << 20
"""Bytes that one call of `take` may bring."""
STEP = 8.0
"""Seconds for which one call of `draw` goes on."""
_TOGETHER = 4
"""Pages that are kept in one transaction."""
_MOST_UNDRAWN = 3


class HasFile(StillroomError):
    """A second file was to be put into a record."""

    what = "this record has its file already"
    usual_advice = "Take that one away first, or begin another document for the second file."


class BrokenOff(StillroomError):
    """A piece came that does not go on where the file ended."""

    what = "this upload was broken off, or begun once more elsewhere"
    usual_advice = "Choose the file once more; nothing half is kept."


@dataclass(frozen=True)
class State:
    """How far a file is."""

    upload: str
    arrived: int
    """Bytes in full pieces."""
    whole: bool
    pages: int
    drawn: int

    @property
    def done(self) -> bool:
        """Whether it can be signed."""
        return self.whole and 0 < self.pages == self.drawn


def state_of(row: Original) -> State:
    """How far a file is, by its row."""
    whole = row.state != Original.State.ARRIVING
    return State(row.pk, row.arrived * streams.PIECE, whole, row.pages, row.drawn)


def begin(presence: Presence, record_id: str, name: str, size: int) -> str:
    """A file of `size` bytes is about to come; gives the upload's name for the calls below."""
    held = own_draft(presence, record_id)
    if size > MOST_BYTES:
        raise Unfit("large")
    if size < 1:
        raise Unfit("empty")
    Original.objects.filter(
        state=Original.State.ARRIVING, begun_at__lt=presence.at - STALE
    ).delete()
    row = Original(record_id=record_id, begun_at=presence.at)
    row.header = streams.begin(presence, held.grant, held.ward, spot(row))
    row.facts = seal_facts(presence, held, row, Facts(name.strip()[:MOST_NAME], size))
    bridge.note(presence, held.grant, held.ward, {"did": "file begun", "record": record_id})
    try:
        with transaction.atomic():
            Original.objects.filter(record_id=record_id, state=Original.State.ARRIVING).delete()
            rows.insert([row])
    except IntegrityError:
        raise HasFile from None
    return row.pk


def take(
    presence: Presence, record_id: str, upload: str, first: int, words: bytes, *, last: bool
) -> State:
    """Bytes from piece `first` on; all but the last of a file's are whole pieces."""
    held = own_draft(presence, record_id)
    row = original_of(held, upload)
    uneven = len(words) % streams.PIECE and not last
    if row.state != Original.State.ARRIVING or first != row.arrived or uneven:
        raise BrokenOff
    before = first * streams.PIECE
    if len(words) > MOST_AT_ONCE or before + len(words) > MOST_BYTES:
        _take_away(row)
        raise Unfit("large")
    if first == 0:
        _require_kind(row, words)
    pieces = _pieces(before, words, last=last)
    sealed = streams.seal(presence, held.grant, held.ward, spot(row), bytes(row.header), pieces)
    arrived = first + len(pieces)
    state = Original.State.ARRIVED if last else Original.State.ARRIVING
    made = [
        Piece(original_id=row.pk, number=number, sealed=box)
        for (number, _, _), box in zip(pieces, sealed, strict=True)
    ]
    try:
        with transaction.atomic():
            going_on = Original.objects.filter(
                pk=row.pk, state=Original.State.ARRIVING, arrived=first
            )
            if not going_on.update(arrived=arrived, state=state):
                raise BrokenOff
            rows.insert(made)
    except IntegrityError:
        raise BrokenOff from None
    row.arrived, row.state = arrived, state
    return state_of(row)


def _pieces(before: int, words: bytes, *, last: bool) -> list[tuple[int, bytes, bool]]:
    """What came, in numbered pieces; with the file's end and its padding if it is the last."""
    size = streams.PIECE
    parts = [words[at : at + size] for at in range(0, len(words), size)] or [b""]
    rest = parts.pop() if last else b""
    full = [(before // size + nth, part, False) for nth, part in enumerate(parts)]
    return full + (streams.endings(before + len(parts) * size, rest) if last else [])


def _require_kind(row: Original, words: bytes) -> None:
    """What is plainly none of ours is told at its first bytes, not after two hundred megabytes."""
    try:
        sniffing.kind_of(words[: sniffing.HEAD])
    except Unfit:
        _take_away(row)
        raise


def _take_away(row: Original) -> None:
    """Delete a file, unless its record was signed meanwhile: then it stays for good (P5)."""
    with transaction.atomic():
        if not Draft.objects.select_for_update().filter(pk=row.record_id).exists():
            raise rules.AlreadySigned
        Original.objects.filter(pk=row.pk).delete()


def take_away(presence: Presence, record_id: str) -> None:
    """Put the file of a draft away for good. A draft is no part of the record."""
    held = own_draft(presence, record_id)
    row = original_of(held)
    with transaction.atomic():
        bridge.note(presence, held.grant, held.ward, {"did": "file away", "record": record_id})
        _take_away(row)


def look(presence: Presence, record_id: str, upload: str, *, clamd: str = "") -> State:
    """Look into a file that has come whole. `Unfit` says why it is not kept, and it is gone."""
    held = own_draft(presence, record_id)
    row = original_of(held, upload)
    if row.state == Original.State.LOOKED:
        return state_of(row)
    if row.state != Original.State.ARRIVED:
        raise BrokenOff
    known, read = _open(presence, held, row, "file looked into")
    try:
        seen = _looked(known, read, clamd)
    except Unfit as against:
        details: bridge.Details = {"did": "file refused", "record": record_id, "why": against.code}
        bridge.note(presence, held.grant, held.ward, details)
        _take_away(row)
        raise
    row.facts_revision += 1
    sealed = seal_facts(presence, held, row, seen)
    changed = Original.objects.filter(pk=row.pk, state=Original.State.ARRIVED).update(
        state=Original.State.LOOKED,
        pages=seen.pages,
        facts=sealed,
        facts_revision=row.facts_revision,
    )
    if not changed:
        raise BrokenOff
    row.state, row.pages = Original.State.LOOKED, seen.pages
    return state_of(row)


def _open(presence: Presence, held: Held, row: Original, did: str) -> tuple[Facts, streams.Read]:
    """What is known of a file, and a way to read it from its beginning: one entry for both."""
    reading = to_read(presence, held.row)
    words, read = streams.reveal(
        presence,
        reading.grant,
        reading.ward,
        spot(row),
        bytes(row.header),
        lambda: sealed_pieces(row),
        {"did": did, "record": row.record_id},
        beside=[facts_part(row)],
    )
    return facts.decode(words[0]), read


def _looked(known: Facts, read: streams.Read, clamd: str) -> Facts:
    kind, digest = _checked(known, read)
    sniffing.require_named_so(known.name, kind)
    scanner.require_clean(clamd, read())
    seen = workroom.look(kind, known.size, read())
    return msgspec.structs.replace(
        known, kind=kind, sha256=digest, pages=seen.pages, found=seen.found
    )


def _checked(known: Facts, read: streams.Read) -> tuple[str, str]:
    """The kind and the SHA-256 of a file that is as long as it was said to be."""
    digest, total, kind, before = sha256(), 0, "", b""
    for words in read():
        kind = kind or sniffing.kind_of(words[: sniffing.HEAD])
        if sniffing.TEST_VIRUS in before + words:
            raise Unfit("virus")
        before = words[-len(sniffing.TEST_VIRUS) :]
        digest.update(words)
        total += len(words)
    if total != known.size:
        raise Unfit("broken")
    return kind, digest.hexdigest()


def draw(presence: Presence, record_id: str, upload: str, *, seconds: float = STEP) -> State:
    """Draw on, for about so long. Gives how far it is; `done` at the last page."""
    held = own_draft(presence, record_id)
    row = original_of(held, upload)
    if row.state != Original.State.LOOKED:
        raise BrokenOff
    if row.drawn >= row.pages:
        return state_of(row)
    known, read = _open(presence, held, row, "file drawn")
    first, batch = row.drawn + 1, list[Page]()
    try:
        for one in workroom.draw(known.kind, known.size, read(), first=first, seconds=seconds):
            batch.append(_page(one))
            if len(batch) == _TOGETHER:
                _keep(presence, held, row, batch)
                batch = []
    except Unfit:
        # The workshop died over a page: that one is passed over, a few times.
        if not batch and row.drawn + 1 == first:
            _pass_over(presence, held, row)
    if batch:
        _keep(presence, held, row, batch)
    return state_of(row)


def _page(one: workroom.Drawn) -> Page:
    return Page(one.type, one.wide, one.high, one.words, one.words_cut, one.picture)


def _pass_over(presence: Presence, held: Held, row: Original) -> None:
    """One page is not drawn, and says so in its place. A file of many such is none."""
    if row.undrawn >= _MOST_UNDRAWN:
        _take_away(row)
        raise Unfit("slow")
    Original.objects.filter(pk=row.pk).update(undrawn=row.undrawn + 1)
    _keep(presence, held, row, [Page("", 0, 0, "", False, b"")])


def _keep(presence: Presence, held: Held, row: Original, pages: Sequence[Page]) -> None:
    """Seal pages and count them, together. `BrokenOff` if another window drew them meanwhile."""
    first, part = row.drawn + 1, page_part(row)
    sealed = bridge.seal_all(
        presence,
        held.grant,
        held.ward,
        [
            (row.record_id, part, first + nth, facts.encode_page(page))
            for nth, page in enumerate(pages)
        ],
    )
    made = [
        Leaf(original_id=row.pk, number=first + nth, sealed=box) for nth, box in enumerate(sealed)
    ]
    drawn = row.drawn + len(pages)
    try:
        with transaction.atomic():
            if not Original.objects.filter(pk=row.pk, drawn=row.drawn).update(drawn=drawn):
                raise BrokenOff
            rows.insert(made)
    except IntegrityError:
        raise BrokenOff from None
    row.drawn = drawn
