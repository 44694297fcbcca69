"""Sentences made from the law: a standard question answered, or a fixed one with its grounds. Pure.

A sentence of law always carries the provisions that it stands on. How sure it is comes from the
kind of the answer, never from how it is worded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from stillroom.consent.forms.questions import answer
from stillroom.consent.forms.shapes import Ground, Section, Sentence, Setting
from stillroom.consent.forms.words_fixed import Fixed
from stillroom.consent.forms.words_limits import ANSWERS, NATION_SAYS
from stillroom.kernel import capital
from stillroom.law import NATION, OWN, Corpus, Provision, Reading

_SURE: Final[Mapping[str, str]] = {
    "must": "law",
    "may": "law",
    "sign": "law",
    "no": "law",
    "turns": "depends",
    "owed": "depends",
    "unclear": "unclear",
    "silent": "unread",
    "absent": "unread",
    "differs": "depends",
}

_NO_LAW = frozenset({OWN, "default_policy"})
"""Regimes that are nobody's law."""


@dataclass(frozen=True)
class Ask:
    """For what a form is made: the law, the setting, the day."""

    corpus: Corpus
    setting: Setting
    on: date

    @property
    def law_here(self) -> str:
        """The state's law in words, within a sentence."""
        return f"{self.setting.state} law" if self.setting.state else "the law of your state"

    def fill(self, words: str) -> str:
        """A sentence with the state's law in it, set with the marks of print."""
        here = self.law_here
        filled = words.replace("{State}", capital(here)).replace("{state}", here)
        return filled.replace("'", "’")

    def reading(self, question: str) -> Reading:
        """What the state says to a standard question."""
        one = self.setting
        return answer(self.corpus, question, one.place, one.profession, self.on)

    def is_law(self, rule: str) -> Provision | None:
        """A provision by its id, if it is law here on this day for this profession."""
        found = self.corpus.provisions.get(rule)
        here = frozenset((NATION, self.setting.place))
        if found is None or not found.concerns(here, self.setting.profession, self.on):
            return None
        return found


def ground(rule: Provision) -> Ground:
    """A provision as what a sentence stands on."""
    return Ground(rule.id, rule.citation, rule.checked, rule.confidence)


def kind_of(found: Reading) -> str:
    """The kind of an answer as the words have it: `owed` where a duty may come of it."""
    if found.kind == "turns" and found.required:
        return "owed"
    return "silent" if found.kind in ("absent", "differs") else found.kind


def answered(ask: Ask, question: str, found: Reading | None = None) -> Sentence:
    """The sentence for what the state says to a question."""
    reading = found or ask.reading(question)
    kind = kind_of(reading)
    if kind not in ANSWERS[question]:
        kind = "turns" if kind == "owed" and "turns" in ANSWERS[question] else "silent"
    words = ask.fill(ANSWERS[question][kind])
    rules = reading.rests_on
    if kind == "silent":
        rules = tuple(rule for rule in (ask.is_law(NATION_SAYS.get(question, "")),) if rule)
    grounds = tuple(ground(rule) for rule in rules)
    return Sentence(f"{question}.{kind}", words, words, _SURE[kind], grounds)


def fixed(ask: Ask, one: Fixed) -> Sentence | None:
    """A fixed sentence; `None` where it stands on law that is not law here today."""
    rules = [rule for name in one.rests_on if (rule := ask.is_law(name)) is not None]
    if one.rests_on and not rules:
        return None
    words = ask.fill(one.words)
    sure = "law" if any(rule.regime not in _NO_LAW for rule in rules) else "ours"
    return Sentence(one.key, words, words, sure, tuple(ground(rule) for rule in rules))


def all_fixed(ask: Ask, some: Iterable[Fixed]) -> tuple[Sentence, ...]:
    """Those fixed sentences that stand."""
    return tuple(made for one in some if (made := fixed(ask, one)) is not None)


def section(name: str, title: str, sentences: Iterable[Sentence | None]) -> Section:
    """A section of the sentences that there are."""
    return Section(name, title, tuple(one for one in sentences if one is not None))
