"""The list of diagnoses: what it says, and what keeps it from being signed. Pure.

Rules: a code that the shipped releases know, and that is not in force on the day, is refused with
the nearest ones. A heading is refused for a confirmed diagnosis: no payer takes it. A code that no
shipped release knows is taken only from somebody who says that she looked it up: the shipped set
ends somewhere, and the code set goes on. What is resolved is history: its code is as it was. One
diagnosis at most is principal.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from stillroom.chart.contents import Content
from stillroom.chart.icd10cm import Catalogue, Standing, spelled
from stillroom.chart.rules_plan import day_of
from stillroom.chart.sheets import Fault


@dataclass(frozen=True)
class Diagnosis:
    """One line of the list, as it was typed; days that are none are `None`."""

    code: str
    title: str
    specifier: str
    certainty: str
    principal: bool
    onset: str
    resolved_on: date | None
    looked_up: bool

    @property
    def standing(self) -> bool:
        """Whether it holds now."""
        return self.resolved_on is None


def diagnoses(content: Content) -> tuple[Diagnosis, ...]:
    """The list: the principal one first, then what holds, then what is resolved."""
    rows = [row for row in content.answer("diagnoses").rows if any(map(str.strip, row.values()))]
    found = [_line(row) for row in rows]
    return tuple(sorted(found, key=lambda one: (not one.standing, not one.principal)))


def _line(row: Mapping[str, str]) -> Diagnosis:
    return Diagnosis(
        code=row.get("code", "").strip(),
        title=row.get("title", "").strip(),
        specifier=row.get("specifier", "").strip(),
        certainty=row.get("certainty", ""),
        principal=row.get("principal", "") == "yes",
        onset=row.get("onset", "").strip(),
        resolved_on=day_of(row.get("resolved_on", "")),
        looked_up=row.get("looked_up", "") == "yes",
    )


def faults_on(content: Content, day: date, codes: Catalogue) -> list[Fault]:
    """Why the list cannot be signed on `day`: the cell, and a sentence that says what to do."""
    found: list[Fault] = []
    seen: dict[str, int] = {}
    principal: list[int] = []
    for nth, row in enumerate(content.answer("diagnoses").rows):
        if not any(map(str.strip, row.values())):
            continue
        one = _line(row)
        cell = f"diagnoses.{nth}.code"
        if one.code in seen and one.standing:
            found.append(Fault(cell, f"{one.code} stands here twice. Keep one of the two lines."))
        if one.standing:
            seen[one.code] = nth
            found += [Fault(cell, words) for words in _refused(one, day, codes)]
            if one.principal:
                principal.append(nth)
        elif one.principal:
            words = f"{one.code} is resolved and cannot be principal. Take one of the two away."
            found.append(Fault(f"diagnoses.{nth}.principal", words))
    if len(principal) > 1:
        words = "Two diagnoses are principal. Leave it to the one that treatment is chiefly for."
        found.append(Fault(f"diagnoses.{principal[1]}.principal", words))
    return found


def _refused(one: Diagnosis, day: date, codes: Catalogue) -> Iterable[str]:
    code = spelled(one.code)
    if not code:
        yield f"“{one.code}” is not spelled like a code of ICD-10-CM. Write it like F33.1."
        return
    standing = codes.standing(code, day)
    if standing is Standing.BILLABLE or (standing is Standing.UNKNOWN and one.looked_up):
        return
    instead = _instead(codes, code, day)
    set_of = f"{codes.dated(day):%B} {codes.dated(day).day}, {codes.dated(day).year}"
    if standing is Standing.UNKNOWN:
        yield (
            f"{code} is not in the code set of {set_of} that is shipped here. Look at {instead}; "
            "or say that you looked it up in the set in force."
        )
    elif codes.was_billable(code):
        yield f"{code} is no longer in force in the code set of {set_of}. Nearest: {instead}."
    elif one.certainty == "confirmed":
        yield f"{code} is a heading; a confirmed diagnosis needs a code beneath it: {instead}."


def _instead(codes: Catalogue, code: str, day: date) -> str:
    found = [f"{one.code} {one.title}" for one in codes.nearest(code, day, 3)]
    return " or ".join(filter(None, ("; ".join(found[:-1]), found[-1]))) if found else "the list"
