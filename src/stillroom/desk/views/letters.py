"""Letters and calls about somebody: written down at the front desk, taken up by whom they concern.

What the front desk is answered is the same for a client and for a stranger.
"""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from stillroom.desk.forms import days
from stillroom.desk.intake import LONGEST_LETTER
from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.disclosure import arriving
from stillroom.disclosure.askers import ASKERS
from stillroom.disclosure.askers.arrived import SAY, Arrived
from stillroom.identity import queries as people
from stillroom.kernel import StillroomError
from stillroom.phi import NotHere


@require_http_methods(["GET", "POST"])
def letters(request: DeskRequest) -> HttpResponse:
    """Write down what came; and what came for somebody in my care."""
    arriving.require_writer(request.presence)
    typed = {name: str(value) for name, value in request.POST.items()}
    problem: StillroomError | None = None
    if request.method == "POST":
        try:
            arriving.write_down(request.presence, _words(request, typed))
            return redirect(f"{reverse('letters')}?kept=1")
        except NotHere:
            raise
        except StillroomError as error:
            problem = error
    values = {
        "typed": typed or {"came_on": request.today.isoformat()},
        "kept": request.GET.get("kept") == "1" and problem is None,
        "problem": problem,
        "say": SAY,
        "askers": list(ASKERS.values()),
        "waiting": arriving.waiting(request.presence),
        "colleagues": people.colleagues(active=False),
    }
    status = 409 if problem else 200
    return render(request, "letters.html", values, status=status, current="letters")


def _words(request: DeskRequest, typed: dict[str, str]) -> Arrived:
    return Arrived(
        about=typed.get("about", "").strip()[:300],
        asker=typed.get("asker", "").strip()[:300],
        came_on=days(typed, "came_on") or request.today,
        born=days(typed, "born"),
        by=typed.get("by", "").strip()[:300],
        reach=typed.get("reach", "").strip()[:1000],
        letter=typed.get("letter", "")[:LONGEST_LETTER],
    )


@require_POST
def answered(request: DeskRequest, arrival_id: str) -> HttpResponse:
    """The owner has answered a letter that nobody took up."""
    arriving.answered(request.presence, arrival_id)
    return redirect("letters")
