"""When a broken glass is whole again: its key is used up, and one that was laid by since is not (P2)."""

import pytest

from stillroom.phi import NotHere, glass
from stillroom.practice import actions_glass
from stillroom.practice.lapses import Lapses
from tests.cast import Cast
from tests.practice import test_glass
from tests.practice.test_glass import WHY, Life, read

pytestmark = pytest.mark.django_db
standing, life = test_glass.standing, test_glass.life


def _over(cast: Cast, how: str) -> Cast:
    if how == "by herself":
        actions_glass.end(cast.here("bea"), cast.dov)
    elif how == "by who treats":
        actions_glass.take_away(cast.here("ada"), cast.dov, cast.bea.id)
    later = cast.later(hours=1)
    Lapses().take_away(cast.house, later.at)
    return later


@pytest.mark.parametrize("how", ["by herself", "by who treats", "by the clock"])
def test_when_it_is_over_the_key_is_of_no_use_and_gone(life: Life, how: str) -> None:
    cast, *_ = life
    actions_glass.break_glass(cast.here("bea"), cast.dov, WHY)
    later = _over(cast, how)
    assert glass.laid_by(cast.dov) == {}
    with pytest.raises(NotHere):
        read(later)
    with pytest.raises(NotHere):
        actions_glass.break_glass(later.here("bea"), cast.dov, WHY)


@pytest.mark.parametrize("minutes", [15, 60])
@pytest.mark.parametrize("how", ["by herself", "by the clock"])
def test_a_key_laid_by_anew_is_another_and_stays(life: Life, how: str, minutes: int) -> None:
    """While the glass is still broken, or when it is whole again."""
    cast, *_ = life
    actions_glass.break_glass(cast.here("bea"), cast.dov, WHY)
    later = _over(cast, how) if minutes == 60 else cast.later(minutes=minutes)
    actions_glass.lay_by(later.here("ada"), cast.dov, cast.bea.id)
    later = _over(later, how if minutes < 60 else "by the clock")
    assert set(glass.laid_by(cast.dov)) == {cast.bea.id}
    actions_glass.break_glass(later.here("bea"), cast.dov, WHY)
    assert read(later).sessions
