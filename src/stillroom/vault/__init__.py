"""Words sealed to one place, keys wrapped to people, secrets split among them.

A chart has a keyring. The ring seals what is written there, each value bound to the place where it
belongs; the ring is wrapped to each person of the chart. Whoever holds no wrap holds nothing.

    >>> from stillroom.vault import Keyring, PersonKey, Place, unwrap
    >>> ring = Keyring.create()
    >>> place = Place(practice="p", ward="chart", record="note", part="words", revision=1)
    >>> sealed = ring.seal("what was said".encode(), place)
    >>> ada = PersonKey.create()
    >>> given = ring.wrap(ada.public, b"p/chart")
    >>> unwrap(given, ada, b"p/chart").open(sealed, place).decode()
    'what was said'
    >>> unwrap(given, ada, b"p/chart").open(sealed, place._replace(ward="another chart"))
    Traceback (most recent call last):
    stillroom.vault._errors.SealBroken: these sealed words do not open in this place

What opens in ten years: every format begins with a version, and a later Stillroom opens all that an
earlier one sealed (tests/vault/vectors/, one folder for each release). Formats and the reasons for
them: docs/decisions/0003-vault-formats.md.

Pure: no disk, no network, no clock. The operating system's random numbers are the only input that
is not an argument.
"""

from stillroom.vault._age import (
    AgeKeyUnreadable,
    age_to_recipient,
    age_with_passphrase,
    require_age_recipient,
)
from stillroom.vault._errors import (
    KeyUnreadable,
    RingWorn,
    SealBroken,
    SharesDisagree,
    SharesMissing,
    SignatureBroken,
    WeakPassphrase,
    WordsUnreadable,
    WrongIdentity,
)
from stillroom.vault._keyring import Keyring, unwrap, unwrap_twice
from stillroom.vault._link import open_behind, seal_behind, spend_as_much
from stillroom.vault._passphrase import Cost, PassphraseLock
from stillroom.vault._person import PersonKey, made_by_oneself
from stillroom.vault._place import Place
from stillroom.vault._public import PublicKey
from stillroom.vault._shared import SharedKey, passkey_lock
from stillroom.vault._shares import Share, combine, split
from stillroom.vault._stream import Stream, ending
from stillroom.vault._words import new_recovery_words, random_words, words_key
from stillroom.vault._wrapping import Identity, Recipient

__all__ = [
    "AgeKeyUnreadable",
    "Cost",
    "Identity",
    "KeyUnreadable",
    "Keyring",
    "PassphraseLock",
    "PersonKey",
    "Place",
    "PublicKey",
    "Recipient",
    "RingWorn",
    "SealBroken",
    "Share",
    "SharedKey",
    "SharesDisagree",
    "SharesMissing",
    "SignatureBroken",
    "Stream",
    "WeakPassphrase",
    "WordsUnreadable",
    "WrongIdentity",
    "age_to_recipient",
    "age_with_passphrase",
    "combine",
    "ending",
    "made_by_oneself",
    "new_recovery_words",
    "open_behind",
    "passkey_lock",
    "random_words",
    "require_age_recipient",
    "seal_behind",
    "spend_as_much",
    "split",
    "unwrap",
    "unwrap_twice",
    "words_key",
]
