"""What a client reads of a record by her own door, as its clinician sees it before and after
signing: at once, or held, with which reason and until when."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stillroom.access import Act, Purpose
from stillroom.chart import holding
from stillroom.chart.holding import Standing
from stillroom.chart.law_kinds import law_kind
from stillroom.chart.queries import WholeRecord, chart_ward
from stillroom.chart.rules_holds import holding as held_by
from stillroom.desk.shell import DeskRequest
from stillroom.phi import bridge
from stillroom.practice import queries as practice
from stillroom.practice import queries_guests

CHECKED = {"text": "read", "secondary": "read about elsewhere", "recalled": "recalled, not read"}


@dataclass(frozen=True)
class OwnDoor:
    """Whether somebody comes in by the own door, what holds this record, and who may hold it."""

    open: bool
    holds: tuple[Standing, ...]
    may: bool
    held: bool
    """From the client herself; what holds it from those who stand for her leaves it hers."""


def of_record(request: DeskRequest, whole: WholeRecord) -> Mapping[str, Any]:
    """For a record's page; of a private note there is nothing to say."""
    if whole.private:
        return {"own_door": None}
    presence = request.presence
    joint = queries_guests.several_hold(whole.chart)
    kind = law_kind(whole.kind.id, part2=whole.part2, joint=joint)
    found = [
        one
        for one in holding.standing(presence, whole.chart, whole.id)
        if one.held.record or one.held.kind == kind
    ]
    held = held_by([one.held for one in found], whole.id, kind, proxy=False, today=presence.today)
    cares = practice.cares_of(presence.person, whole.chart)
    may = bridge.may(
        presence, Act.RECORD_HOLD, Purpose.TREATMENT, chart_ward(whole.chart), cares=cares
    )
    door = OwnDoor(
        queries_guests.has_door(whole.chart, presence.at), tuple(found), may, held is not None
    )
    return {"own_door": door}
