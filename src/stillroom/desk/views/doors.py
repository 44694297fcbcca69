"""The doors: sealed, sign in, unlock, step up, sign out, and taking up an invitation.

Rules: which of name, passphrase and code was wrong is not told; a refused form keeps the name
typed and never the passphrase; `next` leads only to pages of this desk.
"""

import json
from typing import cast

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stillroom.access import Act
from stillroom.desk.cookies import clear_cookie, set_cookie
from stillroom.desk.environment import show_error
from stillroom.desk.pages import View, open_door, render
from stillroom.desk.shell import DeskRequest
from stillroom.desk.views.problems import told, wants_json
from stillroom.identity import accounts, doors, passkeys, sessions
from stillroom.identity.passkey_body import credential_in, read_body, site_of
from stillroom.identity.refusals import PassphrasesDiffer, SignInRefused
from stillroom.identity.sessions import Locked
from stillroom.kernel import Secret, StillroomError
from stillroom.phi import LogUnwritable, Sealed, bridge

OURS = (LogUnwritable, Sealed)
"""What is told as our own fault, by the middleware, and not as something typed wrong."""


def _open_sealed(view: View) -> View:
    view.open_sealed = True  # type: ignore[attr-defined]
    return view


def _safe_next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    # A path of ours and nothing else: words without a slash would be taken for a page's name.
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return reverse("today")


def require_same(typed: dict[str, str]) -> None:
    """A new passphrase is typed twice; `PassphrasesDiffer` before anything is made of it."""
    if typed.get("passphrase") != typed.get("again"):
        raise PassphrasesDiffer


def typed_in(request: HttpRequest) -> dict[str, str]:
    """What was typed, from a form or from a script's JSON."""
    if request.content_type != "application/json":
        return {name: str(value) for name, value in request.POST.items()}
    try:
        body = json.loads(request.body or b"{}")
    except (ValueError, RecursionError):
        return {}
    return {str(k): str(v) for k, v in body.items()} if isinstance(body, dict) else {}


@_open_sealed
@open_door
@require_http_methods(["GET", "POST"])
def sealed(request: DeskRequest) -> HttpResponse:
    """The one page of a sealed practice; with a passphrase it unseals."""
    shell = request.shell
    problem = ""
    if not shell.house.sealed:
        return redirect("signin")
    if request.method == "POST" and shell.unsealing.by_passphrase:
        try:
            shell.unsealing.unseal(request.POST.get("passphrase", ""), at=request.at)
            return redirect("signin")
        except StillroomError as error:
            problem = show_error(error)
    values = {"by_passphrase": shell.unsealing.by_passphrase, "problem": problem}
    return render(request, "sealed.html", values, status=409 if problem else 503)


@open_door
@require_http_methods(["GET", "POST"])
def signin(request: DeskRequest) -> HttpResponse:
    """Sign in by passphrase and code; the passkey's way is beside it."""
    if request.method == "GET":
        if request.here is not None:
            return redirect(_safe_next(request))
        return _signin_page(request)
    typed = typed_in(request)
    try:
        opened = doors.by_passphrase(
            request.shell.house,
            typed.get("name", ""),
            typed.get("passphrase", ""),
            typed.get("code", ""),
            at=request.at,
        )
    except OURS:
        raise
    except StillroomError as error:
        return _signin_page(request, error=error, name=typed.get("name", ""))
    return welcome_in(request, opened)


def _signin_page(
    request: DeskRequest, *, error: StillroomError | None = None, name: str = ""
) -> HttpResponse:
    values = {"problem": error, "name": name, "next": _safe_next(request)}
    return render(request, "signin.html", values, status=200 if error is None else 403)


def welcome_in(request: DeskRequest, opened: doors.Opened) -> HttpResponse:
    """Begin a session: the entry first, then the cookie. An older session of this browser ends."""
    if request.cookie is not None:
        sessions.end(request.cookie)
    details: bridge.Details = {"did": "signed in"}
    bridge.note_event(request.shell.house, opened.person, Act.SESSION_BEGIN, details, at=request.at)
    cookie = sessions.begin(request.shell.house, opened, at=request.at)
    response: HttpResponse = (
        JsonResponse({"next": _safe_next(request)})
        if wants_json(request)
        else redirect(_safe_next(request))
    )
    set_cookie(response, cookie)
    return response


@open_door
@require_http_methods(["GET", "POST"])
def unlock(request: DeskRequest) -> HttpResponse:
    """Open a locked session again; its words in the page, or its draft, are as they were."""
    known = request.locked or _locked_by_script(request)
    if known is None:
        return redirect(_safe_next(request)) if request.here else redirect("signin")
    if request.method == "GET":
        return render(request, "unlock.html", {"known": known, "next": _safe_next(request)})
    typed = typed_in(request)
    try:
        _prove_again(request, known.sign_name, known.person, typed)
    except OURS:
        raise
    except StillroomError as error:
        if wants_json(request):
            return JsonResponse(told(error), status=403)
        values = {"known": known, "next": _safe_next(request), "problem": error}
        return render(request, "unlock.html", values, status=403)
    if wants_json(request):
        return JsonResponse({"csrf": get_token(request), "next": _safe_next(request)})
    return redirect(_safe_next(request))


