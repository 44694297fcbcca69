"""Conditions as written in a provision's `when`, read into conditions over declared facts."""

from collections.abc import Mapping
from datetime import date

from stillroom.law._conditions import (
    ALWAYS,
    All,
    Any,
    Between,
    Condition,
    Has,
    IsYes,
    Leaf,
    Not,
    OneOf,
    as_all,
)
from stillroom.law._errors import nearest
from stillroom.law._facts import Fact
from stillroom.law._written import Sheet, Written


class Phrasebook:
    """Reads conditions on one sheet; complains with the line and the field path of each mistake."""

    def __init__(self, sheet: Sheet, facts: Mapping[str, Fact]) -> None:
        self.sheet = sheet
        self.facts = facts

    def read(self, written: Written, path: str) -> Condition:
        """A mapping (all of its fields must hold) of all / any / not / fact names."""
        if not isinstance(written.value, dict) or not written.value:
            self.sheet.complain(written.line, path, "should be all:, any:, not: or a fact")
            return ALWAYS
        parts = [self._field(key, part, path) for key, part in written.value.items()]
        return as_all(*parts)

    def _field(self, key: str, part: Written, path: str) -> Condition:
        here = f"{path}.{key}"
        if key == "not":
            return Not(self.read(part, here))
        if key in ("all", "any"):
            if not isinstance(part.value, list) or not part.value:
                self.sheet.complain(part.line, here, "should be a list of conditions")
                return ALWAYS
            parts = tuple(self.read(item, f"{here}[{i}]") for i, item in enumerate(part.value, 1))
            return All(parts) if key == "all" else Any(parts)
        return self.leaf(key, part, path)

    def leaf(self, name: str, part: Written, path: str) -> Condition:
        """A look at one fact."""
        here = f"{path}.{name}"
        fact = self.facts.get(name)
        if fact is None:
            hint = nearest(name, self.facts)
            self.sheet.complain(part.line, here, f"no fact is called {name}{hint}")
            return ALWAYS
        readers = {"yesno": self._yesno, "choice": self._choice, "set": self._set}
        return readers.get(fact.type, self._range)(fact, part, here)

    def _yesno(self, fact: Fact, part: Written, here: str) -> Condition:
        if not isinstance(part.value, bool):
            self.sheet.complain(part.line, here, "is a yes/no fact; say yes or no")
            return ALWAYS
        return IsYes(fact.name, part.value)

    def _choice(self, fact: Fact, part: Written, here: str) -> Condition:
        return OneOf(fact.name, values=frozenset(self._members(fact, part, here)))

    def _set(self, fact: Fact, part: Written, here: str) -> Condition:
        if not isinstance(part.value, dict) or not set(part.value) <= {"has", "lacks"}:
            self.sheet.complain(part.line, here, "is a set; say {has: …} or {lacks: …}")
            return ALWAYS
        found: list[Condition] = []
        for word, inner in part.value.items():
            members = self._members(fact, inner, f"{here}.{word}")
            some = Any(tuple(Has(fact.name, member=m) for m in members))
            found.append(some if word == "has" else Not(some))
        return as_all(*found)

    def _members(self, fact: Fact, part: Written, here: str) -> list[str]:
        items = part.value if isinstance(part.value, list) else [part]
        found = []
        for item in items:
            value = item.value
            if isinstance(value, str) and value in fact.values:
                found.append(value)
            else:
                hint = nearest(value, fact.values)
                self.sheet.complain(item.line, here, f"{value} is no value of {fact.name}{hint}")
        return found

    def _range(self, fact: Fact, part: Written, here: str) -> Leaf | All:
        if not isinstance(part.value, dict) or not set(part.value) <= {"below", "at_least"}:
            said = f"is a {fact.type}; say {{below: …}}, {{at_least: …}} or both"
            self.sheet.complain(part.line, here, said)
            return ALWAYS
        ends = {word: self._end(fact, inner, here) for word, inner in part.value.items()}
        return Between(fact.name, at_least=ends.get("at_least"), below=ends.get("below"))

    def _end(self, fact: Fact, part: Written, here: str) -> float | date | None:
        value = part.value
        fits = isinstance(value, date) if fact.type == "date" else isinstance(value, int | float)
        if not fits or isinstance(value, bool):
            self.sheet.complain(part.line, here, f"should be compared with a {fact.type}")
            return None
        end: float | date = value
        return end
