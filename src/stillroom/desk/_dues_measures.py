"""Measures that are given again and again and are due, on Today."""

from django.urls import reverse

from stillroom.chart import again
from stillroom.chart.again import Planned
from stillroom.desk._due import Due, Provider
from stillroom.desk.shell import DeskRequest


def measures(request: DeskRequest) -> list[Due]:
    """What is due of them in the charts that this person treats or covers."""
    library = request.shell.measures.measures
    return [
        _due(one, library[one.plan.instrument].asks.short)
        for one in again.due(request.presence)
        if one.plan.instrument in library
    ]


def _due(one: Planned, short: str) -> Due:
    at = {"chart_id": one.chart, "instrument": one.plan.instrument}
    note = "It stands at the client’s own door." if one.plan.by_door else ""
    return Due(f"{short} again", reverse("measure_give", kwargs=at), one.due, one.chart, note)


DUES_HERE: tuple[Provider, ...] = (measures,)
