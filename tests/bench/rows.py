"""What a measurement is told as, and how two things are timed beside one another.

A row is `{row, unit, ours, beside, what_beside, ratio, goal, ok}`. `goal` is a sentence about
`ratio`: "≤ 1" or "≥ 5"; `None` where there is nothing to reach. `ok` is `None` where nothing could
be measured, and then `what_beside` says why.
"""

import gc
import os
import statistics
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

Row = dict[str, Any]

QUICK = os.environ.get("STILLROOM_BENCH") == "quick"
PLACE = Path("build") / "bench"
"""Where benches keep what they need: on the same disk as everything else, and out of git."""


def goal_met(ratio: float, goal: str) -> bool:
    """Whether a ratio is as its goal says."""
    sign, number = goal.split()
    return ratio <= float(number) if sign == "≤" else ratio >= float(number)


def smaller(
    row: str, unit: str, ours: float, beside: float, what: str, goal: str | None = None
) -> Row:
    """A row whose ratio is ours / beside: seconds, bytes, growth."""
    return _row(row, unit, ours, beside, what, ours / beside, goal)


def times(row: str, unit: str, ours: float, beside: float, what: str, goal: str | None) -> Row:
    """A row whose ratio is how many times shorter ours is: beside / ours."""
    return _row(row, unit, ours, beside, what, beside / ours, goal)


def rate(
    row: str, unit: str, ours: float, beside: float, what: str, goal: str | None = None
) -> Row:
    """A row of things done in a second: ours / beside, and more is better."""
    return _row(row, unit, ours, beside, what, ours / beside, goal)


def _row(
    row: str, unit: str, ours: float, beside: float, what: str, ratio: float, goal: str | None
) -> Row:
    return {
        "row": row,
        "unit": unit,
        "ours": rounded(ours),
        "beside": rounded(beside),
        "what_beside": what,
        "ratio": rounded(ratio),
        "goal": goal,
        "ok": True if goal is None else goal_met(ratio, goal),
    }


def alone(row: str, unit: str, ours: float, why: str = "") -> Row:
    """A row that stands beside nothing: a size or a time to know."""
    found = _row(row, unit, ours, 1, why, 1, None)
    return found | {"beside": None, "ratio": None}


def unmeasured(row: str, unit: str, why: str, goal: str | None) -> Row:
    """A row for what could not be measured here; it is neither well nor ill."""
    return alone(row, unit, 0, why) | {"ours": None, "goal": goal, "ok": None}


def rounded(value: float) -> float:
    """Three figures that count."""
    return float(f"{value:.3g}")


def take_turns(
    runs: Mapping[str, Callable[[], object]], rounds: int, *, rest: Mapping[str, int] | None = None
) -> dict[str, float]:
    """The median seconds of each run, all in one sitting: A B C, C B A, A B C …

    `rest`: a run that takes part in every nth round only, because it is slow.
    """
    spent: dict[str, list[float]] = {name: [] for name in runs}
    rest = rest or {}
    for run in runs.values():
        run()
    for nth in range(rounds):
        order = list(runs) if nth % 2 else list(runs)[::-1]
        for name in order:
            if nth % rest.get(name, 1):
                continue
            gc.collect(0)
            begun = time.perf_counter()
            runs[name]()
            spent[name].append(time.perf_counter() - begun)
    return {name: statistics.median(times) for name, times in spent.items()}
