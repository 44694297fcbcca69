"""Rendering: one way for every page, with what every page needs."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template import engines
from django.template.backends.jinja2 import Jinja2

from stillroom.access import Role
from stillroom.desk.shell import DeskRequest
from stillroom.identity import rules
from stillroom.phi import Presence

View = Callable[..., HttpResponse]

_CARING = frozenset({Role.CLINICIAN, Role.SUPERVISOR})
_RUNNING = frozenset({Role.OWNER, Role.ADMINISTRATOR})
_AUDITING = frozenset({Role.OWNER, Role.AUDITOR})


def open_door(view: View) -> View:
    """Mark a page that opens without signing in. Every other page is shut (P2)."""

    @wraps(view)
    def opened(*args: Any, **kwargs: Any) -> HttpResponse:
        return view(*args, **kwargs)

    opened.open_door = True  # type: ignore[attr-defined]
    return opened


def nav(presence: Presence, current: str) -> list[tuple[str, str, bool]]:
    """The doors that this person's roles have any use for: label, page name, whether here."""
    roles = presence.roles
    doors = [("Today", "today", bool(roles & (_CARING | {Role.FRONT_DESK})))]
    doors.append(("Clients", "clients", bool(roles & (_CARING | {Role.FRONT_DESK, Role.BILLER}))))
    doors.append(("Matters", "matters", bool(roles & _CARING)))
    doors.append(("Law", "law", bool(roles & (_CARING | {Role.OWNER}))))
    doors.append(("Log", "log", bool(roles & (_AUDITING | _CARING))))
    doors.append(("People", "people", bool(roles & _RUNNING)))
    return [(label, name, name == current) for label, name, shown in doors if shown]


def render(
    request: HttpRequest,
    template: str,
    values: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
    current: str = "",
) -> HttpResponse:
    """A page of the desk."""
    asked = cast("DeskRequest", request)
    here = getattr(asked, "here", None)
    context: dict[str, Any] = {
        "visitor": here,
        "practice": asked.shell.house if hasattr(asked, "shell") else None,
        "log_size": _log_size(asked) if here else 0,
        "nav": nav(here, current) if here else [],
        "idle_seconds": int(rules.IDLE.total_seconds()),
        "csrf_token": get_token(request),
        "now": getattr(asked, "at", None),
        "veil": here.veil if here else "",
        "demonstration": asked.shell.demonstration if hasattr(asked, "shell") else False,
        "path": request.get_full_path(),
    }
    context.update(values or {})
    engine = cast("Jinja2", engines["jinja2"])
    text = engine.env.get_template(f"desk/{template}").render(context)
    return HttpResponse(text, status=status)


def _log_size(request: DeskRequest) -> int:
    return request.shell.house.log.size
