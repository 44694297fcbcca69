"""The solver at work: is there such a world, and which of its facts make it one?"""

from typing import Any

import z3

from stillroom.law._errors import LawError
from stillroom.law._facts import FactValue
from stillroom.law.proving._formulas import Formula, all_of, is_false, no
from stillroom.law.proving._law import Law
from stillroom.law.proving._worlds import Worlds


class Undecided(LawError):
    """The solver gave up. No theorem is believed then."""

    what = "the solver could not decide a claim"
    usual_advice = "Report it with the name of the theorem and the place (--only, --place)."


class Solving:
    """One solver for a whole process. It holds what every world keeps; questions come and go."""

    def __init__(self, *readings: Worlds) -> None:
        self._solver = z3.Solver()
        self._readings = readings
        for worlds in readings:
            for name in worlds.facts:
                self._solver.add(worlds.rules_of(name))
        self._refuted: set[int] = set()
        self._kept: list[Formula] = []
        self.asked = 0

    def world(self, *wanted: Formula) -> Any | None:
        """A model in which all of these hold; None when there is none.

        What was refuted once is not asked again: the same formula is the same object.
        """
        found = all_of(wanted)
        if is_false(found) or found.get_id() in self._refuted:
            return None
        self.asked += 1
        self._solver.push()
        try:
            self._solver.add(found)
            answer = self._solver.check()
            if answer == z3.sat:
                return self._solver.model()
        finally:
            self._solver.pop()
        if answer != z3.unsat:
            raise Undecided
        self._refuted.add(found.get_id())
        self._kept.append(found)  # or its number would be given to another formula
        return None

    def sufficient(
        self, law: Law, facts: dict[str, FactValue], shown: Formula
    ) -> dict[str, FactValue]:
        """As few of the facts as the solver finds, with which `shown` holds whatever the rest."""
        solver = z3.Solver()
        solver.set("core.minimize", True)
        marks = {}
        for name, value in facts.items():
            solver.add(law.worlds.rules_of(name))
            marks[name] = z3.Bool(f"known {name}")
            solver.add(z3.Implies(marks[name], law.worlds.given(name, value)))
        solver.add(no(shown))
        if solver.check(*marks.values()) != z3.unsat:
            return facts
        core = {str(mark) for mark in solver.unsat_core()}
        return {name: value for name, value in facts.items() if str(marks[name]) in core}


def holds(model: Any, formula: Formula) -> bool:
    """Whether a formula holds in a model."""
    return bool(z3.is_true(model.eval(formula, model_completion=True)))
