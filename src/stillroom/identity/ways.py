"""One's own ways in, looked at and changed by the signed-in person herself.

Rules: the gate is asked and the entry written for each change; adding or removing a passkey wants
a fresh proof, so that a screen left open gives nobody a way in of his own; a new passphrase wants
the old one, and ends the other sessions; new recovery words want the passphrase too; nobody is
left with fewer than two ways in (T11).
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from stillroom.access import Act, Purpose, Ward
from stillroom.identity import doors, keys, rules, sessions
from stillroom.identity.models import Person, WayIn
from stillroom.kernel import Trilean
from stillroom.phi import NotHere, Presence, StepUpNeeded, bridge

OWN = Ward(chart="")


@dataclass(frozen=True)
class Passkey:
    """One passkey, as its owner sees it."""

    id: int
    label: str
    made_at: datetime
    used_at: datetime | None


def passkeys(presence: Presence) -> list[Passkey]:
    """The signed-in person's passkeys, oldest first."""
    rows = WayIn.objects.filter(person_id=presence.person, kind=WayIn.Kind.PASSKEY)
    return [
        Passkey(row.pk, row.label or "Passkey", row.created_at, row.used_at)
        for row in rows.order_by("pk")
    ]


def require_fresh(presence: Presence) -> None:
    """The gate's leave to change one's own ways in, and a fresh proof of who is asking."""
    bridge.ask(presence, Act.OWN_ACCOUNT_WRITE, Purpose.ACCOUNTS, OWN)
    if presence.stepped_up is not Trilean.YES:
        raise StepUpNeeded


def remove_passkey(presence: Presence, passkey: int) -> None:
    """Take a passkey away; `TooFewWaysIn` rather than leave fewer than two ways in."""
    require_fresh(presence)
    with transaction.atomic():
        person = Person.anyone.select_for_update().get(pk=presence.person)
        row = person.ways_in.filter(pk=passkey, kind=WayIn.Kind.PASSKEY).first()
        if row is None:
            bridge.refuse(presence, Act.OWN_ACCOUNT_WRITE, str(passkey))
            raise NotHere
        left = person.ways_in.exclude(pk=row.pk).values_list("kind", flat=True)
        rules.require_ways_left(left, guest=person.guest)
        bridge.note_house(presence, Act.OWN_ACCOUNT_WRITE, {"did": "removed a passkey"})
        row.delete()


def change_passphrase(presence: Presence, old: str, new: str) -> None:
    """Seal the key under a new passphrase instead of the old one, and end the other sessions.

    `PassphraseWrong`, `TooManyTries` or `WeakPassphrase`; then nothing has changed.
    """
    bridge.ask(presence, Act.OWN_ACCOUNT_WRITE, Purpose.ACCOUNTS, OWN)
    keys.require_strong(new)
    doors.require_passphrase(presence, old)
    person = Person.anyone.get(pk=presence.person)
    way = keys.passphrase_way(presence.house, person, presence.key, new, at=presence.at)
    bridge.note_house(presence, Act.OWN_ACCOUNT_WRITE, {"did": "changed the passphrase"})
    with transaction.atomic():
        keys.replace_way(person, way)
        sessions.end_others(presence)


def new_words(presence: Presence, passphrase: str) -> tuple[str, ...]:
    """Recovery words in place of those on paper, which open nothing from now on; told once.

    `PassphraseWrong` or `TooManyTries`; then the old ones stay good. Passphrase, passkeys and
    sessions stay as they are.
    """
    bridge.ask(presence, Act.OWN_ACCOUNT_WRITE, Purpose.ACCOUNTS, OWN)
    doors.require_passphrase(presence, passphrase)
    person = Person.anyone.get(pk=presence.person)
    way, words = keys.words_way(person, presence.key, at=presence.at)
    bridge.note_house(presence, Act.OWN_ACCOUNT_WRITE, {"did": "made new recovery words"})
    keys.replace_way(person, way)
    return words
