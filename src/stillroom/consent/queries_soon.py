"""What of all charts in one's care has a day, or waits: papers about to end, requests unanswered.

One entry in the log for all of them (`phi.across`), and none where there is nothing to open.
"""

from collections.abc import Iterable
from datetime import date, timedelta, tzinfo

from stillroom.access import Act, Ward
from stillroom.consent import papers, queries_restrictions
from stillroom.consent.models import Paper
from stillroom.consent.models import Restriction as RestrictionRow
from stillroom.consent.rules import Authorization
from stillroom.consent.rules_restrictions import Restriction
from stillroom.phi import Presence, across, bridge
from stillroom.practice import queries as practice

SOON = timedelta(days=14)


def _held(presence: Presence, charts: Iterable[str], did: str) -> list[across.Held]:
    wanted = sorted(set(charts))
    cares = practice.cares_in(presence.person, wanted)
    asked = [
        across.Wanted(
            Act.CONSENT_READ,
            practice.purpose_for(presence, cares.get(chart, ())),
            Ward(chart=chart),
            cares.get(chart, ()),
        )
        for chart in wanted
    ]
    details: bridge.Details = {"did": did}
    return across.hold(presence, asked, details) if asked else []


def ending_soon(presence: Presence, zone: tzinfo) -> list[tuple[str, Authorization]]:
    """Papers in force that end within two weeks, by chart; today's last day is still among them."""
    today: date = presence.at.astimezone(zone).date()
    mine = practice.charts_in_care(presence)
    rows = list(Paper.objects.filter(chart__in=mine, revoked_at=None, ended_at=None).order_by("pk"))
    found = []
    for held in _held(presence, (row.chart for row in rows), "looked which papers end"):
        own = [(row.pk, 1, bytes(row.sealed)) for row in rows if row.chart == held.ward.chart]
        for (paper_id, *_), words in across.open_rows(presence, held, "authorization", own, bytes):
            paper = papers.decode(words, paper_id=paper_id, revoked_at=None)
            if paper.expires.on is not None and today <= paper.expires.on <= today + SOON:
                found.append((held.ward.chart, paper))
    return found


def unanswered(presence: Presence) -> list[tuple[str, Restriction]]:
    """Requests to keep something back that nobody has answered, by chart."""
    mine = practice.charts_in_care(presence)
    rows = list(RestrictionRow.objects.filter(chart__in=mine).order_by("pk"))
    found = []
    for held in _held(presence, (row.chart for row in rows), "looked which requests wait"):
        own = [
            (row.pk, row.revision, bytes(row.sealed))
            for row in rows
            if row.chart == held.ward.chart
        ]
        for _, words in across.open_rows(presence, held, "restriction", own, bytes):
            one = queries_restrictions.decode(words)
            if one.open:
                found.append((held.ward.chart, one))
    return found
