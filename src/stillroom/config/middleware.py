"""Around every page: headers, errors told in our own words, the running practice, and the door.

Rules (P2): a page is shut unless it is marked open; nobody who is not signed in reaches a view;
a sealed practice shows one page only. Everything is `no-store`, so that Back after sign-out shows
nothing (T01).
"""

from collections.abc import Callable
from contextlib import nullcontext
from typing import cast

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from stillroom.config.house import current_shell
from stillroom.desk.cookies import read_cookie
from stillroom.desk.shell import DeskRequest
from stillroom.desk.views import doors as desk_doors
from stillroom.desk.views import problems
from stillroom.identity import sessions
from stillroom.identity.sessions import Locked
from stillroom.phi import once
from stillroom.portal import PORTAL
from stillroom.portal import cookies as portal_cookies
from stillroom.portal.request import PortalRequest
from stillroom.portal.views import problems as portal_problems
from stillroom.portal.views import proving

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
    "Permissions-Policy": (
        "camera=(), microphone=(), display-capture=(), geolocation=(), interest-cohort=()"
    ),
    "X-Frame-Options": "DENY",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Robots-Tag": "noindex, nofollow",
}


def at_the_clients_door(request: HttpRequest) -> bool:
    """Whether this is asked at the door of clients. Each door knows its own cookie alone."""
    return request.path.startswith(PORTAL)


def _on_a_call(line: str) -> dict[str, str]:
    """What a call's page may beside: camera, microphone, screen, and a connection to the line."""
    return {
        "Content-Security-Policy": _CSP.replace("connect-src 'self'", f"connect-src 'self' {line}"),
        "Permissions-Policy": "camera=(self), microphone=(self), display-capture=(self), "
        "geolocation=(), interest-cohort=()",
    }


def headers(get_response: Next) -> Next:
    """Put the headers on every answer, also on errors and files."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        line = getattr(response, "call_line", "")
        for name, value in (_HEADERS | _on_a_call(line) if line else _HEADERS).items():
            response.headers.setdefault(name, value)
        if not request.path.startswith("/static/"):
            response.headers["Cache-Control"] = "no-store"
        return response

    return answer


def no_address(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An address that leads nowhere, told in the words of the door at which it was asked."""
    if at_the_clients_door(request):
        return portal_problems.not_here(request)
    return problems.no_address(request, exception)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its mark, told in the words of the door at which it was sent."""
    if at_the_clients_door(request):
        return portal_problems.form_expired(request)
    return desk_doors.form_expired(request, reason)


class errors:  # noqa: N801 - a middleware is named like a function in the settings
    """Every failure as a page, or JSON for scripts, that says what to do and tells no tales."""

    def __init__(self, get_response: Next) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._next(request)
        is_plain_404 = response.status_code == 404 and not hasattr(response, "_told")
        told = portal_problems if at_the_clients_door(request) else problems
        return told.not_here(request) if is_plain_404 else response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse:
        """Every error that a view let through."""
        if at_the_clients_door(request):
            return portal_problems.answer(request, error)
        return problems.answer(request, error)


def shell(get_response: Next) -> Next:
    """Hand the running practice to the request."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        asked = cast("DeskRequest", request)
        asked.get_host()  # an address that is not this practice's is refused before anything else
        asked.shell = current_shell()
        asked.at = asked.shell.clock()
        asked.today = timezone.localtime(asked.at).date()
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
            asked.shell.owed.send(house, asked.shell.carrier, asked.at)
            self._recognise(asked)
        # A page rests on one look at who cares and who is kept away; what is done looks each time.
        looks = once.look() if request.method in ("GET", "HEAD") else nullcontext()
        try:
            with looks:
                return self._next(request)
        finally:
            _forget(asked)

    @staticmethod
    def _recognise(asked: DeskRequest) -> None:
        portal = at_the_clients_door(asked)
        cookie = portal_cookies.read_cookie(asked) if portal else read_cookie(asked)
        if cookie is None:
            return
        found = sessions.resume(asked.shell.house, cookie, at=asked.at)
        if found is None or found.guest is not portal:
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
        if at_the_clients_door(request):
            return self._at_the_clients_door(asked, view)
        if asked.shell.house.sealed:
            return None if getattr(view, "open_sealed", False) else _turn_to(asked, "sealed", 503)
        if asked.here is not None or getattr(view, "open_door", False):
            return None
        if asked.locked is not None:
            return _turn_to(asked, "unlock", 423)
        return _turn_to(asked, "signin", 401)

    @staticmethod
    def _at_the_clients_door(
        asked: DeskRequest, view: Callable[..., object]
    ) -> HttpResponseBase | None:
        """Nothing is locked here: what was left alone is over. A sealed practice says *later*."""
        if asked.shell.house.sealed:
            return portal_problems.later(asked)
        if asked.here is not None:
            return proving.prove(cast("PortalRequest", asked))
        if getattr(view, "open_door", False):
            return None
        if problems.wants_json(asked):
            return JsonResponse({"door": "portal_signin"}, status=401)
        # Where she was going stands in no address: it would be kept in the browser's history.
        return redirect("portal_signin")


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
