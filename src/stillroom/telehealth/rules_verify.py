"""How two devices prove to each other that nobody sits between them. Pure: keys come as functions.

The same protocol as `ui/src/call/verify.ts`, held to it by shared vectors; here it is what a second
client speaks. Why it is so, and what it is worth: docs/decisions/0035.

Seat 0 begins. Each side has a card: its device's public key, the fingerprint of the certificate
that its end of DTLS will show (SHA-256, RFC 8122), and a fresh nonce.

    0 → 1   commit   {c: H(card of 0)}
    1 → 0   hello    {card of 1}
    0 → 1   reveal   {card of 0, sig}
    1 → 0   proof    {sig}

Each signs the transcript (room, both cards, the commitment) with its seat before it. Seat 0 is
bound to its nonce before it knows the other's; so whoever sits between them has one try at a code
that is the same on both sides: 1 in 2^44. What does not hold stops the talk for good, by name.

    talk, say = begin(Talk(room, 0, card))
    talk, say = hear(talk, message, sign=…, check=…)     # talk.stopped, or talk.transcript at last
"""

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

VERSION = 1
KEY_BYTES, PRINT_BYTES, NONCE_BYTES, SIGNATURE_BYTES = 65, 32, 32, 64
"""P-256 point, uncompressed (SEC 1, 2.3.3); SHA-256; ours; r and s as WebCrypto writes them."""
CODE_BITS = 44
Message = Mapping[str, Any]
Say = tuple[Message, ...]
Sign = Callable[[bytes], bytes]
Check = Callable[[bytes, bytes, bytes], bool]
"""Whether a key (first) signed a message (second) with this signature (third)."""


@dataclass(frozen=True)
class Card:
    """What one side shows."""

    key: bytes
    print: bytes
    nonce: bytes


@dataclass(frozen=True)
class Talk:
    """How far one side has come. `stopped` is empty or the name of what did not hold."""

    room: str
    seat: int
    mine: Card
    commitment: bytes = b""
    theirs: Card | None = None
    proven: bool = False
    stopped: str = ""

    @property
    def transcript(self) -> bytes:
        """What both sides signed; only once the other's card is known."""
        if self.theirs is None:
            return b""
        first, second = (self.mine, self.theirs) if self.seat == 0 else (self.theirs, self.mine)
        return _fields(
            b"stillroom call 1",
            self.room.encode(),
            *(first.key, first.print, first.nonce),
            *(second.key, second.print, second.nonce),
            self.commitment,
        )


def begin(talk: Talk) -> tuple[Talk, Say]:
    """Seat 0 commits to its card; seat 1 waits."""
    if talk.seat != 0:
        return talk, ()
    made = commitment(talk.room, talk.mine)
    return replace(talk, commitment=made), ({"t": "commit", "v": VERSION, "c": spell(made)},)


def hear(talk: Talk, message: Message, *, sign: Sign, check: Check) -> tuple[Talk, Say]:
    """What the other side said. Once stopped or proven, nothing changes any more."""
    if talk.stopped or talk.proven:
        return talk, ()
    if message.get("v") != VERSION:
        return replace(talk, stopped="version"), ()
    step = {
        (1, "commit"): _committed,
        (0, "hello"): _greeted,
        (1, "reveal"): _revealed,
        (0, "proof"): _proved,
    }.get((talk.seat, str(message.get("t"))))
    if step is None:
        return replace(talk, stopped="order"), ()
    return step(talk, message, sign, check)


def _committed(talk: Talk, message: Message, _: Sign, __: Check) -> tuple[Talk, Say]:
    if talk.commitment:
        return replace(talk, stopped="order"), ()
    bound = read(message.get("c"), PRINT_BYTES)
    if bound is None:
        return replace(talk, stopped="commitment"), ()
    return replace(talk, commitment=bound), ({"t": "hello", "v": VERSION, **_written(talk.mine)},)


def _greeted(talk: Talk, message: Message, sign: Sign, _: Check) -> tuple[Talk, Say]:
    """INVARIANT: a card that comes before our commitment went out, or a second one, is refused."""
    if not talk.commitment or talk.theirs is not None:
        return replace(talk, stopped="order"), ()
    stop, card = _card(talk, message)
    if card is None:
        return replace(talk, stopped=stop), ()
    talk = replace(talk, theirs=card)
    signed = spell(sign(to_sign(talk.transcript, talk.seat)))
    return talk, ({"t": "reveal", "v": VERSION, **_written(talk.mine), "sig": signed},)


