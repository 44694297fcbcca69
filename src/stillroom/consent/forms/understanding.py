"""The short check that a client understood the exceptions: four to six plain questions. Pure.

The right answer is that of the law for this setting; what is said when one is missed is the form's
own sentence on it. Nobody passes or fails: what was missed is named to the clinician, to talk it
over."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from stillroom.consent.forms import words_check as words
from stillroom.consent.forms.shapes import Question, Section, Sentence
from stillroom.consent.forms.stating import Ask, kind_of

MOST: Final = 6
_OF_WORK: Final = ("couple", "group", "minor", "sud")


def questions(ask: Ask, sections: Sequence[Section]) -> tuple[Question, ...]:
    """The questions for a form on the limits of confidentiality."""
    told = {one.key: one for part in sections for one in part.sentences}
    return tuple(_questions(ask, told))[:MOST]


def _questions(ask: Ask, told: Mapping[str, Sentence]) -> Iterator[Question]:
    yield _plain("friend", told, "private.rule")
    yield _by_law(ask, told, "warn")
    yield _by_law(ask, told, "child")
    yield _by_law(ask, told, "paper")
    for work in _OF_WORK:
        if work in ask.setting.works:
            yield _of_work(ask, told, work)
    yield _plain("least", told, "private.least")


def _plain(name: str, told: Mapping[str, Sentence], *keys: str) -> Question:
    asks, choices, right = words.PLAIN[name]
    return Question(name, asks, choices, right, _explained(told, keys))


def _by_law(ask: Ask, told: Mapping[str, Sentence], name: str) -> Question:
    kind = kind_of(ask.reading(name))
    asks, choices = words.BY_LAW[name]
    right = words.RIGHT[name].get(kind, len(choices) - 1)
    # The answer of the law stands first among the sentences about it.
    keys = [key for key in told if key.split(".")[0] == name]
    return Question(name, asks, choices, right, _explained(told, keys[:1]))


def _of_work(ask: Ask, told: Mapping[str, Sentence], work: str) -> Question:
    if work == "minor":
        return _by_law(ask, told, "parent")
    return _plain(work, told, *words.EXPLAINED[work])


def _explained(told: Mapping[str, Sentence], keys: Sequence[str]) -> str:
    return " ".join(told[key].words for key in keys if key in told)


def missed(asked: Sequence[Question], answers: Mapping[str, str]) -> tuple[str, ...]:
    """The ids of questions that were answered otherwise, or not at all."""
    return tuple(one.id for one in asked if answers.get(one.id) != str(one.right))
