"""What leaves the house sealed for somebody outside: behind an address and a code, or as age.

Rules: the file behind a link is under a key made of the address's secret and of the code, neither
of which lies on the disk but sealed in the chart's ring, so the server by itself opens nothing
(P3). Whoever sends it seals, beforehand and in the chart's ring, the entries that say *opened*; the
server, which holds no such ring, writes them when it is opened (P1, P2). A wrong code, a wrong
address and no link at all cost the same work.
"""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

import msgspec

from stillroom.access import Act, Grant, Ward
from stillroom.kernel import Misuse, Secret, new_id
from stillroom.ledger import Entry
from stillroom.phi._errors import NotHere
from stillroom.phi._house import OUTSIDE, House, Presence
from stillroom.phi.bridge import Details, note_event, ring_for
from stillroom.vault import (
    KeyUnreadable,
    Place,
    SealBroken,
    WeakPassphrase,
    WrongIdentity,
    age_to_recipient,
    age_with_passphrase,
    open_behind,
    random_words,
    require_age_recipient,
    seal_behind,
    spend_as_much,
)

CODE_WORDS = 4
"""44 bits, tried five times at most, and against Argon2id by whoever has the disk as well."""
PASSPHRASE_WORDS = 6
"""66 bits against scrypt: an age file can be tried for ever by whoever has it."""
_SECRET_BYTES = 32
_PART = "behind a link"
_LONGEST = 200


class _Prepared(msgspec.Struct, frozen=True):
    subject: str
    mark: str
    sealed: bytes


class _Inside(msgspec.Struct, frozen=True):
    file: bytes
    entries: list[_Prepared]


def new_address() -> str:
    """The secret of an address: 32 random bytes, as the address spells them."""
    return urlsafe_b64encode(secrets.token_bytes(_SECRET_BYTES)).decode().rstrip("=")


def mark_of(address: str) -> str:
    """What is kept of an address to find its link by: a digest, which opens nothing."""
    return sha256(b"stillroom link mark v1\0" + address.encode()).hexdigest()


def new_code() -> str:
    """Four plain words, to be said."""
    return random_words(CODE_WORDS)


def new_passphrase() -> str:
    """Six plain words, to be said."""
    return random_words(PASSPHRASE_WORDS)


def said(code: str) -> str:
    """A code as it is meant, whatever signs and capitals it was typed with."""
    letters = "".join(sign if sign.isalpha() else " " for sign in code[:_LONGEST].casefold())
    return " ".join(letters.split())


def seal_for_link(
    presence: Presence,
    grant: Grant,
    ward: Ward,
    link: str,
    address: str,
    code: str,
    file: bytes,
    details: Sequence[Details],
) -> bytes:
    """A file behind a link, with one entry about the chart for each time that it may be opened."""
    if not grant.covers(ward, presence.at):
        raise Misuse("the grant does not cover this ward now")
    ring, house = ring_for(presence, ward), presence.house
    subject = ring.pseudonym("ledger")
    entries = []
    for one in details:
        mark = new_id()
        place = Place(house.practice, ward.chart, "ledger", mark, 0)
        entries.append(_Prepared(subject, mark, ring.seal(msgspec.json.encode(one), place)))
    inside = msgspec.msgpack.encode(_Inside(file, entries))
    return seal_behind(_secret(address), said(code), inside, _place(house, link), house.cost)


def open_link(house: House, link: str, address: str, code: str, sealed: bytes) -> bytes:
    """What lies behind a link, for `write_opened`; `NotHere` whatever is wrong.

    With nothing sealed it costs a try's work and says the same.
    """
    try:
        if not sealed:
            spend_as_much(said(code), house.cost)
            raise NotHere
        return open_behind(_secret(address), said(code), sealed, _place(house, link))
    except (KeyUnreadable, WeakPassphrase, WrongIdentity, SealBroken):
        raise NotHere from None


def write_opened(house: House, inside: bytes, left: int, *, at: datetime) -> bytes:
    """Write the entry of this opening, then give the file. No entry, no file (P1).

    `left` are the openings left, this one among them; each has its own entry, the last the last.
    """
    opened = msgspec.msgpack.decode(inside, type=_Inside)
    if not 0 < left <= len(opened.entries):
        raise NotHere
    one = opened.entries[-left]
    house.log.append(
        Entry(
            at=at,
            actor=OUTSIDE,
            act=Act.RELEASE_OPENED.value,
            subject=one.subject,
            grant=one.mark,
            sealed=one.sealed,
            opinion="",
        )
    )
    return opened.file


def write_refused(house: House, link: str, *, at: datetime) -> None:
    """A try that opened nothing; `link` is empty where there is none."""
    note_event(house, OUTSIDE, Act.GATE_REFUSE, {"act": "open a link", "about": link}, at=at)


def aged(file: bytes, *, passphrase: str = "", recipient: str = "") -> bytes:
    """The file in the age format: to a recipient's key if there is one, else by passphrase."""
    if recipient:
        return age_to_recipient(file, recipient)
    return age_with_passphrase(file, Secret(passphrase.encode()))


def require_recipient(text: str) -> str:
    """An age recipient's public key as it was given, or an error that says what to ask for."""
    return require_age_recipient(text)


def _secret(address: str) -> Secret:
    try:
        raw = urlsafe_b64decode(address + "=" * (-len(address) % 4))
    except ValueError:
        raise NotHere from None
    if len(raw) != _SECRET_BYTES:
        raise NotHere
    return Secret(raw)


def _place(house: House, link: str) -> Place:
    return Place(house.practice, link, link, _PART, 1)
