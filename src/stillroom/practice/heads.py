"""The tops of charts: whose each is and who cares, for whoever the gate has let know.

Every page of a chart begins with one and every list of names is made of them, so the questions are
written out: building them anew took Django four times as long as answering them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection

from stillroom.access import Act
from stillroom.phi import Presence, fronts, statements
from stillroom.practice.directory import decode
from stillroom.practice.known import not_to_know
from stillroom.practice.models import Chart
from stillroom.practice.rules import FrontSheet

_CHARTS = """
    SELECT id, number, kind, place, opened_at, closed_at FROM practice_chart WHERE id IN ({})
"""
_HOLDERS = """
    SELECT holder.chart_id, client.id, client.front_revision, client.front
    FROM practice_holder holder JOIN practice_client client ON client.id = holder.client_id
    WHERE holder.chart_id IN ({}) ORDER BY holder.id
"""
_TEAM = """
    SELECT chart_id, person, capacity FROM practice_carerelationship
    WHERE chart_id IN ({}) AND begins_at <= %s AND (ends_at IS NULL OR ends_at > %s) ORDER BY id
"""


@dataclass(frozen=True)
class HolderSheet:
    """A holder of a chart, with her front sheet."""

    client: str
    sheet: FrontSheet
    revision: int = 0


@dataclass(frozen=True)
class ChartHead:
    """The top of a chart: whose it is, and who cares."""

    id: str
    number: int
    kind: str
    place: str
    opened_at: datetime
    closed_at: datetime | None
    holders: tuple[HolderSheet, ...]
    care_team: tuple[tuple[str, str], ...] = ()

    @property
    def full(self) -> str:
        """The names of all holders in full."""
        if self.kind == Chart.Kind.GROUP:
            return f"Group {self.number:04d}"
        return " and ".join(holder.sheet.full for holder in self.holders)

    @property
    def short(self) -> str:
        """Initials of all holders, for when someone is near."""
        if self.kind == Chart.Kind.GROUP:
            return f"Group {self.number:04d}"
        return " and ".join(holder.sheet.short for holder in self.holders)


def moment(stored: datetime) -> datetime:
    """A moment as the driver gives it: SQLite's is in UTC and does not say so."""
    return stored if stored.tzinfo else stored.replace(tzinfo=UTC)


def moment_written(stored: str) -> datetime:
    """The same of one that a statement asked for as text, which reads several times as fast."""
    return datetime.fromisoformat(stored if "+" in stored else f"{stored}+00:00")


def heads(
    presence: Presence, chart_ids: Iterable[str], *, emergency: bool = False
) -> list[ChartHead]:
    """Heads of charts that the gate has let this person know; one entry for all of them.

    A chart of which she is not to know is left out in silence, whoever put it into the list.
    """
    wanted = list(chart_ids)
    hidden = not_to_know(presence, emergency=emergency) if wanted else frozenset()
    charts = statements.fetch_among(_CHARTS, [one for one in wanted if one not in hidden])
    ids = [row[0] for row in charts]
    held: dict[str, dict[str, tuple[str, int, bytes]]] = {}
    for chart, client, revision, front in statements.fetch_among(_HOLDERS, ids):
        held.setdefault(chart, {})[client] = (client, revision, bytes(front))
    sheets = _sheets(presence, held, ids)
    at = connection.ops.adapt_datetimefield_value(presence.at)
    team: dict[str, list[tuple[str, str]]] = {}
    for chart, person, capacity in statements.fetch_among(_TEAM, ids, at, at):
        team.setdefault(chart, []).append((person, capacity))
    return [
        ChartHead(
            id=chart,
            number=number,
            kind=kind,
            place=place,
            opened_at=moment(opened),
            closed_at=closed and moment(closed),
            holders=tuple(
                HolderSheet(client, sheets[client], revision)
                for client, revision, _ in held.get(chart, {}).values()
                if client in sheets
            ),
            care_team=tuple(team.get(chart, ())),
        )
        for chart, number, kind, place, opened, closed in charts
    ]


def _sheets(
    presence: Presence,
    held: dict[str, dict[str, tuple[str, int, bytes]]],
    charts: Sequence[str],
) -> dict[str, FrontSheet]:
    found = {client: row for group in held.values() for client, row in group.items()}
    if not found:
        return {}
    words = fronts.reveal(presence, Act.FRONT_LIST, found.values(), {"charts": list(charts)})
    return {client: decode(text) for client, text in words.items()}
