"""What can be wrong with a question, and what can be wrong with the law as written here.

Messages name facts, places and choices of the vocabulary; they never repeat a value that somebody
gave about a client.
"""

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

from stillroom.kernel import StillroomError

if TYPE_CHECKING:
    from stillroom.law._written import Problem

_PLAIN_NAME = re.compile(r"[a-z0-9_.-]{1,60}\Z")


class LawError(StillroomError):
    """A question that the law engine cannot take as it stands."""

    what = "the question cannot be answered as asked"
    usual_advice = "Check the facts and the matter against `stillroom law facts`."


class UnknownFact(LawError):
    """No fact of that name is declared in the corpus."""


class WrongType(LawError):
    """A fact was given a value of another type (a date for a yes/no, a number for a choice)."""


class OutOfRange(LawError):
    """A value of the right type that the fact does not admit."""


class UnknownPlace(LawError):
    """No provisions are on file for that place; silence about a place is not permission."""


class UnknownProfession(LawError):
    """No such profession in the vocabulary."""


class UnknownAct(LawError):
    """No such act in the vocabulary."""


class DigestDiffers(LawError):
    """An opinion was asked to be replayed under another corpus than the one it was given under."""

    what = "this opinion was given under another corpus"
    usual_advice = "Load the corpus whose digest stands in the record, then replay."


class ProvisionError(LawError):
    """The corpus on disk has mistakes: `problems` lists all, the message tells the first."""

    usual_advice = "Run the provision check; it lists every problem with file, line and field."

    def __init__(self, problems: "Sequence[Problem]") -> None:
        self.problems = tuple(problems)
        more = f" (and {len(self.problems) - 1} more)" if len(self.problems) > 1 else ""
        super().__init__(f"{self.problems[0]}{more}")


def nearest(word: object, choices: Iterable[str]) -> str:
    """'; the nearest is x' for a mistyped word, or '; choose one of …' when nothing is near.

    >>> nearest("judge_sined", ["judge_signed", "served_on"])
    '; the nearest is judge_signed'
    """
    options = sorted(choices)
    close = get_close_matches(str(word), options, n=1, cutoff=0.5)
    if close:
        return f"; the nearest is {close[0]}"
    if len(options) <= 12:
        return f"; choose one of {', '.join(options)}" if options else ""
    return ""


def named(word: object) -> str:
    """The word itself when it looks like vocabulary; it might be a client's name otherwise."""
    text = str(word)
    return text if _PLAIN_NAME.match(text) else "that name"
