"""Notes: write with autosave, sign, read, add."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from stillroom.chart import actions, lists, reviewing, rules
from stillroom.chart import queries as charts
from stillroom.chart.actions import Clash
from stillroom.chart.rules_review import WordsTooLong
from stillroom.chart.sheets import Posted, as_line, fields_of
from stillroom.chart.states import NotNow
from stillroom.chart.timing import Age
from stillroom.desk import posting, record_pages, reviews, risk_beside
from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.desk.views import document, measures, writing
from stillroom.identity import queries as people
from stillroom.identity.queries import Colleague
from stillroom.kernel import StillroomError
from stillroom.phi import NotHere
from stillroom.practice import queries as practice


@require_GET
def record(request: DeskRequest, record_id: str) -> HttpResponse:
    """One record: its author's draft to write in, or what was signed to read."""
    beside = document.Beside(request)
    whole = charts.record(request.presence, record_id, beside=beside)
    values = _values(request, whole)
    if whole.kind.id == "measure" and whole.draft is None:
        return measures.result(request, whole, values)
    own, more = beside.page(whole)
    template = own or record_pages.template_of(whole)
    return render(request, template, {**values, **more}, current="clients")


def values_of(request: DeskRequest, record_id: str) -> dict[str, Any]:
    """What the page of a draft needs, for a page that has its editor beside something else."""
    return _values(request, charts.record(request.presence, record_id))


def _values(request: DeskRequest, whole: charts.WholeRecord) -> dict[str, Any]:
    presence = request.presence
    head = practice.chart_head(presence, whole.chart)
    names = people.colleagues(active=False)
    values = {
        **writing.helped(request, whole, head),
        "record": whole,
        "head": head,
        "risk_since": risk_beside.of(presence, whole),
        "danger_href": reverse("risk", kwargs={"chart_id": whole.chart}),
        "colleagues": names,
        "mine": whole.author == presence.person,
        "late": _late(whole, request),
        "overtaken": lists.overtaken(presence, whole),
        "problem": None,
        "doubts_discard": False,
        "fields": fields_of(whole.draft) if whole.draft else {},
        "wrong": {},
        "wrong_lines": [],
        **_review(request, whole, names),
    }
    return values | record_pages.values_of(request, whole)


def _review(
    request: DeskRequest, whole: charts.WholeRecord, names: Mapping[str, Colleague]
) -> dict[str, object]:
    """Where the record stands with whoever supervises; for a first draft, who will be asked."""
    if whole.course.last:
        return {"review": reviews.of_record(request.presence, whole, names), "asks": ()}
    asked = reviewing.will_ask(request.presence, whole.chart, private=whole.private)
    return {"review": None, "asks": tuple((one, reviews.name_of(one, names)) for one in asked)}


@require_POST
def save(request: DeskRequest, record_id: str) -> HttpResponse:
    """Autosave. A clash answers with the other version, so that the page can show both."""
    version, fields = posting.sent(request)
    presence = request.presence
    try:
        saved = _save(request, record_id, fields, version)
    except Clash as clash:
        whole = charts.record(presence, record_id)
        return JsonResponse(posting.clash(clash, whole.draft, whole.draft_version), status=409)
    kept = {"version": saved.version, "at": posting.clock(saved.saved_at)}
    return JsonResponse({**kept, **writing.noticed(request, saved)})


def _late(whole: charts.WholeRecord, request: DeskRequest) -> Age | None:
    """How late an entry is, for one that is."""
    found = whole.age_at(request.at)
    return found if found.late else None


def _save(
    request: DeskRequest, record_id: str, fields: Mapping[str, Posted], version: int
) -> actions.Saved:
    """Save what a page brings; it says the kind and the form, a draft's row does not."""
    kind, form = as_line(fields.get("record-kind", "")), as_line(fields.get("record-form", ""))
    return actions.save_draft(request.presence, record_id, fields, version, kind=kind, form=form)


