"""Who works here: frozen views of accounts. Staff are no secret; clients are not among them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Max

from stillroom.access import Act, Purpose, Role
from stillroom.identity.accounts import ACCOUNTS
from stillroom.identity.models import (
    Invitation,
    OneTimeCode,
    Person,
    RoleChange,
    Session,
    WayIn,
)
from stillroom.phi import Presence, bridge, statements
from stillroom.vault import PublicKey


@dataclass(frozen=True)
class Colleague:
    """A person as her colleagues see her."""

    id: str
    name: str
    roles: tuple[str, ...]
    active: bool


@dataclass(frozen=True)
class Account:
    """An account as its administrator sees it: no key, no client, no word."""

    id: str
    sign_name: str
    name: str
    roles: tuple[str, ...]
    active: bool
    invited: bool
    ways_in: tuple[str, ...]


@dataclass(frozen=True)
class ProposedRoles:
    """A change of roles that waits for a second person."""

    id: str
    name: str
    now: tuple[str, ...]
    then: tuple[str, ...]
    proposed_by: str
    mine: bool


def names_of_staff() -> list[str]:
    """The names of everybody who works or worked here. Staff are no secret."""
    found = statements.fetch_all("SELECT name FROM identity_person WHERE NOT guest")
    return [row[0] for row in found]


# Written out, because nearly every page asks it; building it anew took longer than the answer.
_COLLEAGUES = "SELECT id, name, roles, active FROM identity_person WHERE NOT guest"


def colleagues(*, active: bool = True) -> dict[str, Colleague]:
    """Everybody who works here, by id."""
    return {
        person: Colleague(person, name, tuple(roles.split()), bool(works))
        for person, name, roles, works in statements.fetch_all(_COLLEAGUES)
        if works or not active
    }


def public_key(person: str) -> PublicKey | None:
    """The key to wrap a ring to, or `None` for somebody who has not taken up her place."""
    row = Person.objects.filter(pk=person, active=True).values_list("public_key", flat=True).first()
    return PublicKey.from_bytes(bytes(row)) if row else None


_KEYS = "SELECT id, public_key FROM identity_person WHERE active AND id IN ({})"


def public_keys(persons: Iterable[str]) -> dict[str, PublicKey]:
    """The keys to wrap rings to, of those persons who have taken up their places."""
    found = statements.fetch_among(_KEYS, list(persons))
    return {person: PublicKey.from_bytes(bytes(key)) for person, key in found if key}


_VERIFYING = "SELECT public_key FROM identity_person WHERE id = %s"


def verifying_key(person: str) -> PublicKey | None:
    """The key that checks a person's signatures; also of people who have left."""
    # Written out, because it is asked for each signature that is shown.
    found = statements.fetch_one(_VERIFYING, (person,))
    return PublicKey.from_bytes(bytes(found[0])) if found and found[0] else None


def accounts(presence: Presence) -> list[Account]:
    """All accounts, for whoever runs them."""
    bridge.ask(presence, Act.ACCOUNT_READ, Purpose.ACCOUNTS, ACCOUNTS)
    ways: dict[str, list[str]] = {}
    for person, kind in WayIn.objects.values_list("person_id", "kind"):
        ways.setdefault(person, []).append(kind)
    invited = set(Invitation.objects.values_list("person_id", flat=True))
    return [
        Account(
            row.pk,
            row.sign_name,
            row.name,
            tuple(Role(role).value for role in row.roles),
            row.active,
            row.pk in invited,
            tuple(sorted(ways.get(row.pk, ()))),
        )
        for row in Person.objects.order_by("name")
    ]


def ways_in_by_name() -> dict[str, tuple[str, ...]]:
    """The ways in of everybody who may sign in, by the name she signs in with: for whoever hosts.

    Asked where nobody is signed in; it tells kinds of ways and opens none.
    """
    ways: dict[str, list[str]] = {
        name: [] for name in Person.objects.filter(active=True).values_list("sign_name", flat=True)
    }
    rows = WayIn.objects.filter(person__active=True, person__guest=False).order_by("kind", "pk")
    for name, kind in rows.values_list("person__sign_name", "kind"):
        ways[name].append(kind)
    return {name: tuple(kinds) for name, kinds in sorted(ways.items())}


def proposed_roles(presence: Presence) -> list[ProposedRoles]:
    """Changes of roles that wait for a second person."""
    bridge.ask(presence, Act.ACCOUNT_READ, Purpose.ACCOUNTS, ACCOUNTS)
    names = {row.pk: row.name for row in Person.objects.all()}
    return [
        ProposedRoles(
            row.pk,
            row.person.name,
            tuple(row.person.roles),
            tuple(row.roles),
            names.get(row.proposed_by, ""),
            row.proposed_by == presence.person,
        )
        for row in RoleChange.objects.select_related("person")
    ]


_CODE_LASTS = 30
"""Seconds; RFC 6238. A code that was used tells when, and its row is never taken away."""


def last_sign_of_life() -> datetime | None:
    """The latest moment at which a row of ours changed because somebody was there."""
    stepped = OneTimeCode.objects.aggregate(last=Max("last_step"))["last"]
    found = [
        *WayIn.objects.aggregate(used=Max("used_at"), made=Max("created_at")).values(),
        Session.objects.aggregate(last=Max("seen_at"))["last"],
        datetime.fromtimestamp(stepped * _CODE_LASTS, UTC) if stepped else None,
    ]
    return max((moment for moment in found if moment is not None), default=None)
