"""Only a call's page may use a camera, a microphone and the screen, and only it may reach the line."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from stillroom.config.middleware import headers
from stillroom.desk.calling import call_page
from stillroom.telehealth import Line, Relays, Tickets
from stillroom.vault import SharedKey

LINE = Line(Tickets(SharedKey.create().mark), 8401)


class Here:
    """As much of the shell as a call's page asks for."""

    def __init__(self, line: Line | None) -> None:
        self.line = line
        self.relays = Relays()


def answered(view: Any, line: Line | None = LINE) -> HttpResponse:
    """A view's answer behind the outermost middleware."""
    request: HttpRequest = RequestFactory().get("/x", HTTP_HOST="localhost:8400")
    request.shell = Here(line)  # type: ignore[attr-defined]
    answer = headers(view)(request)
    assert isinstance(answer, HttpResponse)
    return answer


def plain(request: HttpRequest) -> HttpResponse:
    """A page."""
    return HttpResponse("page")


def test_a_call_page_may_use_devices_and_connect_to_exactly_the_line():
    answer = answered(call_page(plain))
    policy = answer.headers["Content-Security-Policy"]
    assert "connect-src 'self' ws://localhost:8401/line;" in policy
    assert policy.count("ws://") == 1
    allowed = answer.headers["Permissions-Policy"]
    for device in ("camera", "microphone", "display-capture"):
        assert f"{device}=(self)" in allowed
    assert "geolocation=()" in allowed


@pytest.mark.parametrize(("view", "line"), [(plain, LINE), (call_page(plain), None)])
def test_every_other_page_may_not(view: Any, line: Line | None):
    answer = answered(view, line)
    assert "connect-src 'self';" in answer.headers["Content-Security-Policy"]
    for device in ("camera", "microphone", "display-capture"):
        assert f"{device}=()" in answer.headers["Permissions-Policy"]
