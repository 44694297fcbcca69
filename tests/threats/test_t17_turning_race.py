"""T17: a chart gets a new key at the moment at which somebody is taken in, signs, or makes one too.

On SQLite files and on PostgreSQL, the making of a key stopped at each of its shared steps by the
other. However it goes: whoever holds the chart afterwards holds its newest key, and reads all of it.
"""

from pathlib import Path
from typing import Any

import pytest

from stillroom.access import Capacity
from stillroom.chart import actions as charting
from stillroom.chart import queries as charts
from stillroom.chart.models import Record
from stillroom.chart.search import read_question
from stillroom.chart.searching import search
from stillroom.kernel import Trilean
from stillroom.phi import rings
from stillroom.phi.models import Wrap
from stillroom.practice import actions
from stillroom.practice.actions_turning import turn_key
from tests.cast import NOON, Cast
from tests.harness.races import Deed, Template, interleavings, on_each
from tests.harness.upright import require_upright

pytestmark = pytest.mark.long
TEXT = {"Data": "Slept.", "Assessment": "Well.", "Plan": "On."}


def _live(cast: Cast) -> dict[str, str]:
    ada = cast.here("ada")
    draft = charting.begin(ada, cast.dov, "progress_note", occurred_at=NOON)
    charting.save_draft(ada, draft, TEXT, 1)
    return {"draft": draft}


def _turn(cast: Cast, _: Any) -> None:
    turn_key(cast.here("ada", stepped_up=Trilean.YES), cast.dov)


OTHERS: dict[str, Deed] = {
    "takes somebody in": lambda cast, _: actions.begin_care(
        cast.here("ada"), cast.dov, cast.bea.id, Capacity.TREATING
    ),
    "signs": lambda cast, ids: charting.sign(cast.here("ada"), ids["draft"], 2),
    "makes a key too": _turn,
    "searches": lambda cast, _: search(cast.here("ada"), read_question("slept")),
}


template = on_each(_live)


def _shared(names: list[str]) -> list[int]:
    """The steps at which the other could come between: what the two share, and the commit."""
    shared = ("practice_chart", "phi_ring", "phi_wrap", "COMMIT")
    told = [nth for nth, name in enumerate(names) if any(word in name for word in shared)]
    return [*told, len(names)]


@pytest.mark.parametrize("other", OTHERS)
def test_whoever_holds_the_chart_afterwards_holds_its_newest_key(
    template: Template, tmp_path: Path, other: str
) -> None:
    second = OTHERS[other]
    for cast, _, one, two in interleavings(template, tmp_path, _turn, second, _shared):
        assert (one.raised, two.raised) == (None, None)
        _require_one_key(cast, 3 if second is _turn else 2)
        require_upright(cast)


def _require_one_key(cast: Cast, newest: int) -> None:
    holding = set(Wrap.objects.filter(ring__ward=cast.dov).values_list("recipient", flat=True))
    staff = [name for name, member in cast.people.items() if member.id in holding]
    assert {"ada", "sol"} <= set(staff)
    for name in staff:
        here = cast.here(name)
        assert rings.open_ring(here, cast.dov, rings.Kind.CHART).newest == newest, name
    for record in Record.objects.filter(state="signed").values_list("pk", flat=True):
        assert charts.record(cast.here("sol"), record).revisions
