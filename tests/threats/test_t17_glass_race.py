"""T17: a glass is broken at the moment at which whoever treats takes the key away, or keeps her off.

On SQLite files and on PostgreSQL, each deed stopped at each of its steps by the other. However it goes:
afterwards no key lies there, no glass is broken, and either the breaking stands in the log before
what ended it, or nothing was broken.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from stillroom.access import Act
from stillroom.phi import NotHere, glass
from stillroom.phi.apart import How
from stillroom.practice import actions_apart, actions_glass, queries_glass
from stillroom.practice.models import Breaking
from tests.cast import Cast
from tests.harness.ondisk import InFiles, InPostgres, reopened
from tests.harness.races import interleave, seconds_alone, steps
from tests.postgres import running_cluster

pytestmark = pytest.mark.long

Do = Callable[[Cast, Any], Any]
WHY = "His brother rang: he is on the bridge."
ENDS = (Act.GLASS_PREPARE.value, Act.RESTRICTION_WRITE.value)


def _live(cast: Cast) -> dict[str, str]:
    actions_glass.lay_by(cast.here("ada"), cast.dov, cast.bea.id)
    return {"dov": cast.dov}


def _break(cast: Cast, ids: Any) -> str:
    return actions_glass.break_glass(cast.here("bea"), ids["dov"], WHY)


ENDING: dict[str, Do] = {
    "takes the key away": lambda cast, ids: actions_glass.take_away(
        cast.here("ada"), ids["dov"], cast.bea.id
    ),
    "keeps her away": lambda cast, ids: actions_apart.keep_apart(
        cast.here("ada"), ids["dov"], cast.bea.id, How.KEPT_AWAY
    ),
}


@pytest.fixture(scope="module", params=["SQLite", "PostgreSQL"])
def template(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> InFiles | InPostgres:
    """A practice with one key laid by, on each database."""
    folder = tmp_path_factory.mktemp("glass-race")
    if request.param == "SQLite":
        return InFiles(folder, django_db_blocker, _live)
    return InPostgres(running_cluster(), folder, django_db_blocker, _live)


def _told(name: str) -> bool:
    """A step at which the other could come between: what the two share, and the commits."""
    shared = ("practice_chart", "phi_spare", "practice_breaking", "phi_apart", "COMMIT")
    return any(word in name for word in shared)


@pytest.mark.parametrize("ending", ENDING)
@pytest.mark.parametrize("turned", [False, True], ids=["broken first", "ended first"])
def test_nothing_stays_broken_whichever_was_first(
    template: InFiles | InPostgres, tmp_path: Path, ending: str, turned: bool
) -> None:
    first, second = (ENDING[ending], _break) if turned else (_break, ENDING[ending])
    with template.copy(tmp_path / "whole") as practice, reopened(practice) as cast:
        names = steps(lambda: first(cast, practice.ids))
    with template.copy(tmp_path / "alone") as practice, reopened(practice) as cast:
        alone = seconds_alone(lambda: second(cast, practice.ids))
    seen = set()
    for at in [nth for nth, name in enumerate(names) if _told(name)] + [len(names)]:
        with template.copy(tmp_path / f"{at}") as practice, reopened(practice) as cast:
            ids = practice.ids
            one, two = interleave(
                lambda: first(cast, ids), lambda: second(cast, ids), at, alone=alone
            )
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
