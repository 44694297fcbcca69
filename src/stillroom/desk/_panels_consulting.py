"""Panels about asking a colleague without saying who it is about."""

from collections.abc import Mapping
from typing import Any

from stillroom.desk._panel import MatterPanel
from stillroom.desk.shell import DeskRequest
from stillroom.disclosure.consulting import consultations
from stillroom.disclosure.queries import WholeMatter


def _asked(_: DeskRequest, whole: WholeMatter) -> Mapping[str, Any]:
    return {"asked": consultations(whole.steps)}


MATTER_PANELS_HERE: tuple[MatterPanel, ...] = (
    MatterPanel("consulting", "ask", "desk/parts/matter_consulting.html", _asked),
)
