"""What the register of privilege tells the law about a matter, and where it disagrees. Pure.

Rules kept: the register speaks only where it is sure, for what is asked and in this proceeding; the
paper and the answers given since stand beside it. Where the two contradict each other the fact is
not known (P6): a paper that says that the privilege was waived waives nothing by saying so.
"""

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from stillroom.consent.rules_privilege import Event, Scope
from stillroom.consent.rules_privilege_standing import (
    Standing,
    privilege_facts,
    standing,
    waived_by,
)
from stillroom.disclosure.matters import Asked
from stillroom.kernel import Trilean
from stillroom.law import FactValue


class Register(Protocol):
    """What is read of the circumstances: who holds the chart, and what happened."""

    @property
    def holders(self) -> tuple[str, ...]: ...
    @property
    def privilege(self) -> tuple[Event, ...]: ...
    @property
    def today(self) -> date: ...


def scope_of(asked: Asked) -> Scope:
    """What a matter asks for, as a waiver's reach is held against it."""
    paper = asked.intake
    return Scope(paper.asked, paper.period, paper.caption)


def register_says(asked: Asked, register: Register) -> dict[str, Trilean]:
    """The facts that the register surely settles for this matter."""
    events, holders = register.privilege, register.holders
    return privilege_facts(events, holders, scope_of(asked), register.today)


def with_privilege(
    known: Mapping[str, FactValue], asked: Asked, register: Register
) -> dict[str, FactValue]:
    """What is known, with what the register adds, and without what it contradicts."""
    facts = dict(known)
    for name, value in register_says(asked, register).items():
        if facts.setdefault(name, value) is not value:
            del facts[name]
    return facts


def contradicted(asked: Asked, register: Register) -> tuple[str, ...]:
    """The facts in which paper or answers say one thing and the register another."""
    said = asked.intake.attached
    return tuple(
        name
        for name, value in register_says(asked, register).items()
        if said.get(name, Trilean.UNKNOWN) not in (value, Trilean.UNKNOWN)
    )


def standings(asked: Asked, register: Register) -> tuple[tuple[Standing, Trilean], ...]:
    """Each holder's privilege today, and whether it is waived for what this matter asks."""
    found = [standing(register.privilege, one, register.today) for one in register.holders]
    return tuple((one, waived_by(one, scope_of(asked))) for one in found)
