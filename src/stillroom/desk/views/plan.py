"""The plan of a chart with its golden thread; and one line more or less of a plan or a list of
diagnoses while it is written."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from stillroom.access import Act, Purpose
from stillroom.chart import actions, actions_plan, queries_plan, rules
from stillroom.chart import queries as charts
from stillroom.chart.contents import Content
from stillroom.chart.icd10cm import catalogue
from stillroom.chart.kinds import Kind, kind_on
from stillroom.chart.sheets import Posted, as_line
from stillroom.desk import posting
from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.desk.views.note import again
from stillroom.identity import queries as people
from stillroom.kernel import StillroomError
from stillroom.phi import bridge
from stillroom.practice import queries as practice


@require_GET
def plan(request: DeskRequest, chart_id: str) -> HttpResponse:
    """The plan in force as a document, and beneath each objective what was done for it."""
    presence = request.presence
    head = practice.chart_head(presence, chart_id)
    course, thread = queries_plan.golden_thread(presence, chart_id)
    cares = practice.cares_of(presence.person, chart_id)
    ward = charts.chart_ward(chart_id)
    values = {
        "head": head,
        "course": course,
        "thread": thread,
        "strands": {one.objective.number: one for one in thread.strands} if thread else {},
        "colleagues": people.colleagues(active=False),
        "writes": bridge.may(presence, Act.RECORD_WRITE, Purpose.TREATMENT, ward, cares=cares),
        "today": request.today,
    }
    return render(request, "plan.html", values, current="clients")


@require_POST
def row(request: DeskRequest, record_id: str) -> HttpResponse:
    """One line more, or one less; whatever else the form brings is kept with it.

    `add` is `problem`, `objective:A` or `code:F33.1` (`code` alone takes what was typed in `q`),
    `remove` is `objectives.3`.
    """
    presence = request.presence
    chart_id, shelf = actions.own_draft(presence, record_id)
    fields, version = posting.posted(request), posting.version(request)
    kind = kind_on(shelf, as_line(fields.get("record-kind", "")))
    form = as_line(fields.get("record-form", ""))
    trouble: StillroomError | None = None
    place = ""
    try:
        fields, place = _changed(request, chart_id, kind, fields)
    except actions_plan.NoSuchCode as error:
        trouble = error
    try:
        actions.save_draft(presence, record_id, fields, version, kind=kind.id, form=form)
    except (actions.Clash, rules.TooLong) as error:
        trouble = error
    if trouble is not None:
        return again(request, record_id, trouble)
    return redirect(f"{request.path.removesuffix('/row')}{place}")


def _changed(
    request: DeskRequest, chart_id: str, kind: Kind, fields: dict[str, Posted]
) -> tuple[dict[str, Posted], str]:
    """The fields with the line that was asked for, and the place on the page where it stands."""
    add, remove = as_line(fields.pop("add", "")), as_line(fields.pop("remove", ""))
    query = as_line(fields.pop("q", ""))
    if remove:
        table, _, number = remove.partition(".")
        if number.isdigit():
            fields = actions_plan.without_row(fields, table, int(number))
        return fields, ""
    what, _, which = add.partition(":")
    cells = _cells(request, chart_id, actions_plan.typed(kind, fields), what, which or query)
    names = [value for name, value in cells.items() if name.endswith((".number", ".letter"))]
    words = {"problem": "#problem-", "objective": "#objective-"}.get(what, "#diagnoses-list")
    return {**fields, **cells}, words + (names[0] if names else "")


def _cells(
    request: DeskRequest, chart_id: str, content: Content, what: str, which: str
) -> dict[str, str]:
    if what == "problem":
        return actions_plan.with_problem(content)
    if what == "objective":
        return actions_plan.with_objective(request.presence, chart_id, content, which)
    if what == "code":
        return actions_plan.with_code(content, which)
    if what == "own":
        return actions_plan.with_own_code(content, which)
    return {}


@require_POST
def codes(request: DeskRequest, record_id: str) -> HttpResponse:
    """Codes by what is typed, as a part of the page. What is typed never stands in an address."""
    actions.own_draft(request.presence, record_id)
    typed = request.POST.get("q", "")[:80]
    hits = catalogue().find(typed, request.today) if typed.strip() else []
    return render(
        request, "codes_found.html", {"hits": hits, "typed": typed.strip(), "record": record_id}
    )
