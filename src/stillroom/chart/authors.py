"""Who wrote a chart's records, as it may be said outside: name and profession. Opens no word."""

from dataclasses import dataclass

from stillroom.chart import queries
from stillroom.chart.wards import sees_restricted
from stillroom.identity import queries as people
from stillroom.kernel import spoken
from stillroom.phi import Presence
from stillroom.practice import queries as practice


@dataclass(frozen=True)
class Author:
    """A name and a profession; either may be empty."""

    name: str
    profession: str

    @property
    def told(self) -> str:
        """Both, as a list has them."""
        return ", ".join(filter(None, (self.name, self.profession)))


def authors_of(presence: Presence, chart_id: str) -> dict[str, Author]:
    """The author of each record of a chart that this person may know of, by the record's id."""
    restricted = sees_restricted(presence, chart_id)
    seen = queries.visible_records(presence, chart_id, restricted=restricted)
    rows = list(seen.values_list("pk", "author"))
    names = people.colleagues(active=False)
    found: dict[str, Author] = {}
    for person in {author for _, author in rows}:
        profile = practice.staff_profile(person)
        profession = spoken(profile.profession) if profile else ""
        found[person] = Author(names[person].name if person in names else "", profession)
    return {record: found[author] for record, author in rows}
