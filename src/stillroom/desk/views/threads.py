"""Messages with clients and those who stand for them: read, answered, settled, put on record.

Nobody is told of a new answer but by the one sender, in its neutral line, when the clinician says
so; the page leads there. What is in a thread is in no packet until it is taken into a note.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from stillroom.access import Act, Capacity, Role
from stillroom.chart import actions as charting
from stillroom.chart.law_kinds import law_kind
from stillroom.correspondence import actions, queries, rules
from stillroom.correspondence.rules import Thread
from stillroom.desk.forms import whole
from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.identity import queries as people
from stillroom.kernel import StillroomError
from stillroom.phi import NotHere, Presence
from stillroom.practice import actions_proxies
from stillroom.practice import queries as practice
from stillroom.practice import queries_guests as guests
from stillroom.practice.heads import ChartHead

_RUNS = frozenset({Role.OWNER, Role.ADMINISTRATOR})
GONE = "somebody who stood for the client"


class WouldShow(StillroomError):
    """A young client's own words were to go into a note that somebody who stands for her reads."""

    what = "a note would show the client’s own messages to somebody who stands for the client"
    usual_advice = "Tick that you mean it, or keep the words in the thread."


@dataclass(frozen=True)
class Other:
    """Who writes in a thread: in words, whether it is the client herself, and whether she still
    comes in."""

    words: str
    client: bool
    here: bool


def others(presence: Presence, head: ChartHead) -> dict[str, Other]:
    """Who comes in to a chart now, by account; opens on what proxies rest, to say their names."""
    sheets = {one.client: one.sheet for one in head.holders}
    found: dict[str, Other] = {}
    for door in guests.doors_of(presence, head.id):
        client = door.capacity is Capacity.HOLDER
        whose = sheets[door.client].full if door.client in sheets else ""
        if client:
            found[door.person] = Other(whose, client=True, here=True)
            continue
        basis = actions_proxies.read(head.id, door.words)
        called = f"{basis.name}, {basis.relation}" if basis else f"somebody for {whose}"
        found[door.person] = Other(called, client=False, here=True)
    return found


def _other(thread: Thread | queries.Line, head: ChartHead, known: Mapping[str, Other]) -> Other:
    if thread.person:
        return known.get(thread.person, Other(GONE, client=False, here=False))
    sheets = [one.sheet.full for one in head.holders if one.client == thread.client]
    return Other(sheets[0] if sheets else GONE, client=True, here=True)


def readers(presence: Presence, thread: Thread) -> list[str]:
    """Accounts that would read a note made of this thread, and are not of it: whoever stands for
    the same client and was given notes of sessions."""
    doors = guests.doors_of(presence, thread.chart)
    note = law_kind("contact_note", part2=False, joint=False)
    return [
        one.person
        for one in doors
        if one.capacity is Capacity.PROXY and note in one.reach and one.person != thread.person
    ]


@require_http_methods(["GET", "POST"])
def threads(request: DeskRequest, chart_id: str) -> HttpResponse:
    """The threads of a chart, and a first message to somebody who comes in."""
    presence = request.presence
    if request.method == "GET":
        return _list(request, chart_id, {}, None)
    typed = {name: str(value) for name, value in request.POST.items()}
    try:
        thread = actions.write_to(
            presence, chart_id, typed.get("person", ""), typed.get("words", "")
        )
    except NotHere:
        raise
    except StillroomError as error:
        return _list(request, chart_id, typed, error)
    return redirect("thread", thread_id=thread)


def _list(
    request: DeskRequest, chart_id: str, typed: Mapping[str, str], error: StillroomError | None
) -> HttpResponse:
    presence = request.presence
    lines = queries.threads_of(presence, chart_id)
    head = practice.chart_head(presence, chart_id)
    known = others(presence, head)
    values = {
        "head": head,
        "lines": [(line, _other(line, head, known)) for line in lines],
        "doors": known,
        "writes": queries.may_write(presence, chart_id),
        "typed": typed,
        "problem": error,
    }
    return render(request, "threads.html", values, status=409 if error else 200, current="clients")


@require_http_methods(["GET", "POST"])
def thread(request: DeskRequest, thread_id: str) -> HttpResponse:
    """One thread: what was written, and an answer, or that none is needed."""
    presence = request.presence
    if request.method == "GET":
        return _one(request, thread_id, "", None)
    words, seen = request.POST.get("words", ""), whole(request.POST.get("seen", ""))
    try:
        if request.POST.get("do") == "settle":
            actions.settle(presence, thread_id, seen=seen)
        else:
            actions.answer(presence, thread_id, words, seen=seen)
    except NotHere:
        raise
    except StillroomError as error:
        return _one(request, thread_id, words, error)
    return redirect(reverse("thread", kwargs={"thread_id": thread_id}) + "#last")


def _one(
    request: DeskRequest, thread_id: str, typed: str, error: StillroomError | None
) -> HttpResponse:
    presence = request.presence
    found = queries.thread(presence, thread_id)
    head = practice.chart_head(presence, found.chart)
    known = others(presence, head)
    values = {
        "head": head,
        "thread": found,
        "other": _other(found, head, known),
        "readers": [known[one].words for one in readers(presence, found) if one in known],
        "names": _names(),
        "writes": queries.may_write(presence, found.chart),
        "typed": typed,
        "problem": error,
    }
    return render(request, "thread.html", values, status=409 if error else 200, current="clients")


def _names() -> dict[str, str]:
    return {one.id: one.name for one in people.colleagues(active=False).values()}


@require_POST
def take(request: DeskRequest, thread_id: str) -> HttpResponse:
    """What was written, from a number on, as a draft of a contact note, to be signed."""
    presence = request.presence
    queries.find(presence, thread_id, Act.THREAD_WRITE)
    found = queries.thread(presence, thread_id)
    head = practice.chart_head(presence, found.chart)
    if not request.POST.get("meant") and readers(presence, found):
        return _one(request, thread_id, "", WouldShow())
    first = whole(request.POST.get("first", ""))
    other = _other(found, head, others(presence, head))
    taken = [one for one in found.messages if one.number >= first]
    said = rules.as_note(taken, _names(), other.words)
    record = charting.begin(presence, found.chart, "contact_note", occurred_at=presence.at)
    what = "message to the client" if taken and taken[-1].from_team else "message from the client"
    fields = {"what": what, "with_whom": other.words, "said": said}
    charting.save_draft(presence, record, fields, 1, kind="contact_note")
    return redirect("record", record_id=record)


@require_http_methods(["GET", "POST"])
def manner(request: DeskRequest) -> HttpResponse:
    """How this practice answers messages, in its own words; who runs the house says them."""
    typed = {"words": queries.manner(), "spanish": ""}
    error: StillroomError | None = None
    if request.method == "POST":
        typed = {name: str(value) for name, value in request.POST.items()}
        try:
            actions.say_manner(request.presence, typed.get("words", ""), typed.get("spanish", ""))
        except NotHere:
            raise
        except StillroomError as told:
            error = told
        else:
            return redirect("thread_manner")
    spanish = queries.manner("es")
    values = {
        "typed": {
            **typed,
            "spanish": typed["spanish"] or (spanish if spanish != typed["words"] else ""),
        },
        "writes": bool(request.presence.roles & _RUNS),
        "problem": error,
    }
    return render(request, "thread_manner.html", values, status=409 if error else 200)
