"""A permission that a client is to sign at her own door, from the same choices as one on paper.

Rules: the page that she signs says the three statements, what Part 2 and the state want said, so
they are there; what no page can do (a witness, a size of type) is not, and then it is not offered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from stillroom.access import Capacity as StandsAs
from stillroom.consent.actions_offers import stands_as
from stillroom.consent.offers import OWN, NobodyToSign, OfferLacks, Seat, Words
from stillroom.consent.rules import (
    PART2_KINDS,
    PARTS,
    PRIVATE_KINDS,
    Authorization,
    Capacity,
    Statements,
)
from stillroom.consent.state_forms import standing_of
from stillroom.desk.forms import days, kind_title, trilean
from stillroom.desk.papers_typed import Desk, asked_by_state, paper_from
from stillroom.disclosure.letters.blank import CONDITION, PART2, REDISCLOSURE, REVOKE
from stillroom.kernel import Trilean
from stillroom.practice import actions_proxies
from stillroom.practice.queries import ChartHead
from stillroom.practice.queries_guests import Door
from stillroom.practice.rules import FrontSheet

USUAL = timedelta(days=30)
_PRIVATE = {
    "psychotherapy_notes": (
        "This is about notes that my therapist keeps apart from the rest of my record. It is for "
        "them alone."
    ),
    "sud_counseling_notes": (
        "This is about notes of substance use counseling that are kept apart from the rest of my "
        "record. It is for them alone."
    ),
}


@dataclass(frozen=True)
class CanSign:
    """One who comes in by a door and may be asked: the value of the choice, and words for it."""

    value: str
    words: str


def can_sign(chart_id: str, client: str, full: str, doors: Sequence[Door]) -> list[CanSign]:
    """Who can be asked to sign for a client at an own door."""
    found = []
    for one in doors:
        if one.client != client or not one.account.active:
            continue
        if one.capacity is StandsAs.HOLDER:
            found.append(CanSign(OWN, full))
        elif (capacity := stands_as(chart_id, one)) is not None:
            found.append(CanSign(one.person, f"{_named(chart_id, one)}, as {capacity.value}"))
    return found


def _named(chart_id: str, door: Door) -> str:
    basis = actions_proxies.read(chart_id, door.words)
    return basis.name if basis else ""


def until_from(typed: Mapping[str, str], today: date) -> date:
    """By which day it can be signed: a month from today, unless another was said."""
    return days(typed, "sign_until") or today + USUAL


def offered_from(
    desk: Desk,
    head: ChartHead,
    typed: Mapping[str, str],
    kinds: Sequence[str],
    doors: Sequence[Door],
) -> tuple[Authorization, Words]:
    """The paper without signatures, and what is offered. `OfferLacks` if nobody was chosen."""
    asked = asked_by_state(desk, typed)
    printed = tuple(
        replace(one, there=Trilean.of(bool(PARTS[one.part].prints))) for one in asked.parts
    )
    typed_in = paper_from(desk, head, typed, kinds)
    said = ", ".join(kind_title(one) for one in sorted(typed_in.kinds))
    paper = replace(
        typed_in,
        description=typed_in.description or said,
        signatures=(),
        statements=Statements(Trilean.YES, Trilean.YES, Trilean.YES),
        conditioned=Trilean.NO,
        merged=Trilean.NO,
        state_parts=printed,
    )
    seats = tuple(_seat(desk, head.id, typed, one.client, one.sheet, doors) for one in head.holders)
    told = [PARTS[one.part].prints for one in asked.parts if PARTS[one.part].prints]
    says = tuple(dict.fromkeys([*_says(paper), *told]))
    return paper, Words(b"", seats, says, typed.get("why", ""))


def _says(paper: Authorization) -> list[str]:
    private = [_PRIVATE[one] for one in sorted(paper.kinds & PRIVATE_KINDS)]
    part2 = [PART2] if paper.kinds & PART2_KINDS else []
    return [*private, REVOKE, CONDITION, REDISCLOSURE, *part2]


def _seat(
    desk: Desk,
    chart_id: str,
    typed: Mapping[str, str],
    client: str,
    sheet: FrontSheet,
    doors: Sequence[Door],
) -> Seat:
    chosen = typed.get(f"door_{client}", "")
    if not chosen:
        raise OfferLacks(f"it is not said who signs for {sheet.full} at an own door")
    door = next((one for one in doors if one.person == chosen and one.client == client), None)
    capacity = stands_as(chart_id, door) if door else None
    standing = standing_of(
        desk.corpus,
        desk.setting(typed),
        sheet.age_on(desk.today),
        alone=trilean(typed.get(f"alone_{client}")),
        document=typed.get(f"document_{client}", ""),
        capacity=capacity or Capacity.CLIENT,
    )
    if chosen == OWN:
        return Seat(client, Capacity.CLIENT, sheet.full, standing)
    if door is None or capacity is None:
        raise NobodyToSign
    authority = typed.get(f"authority_{client}", "").strip()[:400]
    if capacity is Capacity.PARENT:
        authority = authority or f"parent of {sheet.full}"
    return Seat(client, capacity, _named(chart_id, door), standing, door.person, authority)
