"""A measure over time as a picture: where each mark stands on a sheet of 480 by 250. Pure.

Rules: it reads without colour. A round mark is a score not reliably different from the first; a
triangle that points down is reliably lower, one that points up reliably higher; a ring around a
mark says that an answer asked for an assessment of risk. Bands are parted by lines and named at the
right; sessions are strokes on the axis, days on which medication was written down are broken lines.
The same stands in a table.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from stillroom.chart.measures import Moved, Score, moved

LEFT, RIGHT, TOP, BOTTOM = 40.0, 356.0, 26.0, 200.0
_APART = 13.0
"""So far apart two lines of words must stand to be read."""


@dataclass(frozen=True)
class Point:
    """One measure of a trend: when, what, and the record that it stands in."""

    at: datetime
    value: int
    record: str
    signal: bool = False


@dataclass(frozen=True)
class Mark:
    """A point on the sheet. `shape`: "dot", "lower", "higher"; `said`: its figure, if shown."""

    x: float
    y: float
    shape: str
    said: str
    signal: bool
    point: Point
    since_last: Moved | None
    since_first: Moved | None
    band: str


@dataclass(frozen=True)
class Line:
    """A line across, or a word beside the sheet."""

    y: float
    words: str


@dataclass(frozen=True)
class Picture:
    """Everything that is drawn, and the words that say the same."""

    title: str
    says: str
    marks: tuple[Mark, ...]
    path: str
    bands: tuple[Line, ...]
    names: tuple[Line, ...]
    scale: tuple[Line, ...]
    sessions: tuple[float, ...]
    medication: tuple[float, ...]
    days: tuple[tuple[float, str, str], ...]
    reliable: bool
    signals: bool


def draw(
    score: Score,
    points: Sequence[Point],
    sessions: Sequence[datetime] = (),
    medication: Sequence[datetime] = (),
) -> Picture | None:
    """The picture of a score over time; None for fewer than two points."""
    if len(points) < 2:
        return None
    ordered = sorted(points, key=lambda one: (one.at, one.record))
    first, last = ordered[0].at, ordered[-1].at
    low, high = _reach(score, ordered)
    marks = tuple(_mark(score, ordered, nth, low, high) for nth in range(len(ordered)))
    return Picture(
        title=f"{score.label} from {ordered[0].value} to {ordered[-1].value}",
        says=_says(score, ordered),
        marks=marks,
        path="M" + "L".join(f"{one.x:g} {one.y:g}" for one in marks),
        bands=tuple(Line(_up(one.low, low, high), "") for one in score.bands[1:]),
        names=_names(score, low, high),
        scale=(Line(_up(low, low, high), str(low)), Line(_up(high, low, high), str(high))),
        sessions=_within(sessions, first, last),
        medication=_within(medication, first, last),
        days=_days(first, last),
        reliable=score.change is not None,
        signals=any(one.signal for one in ordered),
    )


def _reach(score: Score, points: Sequence[Point]) -> tuple[int, int]:
    """The lowest and the highest score of the sheet."""
    if score.bands:
        return score.bands[0].low, score.bands[-1].high
    values = [one.value for one in points]
    return min(0, *values), max(*values, 1)


def _up(value: float, low: int, high: int) -> float:
    return round(BOTTOM - (value - low) / (high - low) * (BOTTOM - TOP), 1)


def _along(at: datetime, first: datetime, last: datetime) -> float:
    whole = (last - first).total_seconds()
    part = (at - first).total_seconds() / whole if whole else 0.5
    return round(LEFT + part * (RIGHT - LEFT), 1)


def _within(days: Sequence[datetime], first: datetime, last: datetime) -> tuple[float, ...]:
    inside = (_along(one, first, last) for one in days if first <= one <= last)
    return tuple(dict.fromkeys(inside))


def _mark(score: Score, points: Sequence[Point], nth: int, low: int, high: int) -> Mark:
    point, start = points[nth], points[0]
    since_first = moved(score, start.value, point.value) if nth else None
    since_last = moved(score, points[nth - 1].value, point.value) if nth else None
    shape = "dot"
    if since_first is not None and since_first.reliable:
        shape = "lower" if since_first.by < 0 else "higher"
    band = score.band(point.value)
    said = str(point.value) if nth in (0, len(points) - 1) or point.signal else ""
    return Mark(
        _along(point.at, start.at, points[-1].at),
        _up(point.value, low, high),
        shape,
        said,
        point.signal,
        point,
        since_last,
        since_first,
        band.label if band else "",
    )


def _names(score: Score, low: int, high: int) -> tuple[Line, ...]:
    """Names of the bands at the right, pushed apart where bands are narrow."""
    found: list[Line] = []
    above = float("inf")
    for band in score.bands:
        y = min(_up((band.low + band.high) / 2, low, high) + 4, above - _APART)
        found.append(Line(round(y, 1), band.short or band.label))
        above = y
    return tuple(found)


def _days(first: datetime, last: datetime) -> tuple[tuple[float, str, str], ...]:
    """The months at both ends: place, words, and to which side they are written."""
    begin, end = f"{first:%b} {first.year}", f"{last:%b} {last.year}"
    if begin == end:
        return ((LEFT, begin, "start"),)
    return ((LEFT, begin, "start"), (RIGHT, end, "end"))


def _says(score: Score, points: Sequence[Point]) -> str:
    """The picture in words."""
    values = ", ".join(str(one.value) for one in points)
    whole = moved(score, points[0].value, points[-1].value)
    signals = sum(one.signal for one in points)
    asked = f" An answer asked for an assessment of risk {_times(signals)}." if signals else ""
    return f"{len(points)} measures: {values}. Since the first: {whole.says}.{asked}"


def _times(number: int) -> str:
    return "once" if number == 1 else "twice" if number == 2 else f"{number} times"
