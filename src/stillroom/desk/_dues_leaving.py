"""What waits in leaving: a packet that was sent on its way and that nobody has looked at since."""

from django.urls import reverse

from stillroom.desk._due import Due, Provider
from stillroom.desk.shell import DeskRequest
from stillroom.disclosure import sending


def _packets(request: DeskRequest) -> list[Due]:
    """Packets that I sent on their way and that have not left: they leave when I look."""
    return [
        Due(
            what="A packet waits to leave",
            href=reverse("packet", kwargs={"packet_id": packet}),
            day=None,
            chart=chart,
            note="It leaves when you open it.",
        )
        for packet, chart in sending.waiting(request.presence)
    ]


DUES_HERE: tuple[Provider, ...] = (_packets,)
