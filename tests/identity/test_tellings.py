"""What a browser tells of its own state holds in the order in which it was so (the privacy screen)."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from stillroom.identity.tellings import LATE, Tellings, Told, holds

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)


def test_in_whatever_order_they_arrive_the_latest_holds() -> None:
    for order in permutations((1.0, 2.0, 3.0)):
        tellings, kept = Tellings(), 0.0
        for nth, moment in enumerate(order):
            with tellings.turn("ada", moment, NOW + timedelta(milliseconds=nth)) as here:
                kept = moment if here else kept
        assert kept == 3.0, order


@pytest.mark.parametrize(
    ("moment", "after", "here"),
    [
        (99.0, timedelta(seconds=1), False),
        (100.0, timedelta(seconds=1), True),
        (None, timedelta(seconds=1), True),
        (99.0, LATE, True),  # the browser's clock was put back
        (99.0, timedelta(hours=-2), True),  # ours was
    ],
)
def test_a_clock_that_is_put_back_is_obeyed_again(
    moment: float | None, after: timedelta, here: bool
) -> None:
    assert holds(Told(100.0, NOW), moment, NOW + after) is here


def test_two_browsers_with_clocks_of_their_own_never_meet() -> None:
    tellings = Tellings()
    with tellings.turn("laptop", 9e12, NOW) as here:
        assert here
    with tellings.turn("telephone", 1.0, NOW) as here:
        assert here
    with tellings.turn("telephone", 2.0, NOW + 2 * LATE) as here:
        assert here
    assert list(tellings._last) == ["telephone"], "what is over is forgotten"
