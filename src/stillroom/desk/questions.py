"""The next question of a matter, as a page asks it. Pure.

One question at a time, each answer with what it does. Numbers and dates are typed, never chosen by
a stand-in: an age that nobody gave must not enter a signed record.
"""

from dataclasses import dataclass

from stillroom.kernel import Trilean, capital, spoken
from stillroom.law import Answer, Corpus, Interval, Want

_LEADS = {
    "FORBIDDEN": "you may not {do}",
    "WITH_AUTHORIZATION": "only the client's signature opens it",
    "PERMITTED": "you may {do}",
    "REQUIRED": "you must {do}",
}
_DO = {
    "disclose": "send it",
    "warn": "warn",
    "report": "report it",
    "testify": "testify",
    "consult": "consult",
    "withhold": "withhold it",
    "inform": "tell it",
    "destroy": "destroy it",
}
_TYPED = frozenset({"number", "date", "set"})


@dataclass(frozen=True)
class Choice:
    """One answer to press: the value sent, its label, and what it does."""

    value: str
    label: str
    does: str


@dataclass(frozen=True)
class Question:
    """A fact that is asked for, with its answers, or typed where there are none to press."""

    fact: str
    asks: str
    meaning: str
    type: str
    choices: tuple[Choice, ...]

    @property
    def typed(self) -> bool:
        """Whether it is answered by typing."""
        return self.type in _TYPED


def leads_to(stance: Interval, *, settles: bool, act: str = "disclose") -> str:
    """What an answer does, in a few words."""
    low, high = (_LEADS[end.name].format(do=_DO[act]) for end in (stance.low, stance.high))
    if settles:
        return f"Settles it: {low}." if low == high else "Settles what can be settled."
    if low == high:
        return f"Then {low}; it changes for some kinds of record."
    return ""


def _plain(answer: Answer, act: str) -> list[Choice]:
    """A choice for each value that an answer stands for."""
    does = leads_to(answer.stance, settles=answer.settles, act=act)
    found = []
    for value in answer.values:
        text = value.value if isinstance(value, Trilean) else str(value)
        found.append(Choice(text, capital(spoken(text)), does))
    return found


_YES_FIRST = {"yes": 0, "no": 1}


def question(want: Want, corpus: Corpus, act: str = "disclose") -> Question:
    """One wanting fact as a question about an act."""
    kind = corpus.facts[want.fact].type
    choices = [one for answer in want.answers for one in _plain(answer, act)]
    choices.sort(key=lambda one: _YES_FIRST.get(one.value, 2))
    if kind == "yesno":
        choices.append(Choice("unknown", "I cannot tell", ""))
    shown = () if kind in _TYPED else tuple(choices)
    return Question(want.fact, want.asks, want.meaning, kind, shown)
