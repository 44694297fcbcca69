"""On whose page one is: said on every page about a chart, to whoever stands for somebody.

Rules: the given name and the age, and nothing else of the front sheet: the other household's
address stands there too. Who has a page of her own beside it is told when she is on her own, so
that nobody writes in the wrong one. Whoever has her own page alone is told nothing.
"""

from dataclasses import dataclass

from django.http import HttpRequest

from stillroom.access import Capacity
from stillroom.kernel import StillroomError
from stillroom.phi import Presence
from stillroom.practice import queries_guests as guests
from stillroom.practice.rules import FrontSheet


@dataclass(frozen=True)
class Whose:
    """Whose page it is. `name` is empty on one's own; `age` is `None` where it is not known."""

    name: str
    age: int | None
    several: bool


def whose(request: HttpRequest) -> Whose | None:
    """For the page that is asked for; `None` where there is nothing to say."""
    chart = request.resolver_match.kwargs.get("chart_id", "") if request.resolver_match else ""
    presence = getattr(request, "here", None)
    if not chart or not isinstance(presence, Presence):
        return None
    try:
        return _of(presence, chart)
    except StillroomError:
        # A page that tells of a failure is not the place to fail once more.
        return None


def _of(presence: Presence, chart: str) -> Whose | None:
    every = guests.stands(presence)
    here = next((one for one in every if one.chart == chart), None)
    if here is None:
        return None
    if here.capacity is Capacity.HOLDER:
        return Whose("", None, several=True) if len(every) > 1 else None
    return named(presence, guests.own_sheet(presence, here), several=len(every) > 1)


def named(presence: Presence, sheet: FrontSheet, *, several: bool) -> Whose:
    """The name and the age of the client for whom somebody stands."""
    return Whose(sheet.called or sheet.given, sheet.age_on(presence.today), several)
