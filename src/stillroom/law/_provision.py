"""A provision: one rule of one authority, as data. The schema is docs/provisions.md."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from stillroom.law._conditions import ALWAYS, Alternative, Condition
from stillroom.law._stance import Stance

LEVELS: Mapping[str, Stance] = {
    "forbids": Stance.FORBIDDEN,
    "permits_with_authorization": Stance.WITH_AUTHORIZATION,
    "permits": Stance.PERMITTED,
    "requires": Stance.REQUIRED,
}


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when. `amount` and `unit` count from the day in fact `of` (or from when one learns of it).

    `words` is always there to print; `immediately` and `promptly` have no amount.
    """

    words: str
    amount: int | None = None
    unit: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True)
class Demand:
    """What must be done when the provision applies."""

    act: str
    to: str
    text: str
    by: Deadline | None
    citation: str
    discharged_by: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Provision:
    """One rule. `condition` includes the recipients; `alternatives` is it as *or* of *ands*.

    `counsel` is what the practice's counsel notes of it (`_overlay`); it changes nothing.
    """

    id: str
    citation: str
    title: str
    regime: str
    place: str
    modality: str
    layer: str
    acts: frozenset[str]
    professions: frozenset[str]
    kinds: frozenset[str]
    condition: Condition = ALWAYS
    alternatives: frozenset[Alternative] = frozenset([frozenset()])
    statute: str = ""
    in_force: tuple[date | None, date | None] = (None, None)
    lifts: tuple[str, ...] = ()
    authorization: tuple[str, ...] = ()
    demands: tuple[Demand, ...] = ()
    notice: str = ""
    opens: str = ""
    says: str = ""
    checked: str = "recalled"
    confidence: str = "low"
    source: str = ""
    as_of: date | None = None
    notes: str = ""
    counsel: str = ""
    file: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)

    @property
    def weighs(self) -> bool:
        """Whether it has a say in the stance (`adds` brings duties only)."""
        return self.modality != "adds"

    def in_force_on(self, day: date) -> bool:
        """Both ends belong to the time in force; an end that is not known does not exclude."""
        start, end = self.in_force
        return (start is None or start <= day) and (end is None or day <= end)

    def concerns(self, places: frozenset[str], profession: str, day: date) -> bool:
        """Whether it is law for this profession in one of these places on this day."""
        return self.place in places and profession in self.professions and self.in_force_on(day)
