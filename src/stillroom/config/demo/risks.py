"""What was assessed of risk in two charts of the demonstration, from `data/risks.yaml`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final

from stillroom.config.demo import sources
from stillroom.config.demo.records import Session

_DUE_FIELDS: Final = {"safety_plan": "review_on"}
_DUE_FIELD: Final = "follow_up_on"


@dataclass(frozen=True, slots=True)
class RiskSeed:
    """One record as written: weeks before today, a kind, its fields; `due` in days from today."""

    week: int
    kind: str
    fields: dict[str, str | list[str]] = field(default_factory=dict)
    due: int | None = None


@dataclass(frozen=True, slots=True)
class ChartRisks:
    """All of one chart, by its number."""

    chart: int
    records: tuple[RiskSeed, ...]


@dataclass(frozen=True, slots=True)
class RiskRecord:
    """A record of risk, at the moment of the session in which it was made."""

    kind: str
    occurred_at: datetime
    fields: Mapping[str, str | list[str]]


def of_chart(number: int, sessions: tuple[Session, ...], today: date) -> Iterator[RiskRecord]:
    """The records of a chart, each at the session held nearest to its week; oldest first."""
    held = [one for one in sessions if one.state == "held" and one.began_at is not None]
    for seed in _written().get(number, ()):
        wanted = today - timedelta(weeks=seed.week)
        if not held:
            return
        session = min(held, key=lambda one: abs(one.starts_at.date() - wanted))
        fields = dict(seed.fields)
        if seed.due is not None:
            name = _DUE_FIELDS.get(seed.kind, _DUE_FIELD)
            fields[name] = (today + timedelta(days=seed.due)).isoformat()
        yield RiskRecord(seed.kind, session.starts_at, fields)


@lru_cache(maxsize=1)
def _written() -> dict[int, tuple[RiskSeed, ...]]:
    charts = sources.read("risks.yaml", tuple[ChartRisks, ...])
    return {one.chart: one.records for one in charts}
