"""What stands beside a record of risk: what changed since the last of its kind, and the ways on.

beside = risk_beside.of(presence, whole)     # None for every other kind; nothing is opened then
"""

from dataclasses import dataclass
from datetime import datetime

from stillroom.chart import queries_risk, risk
from stillroom.chart.queries import WholeRecord
from stillroom.chart.since import Change, changes
from stillroom.desk.record_law import ASKABLE
from stillroom.phi import Presence


@dataclass(frozen=True)
class Beside:
    """What a page of a record of risk says beside it. `last` is "" where there was none before."""

    chart: str
    last: str
    last_on: datetime | None
    last_level: str
    changes: tuple[Change, ...]
    law: bool
    carry: bool


def of(presence: Presence, whole: WholeRecord) -> Beside | None:
    """What stands beside a record; `None` if it is none of risk."""
    if whole.kind.id not in risk.RISK_KINDS:
        return None
    now = whole.draft or whole.current.content
    held = queries_risk.risk_of(presence, whole.chart)
    last = risk.before(held.signed, whole.kind.id, whole.occurred_at, whole.id)
    signed = bool(whole.revisions)
    return Beside(
        chart=whole.chart,
        last=last.id if last else "",
        last_on=last.occurred_at if last else None,
        last_level=last.level if last else "",
        changes=(
            changes(whole.kind, last.answers, now.answers, unfinished=not signed) if last else ()
        ),
        law=signed and whole.kind.id in ASKABLE,
        carry=signed and whole.kind.id == "safety_plan",
    )