def _locked_by_script(request: DeskRequest) -> Locked | None:
    """A page that put itself away asks to be opened although its session never closed."""
    if request.here is None or not wants_json(request):
        return None
    sign_name = accounts.sign_name(request.here.person)
    return Locked(request.here.person, sign_name, request.here.name)


def _prove_again(request: DeskRequest, sign_name: str, person: str, typed: dict[str, str]) -> None:
    """Passkey, or passphrase and code, once more: for this session's person and nobody else."""
    if "credential" in typed:
        body = read_body(request)
        opened = passkeys.answer(
            request.shell.house,
            site_of(request),
            credential_in(body),
            str(body.get("prf", "")),
            at=request.at,
        )
        _reopen(request, person, opened)
        return
    opened = doors.by_passphrase(
        request.shell.house,
        sign_name,
        typed.get("passphrase", ""),
        typed.get("code", ""),
        at=request.at,
    )
    _reopen(request, person, opened)


def _reopen(request: DeskRequest, person: str, opened: doors.Opened) -> None:
    cookie = request.cookie
    if cookie is None or opened.person != person:
        raise SignInRefused
    details: bridge.Details = {"did": "proved again"}
    bridge.note_event(request.shell.house, person, Act.SESSION_PROVE, details, at=request.at)
    sessions.reopen(request.shell.house, cookie, opened, at=request.at)


@open_door
@require_POST
def lock(request: DeskRequest) -> HttpResponse:
    """Lock at once: by key, by leaving the page alone, or from another tab."""
    if request.cookie is not None:
        sessions.lock(request.cookie)
    if wants_json(request):
        return JsonResponse({"locked": True})
    return redirect("unlock")


@require_POST
def step_up(request: DeskRequest) -> HttpResponse:
    """Prove freshly who is asking; afterwards the page that asked is asked again by the person."""
    presence = request.presence
    sign_name = accounts.sign_name(presence.person)
    try:
        _prove_again(request, sign_name, presence.person, typed_in(request))
    except OURS:
        raise
    except StillroomError as error:
        if wants_json(request):
            return JsonResponse(told(error), status=403)
        values = {"sentence": "", "advice": "", "problem": error, "next": _safe_next(request)}
        return render(request, "step_up.html", values, status=403)
    if wants_json(request):
        return JsonResponse({"csrf": get_token(request), "next": _safe_next(request)})
    return redirect(_safe_next(request))


@open_door
@require_POST
def signout(request: DeskRequest) -> HttpResponse:
    """Sign out, also from a locked page: the sealed key is gone, the browser is told to forget."""
    if request.cookie is not None:
        sessions.end(request.cookie)
        _note_end(request)
    response = redirect("signin")
    clear_cookie(response)
    return response


def _note_end(request: DeskRequest) -> None:
    known = request.here or request.locked
    if known is not None:
        details: bridge.Details = {"did": "signed out"}
        bridge.note_event(
            request.shell.house, known.person, Act.SESSION_END, details, at=request.at
        )


@open_door
@require_http_methods(["GET", "POST"])
def welcome(request: DeskRequest) -> HttpResponse:
    """Take up an invitation: one's own passphrase, authenticator and recovery words."""
    if request.method == "GET":
        return render(request, "welcome.html", {"code": "", "problem": None})
    typed = typed_in(request)
    try:
        require_same(typed)
        made = accounts.take_up(
            request.shell.house,
            Secret(typed.get("code", "").encode()),
            typed.get("passphrase", ""),
            at=request.at,
        )
    except OURS:
        raise
    except StillroomError as error:
        return render(
            request, "welcome.html", {"code": typed.get("code", ""), "problem": error}, status=409
        )
    return render(request, "welcomed.html", {"made": made, "secret": made.code_secret.expose()})


@open_door
@require_GET
def front_door(request: DeskRequest) -> HttpResponse:
    """The bare address leads to today, or to the door."""
    return redirect("today" if request.here else "signin")


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its mark: the page is shown again rather than an error of the machine."""
    del reason
    asked = cast("DeskRequest", request)
    error = StillroomError(
        "this form is no longer good",
        advice="Go back, reload the page, and send it again; drafts of notes are kept.",
    )
    if wants_json(asked):
        return JsonResponse(told(error), status=403)
    values = {"sentence": "This form is no longer good.", "advice": error.advice, "status": 403}
    return render(asked, "problem.html", values, status=403)
