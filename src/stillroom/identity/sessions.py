"""Sessions: begin, continue, lock, unlock, step up, end.

Rule (P3): the row holds the identity key only sealed twice, under a key that the cookie alone
carries and under the server's. A stolen database opens with neither; a stolen cookie opens nothing
without the server; and a stolen machine, whose browser may keep cookies, nothing while it is sealed
(T01). Locking empties the row. Rows whose time is over are emptied when the next session begins,
although nobody comes back for them.
"""

from dataclasses import dataclass
from datetime import datetime

from stillroom.access import Act, Role
from stillroom.identity import readmission, rules
from stillroom.identity.doors import Opened
from stillroom.identity.models import Person, Session
from stillroom.identity.refusals import SignInRefused
from stillroom.kernel import Secret, StillroomError, Trilean
from stillroom.phi import House, Presence, bridge
from stillroom.vault import PersonKey, SharedKey

_CONTEXT = b"stillroom session v2|"
_SERVER = b"stillroom sessions v2"


@dataclass(frozen=True)
class Locked:
    """A session that waits for its owner; it knows who, and holds no key. Never a client's."""

    guest = False

    person: str
    sign_name: str
    name: str


@dataclass(frozen=True)
class Running:
    """One of a person's sessions, as she sees it on her account's page."""

    id: str
    began_at: datetime
    seen_at: datetime
    locked: bool
    here: bool


def _seal(house: House, name: str, lock: SharedKey, opened: Opened) -> bytes:
    """The identity key under the cookie's key, and that under the server's; bound to its owner."""
    context = _context(name, opened.person)
    inner = lock.wrap(opened.key.to_secret(), context)
    return house.server.derive(_SERVER).wrap(Secret(inner), context)


def _open(server: SharedKey, row: Session, lock: SharedKey) -> PersonKey:
    context = _context(row.pk, row.person_id)
    inner = server.derive(_SERVER).unwrap(bytes(row.sealed_key), context)
    return PersonKey.from_secret(lock.unwrap(inner.expose(), context))


def _context(name: str, person: str) -> bytes:
    return _CONTEXT + f"{name}|{person}".encode()


def begin(house: House, opened: Opened, *, at: datetime, known: bool = False) -> Secret:
    """A new session; gives the cookie's value, which is kept nowhere else. `known`: from a browser
    that a client asked us to know, or by her passkey."""
    cookie = SharedKey.create().to_secret()
    name, lock = rules.session_keys(cookie)
    _sweep(at)
    readmission.came_by_herself(house, opened.person, at=at)
    Session.objects.create(
        id=name,
        person_id=opened.person,
        sealed_key=_seal(house, name, lock, opened),
        began_at=at,
        seen_at=at,
        proven_at=at,
        known=known,
    )
    return cookie


def _sweep(at: datetime) -> None:
    """Rows that nobody came back for hold no key longer than they may."""
    Session.objects.filter(began_at__lte=at - rules.LONGEST).delete()
    Session.objects.filter(seen_at__lte=at - rules.IDLE).exclude(sealed_key=b"").update(
        sealed_key=b""
    )


def resume(house: House, cookie: Secret, *, at: datetime) -> Presence | Locked | None:
    """Who comes with this cookie: present, locked, or nobody. `Sealed` while the house is."""
    server = house.server
    try:
        name, lock_key = rules.session_keys(cookie)
    except StillroomError:
        return None
    row = _find(name)
    if row is None or not row.person.active or row.person.frozen:
        return None
    guest = row.person.guest
    if rules.is_over(row.began_at, at, guest=guest):
        row.delete()
        return None
    if guest and rules.is_idle(row.seen_at, at, guest=True):
        # On a borrowed telephone nothing waits for its owner: what was left alone is over (T08).
        row.delete()
        return None
    if row.sealed_key and rules.is_idle(row.seen_at, at):
        # Only as it was seen: an unlock at this moment is not undone.
        Session.objects.filter(pk=name, seen_at=row.seen_at).update(sealed_key=b"")
        row.sealed_key = b""
    if not row.sealed_key:
        return Locked(row.person.pk, row.person.sign_name, row.person.name)
    try:
        key = _open(server, row, lock_key)
    except StillroomError:
        # A row that was altered on disk opens for nobody; the person signs in again.
        row.delete()
        return None
    if at - row.seen_at >= rules.SEEN_EVERY:
        Session.objects.filter(pk=name, seen_at__lt=at).update(seen_at=at)
    return _presence(house, row, key, at)


# Written out, because every page begins with it and building it anew takes Django four times as
# long as the answer (`make bench`).
_SESSION = "SELECT * FROM identity_session WHERE id = %s"
_OWNER = "SELECT * FROM identity_person WHERE id = %s"


def _find(name: str) -> Session | None:
    """A session with its person."""
    row = next(iter(Session.objects.raw(_SESSION, (name,))), None)
    if row is not None:
        (row.person,) = Person.anyone.raw(_OWNER, (row.person_id,))
    return row


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
        language=person.language,
    )


def began(presence: Presence) -> datetime | None:
    """When the session began in which somebody is here; `None` outside of any."""
    row = next(iter(Session.objects.raw(_SESSION, (presence.session,))), None)
    return row.began_at if row is not None else None


def lock(cookie: Secret) -> None:
    """Forget the key of this session, and keep the session so that its owner can come back."""
    name, _ = rules.session_keys(cookie)
    Session.objects.filter(pk=name).update(sealed_key=b"")


def reopen(house: House, cookie: Secret, opened: Opened, *, at: datetime) -> None:
    """Give a locked session its key again, freshly proven. Also the step-up of an open one.

    `SignInRefused` unless it is the session of the very person who proved herself.
    """
    name, lock_key = rules.session_keys(cookie)
    found = Session.objects.filter(pk=name, person_id=opened.person).update(
        sealed_key=_seal(house, name, lock_key, opened),
        seen_at=at,
        proven_at=at,
    )
    if not found:
        raise SignInRefused


def end(cookie: Secret) -> None:
    """Sign out: the row and with it the sealed key are gone."""
    name, _ = rules.session_keys(cookie)
    Session.objects.filter(pk=name).delete()


def end_all_of(person: str) -> int:
    """End every session of a person (an account closed, keys recovered)."""
    return Session.objects.filter(person_id=person).delete()[0]


def running(presence: Presence) -> list[Running]:
    """The signed-in person's sessions that are not over, the latest seen first."""
    rows = Session.objects.filter(person_id=presence.person).order_by("-seen_at", "pk")
    return [
        Running(
            row.pk,
            row.began_at,
            row.seen_at,
            not row.sealed_key or rules.is_idle(row.seen_at, presence.at),
            row.pk == presence.session,
        )
        for row in rows
        if not rules.is_over(row.began_at, presence.at)
    ]


def end_others(presence: Presence, only: str = "") -> int:
    """End the person's other sessions, or `only` that one; never the one she asks from."""
    rows = Session.objects.filter(person_id=presence.person).exclude(pk=presence.session)
    if only:
        rows = rows.filter(pk=only)
    bridge.note_house(presence, Act.SESSION_END, {"did": "ended other sessions", "only": only[:16]})
    return rows.delete()[0]
