"""Packets: choose, look at the very pages, release; and the account of what left."""

from base64 import b64encode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stillroom.desk.forms import kind_title
from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.disclosure import queries, releasing
from stillroom.disclosure.packet.picture import page_picture, page_words
from stillroom.disclosure.rules import State
from stillroom.kernel import StillroomError
from stillroom.phi import NotHere, StepUpNeeded
from stillroom.practice import queries as practice


@require_http_methods(["GET", "POST"])
def build(request: DeskRequest, matter_id: str) -> HttpResponse:
    """Choose what goes in; what may never leave cannot be chosen."""
    presence, corpus = request.presence, request.shell.corpus
    error: StillroomError | None = None
    picked = request.POST.getlist("records")
    address = [
        line.strip() for line in request.POST.get("address", "").splitlines() if line.strip()
    ]
    if request.method == "POST":
        try:
            made = releasing.build(presence, corpus, matter_id, picked, address)
            return redirect("packet", packet_id=made)
        except NotHere:
            raise
        except StillroomError as problem:
            error = problem
    bundle = releasing.choices(presence, corpus, matter_id)
    values = {
        "bundle": bundle,
        "matter": bundle.whole,
        "kind_title": kind_title,
        "open": [one for one in bundle.choices if one.state is not State.NEVER],
        "shut": [one for one in bundle.choices if one.state is State.NEVER],
        "chosen": set(picked)
        or {one.record.id for one in bundle.choices if one.state is State.CHOSEN},
        "address": "\n".join(address),
        "problem": error,
    }
    status = 409 if error else 200
    return render(request, "packet_build.html", values, status=status, current="matters")


@require_GET
def packet(request: DeskRequest, packet_id: str) -> HttpResponse:
    """What leaves, page by page, before it does."""
    return _page(request, packet_id, None)


def _page(
    request: DeskRequest, packet_id: str, error: StillroomError | None, typed: str = ""
) -> HttpResponse:
    presence = request.presence
    row = releasing.find_packet(presence, packet_id)
    head, pdf = releasing.open_packet(presence, row)
    number = min(max(_whole(request.GET.get("page", "1")), 1), row.pages)
    values = {
        "number": number,
        "picture": "data:image/png;base64," + b64encode(page_picture(pdf, number)).decode("ascii"),
        "words": page_words(pdf, number),
        "packet": row,
        "head": head,
        "matter_number": queries.number_of(row.matter),
        "chart": practice.chart_head(presence, row.matter.chart),
        "kind_title": kind_title,
        "problem": error,
        "typed": typed,
    }
    status = 409 if error else 200
    return render(request, "packet.html", values, status=status, current="matters")


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1


@require_GET
def file(request: DeskRequest, packet_id: str) -> HttpResponse:
    """The very bytes: shown in the page as a proof, and saved as a file once released."""
    presence = request.presence
    row = releasing.find_packet(presence, packet_id)
    _, pdf = releasing.open_packet(presence, row)
    response = HttpResponse(pdf, content_type="application/pdf")
    kind = "attachment" if request.GET.get("save") and row.state == "released" else "inline"
    name = f"packet-{queries.number_of(row.matter)}-{row.number}.pdf"
    response.headers["Content-Disposition"] = f'{kind}; filename="{name}"'
    return response


@require_POST
def release(request: DeskRequest, packet_id: str) -> HttpResponse:
    """Let it leave, after a fresh proof of who releases."""
    presence, corpus = request.presence, request.shell.corpus
    typed = request.POST.get("recipient", "")
    try:
        releasing.release(presence, corpus, packet_id, typed)
    except (NotHere, StepUpNeeded):
        raise
    except StillroomError as error:
        return _page(request, packet_id, error, typed)
    return redirect("packet", packet_id=packet_id)


@require_GET
def account(request: DeskRequest, chart_id: str) -> HttpResponse:
    """The account of disclosures of one chart."""
    presence = request.presence
    head = practice.chart_head(presence, chart_id)
    values = {"head": head, "lines": queries.departures(presence, chart_id)}
    return render(request, "account_of.html", values, current="clients")
