"""The register of incidents: reported by anybody, weighed by whoever runs the practice.

Rules: everybody may report one and read what became of her own; the owner and the administrators
read and write all. An incident's story is appended and signed; what is not what was signed is
refused when it is read (P5). Its words lie in the log ring: no client's name and no words of a
record belong there, and charts are named by their number (P3). Each act is in the log first.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from stillroom.access import Act, Grant, Purpose, Ward
from stillroom.disclosure.breach.clocks import Clock, clocks
from stillroom.disclosure.breach.events import Decided, Event, Report, decode, encode
from stillroom.disclosure.breach.standing import Standing, require, stand
from stillroom.disclosure.models import Incident, IncidentEntry
from stillroom.identity import queries as people
from stillroom.identity.entries import EntryKind
from stillroom.kernel import StillroomError
from stillroom.phi import NotHere, Presence, bridge, register

_OPEN = Incident.State.OPEN
_INCIDENT = EntryKind("incident")


class IncidentAltered(StillroomError):
    """What is kept of an incident is not what was signed."""

    what = "an entry of this incident is not what was signed"
    usual_advice = "Nothing of it is shown. Tell whoever hosts the practice, and keep a copy."


class StillOwed(StillroomError):
    """An incident was to be closed while somebody has still to be told."""

    what = "somebody has still to be told, or it is not decided"
    usual_advice = "Decide whether it was a breach and tell whoever is to be told; then close it."


@dataclass(frozen=True)
class Written:
    """One entry of an incident's story."""

    number: int
    event: Event
    by: str
    at: datetime
    entry: int


@dataclass(frozen=True)
class WholeIncident:
    """An incident with its story, where it stands, and who is to be told by when."""

    id: str
    number: str
    state: str
    opened_by: str
    opened_at: datetime
    story: tuple[Written, ...]
    standing: Standing
    clocks: tuple[Clock, ...]
    mine_to_write: bool


def may_see_all(presence: Presence) -> bool:
    """Whether the whole register is this person's to read: for showing a door, no more."""
    return bridge.may(presence, Act.INCIDENT_READ, Purpose.OPERATIONS, Ward(chart=""))


def report(presence: Presence, event: Report) -> str:
    """Report that something went wrong; gives the incident's id."""
    ward = Ward(chart="", author=presence.person)
    grant = bridge.ask(presence, Act.INCIDENT_OPEN, Purpose.OPERATIONS, ward)
    require(None, event)
    with transaction.atomic():
        year = presence.at.year
        top = Incident.objects.filter(year=year).aggregate(top=Max("number"))["top"] or 0
        row = Incident.objects.create(
            year=year, number=top + 1, opened_by=presence.person, opened_at=presence.at
        )
        _append(presence, grant, row, event)
    return row.pk


def require_write(presence: Presence, incident_id: str) -> None:
    """`NotHere`, written down, for whoever may not write about this incident."""
    _asked(presence, Act.INCIDENT_WRITE, _find(presence, incident_id, Act.INCIDENT_WRITE))


def write(presence: Presence, incident_id: str, event: Event) -> int:
    """Write one thing more about an incident; gives the entry's number in the log."""
    grant = _asked(presence, Act.INCIDENT_WRITE, _find(presence, incident_id, Act.INCIDENT_WRITE))
    with transaction.atomic():
        row = Incident.objects.select_for_update().get(pk=incident_id)
        story = _story(presence, [row])[row.pk]
        require(stand(one.event for one in story), event)
        return _append(presence, grant, row, event)


def close(presence: Presence, incident_id: str) -> None:
    """Close an incident of which nothing is owed any more. A later entry opens none anew."""
    grant = _asked(presence, Act.INCIDENT_WRITE, _find(presence, incident_id, Act.INCIDENT_WRITE))
    found = whole(presence, incident_id)
    decided = found.standing.decided is not None
    if not decided or any(not one.done for one in found.clocks):
        raise StillOwed
    with transaction.atomic():
        register.note(presence, grant, {"did": "closed an incident", "incident": incident_id})
        Incident.objects.filter(pk=incident_id).update(state=Incident.State.CLOSED)


