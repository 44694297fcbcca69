"""Coming back with recovery words: a new passphrase and a new authenticator, by oneself (T11).

Rules: the name and the words are throttled and told as at every door; the entry is durable before
anything is changed; all sessions end, because whoever lost a passphrase may have lost a laptop
with it; the words stay good, and so do passkeys, which their owner removes on her account's page.
"""

from collections.abc import Iterable
from datetime import datetime

import pyotp
from django.db import transaction

from stillroom.access import Act
from stillroom.identity import doors, keys, sessions
from stillroom.identity.models import Attempt, Challenge, OneTimeCode, Person, Session
from stillroom.kernel import Secret
from stillroom.phi import House, bridge


def renew(
    house: House, sign_name: str, words: Iterable[str], passphrase: str, *, at: datetime
) -> keys.Welcome:
    """A new passphrase and authenticator secret for whoever holds the words.

    `WeakPassphrase` and `WordsUnreadable` before anything is counted; else `WordsRefused`,
    `TooManyTries`, or what is to be told once. It signs nobody in.
    """
    keys.require_strong(passphrase)
    opened = doors.by_words(house, sign_name, words, at=at)
    person = Person.anyone.get(pk=opened.person)
    way = keys.passphrase_way(house, person, opened.key, passphrase, at=at)
    secret = pyotp.random_base32()
    sealed = doors.seal_code(house, person.pk, secret)
    details: bridge.Details = {"did": "set a new passphrase and authenticator by recovery words"}
    bridge.note_event(house, person.pk, Act.OWN_ACCOUNT_WRITE, details, at=at)
    with transaction.atomic():
        keys.replace_way(person, way)
        OneTimeCode.objects.update_or_create(
            person=person, defaults={"sealed": sealed, "last_step": 0}
        )
        sessions.end_all_of(person.pk)
    return keys.Welcome(person.pk, person.sign_name, person.name, Secret(secret.encode()), ())


def forget_what_the_server_held() -> tuple[str, ...]:
    """After the practice's own key was lost: sessions, authenticator secrets and counted failures
    lay under it. Gives the names of the staff, who come back by their recovery words."""
    Session.objects.all().delete()
    Attempt.objects.all().delete()
    Challenge.objects.all().delete()
    OneTimeCode.objects.all().delete()
    return tuple(Person.objects.filter(active=True).order_by("name").values_list("name", flat=True))
