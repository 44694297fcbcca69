"""Accounts of clients, and of those who stand for them: offered, taken up, frozen, closed.

Rules: nothing on the disk says whose an account is, not even the name she signs in with: that is
made here, told once, and kept as a mark that the unsealed server alone can make (P8). Her first
key is made by whoever invites, who wraps the rings of her charts to it, and lies behind two secrets
that reach her by two ways, the address of a link and a code; it serves until she comes, who makes a
key of her own, so that nobody else ever held it (P3). Five wrong codes close a place for good. A
frozen account is told like a wrong passphrase, whoever holds the telephone (THREATS.md, T08).
"""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction

from stillroom.access import Act, Role
from stillroom.identity import doors, keys, rules, sessions
from stillroom.identity.models import GuestInvitation, Person, WayIn
from stillroom.identity.refusals import InvitationOver
from stillroom.kernel import Secret, StillroomError
from stillroom.phi import House, bridge, rings
from stillroom.vault import (
    PersonKey,
    Place,
    PublicKey,
    open_behind,
    random_words,
    seal_behind,
    spend_as_much,
)

LIVES = timedelta(days=7)
TRIES = 5
CODE_WORDS = 4
ROLES = frozenset({Role.CLIENT})
NAME_WORDS = 2
_SECRET_BYTES = 32


@dataclass(frozen=True)
class Offer:
    """A place for somebody: her account, the two secrets that open it, the key to wrap rings to."""

    person: str
    address: str
    code: str
    public: PublicKey
    ends_at: datetime


@dataclass(frozen=True)
class Welcomed:
    """What she is told once: the name to sign in with."""

    person: str
    sign_name: str


@dataclass(frozen=True)
class GuestAccount:
    """How an account stands, for those who may know of it."""

    person: str
    active: bool
    frozen: bool
    offered_until: datetime | None


def mark_of(house: House, sign_name: str) -> str:
    """What stands in place of a name to sign in with; only the unsealed house can make it."""
    clean = rules.clean_sign_name(sign_name).encode()
    key = house.server.derive(b"stillroom guest name v1|" + clean)
    return "~" + sha256(key.to_secret().expose()).hexdigest()[:60]


def _place(house: House, person: str) -> Place:
    return Place(house.practice, person, "invitation", "key", 1)


def _address_mark(address: str) -> str:
    return sha256(b"stillroom guest address v1\0" + address.encode()).hexdigest()


def _secret(address: str) -> Secret:
    raw = urlsafe_b64decode(address + "=" * (-len(address) % 4))
    if len(raw) != _SECRET_BYTES:
        raise ValueError
    return Secret(raw)


def _said(code: str) -> str:
    return " ".join(code.casefold().replace("-", " ").split())


def offer(house: House, *, at: datetime, person: str = "") -> Offer:
    """Open a place, for somebody new or, after she lost her way in, for the same account anew.

    The caller has asked the gate, writes the entry, and wraps the rings to `public`.
    """
    key = PersonKey.create()
    address = urlsafe_b64encode(secrets.token_bytes(_SECRET_BYTES)).decode().rstrip("=")
    code, ends = random_words(CODE_WORDS), at + LIVES
    with transaction.atomic():
        row = _fresh(person)
        row.public_key = key.public.to_bytes()
        row.save()
        sealed = seal_behind(
            _secret(address),
            _said(code),
            key.to_secret().expose(),
            _place(house, row.pk),
            house.cost,
        )
        GuestInvitation.objects.create(
            mark=_address_mark(address), person=row, sealed=sealed, ends_at=ends, tries=TRIES
        )
    return Offer(row.pk, address, code, key.public, ends)


def _fresh(person: str) -> Person:
    """The row to offer: what led into it before leads there no more."""
    if not person:
        made = Person(name="", roles=[Role.CLIENT.value], guest=True, active=False)
        made.sign_name = f"~{made.pk}"
        return made
    row = Person.anyone.select_for_update().get(pk=person, guest=True)
    sessions.end_all_of(row.pk)
    row.ways_in.all().delete()
    GuestInvitation.objects.filter(person=row).delete()
    row.active, row.frozen = False, False
    return row


