"""A page on which a call may happen: the only kind that may use a camera, a microphone, the screen.

    @call_page
    def room(request): …

What such a page may is written by the outermost middleware; here it is only marked as one, with the
line it may connect to, and the server for many if the practice has one. While nothing serves the
line (a test, a command) the page is like every other.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse

from stillroom.desk.shell import DeskRequest


def call_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark the answers of a view as a call's page, with the line that it may connect to."""

    @wraps(view)
    def answer(request: DeskRequest, *given: Any, **named: Any) -> HttpResponse:
        response = view(request, *given, **named)
        line = request.shell.line
        if line is not None:
            many = request.shell.relays.sfu
            places = [line.address(request.get_host()), *([many.address] if many else [])]
            response.call_line = " ".join(places)  # type: ignore[attr-defined]
        return response

    return answer
