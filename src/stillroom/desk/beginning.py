"""What can be begun from a chart, in which order, and what a new record is about. Pure.

Rules: the two notes of every day stand first, by themselves; all else is grouped by where in the
work it belongs. A kind that is begun on a page of its own (a measure is given, a paper is uploaded)
stands in `ELSEWHERE` with that page's name; one that other pages begin stands in `NOT_HERE`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo

from stillroom.chart.kinds import KINDS, Kind
from stillroom.kernel import StillroomError

DAILY = ("progress_note", "psychotherapy_note")
NOT_HERE = frozenset({"handover_note", "group_attendance", "group_member_note"})
HELD_BY: Mapping[str, tuple[str, ...]] = {
    "group_session": ("group",),
    "joint_session": ("couple", "group"),
}
"""In which kinds of chart these can be begun; others in any."""
ELSEWHERE: Mapping[str, str] = {"group_session": "group_begin", "measure": "measures"}
"""Kinds that are begun on a page of their own: the page's name in the desk's addresses."""

_GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "After a session",
        ("progress_note", "psychotherapy_note", "sud_counseling_note", "group_session"),
    ),
    ("Around the sessions", ("contact_note",)),
    ("Assessment", ("intake", "assessment")),
    ("Plan", ("treatment_plan",)),
    ("Lists", ("medication_list", "chart_list")),
    ("Papers, and the end", ("letter", "document", "outside_record", "discharge_summary")),
)
_OF_A_SESSION = frozenset(
    {
        "progress_note",
        "psychotherapy_note",
        "sud_counseling_note",
        "group_session",
        "intake",
        "assessment",
    }
)

SAYS: Mapping[str, str] = {
    "psychotherapy_note": "yours alone",
    "sud_counseling_note": "yours alone, under 42 CFR Part 2",
    "contact_note": "a call, a message, a missed session, a cancellation",
    "case_management_note": "what was arranged, with whom, on what permission",
    "collateral_note": "what somebody else said, and what you told them",
    "mental_status": "by domain, what you saw",
    "medication_list": "begins with the last one, as of now",
    "allergies_alerts": "begins with the last one, as of now",
    "group_session": "one part without names, one for each member",
    "document": "a file: PDF, PNG or JPEG",
    "outside_record": "typed in by hand, where there is no file",
    "private_document": "a file of another therapist; yours alone",
    "letter": "kept here; it leaves only in a packet",
    "treatment_plan": "begins with the last version",
    "plan_review": "objective by objective",
    "diagnoses": "begins with the last list",
}
"""A few words beside a kind whose name does not say enough."""


class NotYet(StillroomError):
    """A record about a day that has not come."""

    what = "that day has not come yet"
    usual_advice = "Give today or an earlier day; what is planned stands in the calendar."


@dataclass(frozen=True)
class Offered:
    """One kind to begin: `page` names the desk's page where it is begun, "" for a draft at once."""

    kind: Kind
    says: str
    page: str


def offered(
    kinds: Iterable[Kind] = KINDS.values(), *, held_by: str = ""
) -> list[tuple[str, list[Offered]]]:
    """All kinds that can be begun in a chart held by one, a couple or a group (`held_by`; "" for
    all), by group; a shelf that stands in no group comes last."""
    known = {shelf for _, shelves in _GROUPS for shelf in shelves}
    found = [one for one in kinds if one.id not in NOT_HERE and _fits(one, held_by)]
    grouped = [
        (heading, [_offer(one) for one in found if one.shelf in shelves])
        for heading, shelves in _GROUPS
    ]
    grouped.append(("Other", [_offer(one) for one in found if one.shelf not in known]))
    return [(heading, offers) for heading, offers in grouped if offers]


def _fits(kind: Kind, held_by: str) -> bool:
    return not held_by or held_by in HELD_BY.get(kind.id, (held_by,))


def _offer(kind: Kind) -> Offered:
    return Offered(kind, SAYS.get(kind.id, ""), ELSEWHERE.get(kind.id, ""))


def named(typed: str) -> list[Kind]:
    """The kinds in whose title every typed word begins a word, in the order of the page."""
    wanted = typed.casefold().split()
    return [
        offer.kind
        for _, offers in offered()
        for offer in offers
        if all(
            any(word.startswith(each) for word in offer.kind.title.casefold().split())
            for each in wanted
        )
    ]


def of_a_session(kind: Kind) -> bool:
    """Whether a record of this kind takes the day's appointment as what it is about."""
    return kind.shelf in _OF_A_SESSION and kind.id != "private_document"


def about(day: date | None, now: datetime, zone: tzinfo) -> datetime:
    """The moment that a record about `day` is about where there was no appointment: now for today,
    else noon of that day by the practice's clock. `NotYet` for a day to come."""
    today = now.astimezone(zone).date()
    if day is None or day == today:
        return now
    if day > today:
        raise NotYet
    return datetime.combine(day, time(12), zone)
