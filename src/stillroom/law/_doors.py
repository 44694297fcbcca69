"""What would open a closed door: exceptions, authorizations and proofs that could still come.

A provision's `opens` words are shown only if making them true would really raise the answer: there
is a way the rest may turn out in which the door is shut without them and open with them. Facts
that are known but could still come about (a signature that is not there yet) count among the rest,
so that of two doors that must both open, both are shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from stillroom.law import _scale as scale
from stillroom.law._diagram import TooLarge
from stillroom.law._exact import Exact
from stillroom.law._facts import FactValue
from stillroom.law._keys import Key, keys, region_of
from stillroom.law._live import LiveLaw
from stillroom.law._search import raised_by, surely_open
from stillroom.law._settling import Settled


@dataclass(frozen=True, slots=True)
class Opening:
    """`needs` are the facts that must come true, with a value for each; `kinds` what it would help
    to open. `alone`: some of them open by this and nothing else, whatever is still unknown."""

    text: str
    citation: str
    provision: str
    needs: tuple[tuple[str, FactValue], ...]
    kinds: tuple[str, ...]
    alone: bool


def opens(settled: Settled) -> tuple[Opening, ...]:
    """Those that open by themselves first, then those that open most kinds."""
    closed = [n for n in settled.reading.asked if settled.bounds[n][0] < scale.PERMITTED]
    if not closed:
        return ()
    found: dict[str, Opening] = {}
    try:
        hall = _Hall(settled, closed, list(keys(settled)))
    except TooLarge:
        return ()
    for key in hall.keys:
        opening = hall.tried(key) if key.rule.id not in found else None
        if opening is not None:
            found[key.rule.id] = opening
    return tuple(sorted(found.values(), key=_order))


def _order(opening: Opening) -> tuple[bool, int, str, str]:
    """Those that one signature opens stand together."""
    return (not opening.alone, -len(opening.kinds), repr(opening.needs), opening.provision)


class _Hall:
    """The closed doors, as functions of what is unknown or could still come about."""

    def __init__(self, settled: Settled, closed: Sequence[int], every: Sequence[Key]) -> None:
        self.law: LiveLaw = settled.law
        self.keys = every
        needed = {name for key in every for name in key.needs}
        open_facts = {n: v for n, v in settled.facts.items() if n not in needed}
        self.now = {n: v for n, v in settled.facts.items() if n in needed and settled.is_known(n)}
        exact = Exact(self.law, open_facts, self.law.read(open_facts))
        self.exact, self.diagrams = exact, exact.diagrams
        self.doors = {n: self._door(n) for n in closed}
        self.support = {n: self.diagrams.support(door) for n, door in self.doors.items()}

    def _door(self, number: int) -> int:
        """0 or 1: whether the act is permitted on a class of kinds."""
        return self.diagrams.join(_IS_OPEN, self.exact.final(number), 0)

    def tried(self, key: Key) -> Opening | None:
        """What the key opens, if anything."""
        known = self._known(key.needs)
        raised = [
            n
            for n, door in self.doors.items()
            if self.support[n] & known.keys() and raised_by(self.diagrams, door, known)
        ]
        if not raised:
            return None
        then = self._known({**self.now, **key.needs})
        return Opening(
            text=key.rule.opens,
            citation=key.rule.citation,
            provision=key.rule.id,
            needs=tuple(sorted(key.needs.items())),
            kinds=self._kinds(raised),
            alone=any(surely_open(self.diagrams, self.doors[n], then) for n in raised),
        )

    def _known(self, facts: Mapping[str, FactValue]) -> dict[int, int]:
        """The facts as regions of variables."""
        return {
            index: region_of(self.law.book.variables[index], value)
            for name, value in facts.items()
            for index in self.law.reader.variables_of.get(name, ())
        }

    def _kinds(self, raised: Iterable[int]) -> tuple[str, ...]:
        return tuple(sorted(kind for n in raised for kind in self.law.classes[n].kinds))


_IS_OPEN = tuple(tuple(int(a >= scale.PERMITTED) for _ in scale.LEVELS) for a in scale.LEVELS)
