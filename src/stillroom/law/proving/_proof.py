"""Proving one theorem in one case, and what came of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from stillroom.law._corpus import Corpus
from stillroom.law._matter import Matter
from stillroom.law._provision import Provision
from stillroom.law._vocabulary import NATION
from stillroom.law.proving._case import Case, Library
from stillroom.law.proving._counterexample import Counterexample, found_in
from stillroom.law.proving._formulas import FALSE, Formula, all_of, no
from stillroom.law.proving._solving import Solving, holds
from stillroom.law.proving._theorem import Claim, Excepted, Theorem
from stillroom.law.proving._worlds import Worlds

_NO_WORLD = "no way in which the facts may turn out leads there"
MOST_SHOWN = 5
"""Counterexamples kept for a theorem; one is enough to lose it."""


@dataclass
class Verdict:
    """What was found of a theorem. `matters` counts places × professions × acts (× days on which
    the law changes); `claims` the questions decided. `needed` are exceptions without which it
    fails, `missing` those that nobody has named."""

    theorem: str
    matters: int = 0
    claims: int = 0
    failures: int = 0
    shown: list[Counterexample] = field(default_factory=list)
    needed: set[str] = field(default_factory=set)
    missing: set[str] = field(default_factory=set)
    idle: set[str] = field(default_factory=set)

    @property
    def proven(self) -> bool:
        """No counterexample, and no exception that is named for nothing."""
        return not self.failures and not self.idle

    def join(self, other: "Verdict") -> None:
        """What was found elsewhere of the same theorem."""
        self.matters += other.matters
        self.claims += other.claims
        self.failures += other.failures
        self.shown = [*self.shown, *other.shown][:MOST_SHOWN]
        self.needed |= other.needed
        self.missing |= other.missing
        self.idle |= other.idle


class Prover:
    """Proves theorems over the places of a corpus, one after another."""

    def __init__(self, corpus: Corpus, exceptions: Iterable[Excepted] = ()) -> None:
        self.library = Library(corpus)
        self.solving = Solving(self.library.worlds, self.library.signed.worlds)
        self.exceptions = tuple(exceptions)

    def place(
        self, place: str, theorems: Sequence[Theorem], on: date, *, deep: bool = False
    ) -> Iterator[Verdict]:
        """Every theorem in one place, from a day on."""
        found = {theorem.name: Verdict(theorem.name) for theorem in theorems}
        for case in self.library.cases(place, on, _acts(theorems)):
            for theorem in theorems:
                concerned = [m for m in case.matters if _is_about(theorem, m, deep=deep)]
                for matters in self._alike(theorem, concerned):
                    self.prove(theorem, case, matters, found[theorem.name])
        yield from found.values()

    def prove(
        self, theorem: Theorem, case: Case, matters: Sequence[Matter], verdict: Verdict
    ) -> None:
        """One theorem in some matters of one case; what is found joins `verdict`."""
        named = self._named(theorem, case, matters[0])
        closed = all_of(named.values())
        before = verdict.claims
        for claim in theorem.claims(case):
            verdict.claims += 1
            if claim.wanted:
                if self.solving.world(claim.against) is None:
                    self._fail(verdict, theorem, matters, claim, None)
                continue
            model = self.solving.world(all_of([claim.against, closed]))
            if model is not None:
                self._fail(verdict, theorem, matters, claim, model)
                verdict.missing |= self._missing(theorem, case, claim, closed, model)
            self._needed(verdict, claim, named)
        verdict.matters += len(matters) if verdict.claims > before else 0

    def _alike(self, theorem: Theorem, matters: Iterable[Matter]) -> Iterator[list[Matter]]:
        """Matters under the same exceptions by place."""
        found: dict[tuple[str, ...], list[Matter]] = {}
        for matter in matters:
            found.setdefault(tuple(e.name for e in self._here(theorem, matter)), []).append(matter)
        yield from found.values()

    def _here(self, theorem: Theorem, matter: Matter) -> list[Excepted]:
        """The exceptions that name the place, or the profession in it."""
        here = _names_of(matter)
        return [e for e in self.exceptions if e.theorem == theorem.name and e.name in here]

    def _named(self, theorem: Theorem, case: Case, matter: Matter) -> dict[str, Formula]:
        """Each exception by name, and what is supposed because of it: that the provision does not
        apply; or the facts that the exception gives (nothing is claimed if it gives none)."""
        names = {e.name for e in self.exceptions if e.theorem == theorem.name}
        found = {p.id: no(case.law.applies(p)) for p in case.law.provisions if p.id in names}
        return found | {e.name: _supposed(case.worlds, e) for e in self._here(theorem, matter)}

    def _needed(self, verdict: Verdict, claim: Claim, named: Mapping[str, Formula]) -> None:
        """Which exceptions are named for a reason: without that one alone the claim fails."""
        for name in named:
            if name not in verdict.needed:
                others = [supposed for other, supposed in named.items() if other != name]
                if self.solving.world(all_of([claim.against, *others])) is not None:
                    verdict.needed.add(name)

    def _missing(
        self, theorem: Theorem, case: Case, claim: Claim, closed: Formula, model: Any
    ) -> set[str]:
        """All exceptions that nobody has named, beginning with a counterexample."""
        found: set[str] = set()
        if theorem.may_except is None:
            return found
        wanted = [p for p in case.law.provisions if theorem.may_except(p)]
        while model is not None:
            blamed = self._blamed(case, claim, closed, wanted, model)
            if not blamed:
                break
            found |= {p.id for p in blamed}
            closed = all_of([closed, *(no(case.law.applies(p)) for p in blamed)])
            model = self.solving.world(all_of([claim.against, closed]))
        return found

    def _blamed(
        self, case: Case, claim: Claim, closed: Formula, wanted: Sequence[Provision], model: Any
    ) -> list[Provision]:
        """One of as few as can be of the provisions that apply in a counterexample and may be
        named: one that requires, before one that permits."""
        kept = [p for p in wanted if holds(model, case.law.applies(p))]
        kept.sort(key=lambda p: p.modality == "requires")
        off = [p for p in wanted if p not in kept]
        for provision in list(kept):
            without = [no(case.law.applies(p)) for p in (*off, provision)]
            if self.solving.world(all_of([claim.against, closed, *without])) is not None:
                kept.remove(provision)
                off.append(provision)
        return kept[-1:]

    def _fail(
        self,
        verdict: Verdict,
        theorem: Theorem,
        matters: Sequence[Matter],
        claim: Claim,
        model: Any | None,
    ) -> None:
        """Count it, and show it if there is still room."""
        verdict.failures += 1
        if theorem.by_place:
            verdict.missing |= {_names_of(matter)[1] for matter in matters}
        if len(verdict.shown) >= MOST_SHOWN:
            return
        corpus, matter = self.library.corpus, matters[0]
        verdict.shown.append(
            Counterexample(matter, claim.kinds, said=_NO_WORLD)
            if model is None
            else found_in(model, claim, corpus, matter, self.solving)
        )


def idle(verdict: Verdict, exceptions: Iterable[Excepted], corpus: Corpus) -> set[str]:
    """Exceptions of a theorem that were named and turned out not to be needed. Those of places
    and provisions that are not on file do not count."""
    known = {*corpus.provisions, *corpus.places}
    named = {e.name for e in exceptions if e.theorem == verdict.theorem}
    return {n for n in named if n.partition(" ")[0] in known} - verdict.needed


def _acts(theorems: Iterable[Theorem]) -> list[str]:
    return sorted({act for theorem in theorems for act in theorem.acts})


def _is_about(theorem: Theorem, matter: Matter, *, deep: bool) -> bool:
    """Whether a theorem speaks of a matter.

    The engine's diagrams are large where most laws meet (disclose, testify): unless asked to go
    deep, one profession stands for the others there.
    """
    large = theorem.of_engine and not deep and matter.act in ("disclose", "testify")
    return (
        matter.act in theorem.acts
        and matter.profession in theorem.professions
        and (bool(matter.states) or not theorem.needs_state)
        and (not large or matter.profession == "psychologist")
    )


def _names_of(matter: Matter) -> tuple[str, str]:
    """How an exception calls a place, and a profession in it."""
    place = matter.states[0] if matter.states else NATION
    return place, f"{place} {matter.profession}"


def _supposed(worlds: Worlds, excepted: Excepted) -> Formula:
    """The facts of an exception by place; without any it takes the whole place out."""
    wanted: Mapping[str, bool | str] = {
        name: {"yes": True, "no": False}.get(value, value) for name, value in excepted.given.items()
    }
    return worlds.suppose(**wanted) if wanted else FALSE
