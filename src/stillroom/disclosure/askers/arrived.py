"""A letter or a call about somebody, before anybody says whether that is a client. Pure.

`concerns` is generous: a letter that misspells a name must still reach whoever treats that client.
It compares with the front sheets of the charts of one clinician and is asked by her alone.
"""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

import msgspec

from stillroom.kernel import StillroomError

SAY = (
    "We speak of nobody who may or may not come here, and say so whoever is named. Please put it in"
    " writing; should it concern somebody of ours, whoever is responsible will answer in the time"
    " that the law gives."
)
"""What the front desk says, to everybody, in these words."""


class NamesNobody(StillroomError):
    """A letter was to be written down that says neither whom it is about nor who asks."""

    what = "whom it is about, or who asks, is missing"
    usual_advice = "Write down both names as they were said; the rest may stay open."


class Arrived(msgspec.Struct, frozen=True):
    """What was written down: names as they were said, how to reach who asks, the text."""

    about: str
    asker: str
    came_on: date
    born: date | None = None
    by: str = ""
    reach: str = ""
    letter: str = ""
    version: int = 1


class SheetLike(Protocol):
    """A front sheet, as far as names go."""

    @property
    def given(self) -> str: ...
    @property
    def family(self) -> str: ...
    @property
    def called(self) -> str: ...
    @property
    def born(self) -> date | None: ...


def encode(arrived: Arrived) -> bytes:
    """The words to seal."""
    return msgspec.json.encode(arrived)


def decode(words: bytes) -> Arrived:
    """The words again."""
    return msgspec.json.decode(words, type=Arrived)


def concerns(about: Iterable[str], born: date | None, sheet: SheetLike, fold: "Fold") -> bool:
    """Whether a name as it was said may be this client's.

    The family name, or one letter from it, with a given name that begins alike; or either name
    together with the day of birth.
    """
    said = [word for name in about for word in fold(name).replace("-", " ").split()]
    family = fold(sheet.family).replace("-", " ").split()
    given = fold(f"{sheet.given} {sheet.called}").replace("-", " ").split()
    by_family = any(near(word, mine) for word in said for mine in family)
    by_given = any(_begins(word, mine) for word in said for mine in given)
    same_day = born is not None and born == sheet.born
    return (by_family and by_given) or (same_day and (by_family or by_given))


class Fold(Protocol):
    """How names are compared: without case and marks."""

    def __call__(self, text: str, /) -> str: ...


def _begins(said: str, mine: str) -> bool:
    """An initial, a short form, or nearly the name."""
    short = said.strip(".")
    return bool(short) and (mine.startswith(short) or short.startswith(mine) or near(short, mine))


def near(one: str, other: str) -> bool:
    """The same word, or one letter more, less, other or out of place; short words must be equal."""
    if one == other:
        return True
    if min(len(one), len(other)) < 4 or abs(len(one) - len(other)) > 1:
        return False
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if at is None:
        return True
    ways = (
        one[at + 1 :] == other[at + 1 :],
        one[at + 1 :] == other[at:],
        one[at:] == other[at + 1 :],
        one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :],
    )
    return any(ways)
