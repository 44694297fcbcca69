"""Hours that somebody keeps free: blocked, once or again and again, and free again."""

from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from stillroom.desk.booking import FIELDS, day_of, slots_from
from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.desk.views.appointments import asked
from stillroom.kernel import StillroomError
from stillroom.phi import NotHere
from stillroom.practice import actions_blocks
from stillroom.practice.rules_calendar import Doubtful
from stillroom.practice.rules_series import NoLastDay, NothingRepeats, TooMany

_ABOUT_REPEATING = (NoLastDay, NothingRepeats, TooMany)


@require_http_methods(["GET", "POST"])
def block(request: DeskRequest) -> HttpResponse:
    """From when, and how long; what is bad or doubtful is said, and what was typed is kept."""
    actions_blocks.require_may_block(request.presence)
    if request.method == "GET":
        day = day_of(request.GET.get("day", "")) or request.today
        return _form(request, {"day": day.isoformat(), "minutes": "60"}, None)
    typed = {name: str(value) for name, value in request.POST.items()}
    try:
        slots = slots_from(typed, timezone.get_default_timezone())
        actions_blocks.block(request.presence, *slots, sure=typed.get("sure", ""))
    except NotHere:
        raise
    except StillroomError as error:
        return _form(request, typed, error)
    return redirect(f"{reverse('calendar')}?day={typed['day'].strip()}")


def _form(
    request: DeskRequest, typed: Mapping[str, str], error: StillroomError | None
) -> HttpResponse:
    doubtful = isinstance(error, Doubtful)
    values = {
        "typed": {name: typed.get(name, "") for name in FIELDS},
        "asked": asked(request, error.doubts) if isinstance(error, Doubtful) else None,
        "problem": None if doubtful else error,
        "mends": "f-until" if isinstance(error, _ABOUT_REPEATING) else "f-day",
    }
    status = 409 if error else 200
    return render(request, "time_block.html", values, status=status, current="calendar")


@require_POST
def free(request: DeskRequest, block_id: str) -> HttpResponse:
    """Free again: these hours, or these and all that follow."""
    following = request.POST.get("following") == "yes"
    actions_blocks.free(request.presence, block_id, following=following)
    day = day_of(request.POST.get("day", ""))
    return redirect(f"{reverse('calendar')}{f'?day={day}' if day else ''}")
