"""How a packet leaves: the ways, the two minutes, and what is asked before it goes. Pure.

Rules:
- Nothing leaves before two minutes have passed since it was sent on its way, and in these minutes
  everybody who cares for the client can stop it (THREATS, T13).
- A fax number, and an age key, is typed twice or read back; an address that stands neither in the
  letter that came nor in the account of this record is pointed out, and has to be looked at once
  more. What is pointed out is a question, and its yes is kept with the delivery.
- A link has one code, five tries, a last day, and as many openings as were chosen.

Lengths of time are ours, not the law's.
"""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import Enum

import msgspec

from stillroom.kernel import StillroomError

DELAY = timedelta(minutes=2)
PROOF_HOLDS = timedelta(minutes=15)
"""So long the proof of identity given when it was sent on its way counts for its leaving."""
TRIES = 5
DAYS = (1, 3, 7, 14)
OPENINGS = (1, 3)
_SHORTEST_FAX = 7
_WORD = re.compile(r"[^\W_]+")


class NothingWaits(StillroomError):
    """There is nothing that could still be stopped or called back."""

    what = "it is too late for that: nothing waits any more"
    usual_advice = "Look at the packet's page; it says what became of it and when."


class NotYet(StillroomError):
    """The two minutes have not passed."""

    what = "the two minutes have not passed"
    usual_advice = "It leaves by itself when they have; until then it can be stopped."


class GoesByItsLink(StillroomError):
    """What lies behind a link is not handed over by hand as well: it could not be called back."""

    what = "this packet went behind a link, and goes by nothing else"
    usual_advice = "Send the address again, or build a new packet and choose another way."


class NotAgain(StillroomError):
    """It has left, and would not leave today: its file is not given out a second time."""

    what = "a record in this packet may no longer leave, so its file is not given out again"
    usual_advice = (
        "What left before stands in the account. Look at the answer again, and build a new packet"
        " of what may still go."
    )


class NoWay(StillroomError):
    """It is not said how the packet leaves, or what that way needs is missing."""

    what = "how it leaves is not complete"
    usual_advice = "Choose a way and fill in what stands under it; nothing was sent."


class NoPages(StillroomError):
    """A packet that is a file for machines alone was to leave on paper."""

    what = "this packet leaves as a file for machines alone, and paper does not carry it"
    usual_advice = "Choose another way, or choose again and let the pages leave; nothing was sent."


class NumbersDiffer(StillroomError):
    """The fax number was typed twice, and not the same."""

    what = "the two fax numbers are not the same"
    usual_advice = "Type both again, reading them from the letter; nothing was sent."


class LookOnceMore(StillroomError):
    """Something about the address is unusual; a person has to look."""

    what = "look once more at where it goes"
    usual_advice = "If it is right, say so below and let it go; nothing was sent."


class Way(Enum):
    """How a packet leaves."""

    FILE = "file"
    AGE = "age"
    LINK = "link"
    PAPER = "paper"
    FAX = "fax"


ON_PAPER = (Way.PAPER, Way.FAX)


class Plan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How one packet leaves, and what opens it. Sealed where the packet is sealed.

    `passphrase` opens an age file without `age_key`; `address` and `code` open a link together.
    `where` is the address or number as it was typed; `looked` what was pointed out and confirmed.
    """

    way: str
    to: str
    where: str = ""
    passphrase: str = ""
    age_key: str = ""
    address: str = ""
    code: str = ""
    days: int = 0
    openings: int = 0
    looked: tuple[str, ...] = ()

    def until(self, left_at: datetime) -> datetime:
        """The last moment of a link that was opened to the world at `left_at`."""
        return left_at + timedelta(days=self.days)


class Wish(msgspec.Struct, frozen=True):
    """What somebody typed about how a packet should leave."""

    recipient: str
    way: str = Way.FILE.value
    where: str = ""
    again: str = ""
    age_key: str = ""
    days: int = 7
    openings: int = 1
    sure: bool = False


def whole(wish: Wish) -> Way:
    """The way, if all that it needs is there; else `NoWay` or `NumbersDiffer`."""
    if wish.way not in {one.value for one in Way}:
        raise NoWay
    way = Way(wish.way)
    if way is Way.FAX:
        number = digits(wish.where)
        if len(number) < _SHORTEST_FAX:
            raise NoWay("a fax needs its number", advice="Type the number twice; nothing was sent.")
        if number != digits(wish.again):
            raise NumbersDiffer
    if way is Way.PAPER and not wish.where.strip():
        raise NoWay(
            "paper needs an address", advice="Type where it is sent or handed over; nothing left."
        )
    if way is Way.LINK and (wish.days not in DAYS or wish.openings not in OPENINGS):
        raise NoWay
    return way


def digits(text: str) -> str:
    """The figures of a number, without a leading 1 of the North American plan."""
    found = "".join(sign for sign in text if sign.isascii() and sign.isdigit())
    return found[1:] if len(found) == 11 and found.startswith("1") else found


def stands_in(where: str, text: str) -> bool:
    """Whether an address or a number stands in a text, however it is spaced and pointed."""
    number = digits(where)
    if len(number) >= _SHORTEST_FAX and not any(sign.isalpha() for sign in where):
        return number in digits_of(text)
    wanted = _WORD.findall(where.casefold())
    given = _WORD.findall(text.casefold())
    if not wanted:
        return True
    last = len(given) - len(wanted)
    return any(given[at : at + len(wanted)] == wanted for at in range(last + 1))


def digits_of(text: str) -> str:
    """All figures of a text in their order."""
    return "".join(sign for sign in text if sign.isascii() and sign.isdigit())


def questions(where: str, *, letter: str, cover: str, earlier: Iterable[str]) -> tuple[str, ...]:
    """What is unusual about an address, in sentences; empty for nothing.

    `letter` is the text of what came, `cover` the address on the cover letter, `earlier` the
    addresses to which something of this record has gone before.
    """
    if not where.strip() or any(stands_in(where, old) for old in earlier if old.strip()):
        return ()
    found = []
    if letter.strip() and not stands_in(where, letter):
        found.append(f"The letter that came does not hold “{where.strip()}”.")
    if cover.strip() and not stands_in(where, cover) and not digits_only(where):
        found.append("The cover letter bears another address.")
    found.append(f"Nothing of this record has gone to “{where.strip()}” before.")
    return tuple(found)


def digits_only(where: str) -> bool:
    """Whether it is a number rather than an address."""
    return not any(sign.isalpha() for sign in where)


def due(leaves_at: datetime, at: datetime) -> bool:
    """Whether the two minutes have passed."""
    return at >= leaves_at


def proof_holds(begun_at: datetime, at: datetime) -> bool:
    """Whether the proof that was given when it was sent on its way still counts."""
    return timedelta(0) <= at - begun_at <= PROOF_HOLDS


def encode(plan: Plan) -> bytes:
    """The words to seal."""
    return msgspec.json.encode(plan)


def decode(words: bytes) -> Plan:
    """A plan again."""
    return msgspec.json.decode(words, type=Plan)
