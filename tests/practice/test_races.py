"""Two at one chart in the same moment: it is not left to nobody, and a couple stays two (T17).

On SQLite files and on PostgreSQL, the one deed stopped before each of its statements in turn.
"""

from pathlib import Path
from typing import Any

import pytest

from stillroom.access import Capacity
from stillroom.phi import rings
from stillroom.practice import actions, actions_holders
from stillroom.practice.models import Holder
from stillroom.practice.queries_care import members
from stillroom.practice.rules import FrontSheet
from stillroom.practice.rules_care import LastToCare
from stillroom.practice.rules_holders import CoupleIsWhole
from tests.cast import Cast
from tests.harness.races import Deed, Template, every_step, interleavings, on_each
from tests.harness.upright import require_upright

# Marked so that it runs before the stories in a browser, whose loop stays in the thread.
pytestmark = pytest.mark.django_db


def _live(cast: Cast) -> dict[str, str]:
    """Ada and Bea both treat Dov; a couple's chart has its first person."""
    ada = cast.here("ada")
    actions.begin_care(ada, cast.dov, cast.bea.id, Capacity.TREATING)
    carers = [actions.Carer(cast.ada.id, Capacity.TREATING)]
    imani = FrontSheet(given="Imani", family="Feld")
    return {"couple": actions.admit(ada, cast.directory, [imani], carers, kind="couple")}


template = on_each(_live)


def _leave(name: str) -> Deed:
    def deed(cast: Cast, _: Any) -> None:
        actions.end_care(cast.later(minutes=1).here(name), cast.dov, cast.people[name].id)

    return deed


def test_two_who_leave_at_once_do_not_leave_a_chart_to_nobody(
    template: Template, tmp_path: Path
) -> None:
    both = (_leave("ada"), _leave("bea"))
    for cast, _, one, two in interleavings(template, tmp_path, *both, every_step):
        raised = [run.raised for run in (one, two)]
        assert sum(isinstance(each, LastToCare) for each in raised) == 1, raised
        assert raised.count(None) == 1, raised
        now = cast.later(minutes=2)
        left = [
            each.person
            for each in members(cast.dov)
            if each.runs(now.at) and each.capacity is Capacity.TREATING
        ]
        assert len(left) == 1
        assert rings.holds(left[0], cast.dov, rings.Kind.CHART)
        require_upright(now)


def _add(name: str) -> Deed:
    def deed(cast: Cast, ids: Any) -> None:
        sheet = FrontSheet(given=name, family="Feld")
        actions_holders.add_new_holder(cast.here("ada"), cast.directory, ids["couple"], sheet)

    return deed


def test_a_couple_stays_two_though_two_add_somebody_at_once(
    template: Template, tmp_path: Path
) -> None:
    both = (_add("Joss"), _add("Wren"))
    for cast, ids, one, two in interleavings(template, tmp_path, *both, every_step):
        raised = [run.raised for run in (one, two)]
        assert sum(isinstance(each, CoupleIsWhole) for each in raised) == 1, raised
        assert raised.count(None) == 1, raised
        assert Holder.objects.filter(chart_id=ids["couple"]).count() == 2
        require_upright(cast)
