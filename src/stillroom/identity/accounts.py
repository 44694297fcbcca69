"""Accounts: invite, take up, change roles, close. Each act is asked of the gate and written down.

Rules (P3, T04): whoever runs the accounts never holds anybody's key: a person's identity is made
when she takes up her invitation, under a passphrase that only she typed. Roles change only when
two people agree. Closing an account ends its sessions at once.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import pyotp
import segno
from django.db import IntegrityError, transaction

from stillroom.access import Act, Purpose, Role, Ward
from stillroom.identity import doors, rules, sessions
from stillroom.identity.models import Invitation, OneTimeCode, Person, RoleChange, WayIn
from stillroom.kernel import Secret, StillroomError
from stillroom.phi import House, NotHere, Presence, bridge
from stillroom.vault import PassphraseLock, PersonKey, new_recovery_words, words_key

ACCOUNTS = Ward(chart="")


@dataclass(frozen=True)
class Welcome:
    """What a new person is told once: her authenticator secret and her recovery words."""

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


class SamePerson(StillroomError):
    """A change that needs two people was agreed to by the one who proposed it."""

    what = "a second person has to agree"
    usual_advice = "Ask another owner or administrator to look at the change and agree to it."


def invite(presence: Presence, sign_name: str, name: str, roles: Iterable[Role]) -> Secret:
    """Open a place for a person; gives the invitation code, which is told to her alone."""
    grant = bridge.ask(presence, Act.ACCOUNT_WRITE, Purpose.ACCOUNTS, ACCOUNTS)
    wanted = rules.clean_sign_name(sign_name)
    chosen = sorted(role.value for role in roles)
    code = Secret(secrets.token_hex(10).encode())
    bridge.note_house(presence, grant.act, {"did": "invited", "sign_name": wanted, "roles": chosen})
    try:
        with transaction.atomic():
            person = Person.objects.create(
                sign_name=wanted, name=name.strip(), roles=chosen, public_key=b"", active=False
            )
            Invitation.objects.create(
                id=_invitation_name(code),
                person=person,
                ends_at=presence.at + rules.INVITATION_LIVES,
            )
    except IntegrityError:
        raise rules.NameTaken from None
    return code


def _invitation_name(code: Secret) -> str:
    plain = "".join(code.expose().decode().split()).replace("-", "").casefold()
    return sha256(b"stillroom invitation v1|" + plain.encode()).hexdigest()


def take_up(house: House, code: Secret, passphrase: str, *, at: datetime) -> Welcome:
    """Make a person's keys, by herself. `InvitationOver` if the code opens nothing."""
    row = Invitation.objects.select_related("person").filter(pk=_invitation_name(code)).first()
    if row is None or row.ends_at <= at:
        raise rules.InvitationOver
    made = make_keys(house, row.person.pk, passphrase, at=at)
    bridge.note_event(house, row.person.pk, Act.ACCOUNT_WRITE, {"did": "took up"}, at=at)
    row.delete()
    return made


def make_keys(house: House, person_id: str, passphrase: str, *, at: datetime) -> Welcome:
    """Two ways in before the first client (T11): passphrase with code, and words on paper."""
    person = Person.objects.get(pk=person_id)
    key = PersonKey.create()
    lock = PassphraseLock.create(cost=house.cost)
    words = new_recovery_words()
    secret = pyotp.random_base32()
    ways = (
        (WayIn.Kind.PASSPHRASE, lock.to_bytes(), lock.key(passphrase)),
        (WayIn.Kind.WORDS, b"", words_key(words)),
    )
    with transaction.atomic():
        for kind, lock_bytes, shared in ways:
            WayIn.objects.create(
                person=person,
                kind=kind,
                lock=lock_bytes,
                sealed_key=doors.seal_identity(person.pk, key, shared),
                created_at=at,
            )
        OneTimeCode.objects.create(person=person, sealed=doors.seal_code(house, person.pk, secret))
        person.public_key = key.public.to_bytes()
        person.active = True
        person.save()
    return Welcome(person.pk, person.sign_name, person.name, Secret(secret.encode()), words)


def propose_roles(presence: Presence, person_id: str, roles: Iterable[Role]) -> None:
    """Propose somebody's new roles; nothing changes until a second person agrees."""
    grant = bridge.ask(presence, Act.ACCOUNT_WRITE, Purpose.ACCOUNTS, ACCOUNTS)
    person = _person(person_id)
    chosen = sorted(role.value for role in roles)
    bridge.note_house(
        presence, grant.act, {"did": "proposed roles", "person": person.pk, "roles": chosen}
    )
    RoleChange.objects.update_or_create(
        person=person,
        defaults={
            "roles": chosen,
            "proposed_by": presence.person,
            "proposed_at": presence.at,
        },
    )


def agree_to_roles(presence: Presence, change_id: str) -> None:
    """Carry out a proposed change of roles, as a second person."""
    grant = bridge.ask(presence, Act.ACCOUNT_WRITE, Purpose.ACCOUNTS, ACCOUNTS)
    change = RoleChange.objects.select_related("person").filter(pk=change_id).first()
    if change is None:
        raise NotHere
    if change.proposed_by == presence.person:
        raise SamePerson
    bridge.note_house(
        presence,
        grant.act,
        {"did": "agreed to roles", "person": change.person.pk, "roles": change.roles},
    )
    with transaction.atomic():
        Person.objects.filter(pk=change.person.pk).update(roles=change.roles)
        change.delete()


def close(presence: Presence, person_id: str) -> None:
    """Close an account: its sessions end now and it can sign in no more. Its rings stay sealed."""
    grant = bridge.ask(presence, Act.ACCOUNT_WRITE, Purpose.ACCOUNTS, ACCOUNTS)
    person = _person(person_id)
    bridge.note_house(presence, grant.act, {"did": "closed", "person": person.pk})
    Person.objects.filter(pk=person.pk).update(active=False)
    sessions.end_all_of(person.pk)


def _person(person_id: str) -> Person:
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise NotHere
    return person


def sign_name(person_id: str) -> str:
    """The name with which a person signs in."""
    return _person(person_id).sign_name


def found(house: House, sign_name: str, name: str, roles: Iterable[Role], *, at: datetime) -> str:
    """An account made where nobody is there yet to invite: the practice's first owner.

    Used when a practice is made, before it is served; it holds no keys until `make_keys`.
    """
    chosen = sorted(role.value for role in roles)
    details: bridge.Details = {"did": "founded", "sign_name": sign_name, "roles": chosen}
    bridge.note_event(house, "house", Act.ACCOUNT_WRITE, details, at=at)
    wanted = rules.clean_sign_name(sign_name)
    row = Person.objects.create(sign_name=wanted, name=name, roles=chosen, public_key=b"")
    return row.pk


def set_veil(presence: Presence, veil: str) -> None:
    """How much the privacy screen hides on this person's pages."""
    Person.objects.filter(pk=presence.person).update(veil=veil)
