"""From a sentence with open places to a sentence about one person.

The language of `data/`:

- `<name>` is a fact of the story; `<sister>` a person of it; `<he>`, `<him>`, `<his>`, `<own>`
  and `<himself>` the client's pronouns, `<sister.he>` the sister's. A capital asks for a capital.
- `<he was>` lets the verb agree: *he was*, *she was*, *they were*; `<~ was>` is that verb alone.
- `(one|two|three)` leaves one of them standing.
- Straight quotes become typographic ones; a line end parts paragraphs.

An open place that nothing fills is a `Misuse`, so that no note can leave with one.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from stillroom.config.demo.dice import Dice
from stillroom.kernel import Misuse, capital

_CHOICE: Final = re.compile(r"\(([^()]*\|[^()]*)\)")
_PLACE: Final = re.compile(r"<([^<>]+)>")
_SAME: Final = "~"
_SPACE: Final = re.compile(r"\s{2,}")
_PARAGRAPH: Final = re.compile(r"\n+")  # a folded scalar of YAML keeps one line end per blank line

_FORMS: Final = {
    "he": {"he": "he", "him": "him", "his": "his", "own": "his", "himself": "himself"},
    "she": {"he": "she", "him": "her", "his": "her", "own": "hers", "himself": "herself"},
    "they": {"he": "they", "him": "them", "his": "their", "own": "theirs", "himself": "themself"},
}
_PLURALS: Final = {
    "was": "were",
    "is": "are",
    "has": "have",
    "does": "do",
    "wasn't": "weren't",
    "isn't": "aren't",
    "hasn't": "haven't",
    "doesn't": "don't",
}
_HISSING: Final = ("sses", "shes", "ches", "xes", "zes", "oes")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody a story speaks of: a given name and a pronoun (`he`, `she` or `they`)."""

    name: str
    pronoun: str


@dataclass(frozen=True, slots=True)
class Teller:
    """Whom a story is about, who else is in it, and its plain facts.

    `people` holds the client under the empty name, if the story is about one person.
    """

    people: Mapping[str, Person]
    facts: Mapping[str, str]

    def tell(self, sentence: str, dice: Dice) -> str:
        """`sentence` with its choices made by `dice` and its places filled.

        Raises `Misuse` for a place that nothing fills.
        """
        chosen = _CHOICE.sub(lambda found: dice.pick(found[1].split("|")), sentence)
        filled = _PLACE.sub(self._fill, chosen)
        parts = (_SPACE.sub(" ", part).strip() for part in _PARAGRAPH.split(filled))
        return typeset("\n\n".join(part for part in parts if part))

    def _fill(self, found: re.Match[str]) -> str:
        place, _, verb = found[1].partition(" ")
        if place == _SAME and "" in self.people:
            return agreeing(verb, self.people[""].pronoun)
        role, _, form = place.rpartition(".")
        if not role and form in self.facts:
            return self.facts[form]
        if not role and form.lower() in self.facts:
            return capital(self.facts[form.lower()])
        if not role and form in self.people:
            return self.people[form].name
        person = self.people.get(role)
        word = _FORMS[person.pronoun].get(form.lower()) if person else None
        if person is None or word is None:
            raise Misuse(f"nothing fills <{found[1]}>")
        spoken = f"{word} {agreeing(verb, person.pronoun)}" if verb else word
        return capital(spoken) if form[0].isupper() else spoken


def agreeing(verb: str, pronoun: str) -> str:
    """`verb`, written as for *he*, as it stands after `pronoun`."""
    if pronoun != "they":
        return verb
    if verb in _PLURALS:
        return _PLURALS[verb]
    if verb.endswith("ies"):
        return verb[:-3] + "y"
    if verb.endswith(_HISSING):
        return verb[:-2]
    return verb.removesuffix("s")


def typeset(words: str) -> str:
    """Straight quotes made typographic. A quote opens at the start, after a space or a bracket."""
    words = re.sub(r'(^|[\s(\[—])"', r"\1“", words).replace('"', "”")
    return words.replace("'", "’")
