"""A signed letter as a step of its matter: its words, as data, and what prints it again. Pure.

The file is not kept: the same letter and the same instant give the same bytes, and the digest kept
beside them proves it when it is printed again (`packet.same_as_proof`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

import msgspec

from stillroom.disclosure.letters.forms import Tells
from stillroom.disclosure.letters.letter import Letter, long_day

KIND = "letter"
SENT = "letter_sent"

BY_SAYING: Mapping[str, str] = {
    "post": "by post",
    "hand": "by hand",
    "fax": "by fax",
    "court": "filed with the court",
    "electronic": "electronically",
}
"""Ways that a person takes, and says afterwards."""
LINK = "link"
WAYS: Mapping[str, str] = {**BY_SAYING, LINK: "behind a link"}

BY_HAND = frozenset({"hand", "court"})
"""Ways that reach nobody by an address of hers."""


class StepLike(Protocol):
    """A step, as this reads it."""

    @property
    def number(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def body(self) -> Mapping[str, Any]: ...
    @property
    def by(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def entry(self) -> int: ...


class Kept(msgspec.Struct, frozen=True):
    """What a step of kind `letter` holds. `record` is the letter's record in the chart.

    What it was written on: how often the request had been corrected, and, where it `asks` whether
    it tells of a disputed entry, the digest of all that the client then said against entries; and
    what was `decided`, where it says that.
    """

    version: int
    form: str
    letter: Letter
    tells: str
    created: datetime
    digest: str
    pages: int
    record: str
    corrections: int = 0
    asks: bool = False
    against: str = ""
    decided: str = ""


class Sent(msgspec.Struct, frozen=True):
    """What a step of kind `letter_sent` holds: which letter, by which way, to whom, when; and for a
    link its delivery."""

    version: int
    letter: int
    way: str
    to: str
    on: date
    note: str = ""
    delivery: str = ""


@dataclass(frozen=True)
class SignedLetter:
    """A letter of a matter, with what became of it."""

    number: int
    kept: Kept
    by: str
    at: datetime
    entry: int
    sent: tuple[Sent, ...] = ()

    @property
    def tells(self) -> Tells:
        """What somebody learns by it."""
        return Tells(self.kept.tells)

    @property
    def asks(self) -> bool:
        """Whether it may tell somebody else of a disputed entry."""
        return self.kept.asks or self.tells is Tells.OTHERS


def written(kept: Kept | Sent) -> dict[str, Any]:
    """As a step's body."""
    body: dict[str, Any] = msgspec.to_builtins(kept)
    return body


def letters_of(steps: Iterable[StepLike]) -> tuple[SignedLetter, ...]:
    """The signed letters of a matter in their order."""
    every = list(steps)
    sent = [msgspec.convert(one.body, Sent) for one in every if one.kind == SENT]
    return tuple(
        SignedLetter(
            number=one.number,
            kept=msgspec.convert(one.body, Kept),
            by=one.by,
            at=one.at,
            entry=one.entry,
            sent=tuple(each for each in sent if each.letter == one.number),
        )
        for one in every
        if one.kind == KIND
    )


def in_words(letter: Letter) -> str:
    """The whole letter as plain words, for its record in the chart."""
    blocks = [letter.title, *letter.about, *letter.opening]
    for part in letter.parts:
        blocks.append(part.label)
        blocks += [" ".join(filter(None, (one.says, one.citation))) for one in part.sentences]
    if letter.table:
        blocks += [". ".join(row) for row in letter.table.rows]
    blocks += [*letter.closing, *letter.blanks, letter.writer.signer, letter.writer.signer_line]
    return "\n\n".join(block for block in blocks if block)


def record_fields(letter: Letter) -> dict[str, str]:
    """The letter as the fields of a record of kind letter."""
    return {
        "to": letter.to.name,
        "address": "\n".join(letter.to.lines),
        "dated": letter.dated.isoformat(),
        "about": "; ".join(letter.about) or letter.title,
        "words": in_words(letter),
    }


def description(letter: SignedLetter) -> str:
    """What a letter told, for the account: that there was one, and none of its words."""
    return f"Letter of {long_day(letter.kept.letter.dated)}: {letter.kept.letter.title.lower()}"
