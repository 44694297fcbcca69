"""On Today: a client's own door was opened from somewhere it is not known."""

from django.urls import reverse

from stillroom.desk._due import Due, Provider
from stillroom.desk.shell import DeskRequest
from stillroom.practice import unfamiliar


def unknown_ways_in(request: DeskRequest) -> list[Due]:
    """One line an account, until whoever treats has looked."""
    return [
        Due(
            "Their own door was opened from a browser that is not known",
            reverse("own_door", kwargs={"chart_id": chart}),
            None,
            chart,
            "Ask the client in person whether it was them; write nothing about it.",
        )
        for chart, _ in unfamiliar.waiting(request.presence)
    ]


DUES_HERE: tuple[Provider, ...] = (unknown_ways_in,)
