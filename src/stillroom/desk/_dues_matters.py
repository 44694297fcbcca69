"""What is due in matters: days to answer, letters that arrived, those to be told of a breach."""

from django.urls import reverse

from stillroom.desk._due import Due, Provider
from stillroom.desk.shell import DeskRequest
from stillroom.disclosure import arriving, incidents
from stillroom.disclosure import queries as disclosure
from stillroom.disclosure.by_law import day
from stillroom.kernel import capital, small, spoken


def _matters(request: DeskRequest) -> list[Due]:
    """My open matters with a day to answer."""
    return [
        Due(
            what=f"{capital(spoken(line.instrument))} from {line.asker}"
            + (f": {line.wants}" if line.wants else ""),
            href=reverse("matter", kwargs={"matter_id": line.id}),
            day=day(request.presence, request.shell.corpus, line),
            chart=line.chart,
        )
        for line in disclosure.running_clocks(request.presence)
    ]


def _letters(request: DeskRequest) -> list[Due]:
    """Letters that arrived and may name a client of mine; they wait, without a day."""
    return [
        Due(f"A letter from {one.words.asker}", reverse("letters"), None, one.charts[0].id)
        for one in arriving.waiting(request.presence)
        if one.charts
    ]


def of_breaches(request: DeskRequest) -> list[Due]:
    """Whoever is to be told of a breach by a day, for whoever handles incidents."""
    return [
        Due(
            what=f"Incident {one.number}: {small(clock.what)}",
            href=reverse("incident", kwargs={"incident_id": one.id}),
            day=clock.by,
            note=clock.citation,
        )
        for one, clock in incidents.open_clocks(request.presence)
    ]


DUES_HERE: tuple[Provider, ...] = (_matters, _letters, of_breaches)
