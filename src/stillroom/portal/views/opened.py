"""Who opened my record, and why; with a proof that needs nobody's word."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from stillroom.access import Role
from stillroom.disclosure import opened
from stillroom.identity import queries as people
from stillroom.portal.pages import render, say
from stillroom.portal.request import PortalRequest

ROLES = {
    Role.SUPERVISOR.value: "supervisor",
    Role.CLINICIAN.value: "clinician",
    Role.FRONT_DESK.value: "front desk",
    Role.BILLER.value: "billing",
    Role.OWNER.value: "owner of the practice",
    Role.AUDITOR.value: "auditor",
    Role.ADMINISTRATOR.value: "looks after the accounts",
}
"""What somebody of the staff is, in words marked for translation; the first that fits is said."""


def _named() -> dict[str, tuple[str, str]]:
    """A name and what they are, by person; whoever is none of the staff comes by this door."""
    return {
        one.id: (one.name, next((ROLES[role] for role in ROLES if role in one.roles), ""))
        for one in people.colleagues(active=False).values()
    }


@require_GET
def opened_by(request: PortalRequest, chart_id: str) -> HttpResponse:
    """Emergencies first, what left, then who did what, day by day."""
    found = opened.shown(request.presence, chart_id)
    values = {
        "chart": chart_id,
        "found": found,
        "people": _named(),
        "me": request.presence.person,
    }
    return render(request, "opened.html", values)


@require_GET
def proof(request: PortalRequest, chart_id: str) -> HttpResponse:
    """The file with which anybody can check it. Its name tells nothing."""
    names = _named()

    def name(person: str) -> str:
        return names[person][0] if person in names else say(request, "somebody by this door")

    file = opened.proof(
        request.presence,
        chart_id,
        opened.Words(name, lambda text: say(request, text)),
        checkpoint=request.shell.checkpoint,
        log_key=request.shell.log_key,
    )
    response = HttpResponse(file, content_type="application/zip")
    response.headers["Content-Disposition"] = 'attachment; filename="my-page.zip"'
    return response
