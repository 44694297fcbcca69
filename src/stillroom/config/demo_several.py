"""The demonstration's visits by video of several: a couple's two days ago, a group's last week.

He was at home, she in another state for her work: each said so for themselves, each was let in by
herself or himself, the words were compared, and the record tells it of each pair. Of the skills
group four came, each by a chart of their own that the leader treats too; two have none with her,
and stayed away. A server carried them, as far as this practice remembers; whoever tries it now is
told that there is none, until one is set up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from stillroom.access import Capacity
from stillroom.config.demo_guests import take_up
from stillroom.config.demonstration import Person
from stillroom.phi import Presence
from stillroom.practice import actions_care, actions_guests, queries
from stillroom.practice.actions_guests import Stand
from stillroom.telehealth import actions, meetings
from stillroom.telehealth import rules_facts as facts
from stillroom.telehealth.rules_checks import Check
from stillroom.telehealth.rules_facts import FOUND
from stillroom.telehealth.rules_licence import licence

_HOME = "us-md"
_CHECKS = (
    Check(
        place="us-pa",
        address="The Harrow Inn, 40 Market Street, York",
        near="alone",
        call_back="717-555-0126",
        contact="her brother",
        contact_phone="410-555-0187",
        known="account",
    ),
    Check(
        place=_HOME,
        address="at home, as on the front sheet",
        near="unheard",
        call_back="410-555-0164",
        contact="a neighbor",
        contact_phone="410-555-0190",
        shown="initials",
        known="account",
    ),
)
_WHY = "Away for work until Friday. Both want to keep the hour; the next one is here again."
_ON_PAPER = "Signed on paper; it will be scanned."
_OF_GROUP = (
    ("called", "", "alone", "410-555-0121"),
    ("initials", "", "unheard", "410-555-0122"),
    ("name", "Heron", "alone", "410-555-0123"),
    ("none", "", "alone", "410-555-0124"),
)
"""What each of the group lets the others read, who is near, and a number."""


@dataclass(frozen=True)
class Came:
    """One who came: her own door, and what she said before."""

    here: Presence
    check: Check


def come_in(ada: Presence, chart: str) -> list[tuple[Person, Presence]]:
    """Both of a couple were invited to their chart, and took up their places."""
    found, ada = [], replace(ada, at=ada.at - timedelta(days=3))
    for holder in queries.chart_head(ada, chart).holders:
        offered = actions_guests.invite(ada, chart, Stand(holder.client))
        found.append(take_up(ada, offered, holder.sheet.full))
    return found


def met_by_video(ada: Presence, chart: str, both: list[Presence]) -> None:
    """One visit without an appointment, from each one's answers to the end."""
    began = ada.at - timedelta(days=2, hours=3)
    came = [Came(one, check) for one, check in zip(both, _CHECKS, strict=True)]
    _held(ada, chart, came, began, timedelta(minutes=75))


def group_comes_in(
    here: Mapping[str, Presence], own: Sequence[tuple[str, str]]
) -> list[tuple[Person, Presence]]:
    """The members of the skills group who come by video. `own`: each one's own chart, and who
    treats there; the group's leader is taken into its care, and invites."""
    found, bea = [], replace(here["bea"], at=here["bea"].at - timedelta(days=9))
    for chart, clinician in own:
        if clinician != "bea":
            treats = replace(here[clinician], at=bea.at)
            actions_care.begin_care(treats, chart, bea.person, Capacity.TREATING)
        (holder,) = queries.chart_head(bea, chart).holders
        offered = actions_guests.invite(bea, chart, Stand(holder.client))
        found.append(take_up(bea, offered, holder.sheet.full))
    return found


def group_met_by_video(bea: Presence, chart: str, members: Sequence[Presence]) -> None:
    """The group's evening of last week, when the house was shut for repairs."""
    began = bea.at - timedelta(days=7, hours=2)
    came = [
        Came(
            one,
            Check(
                place=_HOME,
                address="at home, as on the front sheet",
                near=near,
                call_back=number,
                contact="as on the front sheet",
                contact_phone="410-555-0190",
                shown=shown,
                name=name,
                known="account",
            ),
        )
        for one, (shown, name, near, number) in zip(members, _OF_GROUP, strict=False)
    ]
    _held(bea, chart, came, began, timedelta(minutes=88), many=True)


def _held(
    leads: Presence,
    chart: str,
    came: Sequence[Came],
    began: datetime,
    lasted: timedelta,
    *,
    many: bool = False,
) -> None:
    """One visit, from each one's answers to the end; every pair read the same words."""
    asked = replace(leads, at=began)
    room = actions.begin_now(asked, chart, many=many)
    seats = []
    for one in came:
        then = replace(one.here, at=began)
        mine = meetings.meeting(then, room)
        actions.answer(then, mine, one.check)
        actions.came(then, mine)
        seats.append(mine.member)
        _, seat = meetings.seat_of(asked, room, mine.member)
        place = licence(_HOME, one.check.place, (_HOME,))
        reason = _WHY if place.standing.wants_reason else _ON_PAPER
        actions.open_door(asked, seat, place, consented=False, reason=reason, many=many)
    inside = replace(leads, at=began + timedelta(minutes=2))
    for one, number in zip(came, seats, strict=True):
        _, seat = meetings.seat_of(inside, room, number)
        actions.say(inside, seat, facts.REACHED, facts.reached(FOUND[0], other=0))
        then = replace(one.here, at=inside.at)
        for other in seats:
            if other != number:
                told = facts.reached(FOUND[0], other=other)
                actions.say(then, meetings.meeting(then, room), facts.REACHED, told)
    ended = replace(leads, at=inside.at + lasted)
    actions.end(ended, meetings.whole(ended, room), inside.at, ended.at, "")
