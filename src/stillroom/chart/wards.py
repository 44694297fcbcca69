"""Records as the gate sees them, and how far in a chart somebody reads.

Rules: what is kept to those who treat (45 CFR 164.522(a)) carries a label of its own. Whoever reads
a chart as a whole is let in with that label or without it, by one question; without it such a
record is not opened, not counted and not hinted at (P8). `Reach.also` is what every list then adds
to its conditions.

    reach = reach_into(presence, chart_id)
    rows = Record.objects.filter(chart=chart_id, **reach.fields)
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from stillroom.access import Act, Broken, Grant, Label, Purpose, Ward
from stillroom.chart.models import Record
from stillroom.phi import Presence, bridge
from stillroom.practice import queries as practice

_ALL_CLINICAL = frozenset({Label.CLINICAL, Label.PART2, Label.JOINT})
_AND_RESTRICTED = _ALL_CLINICAL | {Label.RESTRICTED}


def chart_ward(chart: str) -> Ward:
    """All of a chart's clinical records at once, as the gate sees them; but for those that are
    kept to whoever treats."""
    return Ward(chart=chart, labels=_ALL_CLINICAL)


def with_restricted(ward: Ward) -> Ward:
    """The same, with what is kept to those who treat."""
    return replace(ward, labels=ward.labels | {Label.RESTRICTED})


def ward_of(record: Record) -> Ward:
    """One record, as the gate sees it."""
    if record.private:
        return Ward(record.chart, record.pk, frozenset({Label.PRIVATE}), record.author)
    labels = {Label.CLINICAL} | ({Label.PART2} if record.part2 else set())
    ward = Ward(record.chart, record.pk, frozenset(labels), record.author)
    return with_restricted(ward) if record.restricted else ward


def acts_of(private: bool) -> tuple[Act, Act, Act]:
    """The acts of reading, writing and signing a record."""
    if private:
        return Act.PRIVATE_READ, Act.PRIVATE_WRITE, Act.PRIVATE_SIGN
    return Act.RECORD_READ, Act.RECORD_WRITE, Act.RECORD_SIGN


@dataclass(frozen=True)
class Reach:
    """What the gate lets somebody read of a chart, and why she does."""

    grant: Grant
    ward: Ward
    purpose: Purpose

    @property
    def restricted(self) -> bool:
        """Whether what is kept to those who treat is hers too."""
        return Label.RESTRICTED in self.ward.labels

    @property
    def also(self) -> str:
        """What a statement adds to its conditions on a record."""
        return "" if self.restricted else " AND NOT restricted"

    @property
    def fields(self) -> Mapping[str, bool]:
        """The same for a query of rows."""
        return {} if self.restricted else {"restricted": False}


def reach_into(presence: Presence, chart_id: str, *, broken: Broken | None = None) -> Reach:
    """The gate's permission to read a chart's records, as far as it goes; or `NotHere`.

    `broken`: in an emergency, by whoever has broken the glass.
    """
    cares = practice.cares_of(presence.person, chart_id)
    purpose = practice.purpose_for(presence, cares) if broken is None else Purpose.EMERGENCY
    grant, given = bridge.ask_widest(
        presence,
        Act.RECORD_READ,
        purpose,
        (Ward(chart=chart_id, labels=_AND_RESTRICTED), chart_ward(chart_id)),
        cares=cares,
        broken=broken,
    )
    return Reach(grant, given, purpose)


def sees_restricted(presence: Presence, chart_id: str) -> bool:
    """Whether what is kept to those who treat is this person's to know of. Asks, and opens
    nothing."""
    cares = practice.cares_of(presence.person, chart_id)
    purpose = practice.purpose_for(presence, cares)
    ward = with_restricted(chart_ward(chart_id))
    return bridge.may(presence, Act.RECORD_READ, purpose, ward, cares=cares)


def hidden_among(presence: Presence, records: Collection[str]) -> frozenset[str]:
    """Which of these records this person is not to know of, because they are kept to others."""
    if not records:
        return frozenset()
    rows = Record.objects.filter(pk__in=list(records), restricted=True).values_list("pk", "chart")
    return frozenset(pk for pk, chart in rows if not sees_restricted(presence, chart))
