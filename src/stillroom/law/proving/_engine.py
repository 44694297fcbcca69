"""What the engine itself says, as formulas: its decision diagrams, node by node.

With nothing known, the engine's diagram of a stance is its answer for every world at once. Turned
into a formula it can be compared with the second reading by the solver: not on samples, on all.
"""

from collections.abc import Iterable

from stillroom.law import _scale as scale
from stillroom.law._conflicts import held_back
from stillroom.law._diagram import TERMINALS, Diagrams
from stillroom.law._exact import Exact
from stillroom.law._live import LiveLaw
from stillroom.law._regions import Variable
from stillroom.law.proving._formulas import FALSE, TRUE, Formula, any_of, if_else, no
from stillroom.law.proving._worlds import Worlds

MOST_STEPS = 20_000_000
"""The engine gives a diagram up sooner, because somebody waits for it; a proof may take longer."""


class Engine:
    """The compiled law of one matter, asked with nothing known."""

    def __init__(self, worlds: Worlds, law: LiveLaw) -> None:
        self.worlds = worlds
        self.law = law
        self.diagrams = Diagrams(most_steps=MOST_STEPS)
        self.exact = Exact(law, {}, law.read({}), self.diagrams)
        self._formulas: dict[tuple[int, int], Formula] = {}
        self._regions: dict[tuple[int, tuple[int, ...]], Formula] = {}

    def stance(self, kind: str, least: int) -> Formula:
        """That the engine's stance on a kind is `least` or more."""
        number = self.law.class_of.get(kind)
        return FALSE if number is None else self._at_least(self.exact.final(number), least)

    def conflict(self, kind: str) -> Formula:
        """That the engine reports a conflict on a kind."""
        found = 0
        kinds = self.law.classes[self.law.class_of[kind]]
        for cell in kinds.weighing():
            found = self.diagrams.join(scale.OR, found, held_back(self.exact, kinds, cell))
        return self._at_least(found, 1)

    def silent(self, kind: str) -> Formula:
        """That the engine says that no governing regime speaks on a kind."""
        return self._at_least(self.exact.silence(self.law.class_of[kind]), 1)

    def _at_least(self, root: int, least: int) -> Formula:
        """The formula of a diagram, deepest nodes first: it may be deeper than the stack."""
        for node in self._below(root):
            key = (node, least)
            if key not in self._formulas:
                self._formulas[key] = self._node(node, least)
        return self._known(root, least)

    def _below(self, root: int) -> Iterable[int]:
        """The nodes from which `root` is made, each after those below it."""
        seen = {root} if root >= TERMINALS else set()
        waiting = list(seen)
        while waiting:
            for child in self.diagrams.children(waiting.pop()):
                if child >= TERMINALS and child not in seen:
                    seen.add(child)
                    waiting.append(child)
        return sorted(seen)  # a node is numbered after its children

    def _known(self, node: int, least: int) -> Formula:
        if node < TERMINALS:
            return TRUE if node >= least else FALSE
        return self._formulas[node, least]

    def _node(self, node: int, least: int) -> Formula:
        """If the fact lies in the first region, then that child, else …; regions with the same
        child stand together."""
        variable = self.diagrams.top(node)
        alike: dict[int, list[int]] = {}
        children: dict[int, Formula] = {}
        for region, child in enumerate(self.diagrams.children(node)):
            below = self._known(child, least)
            alike.setdefault(below.get_id(), []).append(region)
            children[below.get_id()] = below
        (last, _), *others = sorted(alike.items(), key=lambda pair: -len(pair[1]))
        found = children[last]
        for key, regions in others:
            found = if_else(self._region(variable, tuple(regions)), children[key], found)
        return found

    def _region(self, variable: int, regions: tuple[int, ...]) -> Formula:
        """That a fact lies in one of these regions."""
        key = (variable, regions)
        if key not in self._regions:
            found = self.law.book.variables[variable]
            self._regions[key] = any_of(_within(self.worlds, found, each) for each in regions)
        return self._regions[key]


def _within(worlds: Worlds, variable: Variable, number: int) -> Formula:
    """That a fact lies in one of the regions between which the engine tells its values apart."""
    fact, values = variable.fact, variable.regions[number].values
    match fact.type:
        case "choice":
            return worlds.one_of(fact.name, [str(value) for value in values])
        case "set":
            has = worlds.has(fact.name, variable.member)
            return has if variable.member in values[0] else no(has)  # type: ignore[operator]
        case "yesno":
            return worlds.given(fact.name, values[0])
    ends = (None, *variable.bounds, None)
    return worlds.between(fact.name, ends[number], ends[number + 1])
