"""What is held from a client until a day that is near, or was."""

from datetime import timedelta

from django.urls import reverse

from stillroom.chart import holding
from stillroom.desk._due import Due, Provider
from stillroom.desk.shell import DeskRequest

_NEAR = timedelta(days=7)


def held(request: DeskRequest) -> list[Due]:
    """Holds that end, or are to be looked at again, within a week."""
    return [
        Due(
            "Look again at what is held from the client"
            if one.stays
            else "What was held is read by the client from this day on",
            reverse("holds", kwargs={"chart_id": chart}),
            one.ends_on,
            chart,
            "45 CFR 164.524(a)",
        )
        for chart, one in holding.due(request.presence, request.today + _NEAR)
    ]


DUES_HERE: tuple[Provider, ...] = (held,)
