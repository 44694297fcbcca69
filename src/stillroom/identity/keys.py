"""A person's keys: made once by herself, sealed under two ways in before the first client (T11).

The identity key never leaves this process in the clear. Making is apart from keeping, so that the
entry in the log can stand between the two.
"""

from dataclasses import dataclass
from datetime import datetime

import pyotp
import segno
from django.db import transaction

from stillroom.identity import doors
from stillroom.identity.models import OneTimeCode, Person, WayIn
from stillroom.kernel import Misuse, Secret
from stillroom.phi import House
from stillroom.vault import (
    Cost,
    PassphraseLock,
    PersonKey,
    SharedKey,
    new_recovery_words,
    words_key,
)


@dataclass(frozen=True)
class Welcome:
    """What a person is told once: her authenticator secret, and her recovery words if new."""

    person: str
    sign_name: str
    name: str
    code_secret: Secret
    words: tuple[str, ...]

    @property
    def code_address(self) -> str:
        """The otpauth address for an authenticator; it names the software, not the practice."""
        return pyotp.TOTP(self.code_secret.expose().decode()).provisioning_uri(
            name=self.sign_name, issuer_name="Stillroom"
        )

    @property
    def code_picture(self) -> str:
        """The address as a QR code: a data address of an SVG, made here, sent nowhere."""
        return segno.make_qr(self.code_address).svg_data_uri(scale=4, border=2)


@dataclass(frozen=True)
class NewKeys:
    """Keys made but not yet kept: the rows, and what is told once they are."""

    welcome: Welcome
    public_key: bytes
    ways: tuple[WayIn, ...]
    code: OneTimeCode


def require_strong(passphrase: str) -> None:
    """`WeakPassphrase` for one that the vault would not take; costs next to nothing."""
    PassphraseLock.create(cost=Cost.TEST).key(passphrase)


def passphrase_way(
    house: House, person: Person, key: PersonKey, passphrase: str, *, at: datetime
) -> WayIn:
    """A way in by passphrase, not yet kept. `WeakPassphrase` before any work is done."""
    lock = PassphraseLock.create(cost=house.cost)
    return _way(person, WayIn.Kind.PASSPHRASE, lock.to_bytes(), key, lock.key(passphrase), at)


def words_way(person: Person, key: PersonKey, *, at: datetime) -> tuple[WayIn, tuple[str, ...]]:
    """A way in by new recovery words, not yet kept, and the words."""
    words = new_recovery_words()
    return _way(person, WayIn.Kind.WORDS, b"", key, words_key(words), at), words


def _way(
    person: Person, kind: str, lock: bytes, key: PersonKey, shared: SharedKey, at: datetime
) -> WayIn:
    return WayIn(
        person=person,
        kind=kind,
        lock=lock,
        sealed_key=doors.seal_identity(person.pk, key, shared),
        created_at=at,
    )


def prepare_keys(house: House, person: Person, passphrase: str, *, at: datetime) -> NewKeys:
    """New keys for a person who has none: passphrase with code, and words on paper."""
    key = PersonKey.create()
    on_paper, words = words_way(person, key, at=at)
    secret = pyotp.random_base32()
    ways = (
        passphrase_way(house, person, key, passphrase, at=at),
        on_paper,
    )
    told = Welcome(person.pk, person.sign_name, person.name, Secret(secret.encode()), words)
    code = OneTimeCode(person=person, sealed=doors.seal_code(house, person.pk, secret))
    return NewKeys(told, key.public.to_bytes(), ways, code)


def keep_keys(made: NewKeys) -> Welcome:
    """Keep prepared keys. A person has one identity: `Misuse` if she has keys already."""
    with transaction.atomic():
        person = Person.anyone.select_for_update().get(pk=made.welcome.person)
        if person.public_key or person.ways_in.exists():
            raise Misuse("this person has keys already")
        WayIn.objects.bulk_create(made.ways)
        made.code.save(force_insert=True)
        person.public_key = made.public_key
        person.active = True
        person.save(update_fields=["public_key", "active"])
    return made.welcome


def make_keys(house: House, person_id: str, passphrase: str, *, at: datetime) -> Welcome:
    """Prepare a person's keys and keep them."""
    person = Person.anyone.get(pk=person_id)
    return keep_keys(prepare_keys(house, person, passphrase, at=at))


def replace_way(person: Person, way: WayIn) -> None:
    """One passphrase at a time, and one set of words: the old lock goes, with the key under it."""
    with transaction.atomic():
        person.ways_in.filter(kind=way.kind).delete()
        way.save(force_insert=True)
