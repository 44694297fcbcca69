"""What a client sees when something does not work: a sentence, what to do, and no tale.

*Not here* and *not yours* are one page, byte for byte (P8, T14).
"""

import logging

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from stillroom.kernel import StillroomError, capital, where
from stillroom.phi import LogUnwritable, NotHere, Sealed, StepUpNeeded
from stillroom.portal.pages import render, say
from stillroom.portal.views import proving

_log = logging.getLogger("stillroom")
_NOT_FOUND = 404


def not_here(request: HttpRequest) -> HttpResponse:
    """The one page for what does not exist and for what is not hers."""
    return _told(request, NotHere(), 404)


def form_expired(request: HttpRequest) -> HttpResponse:
    """A form that was sent without its mark."""
    advice = "Open the page again and send it once more."
    return _told(request, StillroomError("this form is no longer good", advice=advice), 403)


def _later() -> StillroomError:
    """Our own troubles have names that tell where one is: here they have none."""
    return StillroomError("nothing can be opened here now", advice="Try again later.")


def later(request: HttpRequest) -> HttpResponse:
    """The practice is sealed: nothing can be opened until somebody there opens it."""
    return _told(request, _later(), 503)


def answer(request: HttpRequest, error: Exception) -> HttpResponse:
    """A page for any failure."""
    if isinstance(error, NotHere | Http404):
        return not_here(request)
    if isinstance(error, StepUpNeeded) and not _asked_by_script(request):
        return proving.ask(request)
    if isinstance(error, LogUnwritable | Sealed):
        return _told(request, _later(), 503)
    if isinstance(error, StillroomError):
        return _told(request, error, 409 if request.method == "POST" else 500)
    if isinstance(error, RequestDataTooBig):
        big = StillroomError("that is too large", advice="Send at most ten megabytes at once.")
        return _told(request, big, 413)
    if isinstance(error, SuspiciousOperation):
        return _told(request, StillroomError("that request was not understood"), 400)
    _log.error("a page failed: %s", where(error))
    return _told(request, StillroomError("this page failed, and the fault is ours"), 500)


def _asked_by_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "") == "application/json"


def _told(
    request: HttpRequest, error: StillroomError, status: int, *, template: str = "problem.html"
) -> HttpResponse:
    what = say(request, str(error))
    sentence = f"{capital(what)}."
    advice = say(request, error.advice) if error.advice else ""
    response: HttpResponse
    if _asked_by_script(request):
        response = JsonResponse({"message": sentence, "advice": advice}, status=status)
    else:
        values = {"sentence": sentence, "advice": advice, "back": request.path}
        if status == _NOT_FOUND:
            # Byte for byte the same whatever was asked for; loading it again leads home.
            home = reverse("portal_home")
            values |= {"back": home, "path": home, "shown_at": home}
        response = render(request, template, values, status=status)
    response._told = True  # type: ignore[attr-defined]
    return response
