"""One entry of the log, and the one way to write it as bytes.

Format, version 1. All numbers big-endian, nothing optional, nothing between the parts:

    1 byte    0x01
    8 bytes   `at`, microseconds since 1970-01-01T00:00Z
    six times a length (4 bytes) and as many bytes:
              actor, act, subject, grant, sealed, opinion

Binary with lengths, not JSON, because it can be written in exactly one way: no order of keys, no
escapes, no numbers with two spellings to settle. It sorts by time, and an outsider needs fifteen
lines to write it (`verify_log.py`). `parse` takes what `canonical` gives and nothing else. Version
1 stays readable forever; a later version gets another first byte.

The five texts are pseudonyms, identifiers and words of a fixed vocabulary, never names or words of
a client: they are printable ASCII, so that none can look like another on a page.
"""

import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from stillroom.kernel import Misuse
from stillroom.ledger._errors import Malformed

VERSION = 1
LONGEST_TEXT = 4096
LONGEST_SEALED = 1 << 20
TIME_BYTES = slice(1, 9)
"""Where the time stands in the bytes; they sort as the times do."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_HEAD = struct.Struct(">BQ")
_LENGTH = struct.Struct(">I")


@dataclass(frozen=True, slots=True)
class Entry:
    """Who (`actor`) did what (`act`) to whose chart (`subject`), when, and by which `grant`.

    `sealed` holds the details, sealed for those who may read them; `opinion` the digest of the
    legal opinion it rested on, if any. `at` is UTC. Times before 1970, other zones, an empty actor
    or act, and texts that are not printable ASCII of at most 4096 characters are a `Misuse`.
    """

    at: datetime
    actor: str
    act: str
    subject: str
    grant: str
    sealed: bytes
    opinion: str

    def __post_init__(self) -> None:
        if self.at.utcoffset() != timedelta(0) or self.at < _EPOCH:
            raise Misuse("the time of an entry is aware, in UTC, and not before 1970")
        if not (self.actor and self.act):
            raise Misuse("an entry names its actor and its act")
        for text in (self.actor, self.act, self.subject, self.grant, self.opinion):
            if len(text) > LONGEST_TEXT or not (text.isascii() and text.isprintable()):
                raise Misuse("the texts of an entry are short and printable ASCII")
        if len(self.sealed) > LONGEST_SEALED:
            raise Misuse("the sealed details of an entry are at most one mebibyte")

    def canonical(self) -> bytes:
        """The bytes that the log keeps and hashes."""
        parts = [_HEAD.pack(VERSION, (self.at - _EPOCH) // _MICROSECOND)]
        for text in (self.actor, self.act, self.subject, self.grant):
            parts += (_LENGTH.pack(len(text)), text.encode("ascii"))
        parts += (_LENGTH.pack(len(self.sealed)), self.sealed)
        parts += (_LENGTH.pack(len(self.opinion)), self.opinion.encode("ascii"))
        return b"".join(parts)

    @classmethod
    def parse(cls, raw: bytes) -> "Entry":
        """The entry whose canonical bytes are `raw`. `Malformed` for any other bytes."""
        if raw[:1] != bytes([VERSION]):
            raise Malformed(
                "the entry has a format that this version of the ledger does not know",
                advice="Update Stillroom, or ask for the file again.",
            )
        try:
            at = _EPOCH + _HEAD.unpack_from(raw)[1] * _MICROSECOND
            actor, act, subject, grant, sealed, opinion = _fields(raw)
            return cls(
                at,
                actor.decode("ascii"),
                act.decode("ascii"),
                subject.decode("ascii"),
                grant.decode("ascii"),
                sealed,
                opinion.decode("ascii"),
            )
        except (struct.error, ValueError, OverflowError, Misuse):
            raise Malformed("the bytes of the entry are not an entry") from None


@dataclass(frozen=True, slots=True)
class Logged:
    """An entry with its number in the log, counted from 0."""

    index: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Receipt:
    """The promise that an entry is durable under this number, counted from 0."""

    index: int


def _fields(raw: bytes) -> list[bytes]:
    """The six fields; `ValueError` when lengths and bytes do not come out even."""
    fields: list[bytes] = []
    at = _HEAD.size
    for _ in range(6):
        (length,) = _LENGTH.unpack_from(raw, at)
        at += _LENGTH.size
        fields.append(raw[at : at + length])
        at += length
    if at != len(raw):
        raise ValueError("bytes left over, or missing")
    return fields


def actor_and_subject(raw: bytes) -> tuple[str, str]:
    """The two names in canonical bytes, without reading the rest: an audit asks a million times."""
    actor = _HEAD.size + 4
    act = actor + int.from_bytes(raw[actor - 4 : actor], "big") + 4
    subject = act + int.from_bytes(raw[act - 4 : act], "big") + 4
    end = subject + int.from_bytes(raw[subject - 4 : subject], "big")
    return raw[actor : act - 4].decode("ascii"), raw[subject:end].decode("ascii")
