"""Questionnaires over a course: falling, rising, and read by their bands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from stillroom.config.demo.arc import Beat
from stillroom.config.demo.days import instant
from stillroom.config.demo.dice import Dice
from stillroom.config.demo.records import Measure, Session
from stillroom.config.demo.stories import Score, Story

_APART: Final = timedelta(days=26)
_ITEM_OF_DYING: Final = 8  # the ninth question of the PHQ-9, counted from 0


@dataclass(frozen=True, slots=True)
class Instrument:
    """How many questions, the most each can count, and the bands as (up to, name)."""

    questions: int
    most: int
    bands: tuple[tuple[int, str], ...]

    def band(self, score: int) -> str:
        """The name of the band a score falls in."""
        return next(name for upto, name in self.bands if score <= upto)


INSTRUMENTS: Final = {
    "PHQ-9": Instrument(
        9,
        3,
        (
            (4, "minimal"),
            (9, "mild"),
            (14, "moderate"),
            (19, "moderately severe"),
            (27, "severe"),
        ),
    ),
    "GAD-7": Instrument(7, 3, ((4, "minimal"), (9, "mild"), (14, "moderate"), (21, "severe"))),
    "PCL-5": Instrument(20, 4, ((30, "below the usual cut-off"), (80, "above the usual cut-off"))),
    "EPDS": Instrument(10, 3, ((12, "below the usual cut-off"), (30, "above the usual cut-off"))),
    "ISI": Instrument(
        7,
        4,
        (
            (7, "no insomnia of note"),
            (14, "below the threshold"),
            (21, "moderate"),
            (28, "severe"),
        ),
    ),
    "Y-BOCS": Instrument(
        10, 4, ((7, "subclinical"), (15, "mild"), (23, "moderate"), (31, "severe"), (40, "extreme"))
    ),
}


def measures(
    story: Story,
    held: Sequence[tuple[Session, Beat]],
    holder: int,
    dice: Dice,
) -> list[Measure]:
    """A measure of each instrument about every four weeks."""
    found: list[Measure] = []
    for instrument, points in story.measures.items():
        last: datetime | None = None
        for session, beat in held:
            if last is not None and session.starts_at - last < _APART:
                continue
            noise = 0 if last is None else dice.between(-1, 1)
            score = _along(points, beat.progress) + noise
            found.append(
                _measure(instrument, score, int(beat.risk == "passive"), session, holder, dice)
            )
            last = session.starts_at
    return sorted(found, key=lambda measure: (measure.taken_at, measure.instrument))


def scripted(
    scores: Sequence[Score],
    days: dict[int, date],
    holder: int,
    zone: str,
    dice: Dice,
) -> list[Measure]:
    """Measures of certain weeks, answered by portal in the early morning of that day."""
    found = []
    for score in scores:
        day = days.get(score.week)
        if day is None:
            continue
        at = instant(day, 7, dice.between(5, 50), zone)
        items = _items(score.instrument, score.score, score.item9, dice)
        found.append(Measure(score.instrument, at, score.score, items, "portal", holder))
    return sorted(found, key=lambda measure: (measure.taken_at, measure.instrument))


def _along(points: Sequence[int], progress: float) -> int:
    """The value between points at equal distances; `progress` runs from 0 to 1."""
    place = min(max(progress, 0.0), 1.0) * (len(points) - 1)
    low = min(int(place), len(points) - 2)
    return round(points[low] + (points[low + 1] - points[low]) * (place - low))


def _measure(
    instrument: str, score: int, item9: int, session: Session, holder: int, dice: Dice
) -> Measure:
    kind = INSTRUMENTS[instrument]
    score = min(max(score, item9), kind.questions * kind.most)
    portal = dice.chance(60)
    before = timedelta(minutes=dice.between(60, 150) if portal else 10)
    items = _items(instrument, score, item9, dice)
    by = "portal" if portal else "in_session"
    return Measure(instrument, session.starts_at - before, score, items, by, holder)


def _items(instrument: str, score: int, item9: int, dice: Dice) -> tuple[int, ...]:
    """Answers that add up to `score`; on the PHQ-9 the ninth is `item9`."""
    kind = INSTRUMENTS[instrument]
    answers = [0] * kind.questions
    free = list(range(kind.questions))
    if instrument == "PHQ-9":
        answers[_ITEM_OF_DYING] = item9
        free.remove(_ITEM_OF_DYING)
    for _ in range(score - sum(answers)):
        place = dice.pick(free)
        answers[place] += 1
        if answers[place] == kind.most:
            free.remove(place)
    return tuple(answers)
