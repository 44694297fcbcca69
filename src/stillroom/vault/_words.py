"""Recovery words: twelve plain words on paper that open what a lost passkey cannot.

The list and the checksum are BIP-39's English ones, from the package `mnemonic` (MIT licence):
2,048 words, no two alike in their first four letters. Twelve words hold 128 random bits and a
checksum of 4 bits. The key is HKDF over the 128 bits, not BIP-39's wallet seed: nothing here fits a
wallet.

Reading is forgiving of case, spacing, commas, line numbers and of words cut after four letters.
"""

import re
import secrets
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache

from mnemonic import Mnemonic

from stillroom.kernel import Secret
from stillroom.vault._derive import derive_key
from stillroom.vault._errors import WordsUnreadable
from stillroom.vault._shared import SharedKey

_COUNT = 12
_BITS = 128
_INFO = b"stillroom recovery words v1"
_WORD = re.compile(r"[^\W\d_]+")
_TELLING = 4  # letters that settle which word of the list is meant


def new_recovery_words() -> tuple[str, ...]:
    """Twelve fresh words, to be shown once and written down."""
    return tuple(_book().generate(_BITS).split())


def random_words(count: int) -> str:
    """So many plain words, drawn evenly, in one text: 11 bits each. To be said to somebody."""
    return " ".join(secrets.choice(_book().wordlist) for _ in range(count))


def words_key(words: Iterable[str]) -> SharedKey:
    """The key of these words; also takes them as one text.

    `WordsUnreadable` says which word is not in the list, and which one is nearest.
    """
    read = _WORD.findall(unicodedata.normalize("NFKC", " ".join(_texts(words))).casefold())
    listed = [_listed(word, position) for position, word in enumerate(read, start=1)]
    if len(listed) != _COUNT:
        raise WordsUnreadable(
            f"{len(listed)} words were given and {_COUNT} are needed",
            advice="Enter all twelve words in the order of the paper.",
        )
    try:
        entropy = bytes(_book().to_entropy(listed))
    except ValueError:
        raise WordsUnreadable from None
    return SharedKey(Secret(derive_key(entropy, _INFO)))


def _texts(words: Iterable[str]) -> Iterable[str]:
    # A text is an iterable of letters, too, and joining those would tear the words apart.
    return (words,) if isinstance(words, str) else words


def _listed(word: str, position: int) -> str:
    """The word of the list that is meant."""
    book = _book().wordlist
    if word in _whole():
        return word
    begun = [listed for listed in book if listed.startswith(word)]
    if len(word) >= _TELLING and len(begun) == 1:
        return begun[0]
    nearest = next(iter(get_close_matches(word, book, n=1, cutoff=0.0)), "")
    raise WordsUnreadable(
        f"recovery word {position} is not in the list",
        advice=f"Look at word {position} again; the nearest word of the list is “{nearest}”.",
        position=position,
        nearest=nearest,
    )


@cache
def _book() -> Mnemonic:
    return Mnemonic("english")


@cache
def _whole() -> frozenset[str]:
    return frozenset(_book().wordlist)
