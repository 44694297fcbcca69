"""Who runs the accounts, and that somebody always does.

Rule: a practice keeps an owner, because nobody but an owner could make one (T11); so whoever runs
the accounts alone is that owner, and the only person who may give roles alone (T04).
"""

from stillroom.access import Role
from stillroom.identity.models import Person
from stillroom.identity.refusals import LastOwner

_RUN_ACCOUNTS = frozenset({Role.OWNER.value, Role.ADMINISTRATOR.value})


def runs_accounts_alone(person: str) -> bool:
    """Whether no other person with keys of her own could agree to what this one proposes."""
    others = Person.objects.filter(active=True).exclude(pk=person).exclude(public_key=b"")
    return not any(_RUN_ACCOUNTS & set(other.roles) for other in others)


def is_owner(person: Person) -> bool:
    """Whether she is an owner who can sign in."""
    return person.active and bool(person.public_key) and Role.OWNER.value in person.roles


def require_other(person: Person) -> None:
    """That an owner is left when this person no longer is one; else `LastOwner`.

    Ask inside the transaction that changes her.
    """
    others = Person.objects.select_for_update().filter(active=True).exclude(pk=person.pk)
    if is_owner(person) and not any(is_owner(other) for other in others):
        raise LastOwner
