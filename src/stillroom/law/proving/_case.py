"""A case: one law on file, and all matters in which it is the same."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from stillroom.law._corpus import Corpus
from stillroom.law._live import LiveLaw
from stillroom.law._matter import Matter
from stillroom.law._provision import Provision
from stillroom.law._vocabulary import ACTS, NATION, PROFESSIONS, RECORD_KINDS
from stillroom.law.proving._engine import Engine
from stillroom.law.proving._formulas import Formula, is_false
from stillroom.law.proving._law import Law
from stillroom.law.proving._second import Second, live
from stillroom.law.proving._worlds import Worlds


class Library:
    """A corpus with the formulas made of it so far; one for a process."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.worlds = Worlds(corpus.facts)
        self.second = Second(self.worlds, corpus.regimes)
        self.consents = frozenset(
            name for p in corpus.provisions.values() for name in p.authorization
        )
        self.signed = Second(Worlds(corpus.facts, self.consents), corpus.regimes)

    def cases(self, place: str, on: date, acts: Iterable[str] = ACTS) -> Iterator["Case"]:
        """Every law of a place from a day on, each once. Professions and days under the same
        provisions share one."""
        alike: dict[tuple[str, ...], list[Matter]] = {}
        for act in acts:
            for profession in PROFESSIONS:
                for day in self.days(place, on):
                    matter = Matter(act, (place,), profession, day)
                    ids = tuple(p.id for p in live(self.corpus.provisions.values(), matter))
                    alike.setdefault((act, *ids), []).append(matter)
        for matters in alike.values():
            yield Case(self, tuple(matters))

    def days(self, place: str, on: date) -> list[date]:
        """`on`, and every later day on which the law of a place changes."""
        here = [p for p in self.corpus.provisions.values() if p.place in (NATION, place)]
        starts = {p.in_force[0] for p in here}
        ends = {p.in_force[1] + timedelta(days=1) for p in here if p.in_force[1]}
        return [on, *sorted(day for day in starts | ends if day is not None and day > on)]

    def changes_after(self, matter: Matter, on: date) -> date:
        """The first later day on which the law of a matter's place changes."""
        place = matter.states[0] if matter.states else NATION
        return next(iter(self.days(place, on)[1:]), date.max)


@dataclass(frozen=True, eq=False)
class Case:
    """`matters` are all under the same provisions; the first stands for them.

    `compiled` is what the engine makes of it; another one may be given, to see it found out.
    """

    library: Library
    matters: tuple[Matter, ...]
    compiled: LiveLaw | None = None

    @property
    def matter(self) -> Matter:
        return self.matters[0]

    @property
    def worlds(self) -> Worlds:
        return self.library.worlds

    @cached_property
    def law(self) -> Law:
        """The law, read a second time."""
        return Law(self.library.second, self._live, self.matter)

    @cached_property
    def _live(self) -> list[Provision]:
        return live(self.library.corpus.provisions.values(), self.matter)

    def only(self, kept: Callable[[Provision], bool]) -> Law:
        """The law, had nothing but some of its provisions been written."""
        return Law(self.library.second, [p for p in self._live if kept(p)], self.matter)

    @cached_property
    def signed(self) -> Law:
        """The same law in a second world, whose authorizations are its own."""
        return Law(self.library.signed, self._live, self.matter)

    def ever(self, when: Callable[[Provision], Formula]) -> Law:
        """Everything ever written for the act and the profession here, under other conditions.

        The plain reading is given where these are the plain conditions of what is in force."""
        matter = self.matter
        written = [
            p
            for p in self.library.corpus.provisions.values()
            if matter.act in p.acts
            and p.place in (NATION, *matter.places)
            and matter.profession in p.professions
        ]
        found = {p: when(p) for p in written}
        kept = [p for p in written if not is_false(found[p])]
        if all(found[p].eq(self.law.applies(p)) for p in kept):
            return Law(self.library.second, kept, matter)
        return Law(self.library.second, kept, matter, found.__getitem__)

    @cached_property
    def engine(self) -> Engine:
        """What the engine says with nothing known."""
        return Engine(self.worlds, self.compiled or self.library.corpus.live(self.matter))

    @cached_property
    def classes(self) -> tuple[tuple[str, ...], ...]:
        """Record kinds that the same provisions weigh on stand together."""
        alike: dict[tuple[Provision, ...], list[str]] = {}
        for kind in RECORD_KINDS:
            alike.setdefault(self.law.reaching(kind), []).append(kind)
        return tuple(tuple(kinds) for kinds in alike.values())
