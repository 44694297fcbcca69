"""Panels about matters that happened: what is open, on the matter's page and the chart's."""

from collections.abc import Mapping
from typing import Any

from stillroom.desk import danger
from stillroom.desk._panel import ChartPanel, MatterPanel
from stillroom.desk.shell import DeskRequest
from stillroom.disclosure import watching
from stillroom.disclosure.happened.standing import happened, standing
from stillroom.disclosure.occasions import occasion_of
from stillroom.disclosure.queries import WholeMatter
from stillroom.practice.queries import ChartHead


def _of_matter(request: DeskRequest, whole: WholeMatter) -> Mapping[str, Any] | None:
    if not happened(whole):
        return None
    stands = standing(request.shell.corpus, whole)
    act = occasion_of(stands.occasion).act
    return {
        "matter": whole.id,
        "count": len(stands.open),
        "sentence": danger.verdict(danger.says(stands.answers), act, stands),
    }


def _of_chart(request: DeskRequest, head: ChartHead) -> Mapping[str, Any] | None:
    matters = watching.of_chart(request.presence, head.id)
    return {"matters": matters} if matters else None


MATTER_PANELS_HERE = (MatterPanel("happened", "duty", "desk/danger_panel.html", _of_matter),)
CHART_PANELS_HERE = (ChartPanel("happened", "top", "desk/danger_chart_panel.html", _of_chart),)
