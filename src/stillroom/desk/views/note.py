"""Notes: begin, write with autosave, sign, read, add."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from stillroom.chart import actions, contents, rules
from stillroom.chart import queries as charts
from stillroom.chart.actions import Clash
from stillroom.chart.sheets import Posted, as_line, fields_of
from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.desk.views import document
from stillroom.desk.views.problems import told
from stillroom.identity import queries as people
from stillroom.kernel import StillroomError
from stillroom.phi import NotHere
from stillroom.practice import queries as practice


class UnreadableSave(StillroomError):
    """What a page sent could not be read."""

    what = "what was to be saved could not be read"
    usual_advice = "Your words are still on the page; reload only after copying them."


@require_POST
def begin(request: DeskRequest, chart_id: str, kind: str) -> HttpResponse:
    """A new note about a chart, with the day's session filled in where there is one."""
    presence = request.presence
    session, occurred = None, request.at
    meeting = practice.session_near(presence, chart_id, request.at)
    if meeting is not None:
        session = contents.SessionFacts(
            meeting.starts_at, meeting.ends_at, meeting.mode, meeting.code
        )
        occurred = meeting.starts_at
    record_id = actions.begin(presence, chart_id, kind, occurred_at=occurred, session=session)
    return redirect("record", record_id=record_id)


@require_GET
def record(request: DeskRequest, record_id: str) -> HttpResponse:
    """One record: its author's draft to write in, or what was signed to read."""
    presence = request.presence
    beside = document.Beside(request)
    whole = charts.record(presence, record_id, beside=beside)
    head = practice.chart_head(presence, whole.chart)
    values = {
        "record": whole,
        "head": head,
        "colleagues": people.colleagues(active=False),
        "mine": whole.author == presence.person,
        "late": whole.draft is not None and request.at - whole.occurred_at > timedelta(days=2),
        "problem": None,
        "doubts_discard": False,
        "fields": fields_of(whole.draft) if whole.draft else {},
        "wrong": {},
        "wrong_lines": [],
    }
    own, more = beside.page(whole)
    template = "note_draft.html" if whole.draft is not None else "note_signed.html"
    return render(request, own or template, {**values, **more}, current="clients")


def _sent(request: DeskRequest) -> tuple[int, dict[str, Posted]]:
    try:
        body = json.loads(request.body)
        fields = {str(name): _typed(value) for name, value in body["fields"].items()}
        return int(body["version"]), fields
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise UnreadableSave from None


def _typed(value: object) -> Posted:
    if isinstance(value, list):
        return [_whole_letters(str(one)) for one in value]
    return _whole_letters(str(value))


def _whole_letters(text: str) -> str:
    """Text without half letters: a script may cut an emoji in two; a half cannot be kept."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@require_POST
def save(request: DeskRequest, record_id: str) -> HttpResponse:
    """Autosave. A clash answers with the other version, so that the page can show both."""
    version, fields = _sent(request)
    presence = request.presence
    try:
        saved = _save(request, record_id, fields, version)
    except Clash as clash:
        whole = charts.record(presence, record_id)
        theirs = fields_of(whole.draft) if whole.draft else {}
        body = {
            **told(clash),
            "version": whole.draft_version,
            "fields": theirs,
            "by": "Your other window",
        }
        return JsonResponse(body, status=409)
    return JsonResponse({"version": saved.version, "at": _clock(saved.saved_at)})


def _save(
    request: DeskRequest, record_id: str, fields: Mapping[str, Posted], version: int
) -> actions.Saved:
    """Save what a page brings; it says the kind and the form, a draft's row does not."""
    kind, form = as_line(fields.get("record-kind", "")), as_line(fields.get("record-form", ""))
    return actions.save_draft(request.presence, record_id, fields, version, kind=kind, form=form)


def _clock(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return f"{local.hour}:{local:%M}"


def _version(request: DeskRequest) -> int:
    text = request.POST.get("version", "")
    if not text.isascii() or not text.isdigit():
        raise UnreadableSave
    return int(text)


_NO_WORDS = frozenset({"csrfmiddlewaretoken", "discard", "form"})


def _posted(request: DeskRequest) -> dict[str, Posted]:
    """A form's fields as autosave brings them: one text, or a list where several were chosen."""
    fields: dict[str, Posted] = {}
    for name, values in request.POST.lists():
        if name != "version":
            several = [str(one) for one in values]
            fields[name] = several if len(several) > 1 else several[0]
    return fields


def _keep_typed(request: DeskRequest, record_id: str) -> int:
    """Save what the form brings before acting on it, so that no typed word is lost."""
    version = _version(request)
    fields = _posted(request)
    # A button's own form brings a version and no field.
    if fields.keys() <= _NO_WORDS:
        return version
    return _save(request, record_id, fields, version).version


@require_POST
def sign(request: DeskRequest, record_id: str) -> HttpResponse:
    """Sign what stands in the form."""
    try:
        version = _keep_typed(request, record_id)
        actions.sign(request.presence, record_id, version)
    except NotHere:
        raise
    except (Clash, rules.NothingWritten, rules.NotComplete, rules.SectionMissing) as error:
        return _again(request, record_id, error)
    return redirect("record", record_id=record_id)


def _again(request: DeskRequest, record_id: str, error: StillroomError) -> HttpResponse:
    """The note's page once more, with what is wrong above it and what was typed in it."""
    beside = document.Beside(request)
    whole = charts.record(request.presence, record_id, beside=beside)
    faults = error.faults if isinstance(error, rules.NotComplete) else ()
    values = {
        "record": whole,
        "head": practice.chart_head(request.presence, whole.chart),
        "colleagues": people.colleagues(active=False),
        "mine": True,
        "late": False,
        "problem": error,
        "doubts_discard": isinstance(error, rules.HoldsWords),
        "typed": {name: str(value) for name, value in request.POST.items()},
        "fields": (fields_of(whole.draft) if whole.draft else {}) | _posted(request),
        "wrong": dict(faults),
        "wrong_lines": [("" if "." in name else f"f-{name}", said) for name, said in faults],
    }
    own, more = beside.page(whole)
    template = "note_draft.html" if whole.draft is not None else "note_signed.html"
    return render(request, own or template, {**values, **more}, status=409, current="clients")


@require_POST
def change_form(request: DeskRequest, record_id: str) -> HttpResponse:
    """The same words, divided as DAP, SOAP, BIRP or free."""
    try:
        version = _keep_typed(request, record_id)
        actions.change_form(request.presence, record_id, version, request.POST.get("form", ""))
    except Clash as error:
        return _again(request, record_id, error)
    return redirect("record", record_id=record_id)


@require_POST
def discard(request: DeskRequest, record_id: str) -> HttpResponse:
    """Throw a draft away: at one press while it is empty, after a question once it holds words."""
    meant = request.POST.get("discard") == "words"
    try:
        if not meant:
            _keep_typed(request, record_id)
        chart = actions.discard(request.presence, record_id, with_words=meant)
    except (Clash, rules.HoldsWords) as error:
        return _again(request, record_id, error)
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
    except rules.NothingWritten as error:
        return _again(request, record_id, error)
    return redirect("record", record_id=record_id)
