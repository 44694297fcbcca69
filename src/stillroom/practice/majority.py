"""At what age somebody is grown, by the law on file. Pure.

The numbers are those of `provisions/<place>/minors.yaml` and of the notes there, which say how each
was checked; a test reads them against each other. Three states are later than eighteen:

- Alabama, 19: Ala. Code § 26-1-1, confirmed there.
- Nebraska, 19: Neb. Rev. Stat. § 43-2101, its text read there; from 18 a person may consent to
  mental health services alone.
- Mississippi, 21: Miss. Code Ann. § 1-3-27, as the research gives it; who may consent to
  counseling is unclear there.

The federal rule about parents ends at 18 everywhere (45 CFR 164.502(g)(3), as on file). For some
states the law on file says eighteen without a citation, or says nothing; then it is the usual age.
"""

from dataclasses import dataclass
from datetime import date

USUAL = 18


@dataclass(frozen=True)
class Majority:
    """An age in whole years, and where it stands."""

    age: int
    citation: str


_LATER = {
    "us-al": Majority(19, "Ala. Code § 26-1-1"),
    "us-ms": Majority(21, "Miss. Code Ann. § 1-3-27"),
    "us-ne": Majority(19, "Neb. Rev. Stat. § 43-2101"),
}
_EIGHTEEN = Majority(USUAL, "")


def majority(place: str) -> Majority:
    """The age of majority of a place; an empty citation where it is the usual one."""
    return _LATER.get(place, _EIGHTEEN)


def birthday(born: date, age: int) -> date:
    """The day on which somebody is `age`; the 28th for February 29: nothing may last longer."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 2, 28)
