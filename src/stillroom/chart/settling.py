"""An assessment of suicide risk answers for the measures that asked for one.

Rule: what a positive item made to follow stands on Today until somebody signs an assessment in that
chart, or says that it is done. Which of the open ones are measures is sealed, so they are opened to
be told apart, with an entry, and only when an assessment is signed.
"""

from stillroom.chart import queries_measures
from stillroom.chart.contents import Content
from stillroom.chart.models import Followup, Record
from stillroom.phi import Presence

ASSESSMENT = "suicide_risk"


def settle(presence: Presence, row: Record, content: Content) -> None:
    """Within the transaction in which `content` is signed."""
    if content.kind != ASSESSMENT:
        return
    open_ones = Followup.objects.filter(record__chart=row.chart, done_at=None)
    if not open_ones.exists():
        return
    measures = [one.record for one in queries_measures.taken(presence, row.chart)]
    open_ones.filter(pk__in=measures).update(done_at=presence.at, done_by=presence.person)
