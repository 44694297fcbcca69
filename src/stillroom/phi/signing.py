"""The log's own key: it signs checkpoints and reads nothing."""

from dataclasses import dataclass

from stillroom.ledger import LogKey
from stillroom.vault import PersonKey, PublicKey


def log_key(practice: str, public: PublicKey) -> LogKey:
    """The key that outsiders check with. Its name tells nothing of the practice."""
    return LogKey(f"stillroom/{practice[:10]}", public.signing)


@dataclass(frozen=True)
class LogSigner:
    """A `ledger.Signer`."""

    practice: str
    private: PersonKey

    @property
    def key(self) -> LogKey:
        """The public half, and the name."""
        return log_key(self.practice, self.private.public)

    def sign(self, message: bytes) -> bytes:
        """64 bytes, Ed25519 (RFC 8032)."""
        return self.private.sign(message)
