"""On Today: a broken glass that is to be seen, or to be reviewed."""

from django.urls import reverse

from stillroom.desk._due import Due
from stillroom.desk.shell import DeskRequest
from stillroom.practice import queries_glass


def glass_due(request: DeskRequest) -> list[Due]:
    """For Today: what is to be seen and to be reviewed; without a day, it waits."""
    waits = queries_glass.waiting(request.presence)
    due = [(one, "See who broke the glass, and why", one.chart) for one in waits.to_see]
    due += [
        (one, f"Review the broken glass of chart {one.number:04d}", "") for one in waits.to_review
    ]
    return [
        Due(what, reverse("glass_broken", kwargs={"breaking_id": one.id}), None, chart)
        for one, what, chart in due
    ]


DUES_HERE = (glass_due,)
