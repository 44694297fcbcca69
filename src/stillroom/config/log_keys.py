"""The log of a home, and the checkpoints that its own key signed: all that needs no secret key."""

from dataclasses import dataclass
from pathlib import Path

from stillroom.config.home import Home
from stillroom.kernel import StillroomError
from stillroom.ledger import Checkpoint, Entry, LogKey, Malformed
from stillroom.phi import Log
from stillroom.phi.signing import log_key
from stillroom.vault import PublicKey


class NoCheckpoint(StillroomError):
    """Nothing was signed yet, or not as far as it would take."""

    what = "this log has no signed checkpoint yet"
    usual_advice = "Sign one with stillroom ledger checkpoint, then ask again."


@dataclass(frozen=True)
class LogVerifier:
    """A `ledger.Verifier`: the public key that stands in practice.json."""

    key: LogKey
    public: PublicKey

    @classmethod
    def of(cls, home: Home) -> "LogVerifier":
        """The key of a practice's log."""
        return cls(log_key(home.practice, home.log_key), home.log_key)

    @classmethod
    def before(cls, home: Home) -> tuple["LogVerifier", ...]:
        """The keys that signed before a recovery, the newest first."""
        return tuple(cls(log_key(home.practice, one), one) for one in home.log_keys_before)

    def verify(self, message: bytes, signature: bytes) -> None:
        """Nothing when the log's key signed this; else `SignatureBroken`."""
        self.public.verify(message, signature)


def read_log(home: Home) -> Log:
    """The log, opened for reading alone: an audit leaves what it looks at as it was."""
    return Log.open(home.log_place, read_only=True)


def last_signed(home: Home, log: Log) -> Checkpoint | None:
    """The newest checkpoint that the log keeps, its signature verified; `NotProven` if not ours."""
    kept = log.checkpoints(1)
    if not kept:
        return None
    require_ours(home, kept[0])
    return kept[0]


def require_ours(home: Home, checkpoint: Checkpoint) -> None:
    """That this practice's log signed it, by its key or one from before a recovery; `NotProven`."""
    ids = {mark.key_id for mark in checkpoint.signatures}
    of_then = [one for one in LogVerifier.before(home) if one.key.id in ids]
    checkpoint.verify(of_then[0] if of_then else LogVerifier.of(home))


def entry_at(log: Log, index: int) -> Entry:
    """One entry by its number, which the log must have."""
    return next(log.entries(index, index + 1)).entry


def read_checkpoint(home: Home, path: Path) -> Checkpoint:
    """A checkpoint that somebody kept. `NotProven` when this practice's log did not sign it."""
    try:
        note = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise Malformed("that checkpoint cannot be read", advice="Check the file's name.") from None
    kept = Checkpoint.parse(note)
    require_ours(home, kept)
    return kept


def require_covered(last: Checkpoint | None, index: int) -> Checkpoint:
    """The checkpoint, if entry `index` is under it; an outsider can check nothing else."""
    if last is None:
        raise NoCheckpoint
    if index >= last.size:
        raise NoCheckpoint("that entry is newer than the last signed checkpoint")
    return last


__all__ = [
    "LogVerifier",
    "NoCheckpoint",
    "entry_at",
    "last_signed",
    "read_checkpoint",
    "read_log",
    "require_covered",
    "require_ours",
]
