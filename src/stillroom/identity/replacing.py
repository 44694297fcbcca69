"""A new account in place of one to which every way in is lost (T11), once `readmission` is over.

Rules: the old account is closed and keeps its keys: what she signed is checked by them, and what
only they opened (her private notes) stays shut for good. Nobody else's account changes.
"""

from datetime import datetime

from stillroom.access import Act, Role
from stillroom.identity import accounts, keys
from stillroom.identity.models import Person
from stillroom.phi import House, bridge


def replace(house: House, person: str, passphrase: str, *, at: datetime) -> accounts.Welcome:
    """A new account in place of her old one, with its name and roles and keys of its own.

    In the caller's transaction. `WeakPassphrase` before anything is changed.
    """
    keys.require_strong(passphrase)
    old = Person.objects.select_for_update().get(pk=person)
    name, roles = old.sign_name, old.roles
    bridge.note_event(house, "house", Act.ACCOUNT_WRITE, {"did": "closed", "person": old.pk}, at=at)
    accounts.shut(old)
    Person.objects.filter(pk=old.pk).update(sign_name=f"{name[:30]} until {old.pk}")
    new = accounts.found(house, name, old.name, [Role(one) for one in roles], at=at)
    return accounts.make_keys(house, new, passphrase, at=at)
