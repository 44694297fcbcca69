"""Reading what was broken: by whom, until when, and what waits for whom.

Rules (P8): who has a key laid by for emergencies finds those charts by name, on the emergency page
alone, and each such search is in the log; nobody else is told that there is such a client.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from django.db import connection
from django.db.models import QuerySet

from stillroom.access import Act, Broken, Capacity, Label, Purpose, Role, Ward
from stillroom.identity import queries as people
from stillroom.phi import NotHere, Presence, bridge, glass
from stillroom.phi import Told as Agreed
from stillroom.practice import models, queries
from stillroom.practice.directory import Directory
from stillroom.practice.heads import ChartHead, heads
from stillroom.practice.known import charts_in_care, not_to_know
from stillroom.practice.queries_care import charts_as, members
from stillroom.practice.rules_glass import Breaking, Found, Said, may_review

Rows = QuerySet[models.Breaking]
_SHORTEST_NAME = 3
_FRONT = frozenset({Label.FRONT})
_said = msgspec.json.Decoder(Said).decode
_found = msgspec.json.Decoder(Found).decode


@dataclass(frozen=True)
class Laid:
    """A key laid by: for whom, and since when."""

    person: str
    since: datetime


@dataclass(frozen=True)
class Told:
    """A breaking with its words, and when its maker opened something by it."""

    breaking: Breaking
    why: str
    opened: tuple[datetime, ...]
    found: Found | None


def _plain(row: models.Breaking, number: int | None = None) -> Breaking:
    return Breaking(
        id=row.pk,
        chart=row.chart_id,
        number=row.chart.number if number is None else number,
        person=row.person,
        begins=row.begins_at,
        ends=row.ends_at,
        seen_by=row.seen_by,
        seen_at=row.seen_at,
        reviewed_by=row.reviewed_by,
        reviewed_at=row.reviewed_at,
    )


def laid_by(presence: Presence, chart_id: str) -> list[Laid] | None:
    """For whose emergencies a key is laid by; `None` for whoever may lay none."""
    cares = queries.cares_of(presence.person, chart_id)
    ward = Ward(chart=chart_id)
    if not bridge.may(presence, Act.GLASS_PREPARE, Purpose.TREATMENT, ward, cares=cares):
        return None
    return [Laid(person, since) for person, since in glass.laid_by(chart_id).items()]


def broken(presence: Presence, chart_id: str) -> Broken | None:
    """The glass that this person has broken here, while it is broken."""
    row = models.Breaking.objects.filter(
        chart_id=chart_id,
        person=presence.person,
        begins_at__lte=presence.at,
        ends_at__gt=presence.at,
    ).first()
    return Broken(row.begins_at, row.ends_at) if row is not None else None


def mine(presence: Presence) -> list[Breaking]:
    """The glasses that this person has broken and that are broken still."""
    rows = models.Breaking.objects.filter(
        person=presence.person, begins_at__lte=presence.at, ends_at__gt=presence.at
    )
    hidden = not_to_know(presence, emergency=True)
    found = rows.select_related("chart").order_by("begins_at")
    return [_plain(row) for row in found if row.chart_id not in hidden]


def has_keys(presence: Presence) -> bool:
    """Whether a key for emergencies is laid by for this person at all."""
    return bool(glass.charts_of(presence.person))


def found(presence: Presence, directory: Directory, typed: str, reason: str) -> list[ChartHead]:
    """Charts with a key for this person's emergencies, by the beginnings of a holder's words.

    Asked with a reason and at least three letters; the gate is asked about each chart by itself.
    """
    if len(typed.replace(" ", "")) < _SHORTEST_NAME:
        return []
    keys = glass.charts_of(presence.person) - not_to_know(presence, emergency=True)
    hits = directory.find(typed, within=keys)
    charts = [
        chart
        for chart in dict.fromkeys(one for hit in hits for one in hit.charts)
        if _may_break(presence, chart, reason)
    ]
    details: bridge.Details = {"did": "looked in an emergency", "charts": charts}
    bridge.note_house(presence, Act.GLASS_BREAK, details)
    return heads(presence, charts, emergency=True)


def _may_break(presence: Presence, chart: str, reason: str) -> bool:
    ward = Ward(chart=chart, labels=_FRONT)
    return bridge.may(presence, Act.GLASS_BREAK, Purpose.EMERGENCY, ward, reason=reason)


def head(presence: Presence, chart_id: str) -> tuple[ChartHead, Broken]:
    """The top of a chart whose glass this person has broken, and until when; else `NotHere`."""
    standing = broken(presence, chart_id)
    ward = queries.front_ward(chart_id)
    bridge.ask(presence, Act.FRONT_READ, Purpose.EMERGENCY, ward, broken=standing)
    tops = heads(presence, [chart_id], emergency=True)
    if not tops or standing is None:
        bridge.refuse(presence, Act.FRONT_READ, chart_id)
        raise NotHere
    return tops[0], standing


def row_of(presence: Presence, breaking_id: str) -> models.Breaking:
    """A breaking's row, or `NotHere` written down. The caller asks the gate about it."""
    row = models.Breaking.objects.select_related("chart").filter(pk=breaking_id).first()
    if row is None:
        bridge.refuse(presence, Act.GLASS_REVIEW, breaking_id)
        raise NotHere
    return row