def whole(presence: Presence, incident_id: str) -> WholeIncident:
    """One incident, for whoever may read it."""
    row = _find(presence, incident_id, Act.INCIDENT_READ)
    _asked(presence, Act.INCIDENT_READ, row)
    return _whole(presence, row, _story(presence, [row])[row.pk])


def register_of(presence: Presence) -> list[WholeIncident]:
    """The incidents that this person may read, newest first: all, or those she reported."""
    rows = Incident.objects.order_by("-year", "-number")
    if not may_see_all(presence):
        rows = rows.filter(opened_by=presence.person)
    found = list(rows)
    if not found:
        return []
    stories = _story(presence, found)
    return [_whole(presence, row, stories[row.pk]) for row in found]


def open_clocks(presence: Presence) -> list[tuple[WholeIncident, Clock]]:
    """What is still to be told, for whoever handles it; nothing for others."""
    if not may_see_all(presence) or not Incident.objects.filter(state=_OPEN).exists():
        return []
    every = [one for one in register_of(presence) if one.state == _OPEN]
    return [(one, clock) for one in every for clock in one.clocks if not clock.done]


def number_of(row: Incident) -> str:
    """An incident's number as people say it."""
    return f"{row.year}-{row.number:03d}"


def _find(presence: Presence, incident_id: str, act: Act) -> Incident:
    row = Incident.objects.filter(pk=incident_id).first()
    if row is None:
        bridge.refuse(presence, act, incident_id)
        raise NotHere
    return row


def _asked(presence: Presence, act: Act, row: Incident) -> Grant:
    return bridge.ask(presence, act, Purpose.OPERATIONS, Ward(chart="", author=row.opened_by))


def _append(presence: Presence, grant: Grant, row: Incident, event: Event) -> int:
    number = row.entries.count() + 1
    words = encode(event)
    digest = _INCIDENT.digest(words)
    did = "decided on an incident" if isinstance(event, Decided) else "wrote about an incident"
    details: bridge.Details = {"did": did, "incident": row.pk, "content": digest.hex()}
    entry = register.note(presence, grant, details)
    IncidentEntry.objects.create(
        incident=row,
        number=number,
        by=presence.person,
        at=presence.at,
        sealed=register.seal(presence, grant, row.pk, "incident", number, words),
        signature=presence.key.sign(_INCIDENT.message(row.pk, number, digest)),
        entry=entry,
    )
    return entry


def _story(presence: Presence, rows: Iterable[Incident]) -> dict[str, tuple[Written, ...]]:
    """The stories of incidents by id, each entry checked against its signature."""
    found = list(rows)
    author = found[0].opened_by if len({row.opened_by for row in found}) == 1 else ""
    ward = Ward(chart="", author=author)
    grant = bridge.ask(presence, Act.INCIDENT_READ, Purpose.OPERATIONS, ward)
    entries = list(IncidentEntry.objects.filter(incident__in=found).order_by("incident", "number"))
    parts = [(one.incident_id, "incident", one.number, bytes(one.sealed)) for one in entries]
    details: bridge.Details = {"did": "incidents", "incidents": [row.pk for row in found]}
    stories: dict[str, list[Written]] = {row.pk: [] for row in found}
    for one, words in zip(entries, register.reveal(presence, grant, parts, details), strict=True):
        _check(one, words)
        written = Written(one.number, decode(words), one.by, one.at, one.entry)
        stories[one.incident_id].append(written)
    return {name: tuple(story) for name, story in stories.items()}


def _check(row: IncidentEntry, words: bytes) -> None:
    key, signature = people.verifying_key(row.by), bytes(row.signature)
    if not _INCIDENT.holds(words, row.incident_id, row.number, key, signature):
        raise IncidentAltered


def _whole(presence: Presence, row: Incident, story: tuple[Written, ...]) -> WholeIncident:
    at = stand(one.event for one in story)
    return WholeIncident(
        id=row.pk,
        number=number_of(row),
        state=row.state,
        opened_by=row.opened_by,
        opened_at=row.opened_at,
        story=story,
        standing=at,
        clocks=clocks(at),
        mine_to_write=may_see_all(presence),
    )