def _keep_typed(request: DeskRequest, record_id: str) -> int:
    """Save what the form brings before acting on it, so that no typed word is lost."""
    version = posting.version(request)
    fields = posting.posted(request)
    if not posting.brings_words(fields):
        return version
    return _save(request, record_id, fields, version).version


_TO_MEND = (
    Clash,
    rules.NothingWritten,
    rules.NotComplete,
    rules.SectionMissing,
    rules.TooLong,
)


@require_POST
def sign(request: DeskRequest, record_id: str) -> HttpResponse:
    """Sign what stands in the form."""
    try:
        version = _keep_typed(request, record_id)
        version = writing.settle(request, record_id, version)
        asked = request.POST.getlist("asked") or None
        actions.sign(request.presence, record_id, version, asked=asked)
    except NotHere:
        raise
    except (*_TO_MEND, NotNow, writing.Asked) as error:
        return again(request, record_id, error)
    return redirect("record", record_id=record_id)


def again(request: DeskRequest, record_id: str, error: StillroomError) -> HttpResponse:
    """The note's page once more, with what is wrong above it and what was typed in it."""
    beside = document.Beside(request)
    whole = charts.record(request.presence, record_id, beside=beside)
    head = practice.chart_head(request.presence, whole.chart)
    faults = error.faults if isinstance(error, rules.NotComplete) else ()
    names = people.colleagues(active=False)
    values = {
        **writing.helped(request, whole, head),
        "record": whole,
        "head": head,
        "asking": error if isinstance(error, writing.Asked) else None,
        "risk_since": risk_beside.of(request.presence, whole),
        "danger_href": reverse("risk", kwargs={"chart_id": whole.chart}),
        "colleagues": names,
        "mine": whole.author == request.presence.person,
        "late": _late(whole, request),
        "overtaken": lists.overtaken(request.presence, whole),
        "problem": error,
        "doubts_discard": isinstance(error, rules.HoldsWords),
        "typed": {name: str(value) for name, value in request.POST.items()},
        "fields": (fields_of(whole.draft) if whole.draft else {}) | posting.posted(request),
        "wrong": dict(faults),
        "wrong_lines": [(_place_of(whole, name), said) for name, said in faults],
        **_review(request, whole, names),
    }
    values |= record_pages.values_of(request, whole)
    own, more = beside.page(whole)
    template = own or record_pages.template_of(whole)
    return render(request, template, {**values, **more}, status=409, current="clients")


def _place_of(whole: charts.WholeRecord, name: str) -> str:
    """Where on the page a fault leads: a section's writing, a field; "" for a cell of a table."""
    if whole.draft and any(part.name == name for part in whole.draft.sections):
        return f"part-{name.replace(' ', '-')}"
    return "" if "." in name else f"f-{name}"


@require_POST
def change_form(request: DeskRequest, record_id: str) -> HttpResponse:
    """The same words, divided as DAP, SOAP, BIRP or free."""
    try:
        version = _keep_typed(request, record_id)
        actions.change_form(request.presence, record_id, version, request.POST.get("form", ""))
    except (Clash, rules.TooLong) as error:
        return again(request, record_id, error)
    return redirect("record", record_id=record_id)


@require_POST
def discard(request: DeskRequest, record_id: str) -> HttpResponse:
    """Throw a draft away: at one press while it is empty, after a question once it holds words."""
    meant = request.POST.get("discard") == "words"
    try:
        if not meant:
            _keep_typed(request, record_id)
        chart = actions.discard(request.presence, record_id, with_words=meant)
    except (Clash, rules.HoldsWords, rules.TooLong) as error:
        return again(request, record_id, error)
    return redirect("chart", chart_id=chart)


@require_POST
def addend(request: DeskRequest, record_id: str) -> HttpResponse:
    """An addendum, or the mark that a record was entered in error."""
    text = request.POST.get("text", "")
    try:
        if request.POST.get("error"):
            actions.strike(request.presence, record_id, text)
        else:
            actions.addend(request.presence, record_id, text)
    except (rules.NothingWritten, rules.ReasonMissing, WordsTooLong, NotNow) as error:
        return again(request, record_id, error)
    return redirect("record", record_id=record_id)
