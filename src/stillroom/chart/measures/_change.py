"""Whether two scores differ by more than a measure's own unsteadiness. Pure.

Jacobson and Truax (1991), "Clinical significance: a statistical approach to defining meaningful
change in psychotherapy research", J Consult Clin Psychol 59(1):12-19: a difference is reliable when
it is at least 1.96 times the standard error of the difference. Without a published threshold there
is no answer, and none is made up.
"""

from dataclasses import dataclass

from stillroom.chart.measures._rules import Score


@dataclass(frozen=True)
class Moved:
    """From one score to a later one. `reliable` is None when no threshold is published."""

    before: int
    after: int
    reliable: bool | None
    better: bool | None

    @property
    def by(self) -> int:
        """After less before."""
        return self.after - self.before

    @property
    def says(self) -> str:
        """In words."""
        if self.by == 0:
            return "unchanged"
        amount = f"{abs(self.by)} {'lower' if self.by < 0 else 'higher'}"
        if self.reliable is None:
            return amount
        if not self.reliable:
            return f"{amount}, no reliable change"
        return f"{amount}, a reliable {'improvement' if self.better else 'worsening'}"


def moved(score: Score, before: int, after: int) -> Moved:
    """How a score moved, and whether that is reliable."""
    by = after - before
    better = None if by == 0 else (by < 0) is score.lower_is_better
    reliable = None if score.change is None else abs(by) >= score.change.threshold
    return Moved(before, after, reliable, better)
