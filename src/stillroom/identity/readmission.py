"""Somebody lost every way in and is to be let in again: the waiting that the living can stop (T11).

Rules: it begins and ends on the practice's own machine, by two recovery shares; between the two lie
three days in which it stands on Today and on the page People, and ends at once when she signs in or
whoever runs the accounts says so. The entry comes first. What happens then is `replacing`.
"""

from dataclasses import dataclass
from datetime import datetime

from stillroom.access import Act, Purpose, Ward
from stillroom.identity import rules
from stillroom.identity.models import Person, Readmission, Session
from stillroom.identity.refusals import NobodyToReadmit, NotBegun, StillWaiting
from stillroom.phi import House, NotHere, Presence, bridge


@dataclass(frozen=True)
class Waiting:
    """Who is to be let in again, since when, and from when on it may be done."""

    person: str
    name: str
    begun_at: datetime
    ready_at: datetime


def begin(house: House, sign_name: str, *, at: datetime) -> Waiting:
    """The waiting begins. Her sessions end: whoever still has a way in signs in, and stops it.

    Begun once: a second time changes nothing. `NobodyToReadmit` for a name that nobody has.
    """
    person = _named(sign_name)
    standing = Readmission.objects.filter(person=person).first()
    if standing is not None:
        return _seen(standing)
    ready = at + rules.READMISSION_WAITS
    did: bridge.Details = {
        "did": "began to let somebody in again",
        "person": person.pk,
        "from": ready.isoformat(),
    }
    bridge.note_event(house, "house", Act.HOUSE_RECOVER, did, at=at)
    Session.objects.filter(person=person).delete()
    return _seen(Readmission.objects.create(person=person, begun_at=at, ready_at=ready))


def require_ready(sign_name: str, *, at: datetime) -> str:
    """The person whose waiting is over, or `NotBegun` / `StillWaiting`, which says until when."""
    row = Readmission.objects.filter(person=_named(sign_name)).first()
    if row is None:
        raise NotBegun
    if not rules.is_ready(row.ready_at, at):
        raise StillWaiting(f"the waiting is not over before {row.ready_at:%Y-%m-%d %H:%M} UTC")
    return row.person_id


def came_by_herself(house: House, person: str, *, at: datetime) -> None:
    """She signs in, so she has a way in: whatever was begun in her name is over."""
    if not Readmission.objects.filter(person_id=person).exists():
        return
    did: bridge.Details = {"did": "stopped her own readmission by signing in"}
    bridge.note_event(house, person, Act.OWN_ACCOUNT_WRITE, did, at=at)
    Readmission.objects.filter(person_id=person).delete()


def stop(presence: Presence, person: str) -> None:
    """Whoever runs the accounts stops it; nothing was opened, and nothing will be."""
    grant = bridge.ask(presence, Act.ACCOUNT_WRITE, Purpose.ACCOUNTS, Ward(chart=""))
    if not Readmission.objects.filter(person_id=person).exists():
        bridge.refuse(presence, grant.act, person)
        raise NotHere
    bridge.note_house(presence, grant.act, {"did": "stopped a readmission", "person": person})
    Readmission.objects.filter(person_id=person).delete()


def waiting() -> list[Waiting]:
    """Everybody who is to be let in again. It is no secret: whoever works here may object to it."""
    return [_seen(row) for row in Readmission.objects.select_related("person").order_by("begun_at")]


def _named(sign_name: str) -> Person:
    wanted = rules.clean_sign_name(sign_name)
    found = Person.objects.filter(sign_name=wanted, active=True).exclude(public_key=b"").first()
    if found is None:
        raise NobodyToReadmit
    return found


def _seen(row: Readmission) -> Waiting:
    return Waiting(row.person_id, row.person.name, row.begun_at, row.ready_at)
