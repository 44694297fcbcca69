"""People: accounts, invitations, roles by two, closing. Running them opens no chart."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from stillroom.access import Role
from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.identity import accounts, readmission
from stillroom.identity import queries as identity
from stillroom.identity.refusals import (
    LastOwner,
    NameMissing,
    NameTaken,
    OwnersOnly,
    SamePerson,
)
from stillroom.kernel import StillroomError


def _page(
    request: DeskRequest,
    *,
    error: StillroomError | None = None,
    code: str = "",
    typed: dict[str, str] | None = None,
) -> HttpResponse:
    presence = request.presence
    values = {
        "accounts": identity.accounts(presence),
        "proposed": identity.proposed_roles(presence),
        "readmitted": readmission.waiting(),
        "roles": [role.value for role in Role if role is not Role.CLIENT],
        "problem": error,
        "code": code,
        "typed": typed or {},
        "me": presence.person,
    }
    return render(request, "people.html", values, status=409 if error else 200, current="people")


@require_GET
def people(request: DeskRequest) -> HttpResponse:
    """Everybody who works here."""
    return _page(request)


def _chosen(request: DeskRequest) -> list[Role]:
    known = {role.value: role for role in Role if role is not Role.CLIENT}
    return [known[name] for name in request.POST.getlist("roles") if name in known]


@require_POST
def invite(request: DeskRequest) -> HttpResponse:
    """Invite somebody; the code is shown once, to be told to her alone."""
    typed = {name: str(value).strip() for name, value in request.POST.items()}
    try:
        if not typed.get("name"):
            raise NameMissing
        code = accounts.invite(
            request.presence, typed.get("sign_name", ""), typed["name"], _chosen(request)
        )
    except (NameMissing, NameTaken) as error:
        return _page(request, error=error, typed=typed)
    return _page(request, code=code.expose().decode(), typed=typed)


@require_POST
def roles(request: DeskRequest, person_id: str) -> HttpResponse:
    """Propose somebody's roles."""
    accounts.propose_roles(request.presence, person_id, _chosen(request))
    return redirect("people")


@require_POST
def agree(request: DeskRequest, change_id: str) -> HttpResponse:
    """Agree to a proposed change, as the second person."""
    try:
        accounts.agree_to_roles(request.presence, change_id)
    except (SamePerson, LastOwner) as error:
        return _page(request, error=error)
    return redirect("people")


@require_POST
def close(request: DeskRequest, person_id: str) -> HttpResponse:
    """Close an account."""
    try:
        accounts.close(request.presence, person_id)
    except (LastOwner, OwnersOnly) as error:
        return _page(request, error=error)
    return redirect("people")


@require_POST
def stop_readmission(request: DeskRequest, person_id: str) -> HttpResponse:
    """Somebody is not to be let in again; nothing was opened."""
    readmission.stop(request.presence, person_id)
    return redirect("people")
