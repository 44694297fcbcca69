"""What a person sees when something does not work.

Rules: *not here* and *not yours* are one page, byte for byte (P8); a sentence says what happened
to her words; an error of ours is told as ours and names no client.
"""

import logging

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from stillroom.desk.pages import render
from stillroom.kernel import StillroomError, capital, where
from stillroom.phi import LogUnwritable, NotHere, Sealed, StepUpNeeded

_log = logging.getLogger("stillroom")


def wants_json(request: HttpRequest) -> bool:
    """Whether a script is asking, which shows the sentence beside the words typed."""
    return request.headers.get("Accept", "") == "application/json"


def not_here(request: HttpRequest) -> HttpResponse:
    """The one page for what does not exist and for what this person may not know of."""
    return _told(request, NotHere(), 404)


def answer(request: HttpRequest, error: Exception) -> HttpResponse:
    """A page for any failure."""
    if isinstance(error, NotHere | Http404):
        return not_here(request)
    if isinstance(error, StepUpNeeded):
        return _told(request, error, 403, template="step_up.html")
    if isinstance(error, LogUnwritable | Sealed):
        return _told(request, error, 503)
    if isinstance(error, StillroomError):
        return _told(request, error, 409 if request.method == "POST" else 500)
    if isinstance(error, RequestDataTooBig):
        big = StillroomError("that is too large", advice="Send at most ten megabytes at once.")
        return _told(request, big, 413)
    if isinstance(error, SuspiciousOperation):
        return _told(request, StillroomError("that request was not understood"), 400)
    _log.error("a page failed: %s", where(error))
    return _told(request, StillroomError("this page failed, and the fault is Stillroom's"), 500)


def told(error: StillroomError) -> dict[str, str]:
    """An error for a script, which shows it beside the words typed."""
    what = str(error)
    return {
        "message": f"{capital(what)}.",
        "advice": error.advice,
        "kind": type(error).__name__,
    }


def _told(
    request: HttpRequest, error: StillroomError, status: int, *, template: str = "problem.html"
) -> HttpResponse:
    if wants_json(request):
        body = told(error)
        response: HttpResponse = JsonResponse(body, status=status)
    else:
        values = {
            "sentence": told(error)["message"],
            "advice": error.advice,
            "status": status,
            "back": _back(request),
        }
        response = render(request, template, values, status=status)
    response._told = True  # type: ignore[attr-defined]
    return response


def _back(request: HttpRequest) -> str:
    """The page that a refused act was asked from: an act's address lies under its page's."""
    if request.method == "GET":
        return request.get_full_path()
    return request.path.rsplit("/", 1)[0] or "/"


def no_address(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler for an address that leads nowhere: the same page."""
    del exception
    return not_here(request)
