"""Facts as variables of the solver: a world is one way in which every fact may turn out.

Yes and no are a Bool. A choice is one Bool a value, of which exactly one holds. A number is a Real
within its range, a date an Int that counts days, a set one Bool a member. Nothing here knows the
engine's regions, masks or diagrams: a leaf of a condition becomes the comparison that it states.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import combinations
from typing import Any

import z3

from stillroom.kernel import Trilean
from stillroom.law._conditions import All, Between, Condition, Has, IsYes, Leaf, Not, OneOf
from stillroom.law._conditions import Any as Some
from stillroom.law._facts import Fact, FactValue
from stillroom.law.proving._formulas import Formula, all_of, any_of, no


class Worlds:
    """The variables of all declared facts, and conditions over them.

    One stands for a whole process: equal formulas are then the same object of the solver. Facts
    named in `free` have variables of their own here (`client_authorization'`), so that two worlds
    that differ in nothing else can be compared.
    """

    def __init__(self, facts: Mapping[str, Fact], free: frozenset[str] = frozenset()) -> None:
        self.facts = facts
        self.free = free
        self._conditions: dict[Condition, Formula] = {}
        self._variables: dict[str, Formula] = {}
        self._rules: dict[str, list[Formula]] = {}

    def yes(self, name: str) -> Formula:
        """That a yes/no fact is yes."""
        return self._bool(f"{name}'" if name in self.free else name)

    def _bool(self, name: str) -> Formula:
        found = self._variables.get(name)
        if found is None:
            found = self._variables[name] = z3.Bool(name)
        return found

    def one_of(self, name: str, values: Iterable[str]) -> Formula:
        """That a choice is one of `values`."""
        return any_of(self._bool(f"{name}={value}") for value in values)

    def has(self, name: str, member: str) -> Formula:
        """That a set has a member."""
        return self._bool(f"{name}∋{member}")

    def holds(self, condition: Condition) -> Formula:
        """That a condition holds."""
        found = self._conditions.get(condition)
        if found is None:
            found = self._conditions[condition] = self._translate(condition)
        return found

    def _translate(self, condition: Condition) -> Formula:
        match condition:
            case All(parts):
                return all_of(self.holds(part) for part in parts)
            case Some(parts):
                return any_of(self.holds(part) for part in parts)
            case Not(part):
                return no(self.holds(part))
        seen = self._seen(condition)
        return seen if condition.wanted else no(seen)

    def _seen(self, leaf: Leaf) -> Formula:
        match leaf:
            case IsYes():
                return self.yes(leaf.fact)
            case OneOf():
                return self.one_of(leaf.fact, sorted(leaf.values))
            case Has():
                return self.has(leaf.fact, leaf.member)
            case Between():
                return self.between(leaf.fact, leaf.at_least, leaf.below)
        raise TypeError(type(leaf).__name__)

    def between(
        self, name: str, at_least: float | date | None, below: float | date | None
    ) -> Formula:
        """That a number or a date is not under `at_least` and is under `below`; None is no end."""
        at = self._quantity(name)
        ends = [] if at_least is None else [at >= _number(at_least)]
        ends += [] if below is None else [at < _number(below)]
        return all_of(ends)

    def _quantity(self, name: str) -> Any:
        return z3.Int(name) if self.facts[name].type == "date" else z3.Real(name)

    def rules_of(self, name: str) -> list[Formula]:
        """What every world keeps: a choice has exactly one of its values, a number its range."""
        found = self._rules.get(name)
        if found is None:
            found = self._rules[name] = self._made_rules(name)
        return found

    def _made_rules(self, name: str) -> list[Formula]:
        fact = self.facts[name]
        if fact.type == "choice":
            values = [self._bool(f"{name}={value}") for value in fact.values]
            pairs = combinations(values, 2)
            return [any_of(values), *(any_of([no(a), no(b)]) for a, b in pairs)]
        if fact.type not in ("date", "number"):
            return []
        least, most = (date.min, date.max) if fact.type == "date" else fact.bounds
        ends = [] if least is None else [self._quantity(name) >= _number(least)]
        return ends if most is None else [*ends, self._quantity(name) <= _number(most)]

    def given(self, name: str, value: FactValue) -> Formula:
        """That a fact has just this value."""
        fact = self.facts[name]
        match fact.type:
            case "yesno":
                return self.yes(name) if value is Trilean.YES else no(self.yes(name))
            case "choice":
                return self.one_of(name, [str(value)])
            case "set":
                return all_of(
                    self.has(name, m) if m in value else no(self.has(name, m))  # type: ignore[operator]
                    for m in fact.values
                )
        return self._quantity(name) == _number(value)  # type: ignore[arg-type]

    def read(self, model: Any, names: Iterable[str]) -> dict[str, FactValue]:
        """The values of these facts in a model; what the model leaves open is filled in."""
        known = sorted(name for name in names if name in self.facts)
        return {name: self._value(model, self.facts[name]) for name in known}

    def _value(self, model: Any, fact: Fact) -> FactValue:
        def true(formula: Formula) -> bool:
            return bool(z3.is_true(model.eval(formula, model_completion=True)))

        match fact.type:
            case "yesno":
                return Trilean.of(true(self.yes(fact.name)))
            case "choice":
                return next(v for v in fact.values if true(self.one_of(fact.name, [v])))
            case "set":
                return frozenset(m for m in fact.values if true(self.has(fact.name, m)))
        found = model.eval(self._quantity(fact.name), model_completion=True)
        if fact.type == "date":
            return date.fromordinal(found.as_long())
        exact = found.as_fraction()
        return int(exact) if exact.denominator == 1 else float(exact)

    def suppose(self, **wanted: bool | str | Sequence[str]) -> Formula:
        """That yes/no facts are yes (True) or no (False), and choices one of some values."""
        return all_of(self._supposed(name, value) for name, value in wanted.items())

    def _supposed(self, name: str, value: bool | str | Sequence[str]) -> Formula:
        if isinstance(value, bool):
            return self.yes(name) if value else no(self.yes(name))
        return self.one_of(name, [value] if isinstance(value, str) else value)


def _number(value: float | date) -> Any:
    """A threshold, exactly."""
    return value.toordinal() if isinstance(value, date) else z3.RealVal(Fraction(value))
