"""Privilege beside a chart and in a matter: each holder's, in one line."""

from collections.abc import Mapping
from typing import Any

from stillroom.access import Act
from stillroom.consent import queries, queries_privilege
from stillroom.desk._panel import ChartPanel, MatterPanel
from stillroom.desk.privileges import held, reach_words
from stillroom.desk.shell import DeskRequest
from stillroom.disclosure.occasions import occasion_of
from stillroom.disclosure.queries import WholeMatter
from stillroom.disclosure.rules_privilege import contradicted, standings
from stillroom.phi import bridge
from stillroom.practice import queries as practice
from stillroom.practice.queries import ChartHead


def _of_chart(request: DeskRequest, head: ChartHead) -> Mapping[str, Any] | None:
    """How each holder's stands; nothing for whoever may not read what clients allowed."""
    presence = request.presence
    cares = practice.cares_of(presence.person, head.id)
    purpose = practice.purpose_for(presence, cares)
    ward = queries.ward(head.id)
    if not bridge.may(presence, Act.CONSENT_READ, purpose, ward, cares=cares):
        return None
    holders = [(one.client, one.sheet.full, one.sheet.short) for one in head.holders]
    events = queries_privilege.history(presence, head.id)
    return {"chart": head.id, "held": held(holders, events, request.today)}


_BEFORE = frozenset(
    {
        "attorney_subpoena",
        "clerk_subpoena",
        "grand_jury_subpoena",
        "administrative_demand",
        "discovery_request",
        "court_order",
    }
)


def _of_matter(request: DeskRequest, whole: WholeMatter) -> Mapping[str, Any] | None:
    """In a matter before a tribunal, or wherever something was entered: how each holder's stands
    for what this matter asks."""
    made = whole.determination
    around = made.around
    before = made.asked.intake.instrument in _BEFORE
    asked = occasion_of(made.asked.occasion).side.value == "asked"
    if not asked or not (before or around.privilege):
        return None
    names = {one.client: one.sheet for one in whole.head.holders}
    lines = [
        (names[stands.holder].full, names[stands.holder].short, *reach_words(stands, waived))
        for stands, waived in standings(made.asked, around)
    ]
    return {
        "chart": whole.chart,
        "lines": lines,
        "contradicted": [
            request.shell.corpus.facts[name].asks for name in contradicted(made.asked, around)
        ],
    }


MATTER_PANELS_HERE: tuple[MatterPanel, ...] = (
    MatterPanel("privilege", "exception", "desk/panels/privilege_matter.html", _of_matter),
)
CHART_PANELS_HERE: tuple[ChartPanel, ...] = (
    ChartPanel("privilege", "margin", "desk/panels/privilege_chart.html", _of_chart),
)
