"""A whiteboard as it is kept: strokes of numbers, and no picture that a browser made. Pure.

Rules: a stroke is a line of points `x,y x,y …` on a field of `WIDE` by `HIGH`, as the pages have it
(`ui/src/call/strokes.ts`); both pages name all strokes, sorted, by one SHA-256, and what is kept is
drawn anew from them. What is malformed in one point, or more than a board holds, is refused whole.
"""

import re
from dataclasses import dataclass
from typing import Final

from stillroom.kernel import StillroomError

WIDE: Final = 1000
HIGH: Final = 625
LONGEST: Final = 180
"""Points of one stroke."""
MOST: Final = 20_000
"""Points of one board."""
_MOST_LETTERS: Final = 8 * MOST
_POINT = re.compile(r"([0-9]{1,3}),([0-9]{1,3})")

Point = tuple[int, int]


class NoBoard(StillroomError):
    """What is no whiteboard, or an empty one."""

    what = "there is no whiteboard to keep"
    usual_advice = "Draw something, and ask once more."


@dataclass(frozen=True)
class Board:
    """What stood on it."""

    strokes: tuple[tuple[Point, ...], ...]


def board(text: str) -> Board:
    """The strokes of a board's text; `NoBoard` for anything else."""
    if not text or len(text) > _MOST_LETTERS:
        raise NoBoard
    strokes = tuple(_stroke(line) for line in text.split("\n"))
    if sum(map(len, strokes)) > MOST:
        raise NoBoard
    return Board(strokes)


def _stroke(line: str) -> tuple[Point, ...]:
    pairs = line.split(" ")
    if len(pairs) > LONGEST:
        raise NoBoard
    return tuple(_point(pair) for pair in pairs)


def _point(pair: str) -> Point:
    found = _POINT.fullmatch(pair)
    if found is None:
        raise NoBoard
    x, y = int(found[1]), int(found[2])
    if x >= WIDE or y >= HIGH:
        raise NoBoard
    return x, y
