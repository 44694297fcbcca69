"""Correcting an entered request: a signed step and the matter's words in one transaction.

Rules: it takes the locks that a release takes, so one is first (T17); what is written over is the
very revision that was looked at; the step and the words stand together or not at all.
"""

from django.db import transaction

from stillroom.access import Act, Grant, Purpose, Ward
from stillroom.disclosure import actions, queries, steps
from stillroom.disclosure.finding import find_matter
from stillroom.disclosure.matters import Asked
from stillroom.disclosure.models import Matter
from stillroom.disclosure.occasions import Side, occasion_of
from stillroom.disclosure.rules_correcting import KIND, NotToCorrect, body, corrected, count
from stillroom.disclosure.steps import Step
from stillroom.identity import queries as people
from stillroom.phi import Presence, bridge
from stillroom.practice import queries as practice


def entered(presence: Presence, matter_id: str) -> tuple[str, Asked, int]:
    """A request that can be corrected: its chart, what it says, and at which revision.
    `NotToCorrect`."""
    row, _ = _allowed(presence, matter_id)
    return row.chart, _asked(presence, row), row.revision


def _allowed(presence: Presence, matter_id: str) -> tuple[Matter, Grant]:
    row = find_matter(presence, matter_id, Act.MATTER_WRITE)
    cares, ward = practice.cares_of(presence.person, row.chart), Ward(chart=row.chart)
    return row, bridge.ask(presence, Act.MATTER_WRITE, Purpose.TREATMENT, ward, cares=cares)


def _asked(presence: Presence, row: Matter) -> Asked:
    cares = practice.cares_of(presence.person, row.chart)
    (asked,) = queries.open_asked(presence, [row], cares)
    happened = occasion_of(asked.occasion).side is Side.HAPPENED
    if happened or row.opened_by not in people.colleagues(active=False):
        raise NotToCorrect
    return asked


def correct(presence: Presence, matter_id: str, after: Asked, why: str, revision: int) -> Step:
    """Correct it; gives the step. `NothingCorrected`, `NotToCorrect`, `ChangedMeanwhile`."""
    _, grant = _allowed(presence, matter_id)
    with transaction.atomic():
        row = Matter.objects.select_for_update().get(pk=matter_id)
        practice.hold(row.chart)
        before = _asked(presence, row)
        if row.revision != revision:
            raise actions.ChangedMeanwhile
        kept, made = corrected(before, after, why)
        actions.rewrite(presence, grant, row, kept, {"did": "request corrected"})
        step = steps.append(presence, grant, row, KIND, body(made))
        # What was decided was decided on another request. What has left stays where it is.
        decided = (Matter.State.DECIDED, Matter.State.CLOSED)
        Matter.objects.filter(pk=matter_id, state__in=decided).update(state=Matter.State.OPEN)
    return step


def times(presence: Presence, matter_id: str) -> int:
    """How often a request was corrected; opens its steps."""
    row = find_matter(presence, matter_id, Act.MATTER_READ)
    return count(steps.steps_of(presence, row, practice.cares_of(presence.person, row.chart)))
