"""Who stands for whom: what the client sees of those who stand for her, and what they see of
themselves.

Rules: the client reads who it is, what each was given and what not. Whoever stands for her reads
what she was given and until when, and nothing of what she was not: her page is made of her own
reach alone, the same whatever is kept from her (P8).
"""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from stillroom.access import Capacity
from stillroom.portal.pages import render
from stillroom.portal.request import PortalRequest
from stillroom.practice import queries_guests as guests
from stillroom.practice import queries_proxies
from stillroom.practice.rules_proxies import KINDS, WAYS


@dataclass(frozen=True)
class Stander:
    """Somebody who stands for the client: what they are to her, what they see and do not."""

    relation: str
    given: tuple[str, ...]
    kept: tuple[str, ...]
    ends_at: datetime | None


@require_GET
def standing(request: PortalRequest, chart_id: str) -> HttpResponse:
    """For the client: who stands for her. For whoever does: what she was given."""
    presence = request.presence
    stand = guests.own_stand(presence, chart_id)
    every = (*WAYS, *KINDS)
    if stand.capacity is Capacity.PROXY:
        given = [one for one in every if one in stand.reach]
        values = {"given": given, "ends_at": stand.ends_at}
        return render(request, "standing_proxy.html", values)
    standers = [
        Stander(
            one.relation,
            tuple(name for name in every if name in one.reach),
            tuple(name for name in every if name not in one.reach),
            one.ends_at,
        )
        for one in queries_proxies.who_stands_for_me(presence, chart_id)
    ]
    return render(request, "standing.html", {"standers": standers})
