"""Documents: a file comes in, is looked at page by page, printed, and saved as it came.

With scripts a file comes in portions and its progress is told; without, as one form of at most ten
megabytes. What is shown are pictures that were drawn once; the original leaves only as a download
that no browser runs as a page of ours, by a press of its own after a warning.
"""

import json
from base64 import b64encode
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stillroom.chart.documents import arriving, reading
from stillroom.chart.documents.arriving import MOST_AT_ONCE, State
from stillroom.chart.documents.facts import FILE_HEADING, Page
from stillroom.chart.documents.filed import ASKED, OF_FILES
from stillroom.chart.documents.findings import MOST_BYTES, noted
from stillroom.chart.documents.holding import own_draft
from stillroom.chart.queries import WholeRecord
from stillroom.desk.forms import whole as whole_number
from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.identity import queries as people
from stillroom.kernel import StillroomError
from stillroom.phi import NotHere, streams
from stillroom.practice import queries as practice

ON_PAPER = 25
"""Pages that are printed at once."""
PORTION = 2 << 20
"""Bytes that a script sends at once."""
_WITHOUT_SCRIPTS = 20
"""Steps of drawing after which a page without scripts asks to go on."""


class NoFileCame(StillroomError):
    """A form without a file, or with one that is too large for it."""

    what = "no file came"
    usual_advice = (
        "Choose one. Without scripts it may have ten megabytes at most; with them, two hundred."
    )


class NotMeant(StillroomError):
    """The original was asked for without saying that one means it."""

    what = "the original is given only when you say that you need it"
    usual_advice = "Mark the line above the button, or look at the pages instead."


class Unreadable(StillroomError):
    """A script sent what is no step."""

    what = "that step was not understood"
    usual_advice = "Reload the page; nothing half is kept."


def picture(page: Page) -> str:
    """A page's picture as an address that holds it: it is kept nowhere, also by the browser."""
    if not page.type:
        return ""
    return f"data:image/{page.type};base64,{b64encode(page.picture).decode('ascii')}"


class Beside(reading.Beside):
    """What the page of a record shows of its file: asked for by `?page=` and `?zoom=`."""

    def __init__(self, request: DeskRequest) -> None:
        super().__init__(whole_number(request.GET.get("page", "1")))
        self._zoom = min(max(whole_number(request.GET.get("zoom", "1")), 1), 3)

    def page(self, whole: WholeRecord) -> tuple[str, dict[str, Any]]:
        """The template for a record that has a file, and its values; ("", {}) for any other."""
        if whole.kind.id not in OF_FILES:
            return "", {}
        if whole.draft is not None:
            return "document_draft.html", self._draft(self.arriving(whole))
        sheaf = self.sheaf(whole)
        return "document.html", {
            **self._seen(sheaf.pages[0] if sheaf.pages else None, sheaf.total),
            "about": [one for one in whole.reading if one.heading != FILE_HEADING],
            "file": whole.revisions[0].content.answer("file").rows[0],
            "found": whole.revisions[0].content.answer("found").text.splitlines(),
        }

    def _draft(self, file: reading.Arriving) -> dict[str, Any]:
        pages = file.state.pages if file.state else 0
        return {
            **self._seen(file.page, pages),
            "asked": replace(file.record.kind, sheet=ASKED),
            "known": file.known,
            "state": file.state,
            "noted": noted(file.known.found) if file.known else (),
            "most_megabytes": MOST_BYTES >> 20,
        }

    def _seen(self, page: Page | None, total: int) -> dict[str, Any]:
        return {
            "seen": page,
            "picture": picture(page) if page else "",
            "number": self.first,
            "total": total,
            "zoom": self._zoom,
        }


