"""Every component with its states, on one page, with made-up content."""

from datetime import timedelta

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from stillroom.desk import trend
from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest

_SCORES = (21, 19, 20, 14, 12, 13, 8)


@require_GET
def styleguide(request: DeskRequest) -> HttpResponse:
    """The design system, living."""
    phq = request.shell.measures.measures["phq-9"]
    score = phq.rules.main_score
    days = [request.at + timedelta(days=28 * nth) for nth in range(len(_SCORES))]
    points = [
        trend.Point(at, value, "", signal=value > 19)
        for at, value in zip(days, _SCORES, strict=True)
    ]
    course = trend.draw(score, points, days, [days[3]]) if score else None
    return render(request, "styleguide.html", {"phq": phq, "course": course})
