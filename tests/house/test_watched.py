"""The files about the watched practice are known by name, so that it is lived through once."""

import re
from pathlib import Path

from tests.conftest import WATCHED

TESTS = Path(__file__).parents[1]


def test_whoever_asks_for_the_watched_practice_runs_beside_the_others_that_do() -> None:
    asking = {
        file.relative_to(TESTS.parent).as_posix()
        for file in TESTS.rglob("test_*.py")
        if re.search(r"\bevidence: Evidence\b", file.read_text("utf-8"))
    }
    assert asking == WATCHED