@require_POST
def put(request: DeskRequest, record_id: str) -> HttpResponse:
    """A file by a form, for a page without scripts."""
    presence = request.presence
    own_draft(presence, record_id)
    sent = request.FILES.get("file")
    if sent is None:
        raise NoFileCame
    size = int(sent.size or 0)
    upload = arriving.begin(presence, record_id, sent.name or "", size)
    for at in range(0, size, PORTION):
        words, last = sent.read(PORTION), at + PORTION >= size
        arriving.take(presence, record_id, upload, at // streams.PIECE, words, last=last)
    arriving.look(presence, record_id, upload, clamd=settings.STILLROOM_CLAMD)
    _draw_on(request, record_id, upload)
    return redirect("record", record_id=record_id)


def _draw_on(request: DeskRequest, record_id: str, upload: str) -> None:
    for _ in range(_WITHOUT_SCRIPTS):
        if arriving.draw(request.presence, record_id, upload).done:
            return


@require_POST
def step(request: DeskRequest, record_id: str, what: str) -> HttpResponse:
    """One step of a file: `begin`, `look`, `draw` by a script; `go`, `away` by a button."""
    presence = request.presence
    own_draft(presence, record_id)
    if what == "away":
        arriving.take_away(presence, record_id)
        return redirect("record", record_id=record_id)
    if what == "go":
        return _go(request, record_id)
    body = _sent(request)
    if what == "begin":
        upload = arriving.begin(presence, record_id, _name(body["name"]), _size(body["size"]))
        return JsonResponse({"upload": upload, "portion": PORTION, "piece": streams.PIECE})
    if what == "look":
        clamd = settings.STILLROOM_CLAMD
        return _told(arriving.look(presence, record_id, str(body["upload"]), clamd=clamd))
    if what == "draw":
        return _told(arriving.draw(presence, record_id, str(body["upload"])))
    raise NotHere


def _go(request: DeskRequest, record_id: str) -> HttpResponse:
    """What broke off after the file was whole goes on."""
    state = reading.file_of_draft(request.presence, record_id).state
    if state is None or not state.whole:
        raise arriving.BrokenOff
    arriving.look(request.presence, record_id, state.upload, clamd=settings.STILLROOM_CLAMD)
    _draw_on(request, record_id, state.upload)
    return redirect("record", record_id=record_id)


def _sent(request: DeskRequest) -> dict[str, Any]:
    try:
        body = json.loads(request.body)
        return {"name": "", "size": 0, "upload": "none", **dict(body)}
    except (ValueError, AttributeError, TypeError, RecursionError):
        raise Unreadable from None


def _name(value: object) -> str:
    """A file's name without half letters: a half cannot be kept."""
    return str(value).encode("utf-8", "replace").decode("utf-8")


def _size(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise Unreadable
    return min(value, MOST_BYTES + 1)


def _told(state: State) -> JsonResponse:
    return JsonResponse({"pages": state.pages, "drawn": state.drawn, "done": state.done})


@require_POST
def piece(request: DeskRequest, record_id: str, upload: str, first: int) -> HttpResponse:
    """A portion of a file, as it is: bytes and nothing around them."""
    own_draft(request.presence, record_id)
    if len(request.body) > MOST_AT_ONCE:
        raise Unreadable
    last = request.GET.get("last") == "1"
    state = arriving.take(
        request.presence, record_id, upload, first, bytes(request.body), last=last
    )
    return JsonResponse({"arrived": state.arrived})


@require_GET
def on_paper(request: DeskRequest, record_id: str) -> HttpResponse:
    """Some pages beneath each other, to be printed."""
    presence = request.presence
    first = whole_number(request.GET.get("from", "1")) or 1
    sheaf = reading.sheaf(presence, record_id, first=first, most=ON_PAPER)
    if not sheaf.total:
        raise NotHere
    values = {
        "record": sheaf.record,
        "head": practice.chart_head(presence, sheaf.record.chart),
        "pages": [(sheaf.first + nth, picture(one)) for nth, one in enumerate(sheaf.pages)],
        "first": sheaf.first,
        "last": sheaf.first + len(sheaf.pages) - 1,
        "total": sheaf.total,
        "most": ON_PAPER,
        "colleagues": people.colleagues(active=False),
    }
    return render(request, "document_print.html", values, current="clients")


@require_http_methods(["GET", "POST"])
def original(request: DeskRequest, record_id: str) -> HttpResponseBase:
    """The file as it came: a warning, and after a press of its own the bytes, never as a page."""
    if request.method == "POST" and request.POST.get("sure"):
        return _download(request, record_id)
    presence = request.presence
    sheaf = reading.sheaf(presence, record_id, first=1)
    if not sheaf.total:
        raise NotHere
    values = {
        "record": sheaf.record,
        "head": practice.chart_head(presence, sheaf.record.chart),
        "problem": NotMeant() if request.method == "POST" else None,
    }
    status = 409 if values["problem"] else 200
    return render(request, "document_original.html", values, status=status, current="clients")


def _download(request: DeskRequest, record_id: str) -> HttpResponseBase:
    file = reading.untouched(request.presence, record_id)
    response = StreamingHttpResponse(file.read(), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    response.headers["Content-Length"] = str(file.size)
    return response
