"""Who may sign an authorization: an adult, a minor by the state's rule, a parent, a guardian or a
representative with the document on file. Pure.

Rules: a signature carries what was known of the signer on that day. An age that nobody knows raises
nothing; a minor who signs counts only where a provision lets a client of that age decide alone and
somebody has said that she did; a parent no longer signs for a client of age, nor for care to which
the minor consented alone; a guardian or representative needs the document.

Sources: 45 CFR 164.502(g)(2)-(3) (who stands for the client), 164.508(c)(1)(vi) (authority is
described), 164.514(h)(1) (authority is verified; documents are obtained).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from stillroom.consent.rules_state import Lacking
from stillroom.kernel import Trilean

REPRESENTS = "45 CFR 164.502(g)(2)-(3)"
VERIFIED = "45 CFR 164.514(h)(1)"
ADULT = 18
"""Majority where the data name no other age."""


class Capacity(Enum):
    """As what a person signs."""

    CLIENT = "client"
    PARENT = "parent"
    GUARDIAN = "guardian"
    REPRESENTATIVE = "personal representative"


@dataclass(frozen=True, slots=True)
class Standing:
    """What was known of the client, and so of who may sign for her, on the day of the signature.

    `age` in completed years; `majority` as the place of law has it; `alone`: she lawfully consented
    to this care alone; `rule`: the citation by which a client of that age may, empty if the corpus
    names none. `document`: the chart's record that shows a guardian's or representative's right.
    `signs`: the state lets a client of that age sign such a paper, whoever consented to the care.
    """

    age: int | None = None
    majority: int = ADULT
    alone: Trilean = Trilean.UNKNOWN
    rule: str = ""
    document: str = ""
    signs: bool = False

    @property
    def minor(self) -> bool:
        """Under age, as far as is known."""
        return self.age is not None and self.age < self.majority


@dataclass(frozen=True, slots=True)
class Signature:
    """One holder's signature: by whom, as what, on which day.

    `authority` describes what lets a representative sign; the paper must say it (164.508(c)).
    `door`: *own*, where it was given by the client's own door; `mark` is then the signature of her
    key under the whole paper (hex).
    """

    holder: str
    by: str
    capacity: Capacity = Capacity.CLIENT
    on: date | None = None
    authority: str = ""
    standing: Standing = field(default_factory=Standing)
    door: str = ""
    mark: str = ""


def may_not_sign(signature: Signature) -> Iterator[Lacking]:
    """Why this signer may not sign, or why it is not known that she may."""
    standing = signature.standing
    if signature.capacity is Capacity.CLIENT and standing.minor:
        yield from _minor(standing)
    if signature.capacity is Capacity.PARENT:
        yield from _parent(standing)
    if signature.capacity in (Capacity.GUARDIAN, Capacity.REPRESENTATIVE) and not standing.document:
        says = f"A {signature.capacity.value} signed, and no document that shows it is on file."
        yield Lacking(says, VERIFIED)


def _minor(standing: Standing) -> Iterator[Lacking]:
    if standing.signs:
        return
    if not standing.rule:
        says = (
            f"A client of {standing.age} signed, and no provision on file says that one of that "
            "age decides alone. Let a parent or guardian sign, or ask counsel."
        )
        yield Lacking(says, REPRESENTS, Trilean.UNKNOWN)
    elif standing.alone is Trilean.NO:
        says = "A minor signed for care that a parent consented to; the parent signs."
        yield Lacking(says, f"{REPRESENTS}; {standing.rule}")
    elif standing.alone is Trilean.UNKNOWN:
        says = "A minor signed, and nobody has said whether she consented to this care alone."
        yield Lacking(says, f"{REPRESENTS}; {standing.rule}", Trilean.UNKNOWN)


def _parent(standing: Standing) -> Iterator[Lacking]:
    if standing.age is not None and not standing.minor:
        yield Lacking("A parent signed for a client who is of age.", REPRESENTS)
    elif standing.alone is Trilean.YES:
        says = "A parent signed for care to which the minor consented alone; the minor signs."
        yield Lacking(says, f"{REPRESENTS}; {standing.rule}" if standing.rule else REPRESENTS)
