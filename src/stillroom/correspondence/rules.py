"""What a message must be, and what waits for an answer. Pure.

Rules: nothing that was typed is lost; a message that is refused says what to do. An answer settles
what its writer had before her, and not what came while she wrote. Nothing here reads a message for
danger: no list of words would find it, so help stands beside every message instead.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from stillroom.kernel import StillroomError

LONGEST = 6000
"""Letters of one message: about two printed pages."""


class NothingWritten(StillroomError):
    """An empty message."""

    what = "nothing is written yet"
    usual_advice = "Write a few words, and send it then."


class TooLong(StillroomError):
    """Longer than a message is."""

    what = "this message is too long"
    usual_advice = "Send it in two parts. What you wrote is kept here."


class NobodyToWriteTo(StillroomError):
    """The account that was chosen has no door to this chart now."""

    what = "nobody was chosen who can read it"
    usual_advice = "Choose somebody who comes in here now. What you wrote is kept."


class Sheet(msgspec.Struct, frozen=True):
    """The sealed part of a message."""

    words: str


@dataclass(frozen=True)
class Written:
    """One message as it is shown. `waits`: one of hers that nobody has answered or settled."""

    number: int
    words: str
    by: str
    from_team: bool
    at: datetime
    waits: bool = False


@dataclass(frozen=True)
class Thread:
    """A thread with its words, the oldest message first. `earlier`: how many are not shown."""

    id: str
    chart: str
    client: str
    person: str
    messages: tuple[Written, ...] = ()
    earlier: int = 0

    @property
    def last(self) -> int:
        """The number of the newest message; 0 for none."""
        return self.messages[-1].number if self.messages else 0

    @property
    def waits(self) -> bool:
        """Whether something waits for an answer."""
        return any(one.waits for one in self.messages)


def clean(words: str) -> str:
    """The words of a message, or what is wrong with them."""
    plain = words.replace("\r\n", "\n").strip()
    if not plain:
        raise NothingWritten
    if len(plain) > LONGEST:
        raise TooLong
    return plain


def encode(words: str) -> bytes:
    """As it is sealed."""
    return msgspec.json.encode(Sheet(words))


def decode(text: bytes) -> str:
    """The words again."""
    return msgspec.json.decode(text, type=Sheet).words


def as_note(messages: Sequence[Written], names: dict[str, str], other: str) -> str:
    """Messages as the words of a note in the record: who, when (UTC), what, one after the other."""
    parts = []
    for one in messages:
        who = names.get(one.by, "the practice") if one.from_team else other
        parts.append(f"{who}, {one.at:%Y-%m-%d %H:%M} UTC:\n{one.words}")
    return "\n\n".join(parts)
