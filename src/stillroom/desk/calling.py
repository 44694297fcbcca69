"""A page on which a call may happen: the only kind that may use a camera, a microphone, the screen.

    @call_page
    def room(request): …

What such a page may is `serving.as_call_page`, for both doors.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse

from stillroom.desk.shell import DeskRequest
from stillroom.telehealth.serving import as_call_page


def call_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark the answers of a view as a call's page."""

    @wraps(view)
    def answer(request: DeskRequest, *given: Any, **named: Any) -> HttpResponse:
        response = view(request, *given, **named)
        return as_call_page(response, request.shell, request.get_host())

    return answer
