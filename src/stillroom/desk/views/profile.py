"""One's own profession and place of licence: what the law wants to know of whoever asks it."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.kernel import StillroomError
from stillroom.law import PROFESSIONS
from stillroom.practice import actions
from stillroom.practice import queries as practice

_PLACES = {
    "us-ca": "California",
    "us-md": "Maryland",
    "us-nc": "North Carolina",
    "us-nv": "Nevada",
    "us-tx": "Texas",
}


class UnknownProfession(StillroomError):
    """A profession or a place of which no law is on file."""

    what = "that profession or place is not among those on file"
    usual_advice = "Choose one of each; where yours is missing, only federal law can be asked."


def place_name(place: str) -> str:
    """A place in words."""
    return _PLACES.get(place, "federal law only")


@require_http_methods(["GET", "POST"])
def profile(request: DeskRequest) -> HttpResponse:
    """Read and change it."""
    presence = request.presence
    known = practice.staff_profile(presence.person)
    places = [place for place in request.shell.corpus.places if place in _PLACES]
    typed = {name: str(value) for name, value in request.POST.items()}
    error: StillroomError | None = None
    if request.method == "POST":
        if typed.get("profession") in PROFESSIONS and typed.get("place") in (*places, "us"):
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
        "professions": [(name, name.replace("_", " ")) for name in PROFESSIONS],
        "places": [*((place, _PLACES[place]) for place in places), ("us", "federal law only")],
        "problem": error,
    }
    return render(request, "profile.html", values, status=409 if error else 200)
