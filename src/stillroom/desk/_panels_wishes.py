"""Panels about wishes and restrictions: how to reach somebody, and what is kept from whom."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from stillroom.consent import queries_restrictions as kept
from stillroom.consent.rules import Authorization, standing
from stillroom.consent.rules_restrictions import CITATION, against_recipient, binds
from stillroom.desk._panel import ChartPanel, MatterPanel
from stillroom.desk.shell import DeskRequest
from stillroom.desk.views.wishes import reaches_in_words
from stillroom.disclosure.queries import WholeMatter
from stillroom.kernel import Trilean
from stillroom.practice.queries import ChartHead


def _reach(request: DeskRequest, head: ChartHead) -> Mapping[str, Any]:
    lines = []
    for one in head.holders:
        told = reaches_in_words(one) or ([one.sheet.safe_contact] if one.sheet.safe_contact else [])
        lines += [(one.sheet, line) for line in told]
    stand = [one for one in kept.restrictions(request.presence, head.id) if binds(one, None)]
    return {"lines": lines, "several": len(head.holders) > 1, "stand": len(stand)}


def _papers(request: DeskRequest, _: ChartHead) -> Mapping[str, Any]:
    """The page has opened the papers already; they are not opened a second time."""
    zone = timezone.get_default_timezone()

    def counts(paper: Authorization) -> bool:
        return standing(paper, at=request.at, zone=zone) is Trilean.YES

    return {"counts": counts}


def _kept_back(_: DeskRequest, whole: WholeMatter) -> Mapping[str, Any] | None:
    around = whole.determination.around
    recipient = whole.determination.release.recipient
    those = list(against_recipient(around.restrictions, recipient))
    return {"those": those, "citations": CITATION} if those else None


CHART_PANELS_HERE: tuple[ChartPanel, ...] = (
    ChartPanel("reach", "strip", "desk/parts/chart_reach.html", _reach),
    ChartPanel("papers", "margin", "desk/parts/chart_papers.html", _papers),
)
MATTER_PANELS_HERE: tuple[MatterPanel, ...] = (
    MatterPanel("kept-back", "exception", "desk/parts/matter_kept_back.html", _kept_back),
)
