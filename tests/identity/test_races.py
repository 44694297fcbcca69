"""What counts once counts once, also when several come at one moment, on a real SQLite file."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def race(tmp_path: Path) -> Callable[[str], Any]:
    """Run one of racing.py's races; gives what its runners were told, round by round."""

    def run(name: str) -> Any:
        done = subprocess.run(
            [sys.executable, "-m", "tests.identity.racing", str(tmp_path), name],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    return run


def test_of_sign_ins_that_race_with_one_code_one_comes_in(race: Callable[[str], Any]) -> None:
    for turn in race("codes"):
        assert turn == ["Opened", *["SignInRefused"] * 3]


def test_of_browsers_that_race_with_one_invitation_one_makes_keys(
    race: Callable[[str], Any],
) -> None:
    for turn in race("places"):
        assert turn == ["InvitationOver"] * 3 + ["Welcome"]


def test_guesses_at_one_moment_do_not_slip_past_the_count(race: Callable[[str], Any]) -> None:
    said, looked = race("guesses")
    assert said == ["TooManyTries"] * 4
    assert looked == ["5"]


def test_no_try_is_lost_when_several_are_counted_at_one_moment(
    race: Callable[[str], Any],
) -> None:
    assert race("counts") == [4] * 30
