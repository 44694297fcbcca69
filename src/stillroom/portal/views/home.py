"""The first page: her name, and the rooms that are hers; and what these pages are."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from stillroom.access import Capacity
from stillroom.identity import familiar
from stillroom.portal.navigation import rooms_for
from stillroom.portal.pages import leave_to, open_door, render
from stillroom.portal.request import PortalRequest
from stillroom.portal.whose import named
from stillroom.practice import queries_guests as guests


@require_GET
def home(request: PortalRequest) -> HttpResponse:
    """One leaf for each chart to which she stands: as herself, or for somebody."""
    presence = request.presence
    leaves = []
    for stand in guests.stands(presence):
        sheet = guests.own_sheet(presence, stand)
        proxy = stand.capacity is Capacity.PROXY
        called = named(presence, sheet, several=True) if proxy else None
        leaves.append((called, sheet.short, stand, rooms_for(stand)))
    values = {"leaves": leaves, "elsewhere": familiar.unread(presence)}
    return render(request, "home.html", values)


@open_door
@require_GET
def about(request: PortalRequest) -> HttpResponse:
    """What these pages are and are not, who can see them, and how to leave."""
    return render(request, "about.html", {"abroad": leave_to().startswith("https://")})
