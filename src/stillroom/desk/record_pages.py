"""Kinds that have a page of their own instead of the sheet's: its template, and what it must know.

A kind without a line here is written and read as its sheet says.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils import timezone

from stillroom.chart import queries_plan, restricting
from stillroom.chart.icd10cm import Standing, catalogue
from stillroom.chart.queries import WholeRecord
from stillroom.chart.queries_plan import DIAGNOSES, PLAN_REVIEW, TREATMENT_PLAN
from stillroom.chart.rules_diagnoses import diagnoses
from stillroom.chart.rules_plan import Signed, day_of, in_force
from stillroom.chart.sheets import Posted, as_line
from stillroom.desk import held_pages
from stillroom.desk.shell import DeskRequest

Values = dict[str, Any]


@dataclass(frozen=True)
class RecordPage:
    """`writes` is the whole page of a draft, `reads` the part that shows what was signed."""

    writes: str
    reads: str
    values: Callable[[DeskRequest, WholeRecord], Values]


def _plan(request: DeskRequest, whole: WholeRecord) -> Values:
    if whole.draft is not None:
        course = queries_plan.plan_course(request.presence, whole.chart)
        return {"kept": course.begun, "first": not course.versions, "rows_of": rows_of}
    first = whole.current
    local = timezone.localtime(whole.occurred_at)
    plan = in_force([Signed(whole.id, local, whole.author, first.content)], [])
    return {"plan": plan, "content": first.content, "day_of": day_of}


def _review(request: DeskRequest, whole: WholeRecord) -> Values:
    del request
    content = whole.draft or whole.current.content
    return {"content": content, "rows_of": rows_of, "day_of": day_of}


def _diagnoses(request: DeskRequest, whole: WholeRecord) -> Values:
    codes, day = catalogue(), request.today
    content = whole.draft or whole.current.content
    lines = diagnoses(content)
    standings = {one.code: codes.standing(one.code, day) for one in lines}
    return {
        "content": content,
        "rows_of": rows_of,
        "lines": lines,
        "shipped": codes.codes,
        "headings": {one for one, what in standings.items() if what is Standing.HEADING},
        "dated": codes.dated(day),
        "sure": codes.sure(day),
    }


def rows_of(fields: Mapping[str, Posted], table: str) -> list[tuple[int, dict[str, str]]]:
    """A table's rows among posted fields, with their numbers, those in which anything stands."""
    rows: dict[int, dict[str, str]] = {}
    for name, value in fields.items():
        head, _, rest = name.partition(".")
        number, _, column = rest.partition(".")
        if head == table and number.isdigit() and column and as_line(value).strip():
            rows.setdefault(int(number), {})[column] = as_line(value)
    return sorted(rows.items())


PAGES: Final[Mapping[str, RecordPage]] = {
    TREATMENT_PLAN.id: RecordPage("plan_draft.html", "desk/plan_read.html", _plan),
    PLAN_REVIEW.id: RecordPage("review_draft.html", "desk/review_read.html", _review),
    DIAGNOSES.id: RecordPage("diagnoses_draft.html", "desk/diagnoses_read.html", _diagnoses),
}


def template_of(whole: WholeRecord) -> str:
    """The template of a record's page."""
    if whole.draft is None:
        return "note_signed.html"
    page = PAGES.get(whole.kind.id)
    return page.writes if page else "note_draft.html"


def more_of(request: DeskRequest, whole: WholeRecord) -> Values:
    """What the part `reads` of a record must know; "" for one that is read as its sheet says."""
    page = PAGES.get(whole.kind.id)
    return {"reads": page.reads, **page.values(request, whole)} if page else {"reads": ""}


def values_of(request: DeskRequest, whole: WholeRecord) -> Values:
    """What a record's page must know beside what every record's page knows."""
    more = more_of(request, whole)
    restricts = not whole.private and restricting.may(request.presence, whole.chart)
    beside = {"restricts": restricts, **held_pages.of_record(request, whole)}
    return {**more, "more": more, **beside}
