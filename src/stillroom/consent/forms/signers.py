"""Who signs: each holder for herself, and for a minor the guardian too. Pure.

Rules: nobody signs for another adult of the chart. A minor signs beside the guardian. Where the
clinician has found that the law lets the minor consent to the care alone, no guardian is asked;
that no provision on file says so is told beside her name. A holder whose date of birth is not known
signs, and that it is not known is said.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

OF_AGE: Final = 18
"""Majority, where the data of a state (`consent.state_forms.majority`) name no other age."""


@dataclass(frozen=True)
class Holder:
    """Somebody whose chart it is. `age` in whole years, `None` while not known; `of_age` as the
    place of law has it; `alone` the citation by which one of that age may consent alone, if any."""

    client: str
    name: str
    age: int | None
    guardians: tuple[str, ...] = ()
    of_age: int = OF_AGE
    alone: str = ""

    @property
    def minor(self) -> bool:
        """Under age, as far as is known."""
        return self.age is not None and self.age < self.of_age


@dataclass(frozen=True)
class Signer:
    """Somebody whose signature is wanted. `capacity`: self or guardian."""

    client: str
    name: str
    capacity: str
    note: str = ""

    @property
    def id(self) -> str:
        """The same for the same signer of a chart."""
        return f"{self.client}.{self.capacity}"


def signers(holders: Iterable[Holder], *, consents_alone: bool = False) -> tuple[Signer, ...]:
    """Everybody who signs, holder by holder."""
    found: list[Signer] = []
    for one in holders:
        found.append(Signer(one.client, one.name, "self", _told(one, alone=consents_alone)))
        if one.minor and not consents_alone:
            names = " or ".join(one.guardians)
            note = "" if names else "no guardian is on the front sheet"
            found.append(Signer(one.client, names or f"guardian of {one.name}", "guardian", note))
    return tuple(found)


def _told(one: Holder, *, alone: bool) -> str:
    """What is to be said beside a holder's name."""
    if one.age is None:
        return "the date of birth is not known"
    if not (one.minor and alone):
        return ""
    if one.alone:
        return f"signs alone: {one.alone}"
    return "no provision on file says that one of this age consents alone; ask counsel"


def is_minor(holders: Iterable[Holder]) -> bool:
    """Whether some holder is known to be under age."""
    return any(one.minor for one in holders)
