"""The one bridge from ciphertext to words: ask the gate, write the log, then open.

Rules (P1, P2): every function here asks the house's gate first; a refusal is written down and told
as `NotHere`; the entry is durable before any word is opened, and if it cannot be written nothing
opens (`LogUnwritable` passes through). The details of an entry are sealed under the ring that it
is about; the entry itself names the chart by a pseudonym which only holders of the ring can make.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

import msgspec

from stillroom.access import (
    Act,
    Actor,
    Broken,
    Care,
    Grant,
    Label,
    Permit,
    Purpose,
    Release,
    Request,
    Ward,
)
from stillroom.kernel import Misuse, Trilean, new_id
from stillroom.ledger import Entry, Logged
from stillroom.phi import apart, rings
from stillroom.phi._errors import NotHere, StepUpNeeded
from stillroom.phi._house import House, Presence
from stillroom.vault import Keyring, Place

Details = dict[str, object]
T = TypeVar("T")
SealedPart = tuple[str, str, int, bytes]
"""record, part, revision, sealed bytes"""


def ask(
    presence: Presence,
    act: Act,
    purpose: Purpose,
    ward: Ward,
    *,
    cares: tuple[Care, ...] = (),
    release: Release | None = None,
    reason: str = "",
    broken: Broken | None = None,
) -> Grant:
    """The gate's permission for one act, or `NotHere` (written down) or `StepUpNeeded`."""
    request = request_of(presence, act, purpose, ward, cares, release)
    if purpose is Purpose.EMERGENCY:
        request = replace(request, reason=reason, broken=broken)
    decision = presence.house.gate.decide(request)
    if isinstance(decision, Permit):
        return decision.grant
    if presence.stepped_up is not Trilean.YES and _would_pass(presence, request):
        raise StepUpNeeded
    refuse(presence, act, ward.chart)
    raise NotHere


def ask_widest(
    presence: Presence,
    act: Act,
    purpose: Purpose,
    wards: Sequence[Ward],
    *,
    cares: tuple[Care, ...] = (),
    broken: Broken | None = None,
) -> tuple[Grant, Ward]:
    """Permission for the first of `wards` (the widest first) that the gate permits, and that ward.

    Only the last is asked as `ask` asks: that there is something wider is told to nobody, and a
    person who may not have it is not written down as somebody who wanted it (P8).
    """
    *wider, narrowest = wards
    for ward in wider:
        request = request_of(presence, act, purpose, ward, cares)
        if broken is not None:
            request = replace(request, broken=broken)
        decision = presence.house.gate.decide(request)
        if isinstance(decision, Permit):
            return decision.grant, ward
    return ask(presence, act, purpose, narrowest, cares=cares, broken=broken), narrowest


def may(
    presence: Presence,
    act: Act,
    purpose: Purpose,
    ward: Ward,
    *,
    cares: tuple[Care, ...] = (),
    reason: str = "",
) -> bool:
    """Whether the gate would permit an act: for showing or leaving out a button, no more."""
    request = request_of(presence, act, purpose, ward, cares)
    if reason:
        request = replace(request, reason=reason)
    return isinstance(presence.house.gate.decide(request), Permit)


def request_of(
    presence: Presence,
    act: Act,
    purpose: Purpose,
    ward: Ward,
    cares: tuple[Care, ...],
    release: Release | None = None,
) -> Request:
    """What the gate is asked, for this person here and now; it is told who is kept away."""
    actor = Actor(
        person=presence.person, roles=presence.roles, cares=cares, stepped_up=presence.stepped_up
    )
    return Request(
        actor=actor,
        act=act,
        purpose=purpose,
        ward=apart.told(ward, presence.house),
        at=presence.at,
        release=release,
    )


def _would_pass(presence: Presence, request: Request) -> bool:
    """Whether a fresh proof of identity is all that is missing."""
    proven = replace(request, actor=replace(request.actor, stepped_up=Trilean.YES))
    return isinstance(presence.house.gate.decide(proven), Permit)


def refuse(presence: Presence, act: Act, about: str) -> None:
    """Write a refusal down, also for what does not exist, so that the two cost the same (P8)."""
    note_house(presence, Act.GATE_REFUSE, {"act": act.value, "about": about})


def ring_for(presence: Presence, ward: Ward) -> Keyring:
    """The ring that holds what a ward's labels say: the author's, the chart's, or a note's own."""
    if Label.SUPERVISION in ward.labels:
        return rings.open_ring(presence, ward.chart, rings.Kind.SUPERVISION)
    if Label.PRIVATE in ward.labels:
        return rings.open_ring(presence, ward.chart, rings.Kind.PRIVATE, author=ward.author)
    return rings.open_ring(presence, ward.chart, rings.Kind.CHART)


def reveal(
    presence: Presence, grant: Grant, ward: Ward, parts: Sequence[SealedPart], details: Details
) -> list[bytes]:
    """Open `parts` under `grant`: one durable entry for all of them, then the words, in order."""
    ring = ring_for(presence, ward)
    _write(presence, grant, ward, ring, details, "")
    practice, chart = presence.house.practice, ward.chart
    return ring.open_all(
        [
            (sealed, Place(practice, chart, record, part, revision))
            for record, part, revision, sealed in parts
        ]
    )


