"""Ways in: opening a person's identity key by passphrase and code, or by passkey.

Rules: an unknown name costs the same work as a wrong passphrase, and both are told alike; a code
counts once; a name that fails too often waits, whether it exists or not (P8).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256

from django.db import transaction

from stillroom.identity import rules
from stillroom.identity.models import Attempt, OneTimeCode, Person, WayIn
from stillroom.kernel import Secret, StillroomError
from stillroom.phi import House
from stillroom.vault import Cost, PassphraseLock, PersonKey, SharedKey, words_key

_KEY = b"stillroom identity v1|"
_CODE = b"stillroom one-time code v1|"


@dataclass(frozen=True)
class Opened:
    """A person who has proved herself, with her key. It lives for one request."""

    person: str
    key: PersonKey


def seal_identity(person: str, key: PersonKey, lock: SharedKey) -> bytes:
    """A person's identity key under one way in."""
    return lock.wrap(key.to_secret(), _KEY + person.encode())


def open_identity(person: str, sealed: bytes, lock: SharedKey) -> PersonKey:
    """The identity key again; `WrongIdentity` if the lock is another's."""
    return PersonKey.from_secret(lock.unwrap(sealed, _KEY + person.encode()))


def seal_code(house: House, person: str, secret: str) -> bytes:
    """An authenticator secret, for the server to check codes with while it is unsealed."""
    return house.server.wrap(Secret(secret.encode()), _CODE + person.encode())


def by_passphrase(
    house: House, sign_name: str, passphrase: str, code: str, *, at: datetime
) -> Opened:
    """The person and her key, or `SignInRefused` / `TooManyTries`."""
    wanted = rules.clean_sign_name(sign_name)
    mark = _mark(house, wanted)
    _hold_if_closed(mark, at)
    person = Person.objects.filter(sign_name=wanted, active=True).first()
    key = _try_passphrase(person, passphrase, house.cost)
    step = _try_code(house, person, code, at)
    if person is None or key is None or step is None or not _spend(person, step):
        _count_failure(mark, at)
        raise rules.SignInRefused
    Attempt.objects.filter(pk=mark).delete()
    return Opened(person.pk, key)


def by_words(house: House, sign_name: str, words: Iterable[str], *, at: datetime) -> Opened:
    """The person behind recovery words, with her key; `SignInRefused` / `TooManyTries`."""
    wanted = rules.clean_sign_name(sign_name)
    mark = _mark(house, wanted)
    _hold_if_closed(mark, at)
    lock = words_key(words)
    way = WayIn.objects.filter(
        person__sign_name=wanted, person__active=True, kind=WayIn.Kind.WORDS
    ).first()
    try:
        if way is None:
            raise rules.SignInRefused
        return Opened(way.person_id, open_identity(way.person_id, bytes(way.sealed_key), lock))
    except StillroomError:
        _count_failure(mark, at)
        raise rules.SignInRefused from None


def _try_passphrase(person: Person | None, passphrase: str, cost: Cost) -> PersonKey | None:
    way = person and person.ways_in.filter(kind=WayIn.Kind.PASSPHRASE).first()
    lock = PassphraseLock.from_bytes(bytes(way.lock)) if way else _nobodys_lock(cost)
    try:
        shared = lock.key(passphrase)
        if person is None or not way:
            return None
        return open_identity(person.pk, bytes(way.sealed_key), shared)
    except StillroomError:
        return None


@lru_cache(maxsize=2)
def _nobodys_lock(cost: Cost) -> PassphraseLock:
    """A lock for names that do not exist, so that they take as long as those that do."""
    return PassphraseLock.create(cost=cost)


def _try_code(house: House, person: Person | None, code: str, at: datetime) -> int | None:
    row = person and OneTimeCode.objects.filter(person=person).first()
    if not row or person is None:
        return None
    secret = house.server.unwrap(bytes(row.sealed), _CODE + person.pk.encode())
    return rules.matching_step(secret.expose().decode(), code, at, row.last_step)


def _spend(person: Person, step: int) -> bool:
    """Use a code's step up, once, also when two sign-ins race for it."""
    return bool(
        OneTimeCode.objects.filter(person=person, last_step__lt=step).update(last_step=step)
    )


def _mark(house: House, name: str) -> str:
    key = house.server.derive(b"stillroom sign-in mark v1|" + name.encode())
    return sha256(key.to_secret().expose()).hexdigest()


def _hold_if_closed(mark: str, at: datetime) -> None:
    row = Attempt.objects.filter(pk=mark).first()
    if row and row.closed_until and row.closed_until > at:
        raise rules.TooManyTries


def _count_failure(mark: str, at: datetime) -> None:
    with transaction.atomic():
        row, _ = Attempt.objects.select_for_update().get_or_create(pk=mark)
        row.failures += 1
        wait = rules.wait_after(row.failures)
        row.closed_until = at + wait if wait else None
        row.save()
