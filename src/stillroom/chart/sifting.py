"""A sift as the database is asked for it, and what a chart's sift can be made of.

where, values = conditions(presence, chart_id, sift)   # to stand after the timeline's own
found = choices(presence, chart_id)                    # shelves and authors that stand there
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from stillroom.chart.queries import Where, visible_records
from stillroom.chart.queries_plan import NOTES, standing
from stillroom.chart.rules_sift import Sift
from stillroom.chart.rules_thread import FIELD
from stillroom.chart.wards import sees_restricted
from stillroom.chart.whole import whole_chart
from stillroom.phi import Presence


@dataclass(frozen=True)
class Choices:
    """The shelves and the authors among the records that this person may know of."""

    shelves: tuple[str, ...]
    authors: tuple[str, ...]


def conditions(presence: Presence, chart_id: str, sift: Sift) -> Where:
    """What a sift adds to a timeline's conditions.

    Which notes served an objective is sealed: they are opened for it, with an entry of their own.
    """
    found: list[tuple[str, Any]] = []
    if sift.shelf:
        found.append(("kind = %s", sift.shelf))
    if sift.author:
        found.append(("author = %s", sift.author))
    if sift.since:
        found.append(("occurred_at >= %s", _start(sift.since)))
    if sift.until:
        found.append(("occurred_at < %s", _start(sift.until + timedelta(days=1))))
    if sift.unsigned:
        found.append(("state = %s", "draft"))
    where = "".join(f" AND {words}" for words, _ in found)
    values = [value for _, value in found]
    if sift.objective:
        serving = _serving(presence, chart_id, sift.objective)
        marks = ", ".join(["%s"] * len(serving)) or "NULL"
        where, values = f"{where} AND id IN ({marks})", [*values, *serving]
    return where, values


def _start(day: date) -> Any:
    moment = timezone.make_aware(datetime.combine(day, time.min))
    return connection.ops.adapt_datetimefield_value(moment)


def _serving(presence: Presence, chart_id: str, number: str) -> list[str]:
    words = whole_chart(presence, chart_id, shelves=NOTES)
    return [one.record for one in standing(words) if number in one.content.answer(FIELD).chosen]


def choices(presence: Presence, chart_id: str) -> Choices:
    """What a sift of this chart can ask for. Whoever asks has passed the timeline's gate; nobody's
    shelf is told by a choice that it makes possible."""
    known = visible_records(presence, chart_id, restricted=sees_restricted(presence, chart_id))
    rows = list(known.values_list("kind", "author").distinct().order_by())
    return Choices(
        tuple(sorted({kind for kind, _ in rows})), tuple(sorted({author for _, author in rows}))
    )
