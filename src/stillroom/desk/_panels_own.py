"""Panels about what a client asked by her own door: to take everything along."""

from collections.abc import Mapping
from typing import Any

from stillroom.desk._panel import MatterPanel
from stillroom.desk.shell import DeskRequest
from stillroom.disclosure.queries import WholeMatter
from stillroom.disclosure.rules_own_asking import WAIT, is_along


def _along(request: DeskRequest, whole: WholeMatter) -> Mapping[str, Any] | None:
    if not is_along(whole.determination.asked):
        return None
    return {
        "ready": whole.opened_at + WAIT,
        "open": whole.state == "open",
        "gone": whole.state == "released",
        "typed": request.POST.get("how_asked", ""),
    }


MATTER_PANELS_HERE: tuple[MatterPanel, ...] = (
    MatterPanel("along", "duty", "desk/parts/matter_along.html", _along),
)
