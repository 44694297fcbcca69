"""How a questionnaire is scored, as data: sums, bands, screens, grades, signals of risk, change.

Read from a file beside the questionnaire (`phq-9.scoring.json`) by `_rules_loading`. Every band,
screen, grade and threshold names its source and how that was checked: `text` (the source was read),
`secondary` (read about in another text), `recalled` (known, and no text was at hand). Frozen.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from stillroom.kernel import Misuse

BASES = ("text", "secondary", "recalled")


@dataclass(frozen=True)
class Source:
    """Where a rule comes from, and how that was checked (one of `BASES`)."""

    says: str
    basis: str


@dataclass(frozen=True)
class Band:
    """Scores from `low` to `high`, both included, and their name; `short` in a picture."""

    low: int
    high: int
    label: str
    short: str = ""


@dataclass(frozen=True)
class Change:
    """What makes a difference between two scores reliable (Jacobson and Truax 1991).

    Either `sd` and `reliability` are published, and the threshold is 1.96 · sd · √2 · √(1 - r); or
    the threshold itself is, as `points`. A difference is reliable when it is as large or larger.
    """

    source: Source
    points: float | None = None
    sd: float | None = None
    reliability: float | None = None

    @property
    def threshold(self) -> float:
        """In points of the score."""
        if self.points is not None:
            return self.points
        if self.sd is None or self.reliability is None:
            raise Misuse("a threshold needs points, or SD and reliability")
        return 1.96 * self.sd * sqrt(2) * sqrt(1 - self.reliability)


@dataclass(frozen=True)
class Score:
    """A sum over items. `times` is what the sum is multiplied with at the end (WHO-5: 4).

    `may_miss`: so many unanswered items are replaced by the mean of the others (rounded half up);
    0 means that a sum with a gap is not given at all.
    """

    id: str
    label: str
    items: tuple[str, ...]
    times: int = 1
    lower_is_better: bool = True
    may_miss: int = 0
    bands: tuple[Band, ...] = ()
    source: Source | None = None
    change: Change | None = None
    loinc: str = ""

    def band(self, value: int) -> Band | None:
        """The band in which a value lies."""
        return next((one for one in self.bands if one.low <= value <= one.high), None)


@dataclass(frozen=True)
class Counted:
    """At least `number` of these items count at least what stands beside them."""

    least: Mapping[str, int]
    number: int


@dataclass(frozen=True)
class Reaches:
    """A score is at least `least`."""

    score: str
    least: int


@dataclass(frozen=True)
class All:
    """Each of them holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True)
class Some:
    """One of them holds."""

    parts: tuple["Condition", ...]


Condition = Counted | Reaches | All | Some


@dataclass(frozen=True)
class Screen:
    """A question that a rule answers with yes or no, in the words that either answer has."""

    id: str
    label: str
    when: Condition
    yes: str
    no: str
    source: Source


@dataclass(frozen=True)
class Grade:
    """One step of a graded answer, and the condition under which it is given."""

    label: str
    when: Condition


@dataclass(frozen=True)
class Graded:
    """Grades from the most severe to the least; the first that holds is given, else `otherwise`."""

    id: str
    label: str
    grades: tuple[Grade, ...]
    otherwise: str
    source: Source


@dataclass(frozen=True)
class Signal:
    """An answer that opens the risk path, and the words in which it is told to a clinician."""

    when: Condition
    says: str


@dataclass(frozen=True)
class Rules:
    """All that is done with the answers of one questionnaire. `main` is the score of the trend.

    Answers to `reversed` items count from the other end: the highest for the lowest.
    """

    measure: str
    reversed: frozenset[str] = frozenset()
    scores: tuple[Score, ...] = ()
    screens: tuple[Screen, ...] = ()
    graded: tuple[Graded, ...] = ()
    signals: tuple[Signal, ...] = ()
    main: str = ""

    @property
    def main_score(self) -> Score | None:
        """The score that stands for the whole, if there is one."""
        return next((one for one in self.scores if one.id == self.main), None)