def _revealed(talk: Talk, message: Message, sign: Sign, check: Check) -> tuple[Talk, Say]:
    """INVARIANT: a card that was not committed to before ours went out is refused."""
    if not talk.commitment or talk.theirs is not None:
        return replace(talk, stopped="order"), ()
    stop, card = _card(talk, message)
    if card is None:
        return replace(talk, stopped=stop), ()
    if commitment(talk.room, card) != talk.commitment:
        return replace(talk, stopped="commitment"), ()
    talk = _checked(replace(talk, theirs=card), message, check)
    if talk.stopped:
        return talk, ()
    signed = spell(sign(to_sign(talk.transcript, talk.seat)))
    return talk, ({"t": "proof", "v": VERSION, "sig": signed},)


def _proved(talk: Talk, message: Message, _: Sign, check: Check) -> tuple[Talk, Say]:
    if talk.theirs is None:
        return replace(talk, stopped="order"), ()
    return _checked(talk, message, check), ()


def _checked(talk: Talk, message: Message, check: Check) -> Talk:
    signature = read(message.get("sig"), SIGNATURE_BYTES)
    theirs = talk.theirs
    signed = to_sign(talk.transcript, 1 - talk.seat)
    if theirs is None or signature is None or not check(theirs.key, signed, signature):
        return replace(talk, stopped="signature")
    return replace(talk, proven=True)


def _card(talk: Talk, message: Message) -> tuple[str, Card | None]:
    """The other's card, or the name of what is wrong with it."""
    key = read(message.get("key"), KEY_BYTES)
    shown = read(message.get("print"), PRINT_BYTES)
    nonce = read(message.get("nonce"), NONCE_BYTES)
    if key is None or shown is None or nonce is None:
        return "signature", None
    if key == talk.mine.key or shown == talk.mine.print or nonce == talk.mine.nonce:
        return "reflected", None
    return "", Card(key, shown, nonce)


def commitment(room: str, card: Card) -> bytes:
    """What seat 0 binds itself by."""
    told = (room.encode(), card.key, card.print, card.nonce)
    return hashlib.sha256(_fields(b"stillroom call 1 commitment", *told)).digest()


def to_sign(transcript: bytes, seat: int) -> bytes:
    """What a seat signs: nobody's signature is good for the other seat."""
    return _fields(b"stillroom call 1 proof", str(seat).encode(), transcript)


def code(transcript: bytes, bits: int = CODE_BITS) -> tuple[int, ...]:
    """The first bits of the transcript's digest as numbers of 11 bits, each a word of 2,048."""
    digest = hashlib.sha256(_fields(b"stillroom call 1 code", transcript)).digest()
    number = int.from_bytes(digest, "big") >> (256 - bits)
    return tuple(number >> shift & 2047 for shift in range(bits - 11, -1, -11))


def safety_number(one: bytes, other: bytes) -> str:
    """Sixty figures for a pair of keys, the same whoever asks: thirty of each key, sorted."""
    return "".join(sorted((_thirty(one), _thirty(other))))


def _thirty(key: bytes) -> str:
    digest = hashlib.sha512(_fields(b"stillroom call 1 number", key)).digest()
    parts = (int.from_bytes(digest[at : at + 5], "big") % 100_000 for at in range(0, 30, 5))
    return "".join(f"{part:05}" for part in parts)


def _fields(*parts: bytes) -> bytes:
    """Parts one after another, each behind its length in two bytes: no two lists look alike."""
    return b"".join(len(part).to_bytes(2, "big") + part for part in parts)


def _written(card: Card) -> dict[str, str]:
    return {"key": spell(card.key), "print": spell(card.print), "nonce": spell(card.nonce)}


def spell(value: bytes) -> str:
    """Bytes as base64url without padding."""
    return urlsafe_b64encode(value).rstrip(b"=").decode("ascii")


def read(value: object, length: int) -> bytes | None:
    """So many bytes from base64url; nothing for anything else, also for another spelling."""
    if not isinstance(value, str):
        return None
    try:
        found = urlsafe_b64decode(value + "=" * (-len(value) % 4))
    except (Error, ValueError):
        return None
    return found if len(found) == length and spell(found) == value else None
