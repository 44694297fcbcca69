"""Rendering: one way for every page of this door, with what every page needs."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.urls import reverse
from django.utils.html import format_html

from stillroom.identity import rules, sessions
from stillroom.phi import Presence
from stillroom.portal.language import LANGUAGES, language_of, words_of
from stillroom.portal.whose import whose

_NOT_HERE = 404
"""The one page for what does not exist and for what is not hers tells of no chart (P8)."""
View = Callable[..., HttpResponse]


def open_door(view: View) -> View:
    """Mark a page that opens without signing in. Every other page is shut (P2)."""

    @wraps(view)
    def opened(*args: Any, **kwargs: Any) -> HttpResponse:
        return view(*args, **kwargs)

    opened.open_door = True  # type: ignore[attr-defined]
    return opened


def render(
    request: HttpRequest,
    template: str,
    values: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """A page of the client's door, in her language."""
    engine = cast("Jinja2", engines["portal"])
    page = engine.env.get_template(f"portal/{template}")
    language = language_of(request)
    here = getattr(request, "here", None)
    token = get_token(request)
    shared = {
        "csrf_token": token,
        "csrf_input": format_html(
            '<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token
        ),
        "language": language,
        "languages": LANGUAGES,
        "inside": here is not None,
        "idle": int(rules.GUEST_IDLE.total_seconds()) if here else 0,
        "longest": _left(here) if here else 0,
        "leave_to": leave_to(),
        "path": request.path,
        # Of a refusal nothing is said that was asked: *not here* is one page, byte for byte (P8).
        "shown_at": request.get_full_path() if request.method == "GET" and status == 200 else "",
        "whose": whose(request) if here is not None and status != _NOT_HERE else None,
    }
    return HttpResponse(page.render({**shared, **(values or {})}), status=status)


def _left(here: Presence) -> int:
    """Seconds until this session is over, whatever is done in it."""
    began = sessions.began(here)
    return int((began + rules.GUEST_LONGEST - here.at).total_seconds()) if began else 0


def leave_to() -> str:
    """Where *Leave now* leads: the practice's choice if it is an address, else a page of ours."""
    chosen = str(settings.STILLROOM_LEAVE_TO)
    return chosen if chosen.startswith("https://") else reverse("portal_away")


def say(request: HttpRequest, text: str) -> str:
    """A sentence of ours in the language of the page."""
    return words_of(language_of(request)).gettext(text)
