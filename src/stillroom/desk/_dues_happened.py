"""What is due where somebody is in danger or abuse is suspected."""

from django.urls import reverse
from django.utils import timezone

from stillroom.desk._due import Due, Provider
from stillroom.desk.shell import DeskRequest
from stillroom.disclosure import watching


def _watched(request: DeskRequest) -> list[Due]:
    """What is still open of it, and what is offered to me."""
    return [
        Due(
            what="A matter is offered to you" if one.offered else f"{one.count} still open",
            href=reverse("danger_now", kwargs={"matter_id": one.matter}),
            day=timezone.localtime(one.due or one.since).date(),
            chart=one.chart,
            note=f"Since {timezone.localtime(one.since):%H:%M}",
        )
        for one in watching.open_for(request.presence)
    ]


DUES_HERE: tuple[Provider, ...] = (_watched,)
