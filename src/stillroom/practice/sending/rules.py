"""What a message says: next to nothing, and the same length whatever it says. Pure.

Whoever looks at the client's telephone, or at the line, shall learn neither that this comes from a
therapist nor what it is about. So there is no free text: four sentences exist, none of them of
care; the subject is one and the same; no practice is named unless she wished it; no link. Every
body has `SIZE` bytes, so that the kinds do not differ in length either (T08).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

import msgspec

from stillroom.kernel import Misuse
from stillroom.practice.rules_wishes import Reach, Way

SIZE = 320
"""Bytes of every body."""
SUBJECT = "A note for you"
_LONGEST_PRACTICE = 120


class Kind(Enum):
    """What a message is for. The value is the word in the log."""

    REMINDER = "reminder"
    CALL = "please call"
    MOVED = "a time has changed"
    WAITING = "something is waiting"


_SAYS = {
    Kind.REMINDER: "A reminder of what we agreed.",
    Kind.CALL: "Please call when it suits you.",
    Kind.MOVED: "A time has changed. Please call when it suits you.",
    Kind.WAITING: "There is something for you. Please ask for it as we agreed.",
}
OFFERED = (
    (Kind.REMINDER, "Remind of an appointment"),
    (Kind.CALL, "Ask for a call"),
    (Kind.MOVED, "Say that a time has changed"),
    (Kind.WAITING, "Say that something is waiting"),
)


@dataclass(frozen=True, slots=True)
class Message:
    """What goes out: by which channel, to which address or number, and the words."""

    channel: str
    to: str
    subject: str
    body: str


class Written(msgspec.Struct, frozen=True):
    """The words of a message as they are kept, sealed under the front ring."""

    kind: str
    channel: str
    to: str
    body: str


def compose(
    reach: Reach, way: Way, kind: Kind, practice: str, when: datetime | None = None
) -> Message:
    """One message. `when` is the appointment in her own time, and is said only if she wished so."""
    said = _SAYS[kind]
    if kind is Kind.REMINDER and when is not None and reach.says_when:
        said = f"A reminder: {when:%A, %B} {when.day}, {when:%H:%M}."
    lines = [f"Hello {reach.name}," if reach.name else "Hello,", said]
    if reach.says_practice and len(practice.encode()) <= _LONGEST_PRACTICE:
        lines.append(practice)
    return Message(way.channel, way.to, SUBJECT, _padded("\n".join(lines)))


def _padded(text: str) -> str:
    short = SIZE - len(text.encode()) - 1
    if short < 0:
        raise Misuse("a message is longer than messages are")
    return text + " " * short + "\n"
