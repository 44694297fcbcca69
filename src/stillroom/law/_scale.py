"""The arithmetic of stances: how layers make a regime's answer and regimes make the law's.

Levels are the numbers of Stance, and one more, SILENT, for a regime that does not speak. It is the
greatest because the meet passes over it. Each operation is a small table, so that single levels,
intervals and decision diagrams all compute by the very same definitions.
"""

from collections.abc import Callable
from functools import cache
from typing import Final

SILENT: Final = 4
LEVELS: Final = range(5)
FORBIDDEN: Final = 0
WITH_AUTHORIZATION: Final = 1
PERMITTED: Final = 2
REQUIRED: Final = 3

Table = tuple[tuple[int, ...], ...]


def _table(rule: Callable[[int, int], int]) -> Table:
    return tuple(tuple(rule(a, b) for b in LEVELS) for a in LEVELS)


def _lifted(rules: int, lifts: int) -> int:
    """Exceptions lift the rules; `lifts` is 0 for none, else the greatest level and one."""
    if lifts == 0:
        return rules
    return lifts - 1 if rules == SILENT else max(rules, lifts - 1)


def _yielding(level: int, required: int) -> int:
    """A yielding regime counts as permitting what the other requires."""
    return PERMITTED if required and level < PERMITTED else level


def _final(met: int, required: int) -> int:
    """`met` is the meet with REQUIRED counted as PERMITTED; silence of all is FORBIDDEN."""
    if met == SILENT:
        return 0
    return REQUIRED if required and met >= PERMITTED else min(met, PERMITTED)


def _tightened(stance: int, level: int) -> int:
    """What is left of a stance under a policy: it holds back, and permits or requires nothing."""
    return min(stance, level) if level < PERMITTED else stance


MIN: Final = _table(min)
MAX: Final = _table(max)
LIFTED: Final = _table(_lifted)
YIELDING: Final = _table(_yielding)
FINAL: Final = _table(_final)
TIGHTENED: Final = _table(_tightened)
MOST_SPOKEN: Final = _table(lambda a, b: b if a == SILENT else a if b == SILENT else max(a, b))
CONFLICTS: Final = _table(lambda met, required: int(bool(required) and met < PERMITTED))
FALLS_SHORT: Final = _table(lambda level, demanded: int(bool(demanded) and level < PERMITTED))
DROPS: Final = _table(lambda before, after: int(before == REQUIRED and after < REQUIRED))
CAPPED: Final = tuple(level if level == SILENT else min(level, PERMITTED) for level in LEVELS)
CAP_MEETS: Final = _table(lambda met, level: min(met, CAPPED[level]))
OR_REQUIRED: Final = _table(lambda found, level: int(bool(found) or level == REQUIRED))
MIN_IF: Final = tuple(_table(lambda a, c, x=x: min(a, x) if c else a) for x in LEVELS)  # type: ignore[misc]
MAX_IF: Final = tuple(_table(lambda a, c, x=x: max(a, x) if c else a) for x in LEVELS)  # type: ignore[misc]
AND_NOT: Final = _table(lambda a, b: int(bool(a) and not b))
AND: Final = _table(lambda a, b: int(bool(a) and bool(b)))
OR: Final = _table(lambda a, b: int(bool(a) or bool(b)))


@cache
def regime_bounds(
    rules: tuple[int, int], lifts: tuple[int, int], bars: tuple[int, int]
) -> tuple[int, int]:
    """A regime's least and greatest level, from those of its three layers.

    An upper end of SILENT means that it may be silent; a lower one that it surely is.
    """
    bases = [
        LIFTED[r][e] for r in range(rules[0], rules[1] + 1) for e in range(lifts[0], lifts[1] + 1)
    ]
    return min(min(bases), bars[0]), min(max(bases), bars[1])


@cache
def final_bounds(met: tuple[int, int], surely: bool, possibly: bool) -> tuple[int, int]:
    """The law's least and greatest stance: from the meet and whether something is required."""
    required = [1] if surely else [0, 1] if possibly else [0]
    meets = [m for m in range(met[0], met[1] + 1) if m != REQUIRED]
    found = [FINAL[m][r] for m in meets for r in required]
    return min(found), max(found)
