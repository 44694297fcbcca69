"""Panels about what left: on a matter's page, after the decision."""

from collections.abc import Mapping
from typing import Any

from stillroom.desk._panel import MatterPanel
from stillroom.desk.shell import DeskRequest
from stillroom.disclosure import sending, sent
from stillroom.disclosure.queries import WholeMatter


def _left(request: DeskRequest, whole: WholeMatter) -> Mapping[str, Any] | None:
    """Packets that left or are on their way, and how it went with those sent by hand."""
    packets = [one for one in whole.packets if one.state in ("leaving", "released")]
    if not packets:
        return None
    return {
        "packets": packets,
        "called_back": sending.called_back(one.id for one in packets),
        "sent": sent.read(whole.steps),
        "ways": list(sent.WAYS.items()),
        "words": sent.WAYS,
        "today": request.today,
    }


MATTER_PANELS_HERE: tuple[MatterPanel, ...] = (
    MatterPanel("sent", "after", "desk/parts/matter_sent.html", _left),
)
