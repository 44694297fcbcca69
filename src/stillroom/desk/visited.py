"""A matter about a session by video: the places from which the client spoke, read from the visit.

Rules: which days a matter is about is said by the matter: of what happened, the day on which one
learned of it, which is that of the record it came from; of a request, the days of care that it asks
for, where it names both ends. Another law than the chart's is only ever added: both are asked, and
the stricter holds (decision 0058).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from django.utils import timezone

from stillroom.desk.shell import DeskRequest
from stillroom.disclosure.happened.standing import came_from, happened
from stillroom.disclosure.queries import WholeMatter
from stillroom.law import states_on_file
from stillroom.telehealth.queries_places import WasAt, where_they_were

MOST_DAYS = 92
"""A request about more days than these is about no session in particular."""


@dataclass(frozen=True, slots=True)
class Span:
    """From the beginning of one day to the end of another, where the practice is."""

    first: date
    last: date

    def moments(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """Its first moment, and the one after its last."""
        after = self.last + timedelta(days=1)
        return (
            datetime.combine(self.first, time.min, zone),
            datetime.combine(after, time.min, zone),
        )


def span_of(whole: WholeMatter, zone: tzinfo) -> Span | None:
    """Which days a matter is about; `None` where it says none."""
    if happened(whole):
        learned = came_from(whole).learned.astimezone(zone).date()
        return Span(learned, learned)
    period = whole.determination.asked.intake.period
    if period.since is None or period.until is None:
        return None
    fits = timedelta(0) <= period.until - period.since <= timedelta(days=MOST_DAYS)
    return Span(period.since, period.until) if fits else None


def visits(request: DeskRequest, whole: WholeMatter) -> tuple[WasAt, ...]:
    """The visits by video of those days, each with the place that was said."""
    zone = timezone.get_default_timezone()
    span = span_of(whole, zone)
    if span is None:
        return ()
    return where_they_were(request.presence, whole.chart, *span.moments(zone))


def other_states(
    found: Iterable[WasAt], chart_place: str, on_file: Iterable[str]
) -> tuple[str, ...]:
    """The states of those visits that are not the chart's and whose law is on file, each once."""
    known = frozenset(on_file)
    return tuple(
        dict.fromkeys(one.place for one in found if one.place in known and one.place != chart_place)
    )


def one_other_state(request: DeskRequest, whole: WholeMatter) -> str:
    """The one other state from which the client spoke; empty for none, and for several, of which a
    person says which it is."""
    places = other_states(
        visits(request, whole),
        whole.determination.around.place,
        states_on_file(request.shell.corpus),
    )
    return places[0] if len(places) == 1 else ""
