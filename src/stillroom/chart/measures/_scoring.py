"""Answers become scores, bands, screens, grades and signals. Pure.

Rules: an item that was not asked (its condition does not hold) counts 0 and is not missing; an item
that was asked and not answered leaves a sum unsaid, unless the rule allows the mean of the others
(`Score.may_miss`); a screen whose answer the missing items could still turn is unknown, and says
which they are (P6: unknown is neither yes nor no). Learning an answer only narrows.

    >>> reading = read(measure, {"1": "LA6570-1", …})
    >>> reading.score("total").value, reading.score("total").band.label
    (14, 'moderate')
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import msgspec

from stillroom.chart.measures._rules import (
    All,
    Band,
    Condition,
    Counted,
    Graded,
    Reaches,
    Rules,
    Score,
    Screen,
    Signal,
)
from stillroom.chart.measures._shape import Answers, Item, Questionnaire
from stillroom.kernel import Trilean, every, some

_NONE: frozenset[str] = frozenset()
Value = int | None
"""What an item counts; None while it was asked and not answered."""


class Scored(msgspec.Struct, frozen=True, gc=False):
    """A score as it came out. `value` is None with a gap; it lies between `low` and `high`."""

    score: Score
    value: Value
    low: int
    high: int
    missing: tuple[Item, ...] = ()
    filled: int = 0

    @property
    def band(self) -> Band | None:
        """The band of the value."""
        return None if self.value is None else self.score.band(self.value)


class Screened(msgspec.Struct, frozen=True, gc=False):
    """A screen as it came out."""

    screen: Screen
    answer: Trilean

    @property
    def says(self) -> str:
        """In words; nothing while it cannot be said."""
        if self.answer is Trilean.UNKNOWN:
            return ""
        return self.screen.yes if self.answer is Trilean.YES else self.screen.no


class GradeFound(msgspec.Struct, frozen=True, gc=False):
    """A graded answer as it came out; `label` is empty while it cannot be said."""

    graded: Graded
    label: str


class Reading(msgspec.Struct, frozen=True, gc=False):
    """Everything that the rules say of one set of answers."""

    scores: tuple[Scored, ...]
    screens: tuple[Screened, ...]
    graded: tuple[GradeFound, ...]
    signals: tuple[Signal, ...]
    missing: tuple[Item, ...]

    def score(self, name: str) -> Scored:
        """One score by its id."""
        return next(one for one in self.scores if one.score.id == name)


@dataclass(frozen=True)
class Measure:
    """A questionnaire with its rules."""

    asks: Questionnaire
    rules: Rules

    @property
    def id(self) -> str:
        """The questionnaire's id, by which records name the instrument."""
        return self.asks.id

    @cached_property
    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """For each item that counts, what each of its answers counts; reversed items turned."""
        found: dict[str, Mapping[str, int]] = {}
        for item in self.asks.items:
            if item.scores:
                turn = min(item.scores) + max(item.scores)
                back = item.id in self.rules.reversed
                found[item.id] = {
                    one.code: turn - one.score if back else one.score
                    for one in item.options
                    if one.score is not None
                }
        return found

    @cached_property
    def _plain(self) -> bool:
        """Whether every item is always asked."""
        return not any(item.gates for item in self.asks.items)

    @cached_property
    def _always(self) -> frozenset[str]:
        """What must be answered whatever else is."""
        asks = self.asks.items
        return frozenset(one.id for one in asks if one.asks and not (one.gates or one.optional))

    def unanswered(self, answers: Answers) -> tuple[Item, ...]:
        """Questions that were asked, are not left to choice, and have no answer."""
        if self._plain and self._always <= answers.keys():
            return ()
        asked = self.asks.asked(answers)
        return tuple(one for one in asked if one.id not in answers and not one.optional)

    def values(self, answers: Answers) -> dict[str, Value]:
        """What each item counts: 0 if it was not asked, None if it was and has no answer."""
        if self._plain:
            return {name: table.get(answers.get(name, "")) for name, table in self.counts.items()}
        asked = {item.id for item in self.asks.asked(answers)}
        return {
            name: table.get(answers.get(name, "")) if name in asked else 0
            for name, table in self.counts.items()
        }

    def total(self, score: Score, values: Mapping[str, Value]) -> Value:
        """A score's value alone, or None with a gap that its rule does not fill."""
        counted = [value for name in score.items if (value := values[name]) is not None]
        summed, answered = sum(counted), len(counted)
        gaps = len(score.items) - answered
        if gaps:
            if gaps > score.may_miss or not answered:
                return None
            # The mean of the answered ones for each gap, rounded half up within whole numbers.
            summed = (2 * summed * len(score.items) + answered) // (2 * answered)
        return summed * score.times

    def span(self, score: Score, values: Mapping[str, Value]) -> tuple[int, int]:
        """The least and the most that a score can be, whatever the gaps hold."""
        low = high = 0
        for name in score.items:
            value = values[name]
            table = self.counts[name].values()
            if value is None:
                low, high = low + min(table), high + max(table)
            else:
                low, high = low + value, high + value
        return low * score.times, high * score.times

    def holds(self, condition: Condition, values: Mapping[str, Value]) -> Trilean:
        """Whether a condition holds; unknown while a gap could still turn it."""
        if isinstance(condition, Counted):
            return self._counted(condition, values)
        if isinstance(condition, Reaches):
            score = next(one for one in self.rules.scores if one.id == condition.score)
            low, high = self.span(score, values)
            if low >= condition.least:
                return Trilean.YES
            return Trilean.NO if high < condition.least else Trilean.UNKNOWN
        parts = [self.holds(part, values) for part in condition.parts]
        return every(parts) if isinstance(condition, All) else some(parts)

    def _counted(self, condition: Counted, values: Mapping[str, Value]) -> Trilean:
        sure = open_ = 0
        for name, least in condition.least.items():
            value = values[name]
            if value is None:
                open_ += 1
            elif value >= least:
                sure += 1
        if sure >= condition.number:
            return Trilean.YES
        return Trilean.NO if sure + open_ < condition.number else Trilean.UNKNOWN


def read(measure: Measure, answers: Answers) -> Reading:
    """Everything that the rules say of these answers."""
    values = measure.values(answers)
    rules = measure.rules
    gaps = _NONE
    if None in values.values():
        gaps = frozenset(name for name, value in values.items() if value is None)
    return Reading(
        tuple([_scored(measure, score, values, gaps) for score in rules.scores]),
        tuple([Screened(one, measure.holds(one.when, values)) for one in rules.screens]),
        tuple([GradeFound(one, _grade(measure, one, values)) for one in rules.graded]),
        tuple([one for one in rules.signals if measure.holds(one.when, values) is Trilean.YES]),
        measure.unanswered(answers),
    )


def _scored(
    measure: Measure, score: Score, values: Mapping[str, Value], gaps: frozenset[str]
) -> Scored:
    if gaps.isdisjoint(score.items):
        whole = sum([values[name] or 0 for name in score.items]) * score.times
        return Scored(score, whole, whole, whole)
    value = measure.total(score, values)
    low, high = measure.span(score, values)
    missing = tuple(one for one in measure.asks.items if one.id in gaps and one.id in score.items)
    return Scored(score, value, low, high, missing, len(missing) if value is not None else 0)


def _grade(measure: Measure, graded: Graded, values: Mapping[str, Value]) -> str:
    """The first grade that holds; nothing if an unknown one stands before it."""
    for grade in graded.grades:
        answer = measure.holds(grade.when, values)
        if answer is Trilean.YES:
            return grade.label
        if answer is Trilean.UNKNOWN:
            return ""
    return graded.otherwise
