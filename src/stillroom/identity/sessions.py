"""Sessions: begin, continue, lock, unlock, step up, end.

Rule (P3): the row holds the identity key only sealed under the cookie's key. Locking empties it;
the cookie alone then opens nothing, and a stolen database holds no key at all.
"""

from dataclasses import dataclass
from datetime import datetime

from stillroom.access import Role
from stillroom.identity import rules
from stillroom.identity.doors import Opened
from stillroom.identity.models import Session
from stillroom.kernel import Secret, StillroomError, Trilean
from stillroom.phi import House, Presence
from stillroom.vault import PersonKey, SharedKey

_CONTEXT = b"stillroom session v1|"


@dataclass(frozen=True)
class Locked:
    """A session that waits for its owner; it knows who, and holds no key."""

    person: str
    sign_name: str
    name: str


def begin(opened: Opened, *, at: datetime) -> Secret:
    """A new session; gives the cookie's value, which is kept nowhere else."""
    cookie = SharedKey.create().to_secret()
    name, lock = rules.session_keys(cookie)
    Session.objects.create(
        id=name,
        person_id=opened.person,
        sealed_key=lock.wrap(opened.key.to_secret(), _CONTEXT + name.encode()),
        began_at=at,
        seen_at=at,
        proven_at=at,
    )
    return cookie


def resume(house: House, cookie: Secret, *, at: datetime) -> Presence | Locked | None:
    """Who comes with this cookie: present, locked, or nobody."""
    try:
        name, lock = rules.session_keys(cookie)
    except StillroomError:
        return None
    row = Session.objects.select_related("person").filter(pk=name).first()
    if row is None or not row.person.active:
        return None
    if rules.is_over(row.began_at, at):
        row.delete()
        return None
    if row.sealed_key and rules.is_idle(row.seen_at, at):
        _empty(name)
        row.sealed_key = b""
    if not row.sealed_key:
        return Locked(row.person.pk, row.person.sign_name, row.person.name)
    if at - row.seen_at >= rules.SEEN_EVERY:
        Session.objects.filter(pk=name).update(seen_at=at)
    try:
        secret = lock.unwrap(bytes(row.sealed_key), _CONTEXT + name.encode())
    except StillroomError:
        # A row that was altered on disk opens for nobody; the person signs in again.
        row.delete()
        return None
    return _presence(house, row, PersonKey.from_secret(secret), at)


def _presence(house: House, row: Session, key: PersonKey, at: datetime) -> Presence:
    person = row.person
    return Presence(
        house=house,
        person=person.pk,
        name=person.name,
        roles=frozenset(Role(role) for role in person.roles),
        key=key,
        at=at,
        session=row.pk,
        stepped_up=Trilean.of(rules.is_stepped_up(row.proven_at, at)),
        veil=person.veil,
    )


def _empty(name: str) -> None:
    Session.objects.filter(pk=name).update(sealed_key=b"")


def lock(cookie: Secret) -> None:
    """Forget the key of this session, and keep the session so that its owner can come back."""
    name, _ = rules.session_keys(cookie)
    _empty(name)


def reopen(cookie: Secret, opened: Opened, *, at: datetime) -> None:
    """Give a locked session its key again, freshly proven. Also the step-up of an open one."""
    name, lock_key = rules.session_keys(cookie)
    Session.objects.filter(pk=name).update(
        sealed_key=lock_key.wrap(opened.key.to_secret(), _CONTEXT + name.encode()),
        seen_at=at,
        proven_at=at,
    )


def end(cookie: Secret) -> None:
    """Sign out: the row and with it the sealed key are gone."""
    name, _ = rules.session_keys(cookie)
    Session.objects.filter(pk=name).delete()


def end_all_of(person: str) -> int:
    """End every session of a person (an account closed, a passphrase changed)."""
    return Session.objects.filter(person_id=person).delete()[0]
