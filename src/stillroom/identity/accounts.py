"""Accounts: invite, take up, change roles, close. Each act is asked of the gate and written down.

Rules (P3, T04): whoever runs the accounts never holds anybody's key: a person's identity is made
when she takes up her invitation, under a passphrase that only she typed. Roles are given only when
two people agree, also to somebody newly invited: an administrator who could give roles alone would
invite a second self at the front desk and read names. Closing an account ends its sessions at once.
"""

import secrets
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from django.db import IntegrityError, transaction

from stillroom.access import Act, Purpose, Role, Ward
from stillroom.identity import keys, owners, rules, sessions
from stillroom.identity.keys import Welcome, make_keys
from stillroom.identity.models import Invitation, Person, Readmission, RoleChange
from stillroom.identity.refusals import (
    InvitationOver,
    NameTaken,
    OwnersOnly,
    SamePerson,
)
from stillroom.kernel import Misuse, Secret
from stillroom.phi import House, NotHere, Presence, bridge

__all__ = [
    "ACCOUNTS",
    "SamePerson",
    "Welcome",
    "agree_to_roles",
    "close",
    "found",
    "invite",
    "make_keys",
    "propose_roles",
    "set_veil",
    "sign_name",
    "take_up",
]

ACCOUNTS = Ward(chart="")


def invite(presence: Presence, sign_name: str, name: str, roles: Iterable[Role]) -> Secret:
    """Open a place for a person; gives the invitation code, which is told to her alone.

    The roles wait for a second person, unless the inviter is the only one who runs accounts. A
    place that was never taken up may be offered again: the older code is then over.
    """
    grant = bridge.ask(presence, Act.ACCOUNT_WRITE, Purpose.ACCOUNTS, ACCOUNTS)
    wanted = rules.require_sign_name(sign_name)
    _require_free(wanted)
    chosen = _values(roles)
    code = Secret(secrets.token_hex(10).encode())
    bridge.note_house(presence, grant.act, {"did": "invited", "sign_name": wanted, "roles": chosen})
    alone = owners.runs_accounts_alone(presence.person)
    try:
        with transaction.atomic():
            Person.objects.filter(sign_name=wanted, active=False, public_key=b"").delete()
            person = Person.objects.create(
                sign_name=wanted,
                name=name.strip(),
                roles=chosen if alone else [],
                public_key=b"",
                active=False,
            )
            Invitation.objects.create(
                id=_invitation_name(code),
                person=person,
                ends_at=presence.at + rules.INVITATION_LIVES,
            )
            if chosen and not alone:
                _propose(presence, person, chosen)
    except IntegrityError:
        raise NameTaken from None
    return code


def _values(roles: Iterable[Role]) -> list[str]:
    """Roles of staff. A client comes in by a door of her own, and never as a colleague (P8)."""
    if Role.CLIENT in (chosen := set(roles)):
        raise Misuse("a client is no member of staff")
    return sorted({role.value for role in chosen})


def _require_free(wanted: str) -> None:
    taken = Person.objects.filter(sign_name=wanted).exclude(active=False, public_key=b"")
    if taken.exists():
        raise NameTaken


def _invitation_name(code: Secret) -> str:
    plain = "".join(code.expose().decode(errors="replace").split()).replace("-", "").casefold()
    return sha256(b"stillroom invitation v1|" + plain.encode()).hexdigest()


def take_up(house: House, code: Secret, passphrase: str, *, at: datetime) -> Welcome:
    """Make a person's keys, by herself. `InvitationOver` if the code opens nothing."""
    row = Invitation.objects.select_related("person").filter(pk=_invitation_name(code)).first()
    if row is None or row.ends_at <= at:
        raise InvitationOver
    made = keys.prepare_keys(house, row.person, passphrase, at=at)
    bridge.note_event(house, row.person.pk, Act.ACCOUNT_WRITE, {"did": "took up"}, at=at)
    with transaction.atomic():
        # Once, also when two browsers bring the code at one moment.
        if not Invitation.objects.filter(pk=row.pk).delete()[0]:
            raise InvitationOver
        return keys.keep_keys(made)


