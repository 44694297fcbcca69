"""A practice's home: the folder in which it lives, and the one plain file that describes it.

`practice.json` holds no secret: the practice's name, and the server's key and the log's signing key
wrapped under a passphrase or a key file that lies elsewhere. Whoever has the folder alone has
ciphertext (docs/promises/P03.md). Format 1; an unknown format is refused, never guessed.
"""

import fcntl
import os
import shutil
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from stillroom.config.home_errors import (
    AlreadyServed,
    FolderNotEmpty,
    FolderUnusable,
    HomeBroken,
    KeyFileUnfit,
    NoPractice,
    PracticeThere,
    RecoveryUnfinished,
    UnknownZone,
    WrongKey,
)
from stillroom.config.home_locks import (
    KEY_MARK,
    as_text,
    lock_by_file,
    lock_by_passphrase,
    log_context,
    server_context,
    write_whole,
)
from stillroom.kernel import Secret, StillroomError, is_id, new_id
from stillroom.vault import Cost, PassphraseLock, PersonKey, PublicKey, SharedKey

FORMAT = 1
_LONGEST_KEY_FILE = 4096
_MADE_HERE = ("practice.json", "practice.db", "ledger.db")


class _File(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """practice.json, field by field; bytes are base64. Two fields are there only after a recovery:
    that one was begun and is not finished, and the keys that signed the log before it."""

    format: int
    practice: str
    name: str
    zone: str
    database: str
    lock: str
    server: str
    log_signer: str
    log_key: str
    recovery: str
    demonstration: bool = False
    recovering: bool = False
    log_keys_before: tuple[str, ...] = ()


@dataclass(frozen=True)
class Home:
    """An opened description of a practice. It holds no key."""

    path: Path
    file: _File

    @classmethod
    def load(cls, path: Path, *, unfinished: bool = False) -> "Home":
        """Read practice.json, or `NoPractice` / `HomeBroken`; `RecoveryUnfinished` unless such a
        practice is wanted."""
        try:
            raw = (path / "practice.json").read_bytes()
        except OSError:
            raise NoPractice from None
        try:
            file = msgspec.json.decode(raw, type=_File)
            require_zone(file.zone)
        except (msgspec.MsgspecError, UnknownZone):
            raise HomeBroken from None
        if file.format != FORMAT:
            raise HomeBroken(
                f"practice.json is of format {file.format}, and this Stillroom reads {FORMAT}",
                advice="Use the version of Stillroom that wrote it, or a newer one.",
            )
        home = cls(path, file)
        home._require_whole()
        if file.recovering and not unfinished:
            raise RecoveryUnfinished
        return home

    def _require_whole(self) -> None:
        """`HomeBroken` when a field is there and yet not what it should be."""
        try:
            if not is_id(self.practice):
                raise HomeBroken
            b64decode(self.file.server, validate=True)
            b64decode(self.file.log_signer, validate=True)
            if self.file.lock:
                self._lock()
            _ = self.recovery, self.log_key, self.log_keys_before
        except (ValueError, StillroomError):
            raise HomeBroken from None

    @property
    def practice(self) -> str:
        """The practice's identifier, which every sealed place names."""
        return self.file.practice

    @property
    def log_place(self) -> Path | str:
        """Where the log is: a file of its own here, or in the PostgreSQL that holds the rest."""
        return self.file.database or self.path / "ledger.db"

    @property
    def recovery(self) -> PublicKey:
        """The key to which chart rings are wrapped for recovery."""
        return PublicKey.from_bytes(b64decode(self.file.recovery, validate=True))

    @property
    def log_key(self) -> PublicKey:
        """The key that checks the log's checkpoints."""
        return PublicKey.from_bytes(b64decode(self.file.log_key, validate=True))

    @property
    def log_keys_before(self) -> tuple[PublicKey, ...]:
        """The keys that signed checkpoints before a recovery, the newest first."""
        kept = self.file.log_keys_before
        return tuple(PublicKey.from_bytes(b64decode(one, validate=True)) for one in kept)

    def open_server(self, passphrase: str) -> SharedKey:
        """The server's key by passphrase, or `WrongKey`."""
        if not self.file.lock:
            raise WrongKey(
                "this practice is unsealed by a key file", advice="Give it with --key-file FILE."
            )
        try:
            return self._unwrap_server(self._lock().key(passphrase))
        except StillroomError:
            raise WrongKey from None

    def _lock(self) -> PassphraseLock:
        return PassphraseLock.from_bytes(b64decode(self.file.lock, validate=True))

    def open_server_by_file(self, key_file: Path) -> SharedKey:
        """The server's key by key file, or `WrongKey`."""
        try:
            with key_file.open(encoding="ascii") as file:
                marked, _, raw = file.read(_LONGEST_KEY_FILE).strip().partition(" ")
        except (OSError, UnicodeDecodeError):
            raise WrongKey(
                "that key file cannot be read",
                advice="Check its name, and that it is yours to read; nothing was changed.",
            ) from None
        try:
            if marked != KEY_MARK:
                raise WrongKey
            return self._unwrap_server(SharedKey.from_secret(Secret(b64decode(raw, validate=True))))
        except (ValueError, StillroomError):
            raise WrongKey from None

    def _unwrap_server(self, lock: SharedKey) -> SharedKey:
        sealed = b64decode(self.file.server)
        return SharedKey.from_secret(lock.unwrap(sealed, server_context(self.practice)))

    def open_log_signer(self, server: SharedKey) -> PersonKey:
        """The key that signs checkpoints; it reads nothing."""
        sealed = b64decode(self.file.log_signer)
        return PersonKey.from_secret(server.unwrap(sealed, log_context(self.practice)))

    @contextmanager
    def only_server(self) -> Iterator[None]:
        """Hold the practice for this process, or `AlreadyServed`."""
        handle = os.open(self.path / "serving", os.O_RDWR | os.O_CREAT, 0o600)
        with os.fdopen(handle) as held:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise AlreadyServed from None
            yield


@dataclass(frozen=True)
class NewHome:
    """What `create` hands over: the home, and keys that are on no disk yet."""

    home: Home
    server: SharedKey
    recovery: PersonKey
    key_file: Path | None = None

    def forget(self) -> None:
        """Take back a practice that could not be finished: its folder was empty before."""
        for name in _MADE_HERE:
            for left in self.home.path.glob(f"{name}*"):
                left.unlink(missing_ok=True)
        shutil.rmtree(self.home.path / "law", ignore_errors=True)
        if self.key_file is not None:
            self.key_file.unlink(missing_ok=True)


def create(
    path: Path,
    name: str,
    *,
    passphrase: str = "",
    key_file: Path | None = None,
    zone: str = "America/New_York",
    database: str = "",
    demonstration: bool = False,
    cost: Cost = Cost.UNSEAL,
) -> NewHome:
    """A new practice in an empty folder, sealed by a passphrase or by a key file elsewhere.

    Only a demonstration keeps its key file in its own folder. Raises `PracticeThere`,
    `FolderNotEmpty`, `FolderUnusable`, `KeyFileUnfit`, `UnknownZone`, or what the vault says of
    the passphrase, and then has made nothing.
    """
    require_zone(zone)
    require_empty(path)
    if key_file is not None and not demonstration and key_file.resolve().is_relative_to(path):
        raise KeyFileUnfit("the key file would lie in the folder that it opens")
    practice, server = new_id(), SharedKey.create()
    signer, recovery = PersonKey.create(), PersonKey.create()
    lock_bytes = b""
    if key_file is None:
        lock_bytes, lock = lock_by_passphrase(passphrase, cost)
    _make_folder(path)
    if key_file is not None:
        lock = lock_by_file(key_file)
    file = _File(
        format=FORMAT,
        practice=practice,
        name=name,
        zone=zone,
        database=database,
        lock=as_text(lock_bytes),
        server=as_text(lock.wrap(server.to_secret(), server_context(practice))),
        log_signer=as_text(server.wrap(signer.to_secret(), log_context(practice))),
        log_key=as_text(signer.public.to_bytes()),
        recovery=as_text(recovery.public.to_bytes()),
        demonstration=demonstration,
    )
    write_whole(path / "practice.json", msgspec.json.format(msgspec.json.encode(file), indent=2))
    return NewHome(Home(path, file), server, recovery, key_file)


def require_zone(zone: str) -> None:
    """Nothing when the time zone is known here, else `UnknownZone`."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: the name of a folder of zones
        raise UnknownZone from None


def require_empty(path: Path) -> None:
    """Nothing when a practice may be made in `path`; else `PracticeThere` or another refusal."""
    if (path / "practice.json").exists():
        raise PracticeThere
    try:
        there = {found.name for found in path.iterdir()}
    except FileNotFoundError:
        return
    except OSError:
        raise FolderUnusable from None
    if there - {"lost+found"}:  # the root of a fresh disk
        raise FolderNotEmpty


def _make_folder(path: Path) -> None:
    """The folder, for its owner alone, whatever it was before."""
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.chmod(0o700)
    except OSError:
        raise FolderUnusable from None


__all__ = [
    "FORMAT",
    "KEY_MARK",
    "AlreadyServed",
    "FolderNotEmpty",
    "FolderUnusable",
    "Home",
    "HomeBroken",
    "KeyFileUnfit",
    "NewHome",
    "NoPractice",
    "PracticeThere",
    "RecoveryUnfinished",
    "UnknownZone",
    "WrongKey",
    "create",
    "require_empty",
    "require_zone",
]
