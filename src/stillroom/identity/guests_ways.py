"""A guest's own ways in: by passkey, and the proof of who is there, once more.

Rules: whoever chose it is asked for her passphrase even where a passkey lies on the telephone,
because the telephone's own unlock may be known to others (THREATS.md, T08). A fresh proof counts
for the very session and person, and is written down.
"""

from datetime import datetime
from typing import Any

from stillroom.access import Act, Purpose
from stillroom.identity import doors, passkeys, sessions, ways
from stillroom.identity.models import Person
from stillroom.identity.passkeys import Site
from stillroom.identity.refusals import SignInRefused, WordsToo
from stillroom.kernel import Secret
from stillroom.phi import House, Presence, bridge


def mark_of_own(presence: Presence) -> str:
    """The mark in place of the name with which whoever asks signs in."""
    return str(Person.anyone.values_list("sign_name", flat=True).get(pk=presence.person))


def by_passkey(
    house: House,
    site: Site,
    body: dict[str, Any],
    *,
    at: datetime,
) -> doors.Opened:
    """Who she is, by the passkey's answer; `WordsToo` if she chose that it is not enough alone.

    `body` has `credential` and `prf`, and the `passphrase` if one was typed.
    """
    credential = body.get("credential")
    given = credential if isinstance(credential, dict) else {}
    opened = passkeys.answer(house, site, given, str(body.get("prf", "")), at=at, guest=True)
    person = Person.anyone.get(pk=opened.person)
    if person.asks_words:
        _require_words(house, person.sign_name, str(body.get("passphrase", "")), at)
    return opened


def _require_words(house: House, mark: str, passphrase: str, at: datetime) -> None:
    if not passphrase:
        raise WordsToo
    try:
        doors.by_guest_passphrase(house, mark, passphrase, "", at=at)
    except SignInRefused:
        raise WordsToo from None


def always_asks(presence: Presence) -> bool:
    """Whether her passphrase is asked also beside a passkey."""
    return bool(Person.anyone.values_list("asks_words", flat=True).get(pk=presence.person))


def ask_always(presence: Presence, *, always: bool) -> None:
    """Choose it, or choose it off; the latter wants a fresh proof."""
    if not always:
        ways.require_fresh(presence)
    bridge.ask(presence, Act.OWN_ACCOUNT_WRITE, Purpose.ACCOUNTS, ways.OWN)
    did = "asks for the passphrase always" if always else "lets a passkey do"
    bridge.note_house(presence, Act.OWN_ACCOUNT_WRITE, {"did": did})
    Person.anyone.filter(pk=presence.person, guest=True).update(asks_words=always)


def prove_by_passphrase(presence: Presence, cookie: Secret, passphrase: str) -> None:
    """That it is she who is there. `PassphraseWrong`, `TooManyTries`."""
    doors.require_passphrase(presence, passphrase)
    _proven(presence, cookie)


def prove_by_passkey(presence: Presence, cookie: Secret, site: Site, body: dict[str, Any]) -> None:
    """The same by passkey; another person's proves nothing."""
    opened = by_passkey(presence.house, site, body, at=presence.at)
    if opened.person != presence.person:
        raise SignInRefused
    _proven(presence, cookie)


def _proven(presence: Presence, cookie: Secret) -> None:
    bridge.note_house(presence, Act.SESSION_PROVE, {"did": "proved again"})
    opened = doors.Opened(presence.person, presence.key)
    sessions.reopen(presence.house, cookie, opened, at=presence.at)
