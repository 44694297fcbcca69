"""Supervision of a record: send, co-sign, return, change, undo; and its versions side by side."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from stillroom.chart import queries as charts
from stillroom.chart import reviewing
from stillroom.chart.comparison import compare_passages
from stillroom.chart.contents import Content
from stillroom.chart.sheets import passages, reading
from stillroom.desk import reviews
from stillroom.desk.forms import whole as number
from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.desk.views import note
from stillroom.identity import queries as people
from stillroom.kernel import StillroomError
from stillroom.phi import NotHere
from stillroom.practice import queries as practice

_DRAFT = "draft"


def _seen(request: DeskRequest) -> int:
    return number(request.POST.get("seen", "0"))


def _words(request: DeskRequest) -> str:
    return request.POST.get("words", "")


def _done(request: DeskRequest, record_id: str, do: Callable[[], object]) -> HttpResponse:
    """Do it; what cannot be is said above the record, which stands as it is now."""
    try:
        do()
    except NotHere:
        raise
    except StillroomError as error:
        return note.again(request, record_id, error)
    return redirect("record", record_id=record_id)


@require_POST
def send(request: DeskRequest, record_id: str) -> HttpResponse:
    """Ask supervisors for their co-signature."""
    asked = request.POST.getlist("asked")
    return _done(request, record_id, lambda: reviewing.send(request.presence, record_id, asked))


@require_POST
def cosign(request: DeskRequest, record_id: str) -> HttpResponse:
    """Approve what stands."""
    seen = _seen(request)
    return _done(
        request, record_id, lambda: reviewing.cosign(request.presence, record_id, seen=seen)
    )


@require_POST
def give_back(request: DeskRequest, record_id: str) -> HttpResponse:
    """Return it with what is to change."""
    seen, words = _seen(request), _words(request)
    return _done(
        request,
        record_id,
        lambda: reviewing.give_back(request.presence, record_id, words, seen=seen),
    )


@require_POST
def take_back(request: DeskRequest, record_id: str) -> HttpResponse:
    """Take a return back: the record waits again as it stood."""
    seen = _seen(request)
    return _done(
        request, record_id, lambda: reviewing.take_back(request.presence, record_id, seen=seen)
    )


@require_POST
def undo(request: DeskRequest, record_id: str) -> HttpResponse:
    """Undo one's own approval, with a reason."""
    seen, words = _seen(request), _words(request)
    return _done(
        request, record_id, lambda: reviewing.undo(request.presence, record_id, words, seen=seen)
    )


@require_POST
def change(request: DeskRequest, record_id: str) -> HttpResponse:
    """Begin to change what was returned."""
    return _done(request, record_id, lambda: reviewing.begin_changes(request.presence, record_id))


@require_GET
def versions(request: DeskRequest, record_id: str) -> HttpResponse:
    """One version as it was signed (`read`), or two of them compared (`from`, `to`)."""
    whole = charts.record(request.presence, record_id)
    names = people.colleagues(active=False)
    values: dict[str, Any] = {
        "record": whole,
        "head": practice.chart_head(request.presence, whole.chart),
        "versions": reviews.versions(whole, names),
        "back": [one for one in reviews.steps(whole, names) if one.words],
        "has_draft": whole.draft is not None,
    }
    alone = len(values["versions"]) < 2 and "to" not in request.GET
    read = number(request.GET.get("read", "0")) or (whole.course.version if alone else 0)
    try:
        values |= _one(whole, read) if read else _two(request, whole)
    except reviews.NoSuchVersion as error:
        values |= {"problem": error}
        return render(request, "note_versions.html", values, status=409, current="clients")
    return render(request, "note_versions.html", values, current="clients")


def _own(whole: charts.WholeRecord) -> dict[int, Content]:
    return {one.number: one.content for one in whole.revisions if not one.addendum}


def _one(whole: charts.WholeRecord, read: int) -> dict[str, object]:
    own = _own(whole)
    if read not in own:
        raise reviews.NoSuchVersion
    return {"problem": None, "read": read, "reading": reading(whole.kind, own[read])}


def _two(request: DeskRequest, whole: charts.WholeRecord) -> dict[str, object]:
    own = _own(whole)
    to_draft = request.GET.get("to") == _DRAFT and whole.draft is not None
    asked = (number(request.GET.get("from", "0")), number(request.GET.get("to", "0")))
    if to_draft and whole.draft is not None:
        before = whole.course.version
        old, new = own[before], whole.draft
    else:
        before, after = reviews.pair(tuple(own), *asked)
        old, new = own[before], own[after]
    compared = compare_passages(passages(whole.kind, old), passages(whole.kind, new))
    return {
        "problem": None,
        "read": 0,
        "before": before,
        "after": 0 if to_draft else after,
        "compared": compared,
        "came": sum(one.came for one in compared),
        "went": sum(one.went for one in compared),
    }
