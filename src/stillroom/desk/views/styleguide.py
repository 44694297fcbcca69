"""Every component with its states, on one page, with made-up content."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest


@require_GET
def styleguide(request: DeskRequest) -> HttpResponse:
    """The design system, living."""
    return render(request, "styleguide.html")
