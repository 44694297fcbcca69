"""What clients asked to be kept back, held against the records of a request. Pure.

The law decides what a restriction shuts: it is asked again with the facts that the restrictions on
a record make true, and that record is chosen on that answer. So an emergency, a court or a report
opens what the law says it opens, and nothing else does (45 CFR 164.522(a), 164.510(b)).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

from stillroom.consent.rules import Party
from stillroom.consent.rules_restrictions import (
    CITATION,
    FACT,
    Basis,
    Restriction,
    against,
    covering,
)
from stillroom.disclosure.rules_opinion import Answer
from stillroom.kernel import Trilean

Answers = tuple[Mapping[str, Answer], Mapping[str, Answer]]
"""By kind, with the client's papers and as if there were none."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The restrictions of a chart, and the law's answers under each set of their facts."""

    restrictions: tuple[Restriction, ...] = ()
    answers: Mapping[frozenset[str], Answers] = field(default_factory=dict)

    def on(
        self, kind: str, occurred_on: date | None, recipient: Party
    ) -> tuple[tuple[Restriction, ...], Answers | None]:
        """What stands against this record for this recipient, and the answers that then hold."""
        those = covering(self.restrictions, kind, occurred_on, recipient)
        facts = frozenset(FACT[one.basis] for one in those)
        return those, self.answers.get(facts) if those else None


def possible(those: Iterable[Restriction], recipient: Party) -> list[frozenset[str]]:
    """Each set of facts that restrictions may make true of some record for this recipient."""
    facts = sorted({FACT[one.basis] for one in those if against(one, recipient) is not Trilean.NO})
    return [
        frozenset(some) for size in range(1, len(facts) + 1) for some in combinations(facts, size)
    ]


def limits_of(
    those: tuple[Restriction, ...],
    recipient: Party,
    ask: Callable[[frozenset[str]], Answers],
) -> Limits:
    """The limits for one request; the law is asked only where there are restrictions."""
    return Limits(those, {facts: ask(facts) for facts in possible(those, recipient)})


def why(those: Iterable[Restriction]) -> tuple[str, str]:
    """Why a record is kept back, in a sentence, and the citations."""
    told = list(those)
    first = min(one.asked_on for one in told)
    bases = {one.basis for one in told}
    says = f"Kept back as the client asked on {first:%B} {first.day}, {first.year}."
    return says, "; ".join(CITATION[basis] for basis in Basis if basis in bases)
