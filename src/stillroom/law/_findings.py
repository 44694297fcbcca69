"""Findings: for each provision in play, whether it applies and on which facts that turned."""

from dataclasses import dataclass
from datetime import date
from itertools import chain

from stillroom.kernel import Trilean
from stillroom.law._clauses import bits
from stillroom.law._provision import Provision
from stillroom.law._settling import Settled
from stillroom.law._vocabulary import CHECKED
from stillroom.law._weighing import holding

_YES, _NO, _UNKNOWN = Trilean.YES, Trilean.NO, Trilean.UNKNOWN


@dataclass(frozen=True, slots=True)
class Finding:
    """A provision in play. `turned_on` names facts: those that met its condition, those that
    failed it, or, while it is unknown, those that are missing. `decides` says that what holds
    today rests on it."""

    rule: Provision
    applies: Trilean
    turned_on: tuple[str, ...]
    decides: bool

    @property
    def provision(self) -> str:
        return self.rule.id

    @property
    def citation(self) -> str:
        return self.rule.citation

    @property
    def title(self) -> str:
        return self.rule.title

    @property
    def regime(self) -> str:
        return self.rule.regime

    @property
    def place(self) -> str:
        return self.rule.place

    @property
    def modality(self) -> str:
        return self.rule.modality

    @property
    def layer(self) -> str:
        return self.rule.layer

    @property
    def says(self) -> str:
        return self.rule.says

    @property
    def checked(self) -> str:
        return self.rule.checked

    @property
    def confidence(self) -> str:
        return self.rule.confidence

    @property
    def as_of(self) -> date | None:
        return self.rule.as_of

    @property
    def source(self) -> str:
        return self.rule.source

    @property
    def notes(self) -> str:
        return self.rule.notes

    @property
    def counsel(self) -> str:
        """What the practice's counsel notes of it; empty for nothing."""
        return self.rule.counsel

    @property
    def in_force_from(self) -> date | None:
        """None: when it came into force is not known here."""
        return self.rule.in_force[0]


def findings(settled: Settled, wanted: frozenset[str]) -> tuple[Finding, ...]:
    """Every provision in play, decisive ones first, then by id."""
    deciding = _deciding(settled)
    yes, maybe = settled.reading.yes, settled.reading.maybe
    columns = settled.law.reader.columns(settled.facts)
    looks = settled.law.looks
    shelves: list[list[Finding]] = [[] for _ in range(7)]
    for number, rule in enumerate(settled.law.provisions):  # already in the order of ids
        if yes >> number & 1:
            found = Finding(rule, _YES, _met_by(settled, number), number in deciding)
        elif maybe >> number & 1:
            found = Finding(rule, _UNKNOWN, _missing(settled, number), number in deciding)
        else:
            failed = tuple(
                [name for at, name, clauses in looks[number][1] if columns[at] & clauses]
            )
            shelves[-1].append(Finding(rule, _NO, failed, False))
            continue
        shelves[_rank(found, wanted)].append(found)
    return tuple(chain.from_iterable(shelves))


def _met_by(settled: Settled, number: int) -> tuple[str, ...]:
    """The facts that met the condition of a provision."""
    clauses, looks = settled.law.looks[number]
    live = clauses & ~settled.reading.false
    live = live & ~settled.reading.open or live
    return tuple(name for _, name, looked in looks if looked & live and settled.is_known(name))


def _missing(settled: Settled, number: int) -> tuple[str, ...]:
    """The facts that are missing to know whether a provision applies."""
    clauses, looks = settled.law.looks[number]
    live = clauses & ~settled.reading.false
    return tuple(name for _, name, looked in looks if looked & live and not settled.is_known(name))


def _rank(finding: Finding, wanted: frozenset[str]) -> int:
    if finding.applies is _YES:
        return 0 if finding.decides else 3 if finding.rule.weighs else 4
    if finding.decides:
        return 1
    return 2 if wanted.intersection(finding.turned_on) else 5


def _deciding(settled: Settled) -> frozenset[int]:
    """Provisions on which the lower end of the overall stance rests."""
    law, reading = settled.law, settled.reading
    found = 0
    for number in reading.asked:
        if settled.bounds[number][0] == settled.overall[0]:
            found |= holding(law.classes[number], reading.yes, reading.maybe)
    return frozenset(law.provision_of[bit] for bit in bits(found))


def weakest(found: tuple[Finding, ...]) -> str:
    """The weakest way in which any of these was checked; "nothing" when there are none."""
    ranks = [CHECKED.index(f.checked) for f in found]
    return CHECKED[max(ranks)] if ranks else "nothing"