def reveal_rows(
    presence: Presence,
    grant: Grant,
    ward: Ward,
    part: str,
    rows: Iterable[tuple[Any, ...]],
    details: Details,
    read: Callable[[memoryview], T],
) -> Iterator[tuple[tuple[Any, ...], T]]:
    """The same for long lists: rows (record, revision, sealed, …) with what `read` makes of their
    words, as they come; it keeps a copy, if anything (`bytes`).

    The entry is durable when this returns, before the first row is looked at.
    """
    ring = ring_for(presence, ward)
    _write(presence, grant, ward, ring, details, "")
    return ring.open_rows(presence.house.practice, ward.chart, part, rows, read)


def seal(
    presence: Presence,
    grant: Grant,
    ward: Ward,
    record: str,
    part: str,
    revision: int,
    words: bytes,
) -> bytes:
    """Words on their way to the disk, bound to their place. Needs a grant; reveals nothing."""
    if not grant.covers(ward, presence.at):
        raise Misuse("the grant does not cover this ward now")
    place = Place(presence.house.practice, ward.chart, record, part, revision)
    return ring_for(presence, ward).seal(words, place)


def note(
    presence: Presence, grant: Grant, ward: Ward, details: Details, *, opinion: str = ""
) -> int:
    """Write one entry about a chart under `grant`; gives the entry's number in the log."""
    return _write(presence, grant, ward, ring_for(presence, ward), details, opinion)


def note_all(presence: Presence, grant: Grant, ward: Ward, many: Sequence[Details]) -> list[int]:
    """Many entries about one chart under one grant, side by side in the log: all or none."""
    if not grant.covers(ward, presence.at):
        raise Misuse("the grant does not cover this ward now")
    ring = ring_for(presence, ward)
    entries = [_entry(presence, grant, ward, ring, details, "") for details in many]
    return [receipt.index for receipt in presence.house.log.append_all(entries)]


def note_wards(presence: Presence, many: Sequence[tuple[Grant, Ward, Keyring, Details]]) -> None:
    """Entries about several wards, each under its own ring, side by side: all or none."""
    if not all(grant.covers(ward, presence.at) for grant, ward, _, _ in many):
        raise Misuse("a grant does not cover its ward now")
    entries = [
        _entry(presence, grant, ward, ring, details, "") for grant, ward, ring, details in many
    ]
    presence.house.log.append_all(entries)


def seal_all(
    presence: Presence, grant: Grant, ward: Ward, many: Sequence[tuple[str, str, int, bytes]]
) -> list[bytes]:
    """Many parts (record, part, revision, words) sealed under one grant, the ring opened once."""
    if not grant.covers(ward, presence.at):
        raise Misuse("the grant does not cover this ward now")
    ring = ring_for(presence, ward)
    practice = presence.house.practice
    return [
        ring.seal(words, Place(practice, ward.chart, record, part, revision))
        for record, part, revision, words in many
    ]


def _write(
    presence: Presence, grant: Grant, ward: Ward, ring: Keyring, details: Details, opinion: str
) -> int:
    if not grant.covers(ward, presence.at):
        raise Misuse("the grant does not cover this ward now")
    entry = _entry(presence, grant, ward, ring, details, opinion)
    return presence.house.log.append(entry).index


def _entry(
    presence: Presence, grant: Grant, ward: Ward, ring: Keyring, details: Details, opinion: str
) -> Entry:
    place = _details_place(presence.house, ward.chart, grant.id)
    return Entry(
        at=presence.at,
        actor=presence.person,
        act=grant.act.value,
        subject=ring.pseudonym("ledger"),
        grant=grant.id,
        sealed=ring.seal(msgspec.json.encode(details), place),
        opinion=opinion,
    )


def note_house(presence: Presence, act: Act, details: Details) -> int:
    """Write one entry about no one chart (accounts, lists, refusals), sealed for the server."""
    return note_event(presence.house, presence.person, act, details, at=presence.at)


def note_event(house: House, person: str, act: Act, details: Details, *, at: datetime) -> int:
    """The same where nobody is signed in yet (a sign-in, the start of the server)."""
    ring = rings.open_log_ring(house)
    mark = new_id()
    entry = Entry(
        at=at,
        actor=person,
        act=act.value,
        subject="",
        grant=mark,
        sealed=ring.seal(msgspec.json.encode(details), _details_place(house, "", mark)),
        opinion="",
    )
    return house.log.append(entry).index


def _details_place(house: House, ward: str, mark: str) -> Place:
    return Place(
        practice=house.practice, ward=ward or house.practice, record="ledger", part=mark, revision=0
    )


def open_details(house: House, ring: Keyring, ward: str, entry: Entry) -> Details:
    """The sealed details of an entry, by the ring that it is about."""
    words = ring.open(entry.sealed, _details_place(house, ward, entry.grant))
    decoded: Details = msgspec.json.decode(words, type=dict[str, object])
    return decoded


def entries_about(
    presence: Presence, grant: Grant, ward: Ward, most: int
) -> list[tuple[Logged, Details]]:
    """The latest entries about a chart, newest first, for a holder of its ring.

    An entry whose details were sealed under another ring (a private note's) shows none.
    """
    ring = ring_for(presence, ward)
    _write(presence, grant, ward, ring, {"did": "looked who opened"}, "")
    found = presence.house.log.for_subject(ring.pseudonym("ledger"), most)
    return [(one, open_details(presence.house, ring, ward.chart, one.entry)) for one in found]