def propose_roles(presence: Presence, person_id: str, roles: Iterable[Role]) -> None:
    """Propose somebody's new roles; nothing changes until a second person agrees."""
    grant = bridge.ask(presence, Act.ACCOUNT_WRITE, Purpose.ACCOUNTS, ACCOUNTS)
    person = _account(presence, person_id)
    chosen = _values(roles)
    bridge.note_house(
        presence, grant.act, {"did": "proposed roles", "person": person.pk, "roles": chosen}
    )
    with transaction.atomic():
        _propose(presence, person, chosen)


def _propose(presence: Presence, person: Person, chosen: list[str]) -> None:
    """A new proposal has a new id, so that nobody agrees to one that she has not seen."""
    RoleChange.objects.filter(person=person).delete()
    RoleChange.objects.create(
        person=person, roles=chosen, proposed_by=presence.person, proposed_at=presence.at
    )


def agree_to_roles(presence: Presence, change_id: str) -> None:
    """Carry out a proposed change of roles, as a second person."""
    grant = bridge.ask(presence, Act.ACCOUNT_WRITE, Purpose.ACCOUNTS, ACCOUNTS)
    change = RoleChange.objects.select_related("person").filter(pk=change_id).first()
    if change is None:
        bridge.refuse(presence, grant.act, change_id)
        raise NotHere
    if change.proposed_by == presence.person:
        raise SamePerson
    with transaction.atomic():
        if Role.OWNER.value not in change.roles:
            owners.require_other(change.person)
        bridge.note_house(
            presence,
            grant.act,
            {"did": "agreed to roles", "person": change.person.pk, "roles": change.roles},
        )
        if not RoleChange.objects.filter(pk=change.pk).delete()[0]:
            raise NotHere
        Person.objects.filter(pk=change.person.pk).update(roles=change.roles)


def close(presence: Presence, person_id: str) -> None:
    """Close an account: its sessions end now and it can sign in no more. Its rings stay sealed.

    An owner is closed by an owner, and never the last one.
    """
    grant = bridge.ask(presence, Act.ACCOUNT_WRITE, Purpose.ACCOUNTS, ACCOUNTS)
    person = _account(presence, person_id)
    if owners.is_owner(person) and Role.OWNER not in presence.roles:
        raise OwnersOnly
    with transaction.atomic():
        owners.require_other(person)
        bridge.note_house(presence, grant.act, {"did": "closed", "person": person.pk})
        shut(person)


def shut(person: Person) -> None:
    """She signs in no more, and nothing waits for her; the caller has written the entry."""
    Person.objects.filter(pk=person.pk).update(active=False)
    for waits in (Invitation.objects, RoleChange.objects, Readmission.objects):
        waits.filter(person=person).delete()
    sessions.end_all_of(person.pk)


def _account(presence: Presence, person_id: str) -> Person:
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        bridge.refuse(presence, Act.ACCOUNT_WRITE, person_id)
        raise NotHere
    return person


def sign_name(person_id: str) -> str:
    """The name with which a person signs in."""
    return Person.objects.values_list("sign_name", flat=True).get(pk=person_id)


def found(house: House, sign_name: str, name: str, roles: Iterable[Role], *, at: datetime) -> str:
    """An account made where nobody is there yet to invite: the practice's first owner.

    Used when a practice is made, before it is served; it holds no keys until `make_keys`.
    """
    wanted = rules.require_sign_name(sign_name)
    chosen = _values(roles)
    details: bridge.Details = {"did": "founded", "sign_name": wanted, "roles": chosen}
    bridge.note_event(house, "house", Act.ACCOUNT_WRITE, details, at=at)
    row = Person.objects.create(sign_name=wanted, name=name, roles=chosen, public_key=b"")
    return row.pk


def set_veil(presence: Presence, veil: str) -> None:
    """How much the privacy screen hides on this person's pages."""
    Person.objects.filter(pk=presence.person).update(veil=veil)
