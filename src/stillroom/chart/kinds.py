"""Kinds of record: what each is called, how it is divided, what it asks. Pure data and look-ups.

Rules: a psychotherapy note (45 CFR 164.501) and an SUD counseling note (42 CFR 2.11) are the
author's alone (P4). What stands in the clear beside a sealed record is its kind's *shelf*, a coarse
word: that somebody was asked about suicide is itself a confidence, so the exact kind is inside the
sealed words.

A kind has prose sections by form (a progress note as DAP, SOAP …), or a sheet of fields, or both.
Each feature keeps its kinds in a module of its own, `_kinds_*.py`; they meet in `KINDS`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from stillroom.kernel import StillroomError

FieldType = Literal["line", "text", "choice", "choices", "yesno", "date", "number", "table"]
Options = tuple[tuple[str, str], ...]

YES_NO: Options = (("yes", "Yes"), ("no", "No"))


@dataclass(frozen=True)
class Field:
    """One thing that a record asks.

    `options` are (value, label) pairs; the value is kept, so it never changes its meaning. A
    `yesno` left open is neither. A `table` has `columns`, each a field of its own, and any number
    of rows. `size` is `short` or `medium` for a line that holds little.
    """

    name: str
    label: str
    type: FieldType = "line"
    options: Options = ()
    hint: str = ""
    required: bool = False
    columns: tuple["Field", ...] = ()
    size: str = ""

    @property
    def choosable(self) -> Options:
        """The (value, label) pairs of which one or several are chosen."""
        return YES_NO if self.type == "yesno" else self.options

    @property
    def by_name(self) -> Mapping[str, "Field"]:
        """A table's columns by their names."""
        return {one.name: one for one in self.columns}


@dataclass(frozen=True)
class Part:
    """Fields that belong together, under one heading; `note` is said beneath it."""

    heading: str
    fields: tuple[Field, ...]
    note: str = ""


@dataclass(frozen=True)
class Kind:
    """A kind of record: what it is called, how it is divided, who may open it.

    `names_form`: the form is the better title (a measure is called PHQ-9, not "Measure").
    """

    id: str
    title: str
    forms: Mapping[str, tuple[str, ...]]
    private: bool = False
    shelf: str = ""
    sheet: tuple[Part, ...] = ()
    names_form: bool = False
    fields: Mapping[str, Field] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "shelf", self.shelf or self.id)
        fields = {one.name: one for part in self.sheet for one in part.fields}
        object.__setattr__(self, "fields", fields)

    @property
    def first_form(self) -> str:
        """The form that a new record takes."""
        return next(iter(self.forms))

    def titled(self, form: str) -> str:
        """What a record of this kind is called."""
        return form if self.names_form and form else self.title


# A kind without prose of its own has this one form.
SHEET_ONLY: Mapping[str, tuple[str, ...]] = {"Sheet": ()}

# Names Field and Part itself, which therefore stand above.
from stillroom.chart import _kinds_session  # noqa: E402

PROGRESS_NOTE = Kind(
    "progress_note",
    "Progress note",
    {
        "DAP": ("Data", "Assessment", "Plan"),
        "SOAP": ("Subjective", "Objective", "Assessment", "Plan"),
        "BIRP": ("Behavior", "Intervention", "Response", "Plan"),
        "GIRP": ("Goal", "Intervention", "Response", "Plan"),
        "PIE": ("Problem", "Intervention", "Evaluation"),
        "Free": ("Note",),
    },
    sheet=_kinds_session.SHEET,
)
PSYCHOTHERAPY_NOTE = Kind("psychotherapy_note", "Psychotherapy note", {"Free": ("Note",)}, True)
SUD_COUNSELING_NOTE = Kind("sud_counseling_note", "SUD counseling note", {"Free": ("Note",)}, True)
ADDENDUM = Kind("addendum", "Addendum", {"Free": ("Note",)})
OUTSIDE_RECORD = Kind("outside_record", "Record from elsewhere", {"Free": ("Received", "Text")})

# These name Kind and Field themselves, which therefore stand above.
from stillroom.chart import (  # noqa: E402
    _kinds_clinical,
    _kinds_contact,
    _kinds_document,
    _kinds_lists,
    _kinds_measures,
    _kinds_mental,
    _kinds_plan,
    _kinds_risk,
    _kinds_team,
)

KINDS: Mapping[str, Kind] = {
    kind.id: kind
    for kind in (
        PROGRESS_NOTE,
        PSYCHOTHERAPY_NOTE,
        SUD_COUNSELING_NOTE,
        OUTSIDE_RECORD,
        *_kinds_plan.KINDS_HERE,
        *_kinds_clinical.KINDS_HERE,
        *_kinds_contact.KINDS_HERE,
        *_kinds_lists.KINDS_HERE,
        *_kinds_measures.KINDS_HERE,
        *_kinds_mental.KINDS_HERE,
        *_kinds_document.KINDS_HERE,
        *_kinds_risk.KINDS_HERE,
        *_kinds_team.KINDS_HERE,
    )
}

# What stands in the clear, and what a record is called while it is not open.
SHELVES: Mapping[str, str] = {
    "progress_note": "Progress note",
    "psychotherapy_note": "Psychotherapy note",
    "sud_counseling_note": "SUD counseling note",
    "outside_record": "Record from elsewhere",
    "intake": "Intake",
    "assessment": "Assessment",
    "treatment_plan": "Treatment plan",
    "medication_list": "Medication list",
    "contact_note": "Contact note",
    "discharge_summary": "Discharge summary",
    "letter": "Letter",
    "document": "Document",
    "chart_list": "List",
    "group_session": "Group session",
}


class UnknownKind(StillroomError):
    """A record of a kind that Stillroom does not keep."""

    what = "there is no such kind of record"
    usual_advice = "Choose one of the kinds that the chart offers."


def kind_named(name: str) -> Kind:
    """A kind by its name, or `UnknownKind`."""
    kind = KINDS.get(name)
    if kind is None:
        raise UnknownKind
    return kind


def kind_on(shelf: str, exact: str) -> Kind:
    """The kind of a record that stands on `shelf` and says of itself `exact` ("" if the shelf says
    it all). `UnknownKind` if there is none, or if it belongs on another shelf."""
    kind = kind_named(exact or shelf)
    if kind.shelf != shelf:
        raise UnknownKind
    return kind
