"""The form of something that has a day: what Today says of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from stillroom.desk.shell import DeskRequest


@dataclass(frozen=True)
class Due:
    """One thing to be done by `day` (`None`: it waits, without a day).

    `chart` is the chart it is about, or empty; Today names the client from it. `note` is a short
    sentence or a citation under it.
    """

    what: str
    href: str
    day: date | None
    chart: str = ""
    note: str = ""


Provider = Callable[[DeskRequest], list[Due]]
"""Everything of one kind that is due for whoever asks, read through the gate."""
