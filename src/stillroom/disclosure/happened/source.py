"""Whence a matter came: the record, the moment at which one learned of it, and what it said. Pure.

The step `opened`: a fact of the matter is told with the question that was answered in the record.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from stillroom.chart.risk_facts import Told

KIND = "opened"


@dataclass(frozen=True, slots=True)
class Source:
    """`record` and `kind` are empty for a matter begun without a record. `learned` is when the
    therapist came to know; the clocks run from it. `fields` are the record's, by fact."""

    learned: datetime
    record: str = ""
    kind: str = ""
    fields: Mapping[str, tuple[str, ...]] | None = None


def of_record(record: str, kind: str, learned: datetime, told: Iterable[Told]) -> Source:
    """From a signed record."""
    return Source(learned, record, kind, {one.fact: one.fields for one in told})


def written(one: Source) -> dict[str, Any]:
    """As the body of a step."""
    return {
        "learned": one.learned.isoformat(),
        "record": one.record,
        "kind": one.kind,
        "fields": {fact: list(names) for fact, names in (one.fields or {}).items()},
    }


def read(body: Mapping[str, Any]) -> Source:
    """A source again."""
    return Source(
        datetime.fromisoformat(str(body["learned"])),
        str(body["record"]),
        str(body["kind"]),
        {str(fact): tuple(map(str, names)) for fact, names in body["fields"].items()},
    )
