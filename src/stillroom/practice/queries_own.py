"""What a client's own page must know of her chart beside her own sheet: who cares, and by what law.

Nothing of another holder is in it: a couple's chart is of two, and each sees herself here.
"""

from dataclasses import dataclass
from datetime import date

from stillroom.access import Capacity
from stillroom.phi import Presence
from stillroom.practice.models import CareRelationship, Holder
from stillroom.practice.queries import staff_profile
from stillroom.practice.queries_guests import Stands, own_sheet
from stillroom.practice.rules import FrontSheet


@dataclass(frozen=True)
class OwnChart:
    """One chart as its client's page knows it. `team` is (person of the staff, capacity);
    `holders` are numbers of clients, without a name: a permission is of all who hold the chart."""

    stand: Stands
    sheet: FrontSheet
    team: tuple[tuple[str, str], ...]
    profession: str
    holders: frozenset[str]

    def age_on(self, day: date) -> int | None:
        """Her age, where her date of birth is known."""
        return self.sheet.age_on(day)


def own_chart(presence: Presence, stand: Stands) -> OwnChart:
    """The gate is asked, and an entry written, for her sheet; who of the staff cares is no secret
    to her."""
    sheet = own_sheet(presence, stand)
    rows = CareRelationship.objects.filter(chart=stand.chart, begins_at__lte=presence.at)
    team = tuple(
        (row.person, row.capacity)
        for row in rows.order_by("pk")
        if row.ends_at is None or row.ends_at > presence.at
    )
    holders = Holder.objects.filter(chart=stand.chart).values_list("client_id", flat=True)
    return OwnChart(stand, sheet, team, _profession(team), frozenset(holders))


def _profession(team: tuple[tuple[str, str], ...]) -> str:
    for person, capacity in team:
        profile = staff_profile(person) if capacity == Capacity.TREATING.value else None
        if profile is not None and profile.profession:
            return profile.profession
    return ""
