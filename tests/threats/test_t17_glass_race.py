"""T17: a glass is broken at the moment at which whoever treats takes the key away, or keeps her off.

On SQLite files and on PostgreSQL, each deed stopped at each of its steps by the other. However it goes:
afterwards no key lies there, no glass is broken, and either the breaking stands in the log before
what ended it, or nothing was broken.
"""

from pathlib import Path
from typing import Any

import pytest

from stillroom.access import Act
from stillroom.phi import NotHere, glass
from stillroom.phi.apart import How
from stillroom.practice import actions_apart, actions_glass, queries_glass
from stillroom.practice.models import Breaking
from tests.cast import Cast
from tests.harness.races import Deed, Template, interleavings, on_each

pytestmark = pytest.mark.long

WHY = "His brother rang: he is on the bridge."
ENDS = (Act.GLASS_PREPARE.value, Act.RESTRICTION_WRITE.value)


def _live(cast: Cast) -> dict[str, str]:
    actions_glass.lay_by(cast.here("ada"), cast.dov, cast.bea.id)
    return {"dov": cast.dov}


def _break(cast: Cast, ids: Any) -> str:
    return actions_glass.break_glass(cast.here("bea"), ids["dov"], WHY)


ENDING: dict[str, Deed] = {
    "takes the key away": lambda cast, ids: actions_glass.take_away(
        cast.here("ada"), ids["dov"], cast.bea.id
    ),
    "keeps her away": lambda cast, ids: actions_apart.keep_apart(
        cast.here("ada"), ids["dov"], cast.bea.id, How.KEPT_AWAY
    ),
}


template = on_each(_live)


def _shared(names: list[str]) -> list[int]:
    """The steps at which the other could come between: what the two share, and the commits."""
    shared = ("practice_chart", "phi_spare", "practice_breaking", "phi_apart", "COMMIT")
    told = [nth for nth, name in enumerate(names) if any(word in name for word in shared)]
    return [*told, len(names)]


@pytest.mark.parametrize("ending", ENDING)
@pytest.mark.parametrize("turned", [False, True], ids=["broken first", "ended first"])
def test_nothing_stays_broken_whichever_was_first(
    template: Template, tmp_path: Path, ending: str, turned: bool
) -> None:
    both = (ENDING[ending], _break) if turned else (_break, ENDING[ending])
    seen = set()
    for cast, _, one, two in interleavings(template, tmp_path, *both, _shared):
        breaking, ended = (two, one) if turned else (one, two)
        assert ended.raised is None, ended.raised
        seen.add(_require_whole(cast, breaking.raised))
    assert seen == {True, False}, "both orders were come to"


def _require_whole(cast: Cast, raised: BaseException | None) -> bool:
    """Whether it was broken before; in either case nothing is left of it that opens."""
    assert glass.laid_by(cast.dov) == {}
    assert queries_glass.broken(cast.here("bea"), cast.dov) is None
    acts = [logged.entry.act for logged in cast.house.log.entries()]
    ends = [nth for nth, act in enumerate(acts) if act in ENDS][-1]
    if raised is None:
        assert Breaking.objects.get().entry < ends
        return True
    assert isinstance(raised, NotHere), raised
    assert Act.GLASS_BREAK.value not in acts
    assert not Breaking.objects.exists()
    return False
