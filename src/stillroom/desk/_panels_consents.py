"""The line about signed forms under a chart's name: who signed, and why another is due."""

from collections.abc import Mapping
from typing import Any

from stillroom.consent import queries_forms
from stillroom.desk._panel import ChartPanel
from stillroom.desk.consents import states
from stillroom.desk.shell import DeskRequest
from stillroom.practice.queries import ChartHead


def _line(request: DeskRequest, head: ChartHead) -> Mapping[str, Any] | None:
    found = queries_forms.signed(request.presence, head.id)
    shown = states(request, head, found)
    return {"states": shown, "limits": next((one for one in shown if one.form == "limits"), None)}


CHART_PANELS_HERE: tuple[ChartPanel, ...] = (
    ChartPanel("consents", "strip", "desk/parts/chart_consents.html", _line),
)
