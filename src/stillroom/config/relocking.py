"""A practice's own lock, changed: another passphrase or key file; after a recovery, other keys.

Rules: practice.json is replaced whole or not at all; a key file is on the disk before anything
names it; what was opened is sealed again before the old is gone. Copies of practice.json in
backups open as before, by the old passphrase or key file: nobody can change those.
"""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from stillroom.config.home import Home
from stillroom.config.home_errors import KeyFileUnfit
from stillroom.config.home_locks import (
    as_text,
    lock_by_file,
    lock_by_passphrase,
    log_context,
    server_context,
    write_whole,
)
from stillroom.vault import Cost, PersonKey, SharedKey


@dataclass(frozen=True)
class NewLock:
    """A lock that nothing is sealed by yet: as practice.json keeps it, and its key."""

    written: bytes
    key: SharedKey


def make_lock(home: Home, passphrase: str, key_file: Path | None, cost: Cost) -> NewLock:
    """A new passphrase's lock, or a new key file. `WeakPassphrase` / `KeyFileUnfit`, and then
    nothing was made."""
    if key_file is None:
        return NewLock(*lock_by_passphrase(passphrase, cost))
    if key_file.resolve().is_relative_to(home.path.resolve()):
        raise KeyFileUnfit("the key file would lie in the folder that it opens")
    return NewLock(b"", lock_by_file(key_file))


def relock(home: Home, server: SharedKey, lock: NewLock) -> None:
    """The same server key under another lock."""
    _replace(home, lock=as_text(lock.written), server=_sealed(home, server, lock))


def mark_recovering(home: Home) -> None:
    """From here on the practice says that a recovery was begun, until `rekey` has ended it."""
    _replace(home, recovering=True)


def rekey(home: Home, server: SharedKey, lock: NewLock) -> None:
    """Another server key and another key for the log, whose old one went with the old server key.
    The public half of the old one stays, so that what it signed can still be checked."""
    signer = PersonKey.create()
    _replace(
        home,
        lock=as_text(lock.written),
        server=_sealed(home, server, lock),
        log_signer=as_text(server.wrap(signer.to_secret(), log_context(home.practice))),
        log_key=as_text(signer.public.to_bytes()),
        log_keys_before=(home.file.log_key, *home.file.log_keys_before),
        recovering=False,
    )


def _sealed(home: Home, server: SharedKey, lock: NewLock) -> str:
    return as_text(lock.key.wrap(server.to_secret(), server_context(home.practice)))


def _replace(home: Home, **fields: object) -> None:
    file = msgspec.structs.replace(home.file, **fields)
    written = msgspec.json.format(msgspec.json.encode(file), indent=2)
    write_whole(home.path / "practice.json", written)
