"""The line about messages, and about who comes in, under a chart's name."""

from collections.abc import Mapping
from typing import Any

from stillroom.correspondence import queries
from stillroom.desk._panel import ChartPanel
from stillroom.desk.shell import DeskRequest
from stillroom.practice.queries import ChartHead


def _line(request: DeskRequest, head: ChartHead) -> Mapping[str, Any] | None:
    if not queries.may_read(request.presence, head.id):
        return None
    lines = queries.threads_of(request.presence, head.id)
    return {"threads": len(lines), "waits": sum(line.waits for line in lines)}


CHART_PANELS_HERE: tuple[ChartPanel, ...] = (
    ChartPanel("threads", "strip", "desk/parts/chart_threads.html", _line),
)
