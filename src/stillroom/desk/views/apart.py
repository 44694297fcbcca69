"""Keeping a chart from somebody, on the care team's page."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from stillroom.desk.shell import DeskRequest
from stillroom.desk.views.care import page
from stillroom.kernel import StillroomError
from stillroom.phi import NotHere
from stillroom.phi.apart import How
from stillroom.practice import actions_apart

_WAYS = {"kept": How.KEPT_AWAY, "own": How.OWN, "closed": How.CLOSED}


class NotSaidWhy(StillroomError):
    """Neither kept away, nor her own, nor closed."""

    what = "it is not said why the chart is to be kept from somebody"
    usual_advice = "Choose one of the three; nothing was changed."


@require_POST
def keep(request: DeskRequest, chart_id: str) -> HttpResponse:
    """Keep the chart from somebody, or let her know of it again."""
    presence = request.presence
    person, how = request.POST.get("kept_from", ""), _WAYS.get(request.POST.get("why_kept", ""))
    actions_apart.require_may(presence, chart_id)
    try:
        if how is None:
            raise NotSaidWhy
        if request.POST.get("let_know"):
            actions_apart.let_know(presence, chart_id, person, how)
        else:
            actions_apart.keep_apart(presence, chart_id, person, how)
    except NotHere:
        raise
    except StillroomError as error:
        typed = {name: str(value) for name, value in request.POST.items()}
        return page(request, chart_id, typed=typed, error=error, mends="f-kept_from")
    return redirect("care", chart_id=chart_id)
