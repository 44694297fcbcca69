"""Writing around a meeting of several: who is asked to wait outside again, who did not come.

Rules: as in `actions`; of one member, into the chart where what is said of her lies. That nobody
came shuts a door that stands open, so that the appointment can be marked as missed.
"""

from django.db import transaction

from stillroom.access import Act
from stillroom.phi import Presence, bridge
from stillroom.telehealth import actions, meetings
from stillroom.telehealth import rules_facts as facts
from stillroom.telehealth.actions import NotNowThisDoor
from stillroom.telehealth.meetings import Meeting
from stillroom.telehealth.models import Seat
from stillroom.telehealth.rules_session import Phase, may_open


def open_room(presence: Presence, one: Meeting, *, many: bool = False) -> None:
    """Open the door of a whole meeting: the clinician is in, and each other once she is let in.
    `many`: whether the practice has a server for many. `TooManyByVideo`, `NoServerForMany`."""
    if not may_open(one.phase_at(presence.at)):
        raise NotNowThisDoor
    carried = actions.carries(one, many=many)
    with transaction.atomic():
        grant = meetings.asked(presence, one.chart, Act.CALL_OPEN)
        row = actions.locked(presence, one)
        details: bridge.Details = {"did": "opened the door", "room": one.id}
        bridge.note(presence, grant, meetings.ward_of(one.chart), details)
        if row.opened_at is None:
            actions.opened(presence, one, carried=carried)


def let_out(presence: Presence, one: Meeting) -> None:
    """Ask one member to wait outside again. Whoever is not in stays where she is."""
    if one.phase_at(presence.at) is not Phase.OPEN:
        return
    with transaction.atomic():
        grant = meetings.asked(presence, one.chart, Act.CALL_OPEN)
        actions.locked(presence, one)
        actions.add(presence, grant, one, facts.OUT, {})
        Seat.objects.filter(room=one.id, number=one.member).update(out_at=presence.at)


def absent(presence: Presence, one: Meeting) -> None:
    """One member did not come; the others meet, and the appointment stays as it is."""
    if one.planned.opened_at is not None:
        raise NotNowThisDoor
    actions.say(presence, one, facts.ABSENT, {}, Act.CALL_OPEN)


def nobody_came(presence: Presence, one: Meeting) -> None:
    """None of them came: an open door is shut, and the appointment was missed."""
    if one.phase_at(presence.at) is Phase.OPEN:
        with transaction.atomic():
            actions.shut_unused(presence, one)
            actions.absent(presence, meetings.whole(presence, one.id, Act.CALL_OPEN))
    else:
        actions.absent(presence, one)
