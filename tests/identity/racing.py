"""Races on a real SQLite file, in a process of their own: `python racing.py FOLDER RACE`.

Threads with connections of their own meet at a barrier just before the step that must count once.
What each of them got is printed as JSON.
"""

import json
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Lock
from typing import Any

from stillroom.config import home as homes
from stillroom.config.command_practice import migrate, start_django

RUNNERS = 4
ROUNDS = 6


def main(folder: Path, race: str) -> None:
    """Make a practice, run a race in it, say how it went."""
    made = homes.create(folder / "practice", "Linden Row", key_file=folder / "key")
    start_django(made.home.path)
    migrate()
    print(
        json.dumps(
            {"codes": codes, "places": places, "guesses": guesses, "counts": counts}[race](folder)
        )
    )


def together(runner: Callable[[int], Any]) -> list[str]:
    """Run it in several threads at once; the name of each one's answer or error."""

    def run(number: int) -> str:
        from django.db import connection

        try:
            return type(runner(number)).__name__
        except Exception as error:  # noqa: BLE001 - what was raised is what is told
            return type(error).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(RUNNERS) as pool:
        return sorted(pool.map(run, range(RUNNERS)))


def _meet(module: Any, name: str) -> None:
    """Every call of a function waits for the others before it gives its answer."""
    real, barrier = getattr(module, name), Barrier(RUNNERS)

    def met(*given: Any, **more: Any) -> Any:
        answer = real(*given, **more)
        barrier.wait(20)
        return answer

    setattr(module, name, met)


def codes(folder: Path) -> list[list[str]]:
    """Several sign-ins with one code, each of them right."""
    from stillroom.identity import doors
    from tests.cast import NOON, PASSPHRASE, enrol, make_house
    from tests.identity.conftest import code_of

    house = make_house(folder)
    ada = enrol(house, "ada")
    _meet(doors, "_try_code")
    told = []
    for turn in range(ROUNDS):
        at = NOON + timedelta(hours=turn)
        code = code_of(ada, at)
        told.append(
            together(
                lambda _, at=at, code=code: doors.by_passphrase(
                    house, "ada", PASSPHRASE, code, at=at
                )
            )
        )
    return told


def places(folder: Path) -> list[list[str]]:
    """Several browsers with one invitation."""
    from stillroom.access import Role
    from stillroom.identity import accounts, keys
    from stillroom.identity.models import WayIn
    from tests.cast import NOON, Cast, enrol, make_house

    house = make_house(folder)
    cast = Cast(house, None, {"olga": enrol(house, "olga")})  # type: ignore[arg-type]
    _meet(keys, "prepare_keys")
    told = []
    for turn in range(ROUNDS):
        code = accounts.invite(cast.here("olga"), f"zoe{turn}", "Zoe", [Role.CLINICIAN])
        told.append(
            together(
                lambda number, code=code: accounts.take_up(
                    house, code, f"passphrase of the browser {number}", at=NOON
                )
            )
        )
        ways = WayIn.objects.filter(person__sign_name=f"zoe{turn}").count()
        assert ways == 2, ways
    return told


def guesses(folder: Path) -> list[list[str]]:
    """Many wrong guesses at one moment: how many were looked at?"""
    from stillroom.identity import doors
    from tests.cast import NOON, enrol, make_house

    house = make_house(folder)
    enrol(house, "ada")
    looked, counting, real = [0], Lock(), doors._try_passphrase

    def counted(*given: Any) -> Any:
        with counting:
            looked[0] += 1
        return real(*given)

    doors._try_passphrase = counted

    def guess(_: int) -> None:
        for _turn in range(5):
            try:
                doors.by_passphrase(house, "ada", "quick stream over fords", "000000", at=NOON)
            except Exception as error:  # noqa: BLE001
                last = error
        raise last

    said = together(guess)
    return [said, [str(looked[0])]]


def counts(folder: Path) -> list[int]:
    """Tries of one name counted at one moment: how many were counted, round by round?"""
    from stillroom.identity import throttle
    from stillroom.identity.models import Attempt
    from tests.cast import NOON, make_house

    house, barrier = make_house(folder), Barrier(RUNNERS)

    def count(turn: int) -> None:
        barrier.wait(20)
        throttle.charge(house, f"name {turn}", at=NOON)

    counted = []
    for turn in range(5 * ROUNDS):
        together(lambda _, turn=turn: count(turn))
        counted.append(Attempt.objects.get().failures)
        Attempt.objects.all().delete()
    return counted


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
