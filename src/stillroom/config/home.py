"""A practice's home: the folder in which it lives, and the one plain file that describes it.

`practice.json` holds no secret: the practice's name, and the server's key and the log's signing key
wrapped under a passphrase or a key file that lies elsewhere. Whoever has the folder alone has
ciphertext (docs/promises/P03.md). Format 1; an unknown format is refused, never guessed.
"""

import fcntl
import os
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from stillroom.kernel import Secret, StillroomError, new_id
from stillroom.vault import Cost, PassphraseLock, PersonKey, PublicKey, SharedKey

FORMAT = 1
_SERVER = b"stillroom server key v1|"
_LOG = b"stillroom log key v1|"


class NoPractice(StillroomError):
    """The folder holds no practice."""

    what = "there is no practice in that folder"
    usual_advice = "Make one with: stillroom init --home DIR, or give the folder of yours."


class PracticeThere(StillroomError):
    """The folder already holds one."""

    what = "that folder already holds a practice, which stays as it is"
    usual_advice = "Choose an empty folder."


class HomeBroken(StillroomError):
    """practice.json cannot be read as what it should be."""

    what = "the file practice.json in that folder cannot be read"
    usual_advice = "Put back the copy from your last backup; nothing else was touched."


class WrongKey(StillroomError):
    """The passphrase or key file does not unseal this practice."""

    what = "that passphrase or key file does not unseal this practice"
    usual_advice = "Check that it belongs to this practice; nothing was changed."


class AlreadyServed(StillroomError):
    """A second server was started on the same data."""

    what = "another Stillroom is already serving this practice"
    usual_advice = "Stop that one first, or use it; two at once would disagree."


class _File(msgspec.Struct, forbid_unknown_fields=True):
    """practice.json, field by field; bytes are base64."""

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


@dataclass(frozen=True)
class Home:
    """An opened description of a practice. It holds no key."""

    path: Path
    file: _File

    @classmethod
    def load(cls, path: Path) -> "Home":
        """Read practice.json, or `NoPractice` / `HomeBroken`."""
        try:
            raw = (path / "practice.json").read_bytes()
        except OSError:
            raise NoPractice from None
        try:
            file = msgspec.json.decode(raw, type=_File)
            ZoneInfo(file.zone)
        except (msgspec.MsgspecError, ZoneInfoNotFoundError, ValueError):
            raise HomeBroken from None
        if file.format != FORMAT:
            raise HomeBroken(
                f"practice.json is of format {file.format}, and this Stillroom reads {FORMAT}",
                advice="Use the version of Stillroom that wrote it, or a newer one.",
            )
        return cls(path, file)

    @property
    def practice(self) -> str:
        """The practice's identifier, which every sealed place names."""
        return self.file.practice

    @property
    def recovery(self) -> PublicKey:
        """The key to which chart rings are wrapped for recovery."""
        return PublicKey.from_bytes(b64decode(self.file.recovery))

    @property
    def log_key(self) -> PublicKey:
        """The key that checks the log's checkpoints."""
        return PublicKey.from_bytes(b64decode(self.file.log_key))

    def open_server(self, passphrase: str) -> SharedKey:
        """The server's key by passphrase, or `WrongKey`."""
        lock = PassphraseLock.from_bytes(b64decode(self.file.lock)) if self.file.lock else None
        if lock is None:
            raise WrongKey("this practice is unsealed by a key file")
        try:
            return self._unwrap_server(lock.key(passphrase))
        except StillroomError:
            raise WrongKey from None

    def open_server_by_file(self, key_file: Path) -> SharedKey:
        """The server's key by key file, or `WrongKey`."""
        try:
            raw = b64decode(key_file.read_text("ascii").split()[-1], validate=True)
            return self._unwrap_server(SharedKey.from_secret(Secret(raw)))
        except (OSError, ValueError, IndexError, StillroomError):
            raise WrongKey from None

    def _unwrap_server(self, lock: SharedKey) -> SharedKey:
        sealed = b64decode(self.file.server)
        return SharedKey.from_secret(lock.unwrap(sealed, _SERVER + self.practice.encode()))

    def open_log_signer(self, server: SharedKey) -> PersonKey:
        """The key that signs checkpoints; it reads nothing."""
        sealed = b64decode(self.file.log_signer)
        return PersonKey.from_secret(server.unwrap(sealed, _LOG + self.practice.encode()))

    @contextmanager
    def only_server(self) -> Iterator[None]:
        """Hold the practice for this process, or `AlreadyServed`."""
        with (self.path / "serving").open("a+") as held:
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


def create(
    path: Path,
    name: str,
    *,
    passphrase: str = "",
    key_file: Path | None = None,
    zone: str = "America/New_York",
    database: str = "",
    demonstration: bool = False,
    cost: Cost = Cost.INTERACTIVE,
) -> NewHome:
    """A new practice in an empty folder, sealed by a passphrase or by a key file elsewhere."""
    if (path / "practice.json").exists():
        raise PracticeThere
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    practice, server = new_id(), SharedKey.create()
    signer, recovery = PersonKey.create(), PersonKey.create()
    lock_bytes, lock = _new_lock(passphrase, key_file, cost)
    file = _File(
        format=FORMAT,
        practice=practice,
        name=name,
        zone=zone,
        database=database,
        lock=_text(lock_bytes),
        server=_text(lock.wrap(server.to_secret(), _SERVER + practice.encode())),
        log_signer=_text(server.wrap(signer.to_secret(), _LOG + practice.encode())),
        log_key=_text(signer.public.to_bytes()),
        recovery=_text(recovery.public.to_bytes()),
        demonstration=demonstration,
    )
    _write_whole(path / "practice.json", msgspec.json.format(msgspec.json.encode(file), indent=2))
    return NewHome(Home(path, file), server, recovery)


def _new_lock(passphrase: str, key_file: Path | None, cost: Cost) -> tuple[bytes, SharedKey]:
    if key_file is None:
        lock = PassphraseLock.create(cost=cost)
        return lock.to_bytes(), lock.key(passphrase)
    key = SharedKey.create()
    key_file.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(key_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(f"stillroom-key-1 {_text(key.to_secret().expose())}\n")
    return b"", key


def _write_whole(path: Path, words: bytes) -> None:
    """Write all of a file or nothing of it."""
    beside = path.with_suffix(".new")
    with beside.open("wb") as out:
        out.write(words + b"\n")
        out.flush()
        os.fsync(out.fileno())
    beside.replace(path)


def _text(raw: bytes) -> str:
    return b64encode(raw).decode("ascii")
