"""The two verbs for keys: a recipient wraps, an identity unwraps.

A person's public key, a passphrase, a passkey, recovery words, a session and the server itself are
each a `Recipient`, an `Identity`, or both. Nothing in the vault asks which one it has in hand, and
a new way in is one more class.

`context` says what the wrapped key is for (which ring of which chart, which way in of which
person). It is authenticated: a wrap made for one purpose does not open for another.
"""

from typing import Protocol

from stillroom.kernel import Secret


class Recipient(Protocol):
    """Whoever a key can be given to."""

    def wrap(self, key: Secret, context: bytes) -> bytes:
        """`key`, so that only the matching identity opens it, and only for `context`."""
        ...


class Identity(Protocol):
    """Whoever can open what was given to them."""

    def unwrap(self, wrapped: bytes, context: bytes) -> Secret:
        """The key again. `WrongIdentity` when it is another's, for another context, or altered."""
        ...
