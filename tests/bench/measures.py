"""Scoring: every answer set of the PHQ-9, and all of a chart's measures at once.

python -m tests.bench.section measures
"""

import time
from itertools import product
from typing import Any

from stillroom.chart.measures import Measure, load, read
from tests.chart.measures import naive

Row = dict[str, Any]
GOAL = 2.0
ALL = 4**9


def rows() -> list[Row]:
    """The rows of this section."""
    measures = load().measures
    return [_phq9(measures["phq-9"]), *(_one(measures[name]) for name in ("pcl-5", "audit"))]


def _phq9(measure: Measure) -> Row:
    """All 262,144 answer sets scored, each compared with a second scorer outside of the clock."""
    item = measure.asks.item("1")
    codes = [one.code for one in item.options] if item else []
    names = [str(nth) for nth in range(1, 10)]
    spent, wrong = 0.0, 0
    for first in product(range(4), repeat=3):
        rest = [(*first, *more) for more in product(range(4), repeat=6)]
        sheets = [dict(zip(names, [codes[n] for n in one], strict=True)) for one in rest]
        begun = time.thread_time()
        readings = [read(measure, sheet) for sheet in sheets]
        spent += time.thread_time() - begun
        for places, reading in zip(rest, readings, strict=True):
            found = reading.scores[0]
            band = found.band.label if found.band else ""
            wrong += (found.value, band) != naive.phq9(places)
            wrong += bool(reading.signals) is not (places[8] > 0)
    return {
        "row": f"PHQ-9: all {ALL:,} answer sets scored, banded and looked at for risk",
        "unit": "s",
        "ours": round(spent, 3),
        "beside": GOAL,
        "what_beside": f"the limit; {wrong} differ from a second scorer",
        "ratio": round(spent / GOAL, 3),
        "goal": "≤ 1",
        "ok": spent <= GOAL and wrong == 0,
    }


def _one(measure: Measure) -> Row:
    """One whole reading of a longer instrument, in microseconds."""
    answers = {
        item.id: item.options[len(item.options) // 2].code
        for item in measure.asks.items
        if item.options
    }
    repeats = 4000
    begun = time.thread_time()
    for _ in range(repeats):
        read(measure, answers)
    spent = (time.thread_time() - begun) / repeats * 1e6
    return {
        "row": f"{measure.asks.short}: one whole reading",
        "unit": "µs",
        "ours": round(spent, 1),
        "beside": 1000.0,
        "what_beside": "a millisecond, which nobody notices",
        "ratio": round(spent / 1000, 4),
        "goal": "≤ 1",
        "ok": spent <= 1000,
    }
