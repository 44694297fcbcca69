"""One's own profession and place of licence: what the law wants to know of whoever asks it."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from stillroom.desk.pages import render
from stillroom.desk.places import offered
from stillroom.desk.shell import DeskRequest
from stillroom.kernel import StillroomError, spoken
from stillroom.law import PROFESSIONS
from stillroom.practice import actions
from stillroom.practice import queries as practice


class UnknownProfession(StillroomError):
    """A profession or a place of which no law is on file."""

    what = "that profession or place is not among those on file"
    usual_advice = "Choose one of each; where yours is missing, only federal law can be asked."


@require_http_methods(["GET", "POST"])
def profile(request: DeskRequest) -> HttpResponse:
    """Read and change it."""
    presence = request.presence
    known = practice.staff_profile(presence.person)
    choices = offered(request.shell.corpus)
    typed = {name: str(value) for name, value in request.POST.items()}
    error: StillroomError | None = None
    if request.method == "POST":
        if typed.get("profession") in PROFESSIONS and typed.get("place") in dict(choices):
            actions.change_own_profile(
                presence,
                profession=typed["profession"],
                credential=typed.get("credential", "").strip()[:60],
                place=typed["place"],
                location=typed.get("location", "").strip()[:120],
            )
            return redirect("profile")
        error = UnknownProfession()
    values = {
        "known": known,
        "typed": typed,
        "professions": [(name, spoken(name)) for name in PROFESSIONS],
        "places": choices,
        "problem": error,
    }
    return render(request, "profile.html", values, status=409 if error else 200)
