"""The few messages that are needed to ask a relay whether it is there and takes our credentials.

STUN (RFC 8489) and TURN (RFC 8656): a head of 20 bytes with a transaction of 12, then attributes,
each padded to four bytes. A signed request carries HMAC-SHA1 over all before it, under MD5 of
`name:realm:password` (RFC 8489, 9.2.2, as long as no password algorithm is negotiated).
Bytes in, values out: nothing here sends.
"""

import hashlib
import hmac
import ipaddress
import struct
from dataclasses import dataclass, field

MAGIC = 0x2112A442
HEAD = 20
BINDING, ALLOCATE, REFRESH = 0x0001, 0x0003, 0x0004
_SUCCESS, _ERROR = 0x0100, 0x0110
_USERNAME, _INTEGRITY, _ERROR_CODE, _LIFETIME = 0x0006, 0x0008, 0x0009, 0x000D
_REALM, _NONCE, _RELAYED, _TRANSPORT, _MAPPED = 0x0014, 0x0015, 0x0016, 0x0019, 0x0020
_UDP = b"\x11\x00\x00\x00"


@dataclass(frozen=True, slots=True)
class SignIn:
    """What a request is signed with: our credentials, and what the relay said at first."""

    username: str
    password: str
    realm: str
    nonce: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What a relay said. `code`: 0, or why not (401 wants a sign-in, 438 another nonce)."""

    code: int = 0
    realm: str = ""
    nonce: bytes = b""
    addresses: dict[str, str] = field(default_factory=dict)
    """`mapped`: how the relay sees us; `relayed`: what it gave us."""


def request(kind: int, transaction: bytes, signed: SignIn | None = None) -> bytes:
    """A request. `ALLOCATE` asks for UDP; `REFRESH` gives back (a lifetime of zero)."""
    body = b""
    if kind == ALLOCATE:
        body += _attribute(_TRANSPORT, _UDP)
    if kind == REFRESH:
        body += _attribute(_LIFETIME, bytes(4))
    if signed is None:
        return _head(kind, len(body), transaction) + body
    body += _attribute(_USERNAME, signed.username.encode())
    body += _attribute(_REALM, signed.realm.encode())
    body += _attribute(_NONCE, signed.nonce)
    before = _head(kind, len(body) + 24, transaction) + body
    return before + _attribute(_INTEGRITY, hmac.digest(_key(signed), before, "sha1"))


def read(data: bytes, kind: int, transaction: bytes) -> Answer | None:
    """The answer to that request, or `None` for anything else."""
    if len(data) < HEAD:
        return None
    said, length, magic = struct.unpack("!HHI", data[:8])
    if magic != MAGIC or data[8:HEAD] != transaction or len(data) < HEAD + length:
        return None
    if said not in (kind | _SUCCESS, kind | _ERROR):
        return None
    found = _attributes(data[HEAD : HEAD + length])
    names = {"mapped": _MAPPED, "relayed": _RELAYED}
    return Answer(
        code=_code(found.get(_ERROR_CODE, b""), failed=said == kind | _ERROR),
        realm=found.get(_REALM, b"").decode("utf-8", "replace"),
        nonce=found.get(_NONCE, b""),
        addresses={name: _address(found[at]) for name, at in names.items() if at in found},
    )


def length_of(head: bytes) -> int:
    """How long a message is whose first 20 bytes are these, head included."""
    return HEAD + int.from_bytes(head[2:4], "big")


def _head(kind: int, length: int, transaction: bytes) -> bytes:
    return struct.pack("!HHI", kind, length, MAGIC) + transaction


def _key(signed: SignIn) -> bytes:
    """MD5 is the protocol's; what is secret in it is an HMAC already."""
    text = f"{signed.username}:{signed.realm}:{signed.password}".encode()
    return hashlib.md5(text, usedforsecurity=False).digest()


def _attribute(name: int, value: bytes) -> bytes:
    return struct.pack("!HH", name, len(value)) + value + bytes(-len(value) % 4)


def _attributes(body: bytes) -> dict[int, bytes]:
    """By name; the first of each counts, and what does not fit is left."""
    found: dict[int, bytes] = {}
    while len(body) >= 4:
        name, length = struct.unpack("!HH", body[:4])
        if len(body) < 4 + length:
            break
        found.setdefault(name, body[4 : 4 + length])
        body = body[4 + length + -length % 4 :]
    return found


def _code(value: bytes, *, failed: bool) -> int:
    if not failed:
        return 0
    return (value[2] & 7) * 100 + value[3] if len(value) >= 4 else 500


def _address(value: bytes) -> str:
    """An XOR'd address (RFC 8489, 14.2). Of IPv6 only the family is told."""
    if len(value) != 8 or value[1] != 1:
        return "IPv6"
    address = int.from_bytes(value[4:8], "big") ^ MAGIC
    port = int.from_bytes(value[2:4], "big") ^ (MAGIC >> 16)
    return f"{ipaddress.IPv4Address(address)}:{port}"
