"""The demonstration's wishes: two clients who said how they may be reached, one of them who from.

The words are made up, like the people.
"""

from stillroom.config.demo.people import Chart
from stillroom.consent import actions_restrictions as keeping
from stillroom.consent.rules import Party
from stillroom.consent.rules_restrictions import Basis, Restriction
from stillroom.phi import Presence
from stillroom.practice import actions_wishes
from stillroom.practice import queries as practice
from stillroom.practice.directory import Directory
from stillroom.practice.rules_wishes import Reach, Way

_WEEKDAYS = (0, 1, 2, 3, 4)
_BY_DAY = "Call or text this number between 9 and 6."


def write_wishes(presence: Presence, directory: Directory, chart_id: str, chart: Chart) -> None:
    """What a chart's holder wished, where the cast says so."""
    if len(chart.holders) > 1:
        return
    (one,) = practice.chart_head(presence, chart_id).holders
    if not chart.restrictions and one.sheet.safe_contact != _BY_DAY:
        return
    today = presence.today
    phone = one.sheet.phone
    if chart.restrictions:
        text = Way("text", phone, days=_WEEKDAYS, since="09:00", until="17:00")
        reach = Reach(
            ways=(text,),
            never=one.sheet.address[:1],
            name=f"{one.sheet.given[0]}.",
            says_when=True,
            words=chart.restrictions[-1],
            on=today,
            by=presence.person,
        )
        _keep_back(presence, chart_id, one.client, chart.restrictions[0])
    else:
        hours = Way("call", phone, since="09:00", until="18:00")
        ways = (hours, Way("text", phone, since="09:00", until="18:00"))
        reach = Reach(ways=ways, says_when=True, on=today, by=presence.person)
    actions_wishes.wish(presence, directory, chart_id, one.client, reach)


def _keep_back(presence: Presence, chart_id: str, holder: str, words: str) -> None:
    """An objection to family: it holds from the moment it was said."""
    meant = (Party("Eve Halpern", "family_involved"),) if "Eve Halpern" in words else ()
    asked = Restriction(
        id="",
        basis=Basis.OBJECTION,
        holder=holder,
        asked_on=presence.today,
        words=words,
        recipients=meant,
    )
    keeping.ask(presence, chart_id, asked)
