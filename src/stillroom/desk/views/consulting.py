"""Asking somebody without saying who it is about: write, have the names taken out, read, keep."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stillroom.desk import consulted
from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.disclosure import queries
from stillroom.disclosure.consulting import WHOM, cleaned
from stillroom.disclosure.consulting import actions as consulting
from stillroom.disclosure.queries import WholeMatter
from stillroom.identity import queries as people
from stillroom.kernel import StillroomError
from stillroom.phi import NotHere


@require_http_methods(["GET", "POST"])
def ask(request: DeskRequest, matter_id: str) -> HttpResponse:
    """Write a sheet. Nothing is kept before it names nobody and somebody has read it."""
    whole = _whole(request, matter_id)
    typed = {name: str(value) for name, value in request.POST.items()}
    if request.method == "GET":
        typed = {"text": consulted.begun(whole, request.shell.corpus)}
        return _page(request, whole, typed, None)
    if typed.get("do") != "keep":
        return _page(request, whole, typed, None, clean=True)
    try:
        number = consulting.ask(
            request.presence,
            whole,
            typed.get("whom", ""),
            typed.get("text", ""),
            read=typed.get("read") == "yes",
        )
    except NotHere:
        raise
    except StillroomError as error:
        return _page(request, whole, typed, error, clean=True)
    return redirect("consultation", matter_id=matter_id, number=number)


def _whole(request: DeskRequest, matter_id: str) -> WholeMatter:
    return queries.whole_matter(request.presence, request.shell.corpus, matter_id)


def _page(
    request: DeskRequest,
    whole: WholeMatter,
    typed: Mapping[str, str],
    error: StillroomError | None,
    *,
    clean: bool = False,
) -> HttpResponse:
    """The sheet as it was typed, or with the names taken out of it."""
    found = None
    if clean:
        found = cleaned(typed.get("text", ""), consulting.known_to(request.presence, whole))
        typed = {**typed, "text": found.text}
    values: dict[str, Any] = {
        "matter": whole,
        "typed": typed,
        "whom": list(WHOM.items()),
        "found": found,
        "consulting": consulted.may_consult(whole, request.shell.corpus),
        "problem": error,
    }
    status = 409 if error else 200
    return render(request, "consult.html", values, status=status, current="matters")


@require_GET
def sheet(request: DeskRequest, matter_id: str, number: int) -> HttpResponse:
    """One sheet, to be read out or printed, and what was answered."""
    return _sheet(request, matter_id, number, {}, None)


@require_POST
def answer(request: DeskRequest, matter_id: str, number: int) -> HttpResponse:
    """What was answered, in the therapist's words."""
    typed = {name: str(value) for name, value in request.POST.items()}
    whole = _whole(request, matter_id)
    try:
        consulting.answered(
            request.presence, whole, number, typed.get("who", ""), typed.get("says", "")
        )
    except NotHere:
        raise
    except StillroomError as error:
        return _sheet(request, matter_id, number, typed, error)
    return redirect("consultation", matter_id=matter_id, number=number)


def _sheet(
    request: DeskRequest,
    matter_id: str,
    number: int,
    typed: Mapping[str, str],
    error: StillroomError | None,
) -> HttpResponse:
    whole = _whole(request, matter_id)
    values = {
        "matter": whole,
        "one": consulting.one_of(whole, number),
        "colleagues": people.colleagues(active=False),
        "typed": typed,
        "problem": error,
    }
    status = 409 if error else 200
    return render(request, "consultation.html", values, status=status, current="matters")
