"""Ways in: opening a person's identity key by passphrase and code, or by recovery words.

Rules: an unknown name costs the same work as a wrong passphrase, and both are told alike; a code
counts once; a name that fails too often waits, whether it exists or not (P8). Every refusal is
written down: whose name it was, if it was somebody's, and the keyed mark of the name; never what
was typed, because people type a passphrase into the wrong field.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from stillroom.access import Act
from stillroom.identity import rules, throttle
from stillroom.identity.models import OneTimeCode, Person, WayIn
from stillroom.identity.refusals import PassphraseWrong, SignInRefused, WordsRefused
from stillroom.kernel import Secret, StillroomError
from stillroom.phi import House, Presence, bridge
from stillroom.vault import Cost, PassphraseLock, PersonKey, SharedKey, words_key

DOOR = "door"
"""Who acts in the entry of a refusal: nobody has proved to be anyone."""

_KEY = b"stillroom identity v1|"
_CODE = b"stillroom one-time code v1|"
_NOBODYS_SECRET = "A" * 32
_MARK_SHOWN = 16


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
    """A colleague and her key, or `SignInRefused` / `TooManyTries`."""
    wanted = rules.clean_sign_name(sign_name)
    mark = throttle.charge(house, wanted, at=at)
    person = _person_named(wanted)
    key = _try_passphrase(house, person, passphrase)
    step = _try_code(house, person, code, at)
    if person is None or key is None or step is None or not _spend(person, step):
        note_refusal(house, "passphrase", person.pk if person else "", mark, at=at)
        raise SignInRefused
    throttle.refund(mark)
    return Opened(person.pk, key)


def by_guest_passphrase(
    house: House, mark: str, passphrase: str, code: str, *, at: datetime
) -> Opened:
    """A client and her key, by the mark of her name (`guests.mark_of`), or the same refusals.

    A code is asked of her only if she keeps an authenticator. A frozen account is nobody's.
    """
    tried = throttle.charge(house, mark, at=at)
    person = Person.anyone.filter(sign_name=mark, active=True, guest=True, frozen=False).first()
    key = _try_passphrase(house, person, passphrase)
    keeps = person is not None and OneTimeCode.objects.filter(person=person).exists()
    step = _try_code(house, person, code, at)
    spent = person is not None and step is not None and _spend(person, step)
    if person is None or key is None or (keeps and not spent):
        note_refusal(house, "passphrase", person.pk if person else "", tried, at=at)
        raise SignInRefused
    throttle.refund(tried)
    return Opened(person.pk, key)


def by_words(house: House, sign_name: str, words: Iterable[str], *, at: datetime) -> Opened:
    """The person behind recovery words, with her key; `WordsRefused` / `TooManyTries`.

    `WordsUnreadable` tells a slip of the pen before anything is looked up or counted.
    """
    lock = words_key(words)
    wanted = rules.clean_sign_name(sign_name)
    mark = throttle.charge(house, wanted, at=at)
    person = _person_named(wanted)
    way = _way_of(person, WayIn.Kind.WORDS)
    key = _try_lock(person, way, lock)
    if person is None or key is None:
        note_refusal(house, "words", person.pk if person else "", mark, at=at)
        raise WordsRefused
    throttle.refund(mark)
    return Opened(person.pk, key)


def require_passphrase(presence: Presence, passphrase: str) -> None:
    """That a signed-in person knows her passphrase, or `PassphraseWrong` / `TooManyTries`."""
    house, at = presence.house, presence.at
    person = Person.anyone.get(pk=presence.person)
    mark = throttle.charge(house, person.sign_name, at=at)
    if _try_passphrase(house, person, passphrase) is None:
        note_refusal(house, "present passphrase", person.pk, mark, at=at)
        raise PassphraseWrong
    throttle.refund(mark)


def note_refusal(house: House, way: str, person: str, mark: str, *, at: datetime) -> None:
    """Write a refusal down: by which way, and whose it would have been, if anybody's."""
    details: bridge.Details = {
        "did": "refused a way in",
        "way": way,
        "person": person,
        "mark": mark[:_MARK_SHOWN],
    }
    bridge.note_event(house, DOOR, Act.SESSION_REFUSE, details, at=at)


def _person_named(clean: str) -> Person | None:
    return Person.objects.filter(sign_name=clean, active=True).first()


def _way_of(person: Person | None, kind: str) -> WayIn | None:
    """One query, whether there is such a person or not."""
    return WayIn.objects.filter(person_id=person.pk if person else "", kind=kind).first()


def _try_passphrase(house: House, person: Person | None, passphrase: str) -> PersonKey | None:
    way = _way_of(person, WayIn.Kind.PASSPHRASE)
    try:
        lock = PassphraseLock.from_bytes(bytes(way.lock)) if way else _nobodys_lock(house.cost)
        shared = lock.key(passphrase)
    except StillroomError:
        return None
    return _try_lock(person, way, shared)


def _try_lock(person: Person | None, way: WayIn | None, lock: SharedKey) -> PersonKey | None:
    """The key behind a way in; for nobody's, the same work and nothing."""
    name = person.pk if person and way else ""
    sealed = bytes(way.sealed_key) if person and way else _nobodys_wrap()
    try:
        return open_identity(name, sealed, lock)
    except StillroomError:
        return None


@lru_cache(maxsize=2)
def _nobodys_lock(cost: Cost) -> PassphraseLock:
    """A lock for names that do not exist, so that they take as long as those that do."""
    return PassphraseLock.create(cost=cost)


@lru_cache(maxsize=1)
def _nobodys_wrap() -> bytes:
    """A sealed key that nothing opens: the key it was sealed under is gone."""
    return seal_identity("", PersonKey.create(), SharedKey.create())


def _try_code(house: House, person: Person | None, code: str, at: datetime) -> int | None:
    name = person.pk if person else ""
    row = OneTimeCode.objects.filter(person_id=name).first()
    sealed = bytes(row.sealed) if row else seal_code(house, name, _NOBODYS_SECRET)
    try:
        secret = house.server.unwrap(sealed, _CODE + name.encode()).expose().decode()
    except StillroomError:
        # A secret that was altered on disk, or sealed by another house, makes no code right.
        return None
    step = rules.matching_step(secret, code, at, row.last_step if row else 0)
    return step if row else None


def _spend(person: Person, step: int) -> bool:
    """Use a code's step up, once, also when two sign-ins race for it."""
    return bool(
        OneTimeCode.objects.filter(person=person, last_step__lt=step).update(last_step=step)
    )
