"""Yes, no, unknown: Kleene's strong three-valued logic.

Promise P6 rests here: "not known" can never pass an `if`, because a `Trilean` has no truth value.
"""

from collections.abc import Iterable
from enum import Enum
from typing import NoReturn


class Trilean(Enum):
    """Three answers. `&`, `|` and `~` are Kleene's; `bool()` raises."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    __hash__ = object.__hash__  # Enum's own is written in Python, and tables are asked by answers

    def __bool__(self) -> NoReturn:
        raise TypeError(
            "yes, no or unknown is no truth value; compare with Trilean.YES or Trilean.NO"
        )

    def __and__(self, other: "Trilean") -> "Trilean":
        if self is Trilean.NO or other is Trilean.NO:
            return Trilean.NO
        if self is Trilean.YES and other is Trilean.YES:
            return Trilean.YES
        return Trilean.UNKNOWN

    def __or__(self, other: "Trilean") -> "Trilean":
        if self is Trilean.YES or other is Trilean.YES:
            return Trilean.YES
        if self is Trilean.NO and other is Trilean.NO:
            return Trilean.NO
        return Trilean.UNKNOWN

    def __invert__(self) -> "Trilean":
        return _NOT[self]

    @classmethod
    def of(cls, known: bool | None) -> "Trilean":
        """`True`, `False` or `None` (not known) as an answer."""
        if known is None:
            return cls.UNKNOWN
        return cls.YES if known else cls.NO


_NOT = {
    Trilean.YES: Trilean.NO,
    Trilean.NO: Trilean.YES,
    Trilean.UNKNOWN: Trilean.UNKNOWN,
}


def every(parts: Iterable[Trilean]) -> Trilean:
    """Kleene's *and* over all parts; YES for none. Any NO settles it, whatever is unknown."""
    answer = Trilean.YES
    for part in parts:
        answer = answer & part
        if answer is Trilean.NO:
            break
    return answer


def some(parts: Iterable[Trilean]) -> Trilean:
    """Kleene's *or* over all parts; NO for none. Any YES settles it, whatever is unknown."""
    answer = Trilean.NO
    for part in parts:
        answer = answer | part
        if answer is Trilean.YES:
            break
    return answer
