"""Files for people outside, in a format that others open too: age (C2SP, age-encryption.org/v1).

With a passphrase (scrypt), or to a recipient's own key (X25519, `age1…`). The library is `pyrage`,
bindings to rage; the reason stands in docs/decisions/0031.
"""

import pyrage

from stillroom.kernel import Secret
from stillroom.vault._errors import KeyUnreadable


class AgeKeyUnreadable(KeyUnreadable):
    """What was given is no age recipient."""

    what = "that is not the public key of an age recipient"
    usual_advice = (
        "It begins with age1 and is one word of 62 letters and figures. What begins with"
        " AGE-SECRET-KEY is never sent to anybody: ask for the public one."
    )


def age_with_passphrase(words: bytes, passphrase: Secret) -> bytes:
    """The words as an age file that this passphrase opens."""
    return bytes(pyrage.passphrase.encrypt(words, passphrase.expose().decode()))


def age_to_recipient(words: bytes, recipient: str) -> bytes:
    """The words as an age file that only the holder of this key opens."""
    return bytes(pyrage.encrypt(words, [_recipient(recipient)]))


def require_age_recipient(text: str) -> str:
    """The key as it was given, without white space. `AgeKeyUnreadable` if it is none."""
    _recipient(text)
    return text.strip()


def _recipient(text: str) -> pyrage.x25519.Recipient:
    try:
        return pyrage.x25519.Recipient.from_str(text.strip())
    except pyrage.RecipientError:
        raise AgeKeyUnreadable from None
