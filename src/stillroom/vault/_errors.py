"""What can go wrong with a key or a sealed value.

Rules: a message never says *why* a sealed value or a wrap did not open. Altered, moved, cut short
and "another key" read the same, so that nobody learns by trying. No message holds words, keys or
a name of a client.
"""

from typing import ClassVar

from stillroom.kernel import StillroomError


class SealBroken(StillroomError):
    """Altered, moved, swapped, rolled back, cut short, or sealed under another ring."""

    what: ClassVar[str] = "these sealed words do not open in this place"
    usual_advice: ClassVar[str] = (
        "The stored record is not as it was written; leave it untouched and compare it with a "
        "backup, together with whoever hosts Stillroom."
    )


class WrongIdentity(StillroomError):
    """A wrap that was made for somebody else, for another purpose, or altered since."""

    what: ClassVar[str] = "this key does not open that lock"
    usual_advice: ClassVar[str] = (
        "Check the passphrase, the recovery words or the passkey, and try again; or sign in as "
        "the person to whom this was given."
    )


class SignatureBroken(StillroomError):
    """The message, the signature or the signer is not the one that belongs together."""

    what: ClassVar[str] = "this signature does not belong to this text and this signer"
    usual_advice: ClassVar[str] = (
        "Treat the text as unsigned, keep it as it is, and compare it with a backup."
    )


class KeyUnreadable(StillroomError):
    """Bytes that are no key, lock or share of a format that we know."""

    what: ClassVar[str] = "this is not a key of a known format"
    usual_advice: ClassVar[str] = (
        "Use the file or the printed page as it was given, with nothing missing; a key written by "
        "a newer Stillroom needs that Stillroom."
    )


class RingWorn(StillroomError):
    """A ring that has sealed as much under one key as is safe."""

    what: ClassVar[str] = "this keyring has sealed as much as one key may"
    usual_advice: ClassVar[str] = "Turn the keyring; what it sealed before stays readable."


class WeakPassphrase(StillroomError):
    """A passphrase that would be guessed."""

    what: ClassVar[str] = "this passphrase is too easy to guess"
    usual_advice: ClassVar[str] = (
        "Take four or five words that have nothing to do with each other; length protects more "
        "than special signs do."
    )


class WordsUnreadable(StillroomError):
    """Recovery words that are not the words of any key.

    `position` counts from 1 and is 0 when no single word is to blame. `nearest` is the closest
    word of the list, or empty; it is for the person who typed, not for a log.
    """

    what: ClassVar[str] = "these are not the recovery words of any key"
    usual_advice: ClassVar[str] = (
        "Compare each word and their order with the paper; one of them was read as another."
    )

    def __init__(
        self, what: str = "", *, advice: str = "", position: int = 0, nearest: str = ""
    ) -> None:
        super().__init__(what, advice=advice)
        self.position = position
        self.nearest = nearest


class SharesMissing(StillroomError):
    """Fewer shares than the threshold."""

    what: ClassVar[str] = "there are not enough shares yet"
    usual_advice: ClassVar[str] = "Ask another of the people who were given a share."


class SharesDisagree(StillroomError):
    """Shares of different secrets, one share twice, or an altered share."""

    what: ClassVar[str] = "these shares do not belong together"
    usual_advice: ClassVar[str] = (
        "Check that all shares carry the same number in front and that none was entered twice."
    )
