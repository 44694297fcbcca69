"""What locks a practice's server key: a passphrase, or a key file that lies elsewhere."""

import os
from base64 import b64encode
from pathlib import Path

from stillroom.config.home_errors import KeyFileUnfit
from stillroom.vault import Cost, PassphraseLock, SharedKey

KEY_MARK = "stillroom-key-1"


def server_context(practice: str) -> bytes:
    """What the wrap of the server's key is bound to."""
    return b"stillroom server key v1|" + practice.encode()


def log_context(practice: str) -> bytes:
    """What the wrap of the log's signing key is bound to."""
    return b"stillroom log key v1|" + practice.encode()


def lock_by_passphrase(passphrase: str, cost: Cost) -> tuple[bytes, SharedKey]:
    """A new lock as practice.json keeps it, and the key that this passphrase makes of it."""
    lock = PassphraseLock.create(cost=cost)
    return lock.to_bytes(), lock.key(passphrase)


def lock_by_file(key_file: Path) -> SharedKey:
    """A new key file, closed to others and on the disk for good; `KeyFileUnfit` where one is."""
    key = SharedKey.create()
    try:
        key_file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(key_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise KeyFileUnfit from None
    except OSError:
        raise KeyFileUnfit("that key file cannot be made") from None
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(f"{KEY_MARK} {as_text(key.to_secret().expose())}\n")
        out.flush()
        os.fsync(out.fileno())
    return key


def write_whole(path: Path, words: bytes) -> None:
    """Write all of a file or nothing of it, for its owner alone."""
    beside = path.with_suffix(".new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(words + b"\n")
        out.flush()
        os.fsync(out.fileno())
    beside.replace(path)


def as_text(raw: bytes) -> str:
    """Bytes as practice.json and key files hold them (base64)."""
    return b64encode(raw).decode("ascii")
