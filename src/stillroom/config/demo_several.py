"""The demonstration's couple at their own doors, and their visit by video of two days ago.

He was at home, she in another state for her work: each said so for themselves, each was let in by
herself or himself, the words were compared, and the record tells it of each pair.
"""

from dataclasses import replace
from datetime import timedelta

from stillroom.config.demo_guests import take_up
from stillroom.config.demonstration import Person
from stillroom.phi import Presence
from stillroom.practice import actions_guests, queries
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
    asked = replace(ada, at=began)
    room = actions.begin_now(asked, chart)
    for number, (one, check) in enumerate(zip(both, _CHECKS, strict=True), start=1):
        mine = meetings.meeting(replace(one, at=began), room)
        actions.answer(replace(one, at=began), mine, check)
        actions.came(replace(one, at=began), mine)
        _, seat = meetings.seat_of(asked, room, number)
        place = licence(_HOME, check.place, (_HOME,))
        reason = _WHY if place.standing.wants_reason else "Signed on paper; it will be scanned."
        actions.open_door(asked, seat, place, consented=False, reason=reason)
    inside = replace(ada, at=began + timedelta(minutes=2))
    for number, one in enumerate(both, start=1):
        _, seat = meetings.seat_of(inside, room, number)
        found = facts.reached(FOUND[0], other=0)
        actions.say(inside, seat, facts.REACHED, found)
        here = replace(one, at=inside.at)
        with_other = facts.reached(FOUND[0], other=3 - number)
        actions.say(here, meetings.meeting(here, room), facts.REACHED, with_other)
    ended = replace(ada, at=began + timedelta(minutes=77))
    actions.end(ended, meetings.whole(ended, room), inside.at, ended.at, "")
