"""From where a guest's account was opened: known there, or not (THREATS.md, T08).

Rules: a passkey is known, because it was made by her who was inside. Else a browser is known only
if she asked for it at the door: it then carries a cookie that says nothing, and we keep a digest.
Nothing is told from addresses, clocks or the make of a browser, and none of them is kept. What was
opened from elsewhere waits, one line an account, until somebody who cares has looked.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction

from stillroom.access import Act
from stillroom.identity import rules
from stillroom.identity.models import FamiliarBrowser, Unfamiliar
from stillroom.phi import Presence, bridge

LIVES = timedelta(days=180)
_BYTES = 32


@dataclass(frozen=True)
class Opened:
    """How often, and between when, an account was opened from somewhere unknown."""

    person: str
    first_at: datetime
    last_at: datetime
    times: int


@dataclass(frozen=True)
class Unread:
    """How often it was opened from elsewhere since she read of it, and when last."""

    times: int
    last_at: datetime


def _mark(carried: str) -> str:
    return sha256(b"stillroom familiar browser v1\0" + carried.encode()).hexdigest()


def is_familiar(person: str, carried: str, *, at: datetime) -> bool:
    """Whether what a browser carries is known for this account."""
    if not carried:
        return False
    rows = FamiliarBrowser.objects.filter(pk=_mark(carried), person_id=person)
    return rows.filter(made_at__gt=at - LIVES).exists()


def remember(person: str, *, at: datetime) -> str:
    """Know this browser again; gives what it is to carry."""
    carried = secrets.token_urlsafe(_BYTES)
    FamiliarBrowser.objects.filter(made_at__lte=at - LIVES).delete()
    FamiliarBrowser.objects.create(mark=_mark(carried), person_id=person, made_at=at)
    return carried


def how_many(presence: Presence) -> int:
    """How many browsers are known for whoever asks."""
    rows = FamiliarBrowser.objects.filter(person_id=presence.person)
    return rows.filter(made_at__gt=presence.at - LIVES).count()


def forget(presence: Presence) -> None:
    """Know none of them any more."""
    bridge.note_house(presence, Act.OWN_ACCOUNT_WRITE, {"did": "forgot the browsers it knew"})
    FamiliarBrowser.objects.filter(person_id=presence.person).delete()


def note(person: str, *, at: datetime) -> bool:
    """Keep that an account was opened from somewhere unknown; whether a notice is due now."""
    with transaction.atomic():
        row, _ = Unfamiliar.objects.select_for_update().get_or_create(
            person_id=person, defaults={"first_at": at, "last_at": at, "times": 0}
        )
        due = row.told_at is None or at - row.told_at >= rules.NOTICE_EVERY
        row.first_at = row.first_at if row.times else at
        row.times, row.last_at, row.unread = row.times + 1, at, row.unread + 1
        row.told_at = at if due else row.told_at
        row.save()
    return due


def waiting(persons: Iterable[str]) -> dict[str, Opened]:
    """What nobody has looked at yet, by account; the caller may know of them."""
    rows = Unfamiliar.objects.filter(pk__in=list(persons), times__gt=0)
    return {
        row.person_id: Opened(row.person_id, row.first_at, row.last_at, row.times) for row in rows
    }


# Written out: her first page asks it each time.
_UNREAD = """
    SELECT strange.person_id, strange.unread, strange.last_at FROM identity_unfamiliar strange
    JOIN identity_session own ON own.person_id = strange.person_id
    WHERE own.id = %s AND own.person_id = %s AND own.known AND strange.unread > 0
"""


def unread(presence: Presence) -> Unread | None:
    """What she is told of it on her own pages: only in a session from where she is known, so that
    whoever came in from elsewhere does not learn that it was seen."""
    for row in Unfamiliar.objects.raw(_UNREAD, (presence.session, presence.person)):
        return Unread(row.unread, row.last_at)
    return None


def read(presence: Presence) -> None:
    """She has read it."""
    if unread(presence) is not None:
        Unfamiliar.objects.filter(pk=presence.person).update(unread=0)


def looked_at(person: str) -> None:
    """Somebody has looked; that a notice was due today stays known."""
    Unfamiliar.objects.filter(pk=person).update(times=0)