def readers(chart_id: str, breaker: str, at: datetime) -> set[str]:
    """Who is to read why: she who breaks, those who treat or supervise, and reviewers by role."""
    running = {one.person for one in members(chart_id) if one.runs(at)}
    reviewing = {one.id for one in people.colleagues().values() if may_review(one.roles)}
    return {breaker} | running | reviewing


def told(presence: Presence, breaking_id: str) -> Told:
    """One breaking with its words: for who treats, for who reviews, and for her who broke it."""
    row = row_of(presence, breaking_id)
    _ask_to_know(presence, row)
    words = glass.open_words(presence, row.pk, {"said": bytes(row.said), "found": bytes(row.found)})
    said = _said(words["said"])
    entries = presence.house.log.for_subject(said.subject, _MOST)
    opened = sorted(
        one.entry.at
        for one in entries
        if one.entry.actor == row.person
        and one.entry.act == Act.RECORD_READ.value
        and one.index > row.entry
        and one.entry.at <= row.ends_at
    )
    review = _found(words["found"]) if "found" in words else None
    return Told(_plain(row), said.why, tuple(opened), review)


_MOST = 500
"""So many of a chart's newest entries are looked through for what was opened."""


def _ask_to_know(presence: Presence, row: models.Breaking) -> None:
    """`NotHere` unless she may review it, or treats, or broke it and is not kept away by now."""
    cares = queries.cares_of(presence.person, row.chart_id)
    ward = Ward(chart=row.chart_id)
    if cares and bridge.may(presence, Act.GLASS_PREPARE, Purpose.TREATMENT, ward, cares=cares):
        return
    bridge.ask(
        presence,
        Act.GLASS_REVIEW,
        Purpose.AUDIT,
        Ward(chart=row.chart_id, author=row.person),
        cares=cares,
    )


def require_may_review(presence: Presence, breaking_id: str) -> None:
    """The gate's permission to review, or `NotHere`: asked before bad input is told of."""
    row = row_of(presence, breaking_id)
    cares = queries.cares_of(presence.person, row.chart_id)
    ward = Ward(chart=row.chart_id, author=row.person)
    bridge.ask(presence, Act.GLASS_REVIEW, Purpose.AUDIT, ward, cares=cares)


def may_review_it(presence: Presence, breaking: Breaking) -> bool:
    """Whether to show this person the form of a review."""
    cares = queries.cares_of(presence.person, breaking.chart)
    ward = Ward(chart=breaking.chart, author=breaking.person)
    return bridge.may(presence, Act.GLASS_REVIEW, Purpose.AUDIT, ward, cares=cares)


@dataclass(frozen=True)
class Waiting:
    """What waits for somebody: to be seen, in charts she treats; to be reviewed; broken by her."""

    to_see: tuple[Breaking, ...] = ()
    to_review: tuple[Breaking, ...] = ()
    broken: tuple[Breaking, ...] = ()


# Written out, because the bar of every page asks it; building it anew took longer than the answer.
_OPEN = """
    SELECT broken.*, chart.number AS number
    FROM practice_breaking broken JOIN practice_chart chart ON chart.id = broken.chart_id
    WHERE broken.seen_at IS NULL OR broken.reviewed_at IS NULL OR broken.ends_at > %s
    ORDER BY broken.begins_at, broken.id
"""


def waiting(presence: Presence) -> Waiting:
    """What waits for this person. One question of the database when nothing is open."""
    at = connection.ops.adapt_datetimefield_value(presence.at)
    rows: list[Any] = list(models.Breaking.objects.raw(_OPEN, (at,)))
    if not rows:
        return Waiting()
    treated = charts_as(presence, Capacity.TREATING) & charts_in_care(presence)
    hidden = not_to_know(presence, emergency=True)
    known = [_plain(row, row.number) for row in rows if row.chart_id not in hidden]
    return Waiting(
        tuple(one for one in known if one.chart in treated and not one.seen),
        tuple(_to_review(presence, [one for one in known if not one.reviewed])),
        tuple(one for one in known if one.person == presence.person and one.runs(presence.at)),
    )


def _to_review(presence: Presence, rows: list[Breaking]) -> Iterable[Breaking]:
    by_role = may_review(role.value for role in presence.roles)
    if not by_role and Role.SUPERVISOR not in presence.roles:
        return []
    supervised = frozenset() if by_role else charts_as(presence, Capacity.SUPERVISING)
    return [
        one
        for one in rows
        if one.person != presence.person and (by_role or one.chart in supervised)
    ]


def of_chart(presence: Presence, chart_id: str) -> list[Breaking]:
    """Every breaking of a chart, newest first, for whoever treats; else none."""
    if laid_by(presence, chart_id) is None:
        return []
    rows = models.Breaking.objects.filter(chart_id=chart_id).select_related("chart")
    return [_plain(row) for row in rows.order_by("-begins_at", "pk")]


_BROKEN = frozenset({Act.GLASS_BREAK})


def told_of_log(most: int) -> list[Agreed]:
    """The entries that the newest breakings name."""
    rows = models.Breaking.objects.order_by("-entry").values_list("entry", "person")[:most]
    return [Agreed(entry, _BROKEN, actor) for entry, actor in rows]
