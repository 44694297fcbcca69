"""The form of a panel: where it stands, its template, and what it shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from stillroom.desk.shell import DeskRequest
from stillroom.disclosure.queries import WholeMatter
from stillroom.practice.queries import ChartHead

MatterSection = Literal["duty", "exception", "ask", "law", "after", "margin"]
"""The four of Duty, Exception, Ask, Law; what follows the decision; the margin beside it."""

ChartPlace = Literal["top", "strip", "margin"]
"""Under the head of the page; one line in the strip of facts; a section beside the record."""


@dataclass(frozen=True)
class MatterPanel:
    """One panel on the page of a matter. `values` gives `None` when there is nothing to show."""

    id: str
    section: MatterSection
    template: str
    values: Callable[[DeskRequest, WholeMatter], Mapping[str, Any] | None]


@dataclass(frozen=True)
class ChartPanel:
    """One panel on the page of a chart. `values` gives `None` when there is nothing to show."""

    id: str
    place: ChartPlace
    template: str
    values: Callable[[DeskRequest, ChartHead], Mapping[str, Any] | None]
