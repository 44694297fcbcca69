"""Finding a client at the front desk of a large practice, while somebody types.

python -m tests.bench.section names
"""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bench.demonstrations import LARGE, demonstration
from tests.bench.rows import QUICK, Row, alone, smaller

ROUNDS = 5 if QUICK else 25
LIMIT = 20.0
"""Milliseconds: what nobody notices between one key and the next."""


def rows() -> list[Row]:
    """The slowest of several questions; `ratio` = ours / the limit."""
    home = demonstration(LARGE)
    begun = time.perf_counter()
    directory = _open(home)
    filled = time.perf_counter() - begun
    worst, slowest = max((_median(directory, typed), typed) for typed in _questions(directory))
    renewed = _spent(lambda: _renew(directory))
    what = f"names: the slowest of all questions, {LARGE:,} clients"
    limit = "a limit of 20 ms"
    return [
        smaller(what, "ms", worst, LIMIT, f"{limit} (typed: {_kind(slowest)})", "≤ 1"),
        smaller(
            f"names: the first question after a front sheet was changed, {LARGE:,} clients",
            "ms",
            renewed,
            LIMIT,
            limit,
            "≤ 1",
        ),
        alone(f"names: unsealing reads {LARGE:,} front sheets", "s", filled),
    ]


def _open(home: Path) -> Any:
    """The directory of an unsealed practice."""
    os.environ["STILLROOM_HOME"] = str(home)
    from stillroom.config.command_practice import start_django
    from stillroom.config.home import Home

    start_django(home)
    from stillroom.config import house

    opened = Home.load(home)
    shell = house.compose(opened)
    key = opened.open_server_by_file(home.with_name(f"{home.name}.key"))
    house.unseal(shell, key, at=house.now())
    shell.house.log.close()
    return shell.directory


def _questions(directory: Any) -> list[str]:
    """Beginnings, names in full, numbers, days, and words that hardly go together."""
    from string import ascii_lowercase

    letters = list(ascii_lowercase)
    (some,) = directory.find("dov halpern", within=None)[:1] or directory.find("d", within=None)[:1]
    words = directory._index._words[some.client]
    commonest = sorted(directory._index._clients.items(), key=lambda pair: -len(pair[1]))[:8]
    pairs = [f"{one} {two}" for one in "aejmst" for two in "bcdqxz14"]
    return [
        *letters,
        *words,
        " ".join(words[:2]),
        *(word for word, _ in commonest),
        "4",
        "410",
        "1985",
        "19 a",
        *pairs,
        "nobody zz",
    ]


def _median(directory: Any, typed: str) -> float:
    """Milliseconds."""
    spent = sorted(_spent(lambda: directory.find(typed, within=None)) for _ in range(ROUNDS))
    return spent[len(spent) // 2]


def _spent(do: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    do()
    return (time.perf_counter() - begun) * 1000


def _renew(directory: Any) -> None:
    from stillroom.practice.rules import FrontSheet

    sheet = FrontSheet("Somebody", "Newcomer", phone="410-555-0199")
    directory.put("bench", ["bench"], sheet)
    if not directory.find("newcomer somebody", within=None):
        raise AssertionError("a client who was just admitted is not found")


def _kind(typed: str) -> str:
    """What was typed, without telling a made-up client's whole name in a report."""
    return typed if len(typed) < 6 else f"{typed[:3]}…, {len(typed)} letters"
