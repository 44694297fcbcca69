"""Packets: choose, look at the very pages, release."""

from base64 import b64encode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stillroom.desk.forms import kind_title
from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.desk.views import leaving
from stillroom.disclosure import (
    correcting,
    drafts,
    queries,
    releasing,
    rules_disputes,
    rules_summary,
    sending,
)
from stillroom.disclosure.outgoing import type_of
from stillroom.disclosure.packet.bundle import MEDIA_TYPE
from stillroom.disclosure.packet.picture import page_picture, page_words
from stillroom.disclosure.rules import State
from stillroom.disclosure.rules_draft import Draft
from stillroom.disclosure.rules_leaving import GoesByItsLink, LookOnceMore, NotAgain, Wish
from stillroom.kernel import StillroomError
from stillroom.phi import NotHere, StepUpNeeded
from stillroom.practice import queries as practice


@require_http_methods(["GET", "POST"])
def build(request: DeskRequest, matter_id: str) -> HttpResponse:
    """Choose what goes in; what may never leave cannot be chosen."""
    presence, corpus = request.presence, request.shell.corpus
    error: StillroomError | None = None
    picked, files = request.POST.getlist("records"), request.POST.getlist("files")
    address = [
        line.strip() for line in request.POST.get("address", "").splitlines() if line.strip()
    ]
    does, _, record = request.POST.get("do", "").partition(":")
    summaries = request.POST.getlist("summaries") if "summarized" in request.POST else None

    versioned = "versioned" in request.POST
    versions, asked = request.POST.getlist("versions"), request.POST.get("versions_asked", "")

    def kept(draft: Draft) -> Draft:
        made = draft.chosen(picked, address, files).keeping(summaries)
        return made.with_versions(versions, asked) if versioned else made

    if request.method == "POST":
        try:
            if does in ("cut", "summary"):
                drafts.change(presence, matter_id, kept)
                if does == "summary":
                    return redirect("packet_summary", matter_id=matter_id)
                return redirect("packet_cut", matter_id=matter_id, record_id=record)
            drafts.require_asked(presence, corpus, matter_id, versions, asked)
            if summaries is not None or versioned:
                drafts.change(presence, matter_id, kept)
            made = releasing.build(presence, corpus, matter_id, picked, address, files)
            return redirect("packet", packet_id=made)
        except NotHere:
            raise
        except StillroomError as problem:
            error = problem
    bundle = releasing.choices(presence, corpus, matter_id)
    draft = drafts.draft_of(presence, matter_id)
    if error:
        draft = kept(draft)
    chosen = draft.picked
    if chosen is None:
        chosen = tuple(
            one.record.id
            for one in bundle.choices
            if one.state is State.CHOSEN and not one.record.restricted
        )
    values = {
        "bundle": bundle,
        "matter": bundle.whole,
        "kind_title": kind_title,
        "open": [one for one in bundle.choices if one.state is not State.NEVER],
        "shut": [one for one in bundle.choices if one.state is State.NEVER],
        "chosen": set(chosen),
        "cuts": {name: cuts.count for name, cuts in draft.cuts.items()},
        "draft": draft,
        "disputed": rules_disputes.marked(bundle.disputes),
        "written": rules_summary.read(bundle.whole.steps),
        "problem": error,
    }
    status = 409 if error else 200
    return render(request, "packet_build.html", values, status=status, current="matters")


@require_GET
def packet(request: DeskRequest, packet_id: str) -> HttpResponse:
    """What leaves, page by page, before it does; and, its two minutes over, it leaves."""
    prove = leaving.settled(request, packet_id)
    return _page(request, packet_id, None, prove=prove)


def _page(
    request: DeskRequest,
    packet_id: str,
    error: StillroomError | None,
    wish: Wish | None = None,
    *,
    prove: bool = False,
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
        "outdated": head.corrections != correcting.times(presence, row.matter_id),
        "problem": error,
        "questions": isinstance(error, LookOnceMore),
        "typed": wish or Wish("", way="link"),
        **leaving.values(request, packet_id, prove=prove),
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
    name = f"packet-{queries.number_of(row.matter)}-{row.number}"
    if request.GET.get("save") and row.state == "released":
        try:
            ending, file = sending.file_of(presence, request.shell.corpus, packet_id)
        except (NotAgain, GoesByItsLink) as error:
            return _page(request, packet_id, error)
        response = HttpResponse(file, content_type=type_of(ending))
        response.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
        return response
    _, pdf = releasing.open_packet(presence, row)
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


@require_GET
def machines(request: DeskRequest, packet_id: str) -> HttpResponse:
    """The file for machines: to be looked at before it leaves, to be saved once it has."""
    presence = request.presence
    row = releasing.find_packet(presence, packet_id)
    response = HttpResponse(releasing.open_bundle(presence, row), content_type=MEDIA_TYPE)
    name = f"packet-{queries.number_of(row.matter)}-{row.number}.fhir.json"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
def release(request: DeskRequest, packet_id: str) -> HttpResponse:
    """Send it on its way, after a fresh proof of who releases."""
    presence, corpus = request.presence, request.shell.corpus
    wish = leaving.wish_of(request)
    try:
        sending.begin(presence, corpus, packet_id, wish)
    except (NotHere, StepUpNeeded):
        raise
    except StillroomError as error:
        return _page(request, packet_id, error, wish)
    return redirect("packet", packet_id=packet_id)
