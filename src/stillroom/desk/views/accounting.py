"""The account of disclosures: what left, what is held back, and an account to hand over."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.disclosure import accounting
from stillroom.disclosure.rules_account import Asking, Held, held_until, owed
from stillroom.disclosure.rules_accounting import AccountingLine
from stillroom.identity import queries as people
from stillroom.kernel import StillroomError
from stillroom.phi import NotHere, StepUpNeeded
from stillroom.practice import queries as practice

_LONGEST = 4000


class NotADay(StillroomError):
    """A day was typed that is none."""

    what = "a day is missing or is none"
    usual_advice = "Write days as 2026-11-20; nothing you typed is lost."


def _day(request: HttpRequest, name: str, *, wanted: bool = True) -> date | None:
    text = request.POST.get(name, "").strip()
    if not text and not wanted:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotADay from None


def _page(
    request: DeskRequest,
    chart_id: str,
    problem: StillroomError | None = None,
    where: str = "",
) -> HttpResponse:
    presence = request.presence
    found = accounting.whole(presence, chart_id)
    today = request.today
    statements = [one.held for one in found.statements]
    values = {
        "head": practice.chart_head(presence, chart_id),
        "found": found,
        "rows": [(one, owed(one.line, today), held_until(one, statements)) for one in found.lines],
        "colleagues": people.colleagues(active=False),
        "today": today,
        "problem": problem,
        "where": where,
        "typed": request.POST,
        "ticked": request.POST.getlist("departure"),
    }
    status = 409 if problem else 200
    return render(request, "account_of.html", values, status=status, current="clients")


@require_GET
def account(request: DeskRequest, chart_id: str) -> HttpResponse:
    """The account of disclosures of one chart."""
    return _page(request, chart_id)


@require_POST
def give(request: DeskRequest, chart_id: str) -> HttpResponse:
    """Make an account to hand over, with its proofs."""
    shell = request.shell
    try:
        asking = Asking(
            asked_on=_day(request, "asked_on") or request.today,
            since=_day(request, "since", wanted=False),
            everything=request.POST.get("everything") == "yes",
            sum_up=request.POST.get("sum_up") == "yes",
            fee=request.POST.get("fee", "")[:_LONGEST],
            told=request.POST.get("told") == "yes",
        )
        accounting.give(
            request.presence,
            chart_id,
            asking,
            checkpoint=shell.checkpoint,
            log_key=shell.log_key,
        )
    except (NotHere, StepUpNeeded):
        raise
    except StillroomError as error:
        return _page(request, chart_id, error, "give")
    return redirect("accounting", chart_id=chart_id)


@require_POST
def hold(request: DeskRequest, chart_id: str) -> HttpResponse:
    """Hold lines back, as an agency has stated."""
    typed = request.POST
    try:
        held = Held(
            agency=typed.get("agency", "")[:_LONGEST],
            official=typed.get("official", "")[:_LONGEST],
            written=typed.get("written") == "yes",
            stated_on=_day(request, "stated_on") or request.today,
            until=_day(request, "until") or request.today,
            words=typed.get("words", "")[:_LONGEST],
            departures=tuple(typed.getlist("departure")),
        )
        accounting.hold(request.presence, chart_id, held)
    except (NotHere, StepUpNeeded):
        raise
    except StillroomError as error:
        return _page(request, chart_id, error, "hold")
    return redirect("accounting", chart_id=chart_id)


@require_POST
def add(request: DeskRequest, chart_id: str) -> HttpResponse:
    """Add a line for what left without a packet."""
    typed = request.POST
    try:
        line = AccountingLine(
            on=_day(request, "left_on") or request.today,
            recipient=typed.get("recipient", "")[:_LONGEST].strip(),
            address=typed.get("where", "")[:_LONGEST].strip(),
            description=typed.get("description", "")[:_LONGEST].strip(),
            purpose=typed.get("purpose", "")[:_LONGEST].strip(),
            digest="",
        )
        accounting.add(request.presence, chart_id, line)
    except (NotHere, StepUpNeeded):
        raise
    except StillroomError as error:
        return _page(request, chart_id, error, "add")
    return redirect("accounting", chart_id=chart_id)


@require_GET
def file(request: DeskRequest, account_id: str) -> HttpResponse:
    """An account as it was handed over: the paper, and the proofs beside it."""
    _, bundle = accounting.file_of(request.presence, account_id)
    response = HttpResponse(bundle, content_type="application/zip")
    response.headers["Content-Disposition"] = 'attachment; filename="account-of-disclosures.zip"'
    return response
