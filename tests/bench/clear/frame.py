"""A plain page in the desk's own frame."""

from types import SimpleNamespace
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from stillroom.access import Role
from stillroom.desk.pages import nav
from tests.bench.clear.around import bar

_ROLES = frozenset({Role.CLINICIAN})


def render(request: HttpRequest, template: str, values: dict[str, Any]) -> HttpResponse:
    """The desk's template with these values and with what every page of it needs."""
    token = get_token(request)
    mark = '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
    user = cast("Any", request.user)
    now = timezone.now()
    shared = {
        "csrf_token": token,
        "csrf_input": format_html(mark, token),
        "visitor": SimpleNamespace(name=user.get_full_name(), roles=("clinician",)),
        "nav": nav(cast("Any", SimpleNamespace(roles=_ROLES)), "clients"),
        "idle": 900,
        "veil": "",
        "now": now,
        "path": request.get_full_path(),
        "danger_href": reverse("danger"),
        "practice": SimpleNamespace(name="Linden Row Practice", unsealed_at=None, log_size=0),
        "demonstration": True,
        **bar(user.get_username(), now),
    }
    page = cast("Jinja2", engines["jinja2"]).env.get_template(f"desk/{template}")
    return HttpResponse(page.render({**shared, **values}))
