"""What somebody who covers must know of a client, at a glance.

Rules: one gate decision and one entry, and only the shelves named here are opened. What is shown is
what signed records say, with the day it is about; nothing is judged or summed up. Of risk, plan and
lists the newest of each kind counts; of hand-over notes and sessions the newest few.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from stillroom.access import Broken
from stillroom.chart._kinds_team import HANDOVER_NOTE
from stillroom.chart.kinds import Kind
from stillroom.chart.sheets import Reading, opening, reading
from stillroom.chart.whole import SignedWords, whole_chart
from stillroom.phi import Presence

_NEWEST_OF_EACH = ("assessment", "treatment_plan", "medication_list", "chart_list")
_SEVERAL = ("contact_note", "progress_note")
_HANDOVERS = 2
_SESSIONS = 3


@dataclass(frozen=True)
class Seen:
    """One record: what it is, what day it is about, and what it says."""

    record: str
    title: str
    kind: Kind
    occurred_at: datetime
    reading: tuple[Reading, ...]
    opening: str
    author: str = ""


@dataclass(frozen=True)
class Glance:
    """A chart for whoever covers: what was handed over, risk, plan, lists, last sessions."""

    handovers: tuple[Seen, ...]
    assessments: tuple[Seen, ...]
    plans: tuple[Seen, ...]
    lists: tuple[Seen, ...]
    sessions: tuple[Seen, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing of all this is on file."""
        return not (self.handovers or self.assessments or self.plans or self.lists or self.sessions)


def glance(presence: Presence, chart_id: str, *, broken: Broken | None = None) -> Glance:
    """What is there, for whoever may read the chart, or has broken its glass; else `NotHere`."""
    found = whole_chart(presence, chart_id, shelves=(*_NEWEST_OF_EACH, *_SEVERAL), broken=broken)
    return arranged([one for one in found if not one.addendum and one.state != "in_error"])


def everything(presence: Presence, chart_id: str, broken: Broken) -> tuple[Seen, ...]:
    """All that is signed and in force, newest first, for whoever has broken the glass."""
    found = whole_chart(presence, chart_id, broken=broken)
    return _seen([one for one in reversed(found) if one.state != "in_error"])


def arranged(found: Sequence[SignedWords]) -> Glance:
    """Records oldest first, as a glance. Pure."""
    newest: dict[str, SignedWords] = {}
    for one in found:
        if one.shelf in _NEWEST_OF_EACH:
            newest[_what(one)] = one
    kept = sorted(newest.values(), key=lambda one: one.occurred, reverse=True)
    handovers = [one for one in found if one.kind.id == HANDOVER_NOTE.id]
    sessions = [one for one in found if one.shelf == "progress_note"]
    return Glance(
        handovers=_seen(handovers[: -_HANDOVERS - 1 : -1]),
        assessments=_seen([one for one in kept if one.shelf == "assessment"]),
        plans=_seen([one for one in kept if one.shelf == "treatment_plan"]),
        lists=_seen([one for one in kept if one.shelf in ("medication_list", "chart_list")]),
        sessions=_seen(sessions[: -_SESSIONS - 1 : -1]),
    )


def _what(one: SignedWords) -> str:
    """What makes two records the same thing at another time: the kind, and the form if it names."""
    kind = one.kind
    return f"{kind.id} {one.content.form}" if kind.names_form else kind.id


def _seen(chosen: Sequence[SignedWords]) -> tuple[Seen, ...]:
    return tuple(
        Seen(
            one.record,
            one.kind.titled(one.content.form),
            one.kind,
            one.occurred_at,
            reading(one.kind, one.content),
            opening(one.kind, one.content),
        )
        for one in chosen
    )
