"""The panel about visits by video beside a chart: those that come, those that were, and one now."""

from collections.abc import Mapping
from typing import Any

from stillroom.access import Act
from stillroom.desk._panel import ChartPanel
from stillroom.desk.shell import DeskRequest
from stillroom.practice.queries import ChartHead
from stillroom.telehealth import queries, rules_several


def _visits(request: DeskRequest, head: ChartHead) -> Mapping[str, Any] | None:
    presence = request.presence
    if not queries.may(presence, head.id, Act.CALL_OPEN):
        return None
    coming = queries.coming(presence, head.id)[:3]
    many = request.shell.relays.carries_many
    barred = rules_several.barred(len(head.holders), many=many) if head.closed_at is None else None
    return {
        "coming": coming,
        "met": queries.met(presence, head.id)[:3],
        "begins": head.closed_at is None and barred is None,
        "barred": barred,
    }


CHART_PANELS_HERE: tuple[ChartPanel, ...] = (
    ChartPanel("calls", "margin", "desk/parts/chart_calls.html", _visits),
)
