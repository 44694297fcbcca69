"""Around every page: headers, errors told in our own words, the running practice, and the door.

Rules (P2): a page is shut unless it is marked open; nobody who is not signed in reaches a view;
a sealed practice shows one page only. Everything is `no-store`, so that Back after sign-out shows
nothing (T01).
"""

from collections.abc import Callable
from typing import cast

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from stillroom.config.house import current_shell
from stillroom.desk.cookies import read_cookie
from stillroom.desk.shell import DeskRequest
from stillroom.desk.views import problems
from stillroom.identity import sessions
from stillroom.identity.sessions import Locked

Next = Callable[[HttpRequest], HttpResponseBase]

_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; object-src 'none'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
    "X-Frame-Options": "DENY",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Robots-Tag": "noindex, nofollow",
}


def headers(get_response: Next) -> Next:
    """Put the headers on every answer, also on errors and files."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if not request.path.startswith("/static/"):
            response.headers["Cache-Control"] = "no-store"
        return response

    return answer


class errors:  # noqa: N801 - a middleware is named like a function in the settings
    """Every failure as a page, or JSON for scripts, that says what to do and tells no tales."""

    def __init__(self, get_response: Next) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._next(request)
        is_plain_404 = response.status_code == 404 and not hasattr(response, "_told")
        return problems.not_here(request) if is_plain_404 else response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse:
        """Every error that a view let through."""
        return problems.answer(request, error)


def shell(get_response: Next) -> Next:
    """Hand the running practice to the request."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        asked = cast("DeskRequest", request)
        asked.get_host()  # an address that is not this practice's is refused before anything else
        asked.shell = current_shell()
        asked.at = asked.shell.clock()
        asked.here, asked.locked, asked.cookie = None, None, None
        try:
            request.get_host()  # asked by nothing else on GET: a name that rebinds to us is refused
        except DisallowedHost as error:
            return problems.answer(request, error)
        return get_response(request)

    return answer


class Door:
    """Who is asking, and whether the page may be asked for at all."""

    def __init__(self, get_response: Next) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        asked = cast("DeskRequest", request)
        house = asked.shell.house
        if not house.sealed:
            asked.shell.lapses.take_away(house, asked.at)
            self._recognise(asked)
        try:
            return self._next(request)
        finally:
            _forget(asked)

    @staticmethod
    def _recognise(asked: DeskRequest) -> None:
        cookie = read_cookie(asked)
        if cookie is None:
            return
        found = sessions.resume(asked.shell.house, cookie, at=asked.at)
        if found is None:
            return
        asked.cookie = cookie
        if isinstance(found, Locked):
            asked.locked = found
        else:
            asked.here = asked.presence = found

    def process_view(
        self, request: HttpRequest, view: Callable[..., object], *_: object
    ) -> HttpResponseBase | None:
        """Stop at the door everybody who may not come in yet."""
        asked = cast("DeskRequest", request)
        if asked.shell.house.sealed:
            return None if getattr(view, "open_sealed", False) else _turn_to(asked, "sealed", 503)
        if asked.here is not None or getattr(view, "open_door", False):
            return None
        if asked.locked is not None:
            return _turn_to(asked, "unlock", 423)
        return _turn_to(asked, "signin", 401)


def _forget(asked: DeskRequest) -> None:
    """Let the key go with the answer. A request may lie about in a cycle long after it (T05)."""
    asked.here, asked.cookie = None, None
    if hasattr(asked, "presence"):
        del asked.presence


def _turn_to(asked: DeskRequest, page: str, status: int) -> HttpResponse:
    """A redirect for a person, a status for a script (which keeps the typed words)."""
    if problems.wants_json(asked) or asked.headers.get("HX-Request"):
        return JsonResponse({"door": page}, status=status)
    target = reverse(page)
    if asked.method == "GET" and asked.path != "/":
        return redirect(f"{target}?next={asked.path}")
    return redirect(target)
