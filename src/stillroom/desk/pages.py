"""Rendering: one way for every page, with what every page needs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html

from stillroom.access import Role
from stillroom.desk.alarms import alarms
from stillroom.desk.shell import DeskRequest
from stillroom.disclosure import watching
from stillroom.identity import rules
from stillroom.kernel import spoken
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
    """The doors that this person's roles have any use for: label, address, whether here."""
    roles = presence.roles
    doors = [("Today", "today", bool(roles & (_CARING | _RUNNING | {Role.FRONT_DESK})))]
    doors.append(("Clients", "clients", bool(roles & (_CARING | {Role.FRONT_DESK, Role.BILLER}))))
    doors.append(("Calendar", "calendar", bool(roles & (_CARING | {Role.FRONT_DESK}))))
    doors.append(("Supervision", "supervision", Role.SUPERVISOR in roles))
    doors.append(("Letters", "letters", bool(roles & {Role.FRONT_DESK, Role.OWNER})))
    doors.append(("Matters", "matters", bool(roles & _CARING)))
    doors.append(("Law", "law", bool(roles & (_AUDITING | _CARING))))
    doors.append(("Log", "log", bool(roles & (_AUDITING | _CARING))))
    doors.append(("Policy", "policy", bool(roles & (_RUNNING | _CARING))))
    doors.append(("Incidents", "incidents", bool(roles & _RUNNING)))
    doors.append(("People", "people", bool(roles & _RUNNING)))
    return [(label, reverse(name), name == current) for label, name, shown in doors if shown]


@dataclass(frozen=True)
class _Visitor:
    name: str
    roles: tuple[str, ...]


@dataclass(frozen=True)
class _Practice:
    name: str
    unsealed_at: datetime | None
    log_size: int


def render(
    request: HttpRequest,
    template: str,
    values: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
    current: str = "",
) -> HttpResponse:
    """A page of the desk, with what every page needs."""
    engine = cast("Jinja2", engines["jinja2"])
    page = engine.env.get_template(f"desk/{template}")
    return HttpResponse(page.render({**_shared(request, current), **(values or {})}), status=status)


def fragment(template: str, macro: str, *values: Any) -> str:
    """A part of a page by itself: one macro of a template, as markup."""
    engine = cast("Jinja2", engines["jinja2"])
    return str(getattr(engine.env.get_template(f"desk/{template}").module, macro)(*values))


def _shared(request: HttpRequest, current: str) -> dict[str, Any]:
    asked = cast("DeskRequest", request)
    here = getattr(asked, "here", None)
    token = get_token(request)
    shared: dict[str, Any] = {
        "csrf_token": token,
        "csrf_input": format_html(
            '<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token
        ),
        "now": getattr(asked, "at", None),
        "path": request.get_full_path(),
        **(_bar(asked, here, current) if here else _NO_BAR),
    }
    if hasattr(asked, "shell"):
        house = asked.shell.house
        size = house.log.size if here else 0
        shared["practice"] = _Practice(house.name, house.unsealed_at, size)
        shared["demonstration"] = asked.shell.demonstration
    return shared


def _bar(asked: DeskRequest, here: Presence, current: str) -> dict[str, Any]:
    """What the bar of a page shows to whoever is here. What waits for her is asked for where there
    is a bar: a bare page (nothing here, a printed sheet, a part) asks nothing that it does not
    show, so that a refusal takes no longer for somebody for whom much waits (P8). What is never
    asked for holds the request, which lets her key go with the answer, and not her key (T05)."""
    caring = bool(here.roles & _CARING)
    return {
        "visitor": _visitor(here),
        "nav": SimpleLazyObject(lambda: nav(asked.presence, current)),
        "idle": int(rules.IDLE.total_seconds()),
        "veil": here.veil,
        "alarms": SimpleLazyObject(lambda: alarms(asked.presence)),
        "danger_href": reverse("danger") if caring else "",
        "watched": SimpleLazyObject(lambda: watching.open_for(asked.presence)) if caring else [],
    }


_NO_BAR: Mapping[str, Any] = {
    "visitor": None,
    "nav": [],
    "idle": 0,
    "veil": "",
    "alarms": [],
    "danger_href": "",
    "watched": [],
}


def _visitor(here: Presence) -> _Visitor:
    return _Visitor(here.name, tuple(sorted(spoken(role.value) for role in here.roles)))
