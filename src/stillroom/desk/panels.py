"""What features add to the page of a matter, and to that of a chart, in places kept for them.

A panel is a template with values of its own. Each feature names its panels in a module
`_panels_*.py` and adds one line below; the pages know none of them. A panel that has nothing to say
gives `None` and is not shown. Values are read through the gate like everything else.

In its template a panel finds its values as `it`, and all that the page itself has.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

from stillroom.desk import (
    _panels_asked,
    _panels_calls,
    _panels_consents,
    _panels_consulting,
    _panels_doors,
    _panels_happened,
    _panels_leaving,
    _panels_letters,
    _panels_offers,
    _panels_own,
    _panels_places,
    _panels_privilege,
    _panels_threads,
    _panels_wishes,
)
from stillroom.desk._panel import ChartPanel, ChartPlace, MatterPanel, MatterSection
from stillroom.desk.shell import DeskRequest
from stillroom.disclosure.queries import WholeMatter
from stillroom.practice.queries import ChartHead

MATTER_PANELS: tuple[MatterPanel, ...] = (
    *_panels_own.MATTER_PANELS_HERE,
    *_panels_happened.MATTER_PANELS_HERE,
    *_panels_asked.MATTER_PANELS_HERE,
    *_panels_privilege.MATTER_PANELS_HERE,
    *_panels_consulting.MATTER_PANELS_HERE,
    *_panels_places.MATTER_PANELS_HERE,
    *_panels_leaving.MATTER_PANELS_HERE,
    *_panels_letters.MATTER_PANELS_HERE,
    *_panels_wishes.MATTER_PANELS_HERE,
)
"""In the order in which they stand in their section."""

CHART_PANELS: tuple[ChartPanel, ...] = (
    *_panels_happened.CHART_PANELS_HERE,
    *_panels_privilege.CHART_PANELS_HERE,
    *_panels_wishes.CHART_PANELS_HERE,
    *_panels_doors.CHART_PANELS_HERE,
    *_panels_consents.CHART_PANELS_HERE,
    *_panels_offers.CHART_PANELS_HERE,
    *_panels_calls.CHART_PANELS_HERE,
    *_panels_threads.CHART_PANELS_HERE,
)
"""In the order in which they stand in their place."""


@dataclass(frozen=True)
class Shown:
    """A panel on a page: its template, and its values."""

    id: str
    template: str
    it: Mapping[str, Any]


def of_matter(request: DeskRequest, whole: WholeMatter) -> dict[str, list[Shown]]:
    """The panels of a matter by section; a section without any is empty."""
    shown: dict[str, list[Shown]] = {section: [] for section in get_args(MatterSection)}
    for one in MATTER_PANELS:
        it = one.values(request, whole)
        if it is not None:
            shown[one.section].append(Shown(one.id, one.template, it))
    return shown


def of_chart(request: DeskRequest, head: ChartHead) -> dict[str, list[Shown]]:
    """The panels of a chart's page by place; a place without any is empty."""
    shown: dict[str, list[Shown]] = {place: [] for place in get_args(ChartPlace)}
    for one in CHART_PANELS:
        it = one.values(request, head)
        if it is not None:
            shown[one.place].append(Shown(one.id, one.template, it))
    return shown