def take_up(house: House, address: str, code: str, passphrase: str, *, at: datetime) -> Welcomed:
    """Make her own keys, by herself. `InvitationOver` for whatever is wrong; never which.

    `WeakPassphrase` before a try is counted.
    """
    keys.require_strong(passphrase)
    row = GuestInvitation.objects.filter(mark=_address_mark(address)).first()
    old = _opened(house, row, address, code, at)
    if row is None or old is None:
        _count(house, row, at)
        raise InvitationOver
    person = Person.anyone.get(pk=row.person_id)
    name, key = random_words(NAME_WORDS), PersonKey.create()
    way = keys.passphrase_way(house, person, key, passphrase, at=at)
    details: bridge.Details = {"did": "took up", "person": person.pk}
    bridge.note_event(house, person.pk, Act.ACCOUNT_WRITE, details, at=at)
    with transaction.atomic():
        # Once, also when two browsers bring the code at one moment.
        if not GuestInvitation.objects.filter(pk=row.pk).delete()[0]:
            raise InvitationOver
        rings.rewrap(house, person.pk, old, key.public)
        person.public_key, person.active = key.public.to_bytes(), True
        person.sign_name = mark_of(house, name)
        person.save(update_fields=["public_key", "active", "sign_name"])
        WayIn.objects.filter(person=person).delete()
        way.save(force_insert=True)
    return Welcomed(person.pk, name)


def _opened(
    house: House, row: GuestInvitation | None, address: str, code: str, at: datetime
) -> PersonKey | None:
    """The key that was made for her; for no such place, the same work and nothing."""
    said = _said(code)
    try:
        if row is None or row.ends_at <= at or not row.tries:
            spend_as_much(said, house.cost)
            return None
        sealed = bytes(row.sealed)
        found = open_behind(_secret(address), said, sealed, _place(house, row.person_id))
        return PersonKey.from_secret(Secret(found))
    except (StillroomError, ValueError):
        return None


def _count(house: House, row: GuestInvitation | None, at: datetime) -> None:
    """One try less, written down; the last one closes the place."""
    about = row.person_id if row is not None else ""
    doors.note_refusal(house, "invitation", about, "", at=at)
    if row is None:
        return
    with transaction.atomic():
        now = GuestInvitation.objects.select_for_update().filter(pk=row.pk).first()
        if now is not None:
            now.tries = max(0, now.tries - 1)
            now.save(update_fields=["tries"])


def sign_in(
    house: House, sign_name: str, passphrase: str, code: str, *, at: datetime
) -> doors.Opened:
    """Who she is, by the name that was told and her passphrase; `SignInRefused`, `TooManyTries`."""
    return doors.by_guest_passphrase(house, mark_of(house, sign_name), passphrase, code, at=at)


def freeze(person: str, *, frozen: bool) -> None:
    """Shut an account at once, or open it again. Whoever tries to come in is not told."""
    with transaction.atomic():
        Person.anyone.filter(pk=person, guest=True).update(frozen=frozen)
        if frozen:
            sessions.end_all_of(person)


def close(person: str) -> None:
    """End an account: it can sign in no more, and what was offered is over."""
    with transaction.atomic():
        Person.anyone.filter(pk=person, guest=True).update(active=False)
        GuestInvitation.objects.filter(person_id=person).delete()
        sessions.end_all_of(person)


def standing(persons: list[str]) -> dict[str, GuestAccount]:
    """How accounts stand, by person; the caller may know of them."""
    offered = dict(
        GuestInvitation.objects.filter(person_id__in=persons).values_list("person_id", "ends_at")
    )
    rows = Person.anyone.filter(pk__in=persons, guest=True)
    return {
        row.pk: GuestAccount(row.pk, row.active, row.frozen, offered.get(row.pk)) for row in rows
    }


def speak(person: str, language: str) -> None:
    """The language of this person's pages."""
    Person.anyone.filter(pk=person, guest=True).update(language=language)
