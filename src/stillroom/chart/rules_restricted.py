"""Keeping one record to those who treat: what is asked for, and how it ends. Pure.

Rules (45 CFR 164.522(a)): a practice may agree with a client that something is not used by
everybody who cares for her. What was agreed is written down; it binds until the client asks for its
end or agrees to it, in writing or by word of mouth that is written down (164.522(a)(2)(i), (ii)).
Telling her that it ends reaches only what comes after (164.522(a)(2)(iii)), so it ends nothing
here: a record that was kept is one of before. An emergency opens it (164.522(a)(1)(iii)).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from stillroom.kernel import StillroomError

MOST_WORDS = 2000
ENDINGS: Mapping[str, str] = {
    "in_writing": "The client asks for it, or agrees, in writing",
    "by_word": "The client agrees by word of mouth, and I write it down here",
}
"""How it may end: 45 CFR 164.522(a)(2)(i) and (ii)."""


class NotSaidWhat(StillroomError):
    """Kept to those who treat, and nobody would know what was agreed."""

    what = "it is not said what was agreed"
    usual_advice = "Write in a sentence what you and the client agreed. Nothing was changed."


class SaidTooMuch(StillroomError):
    """More words than are kept with it."""

    what = f"this is longer than {MOST_WORDS} letters"
    usual_advice = "Say it shorter; what you typed stands in the field. Nothing was changed."


class NotSaidHow(StillroomError):
    """An end without the client's part in it."""

    what = "it is not said how the client agreed to the end"
    usual_advice = "Choose one of the two. It ends by the client, not by the practice alone."


class KeptAlready(StillroomError):
    """Kept twice, or ended twice."""

    what = "somebody has changed this meanwhile"
    usual_advice = "Look at the record as it is now; nothing was changed."


class WaitsForOthers(StillroomError):
    """Kept from a supervisor who is to co-sign."""

    what = "this record goes to a supervisor, who would not see it any more"
    usual_advice = (
        "It can be kept to those who treat once it is co-signed. What is written under supervision"
        " and not co-signed yet cannot; ask your supervisor how to write it."
    )


class KeptToTreating(StillroomError):
    """Sent to a supervisor while it is kept from her."""

    what = "this record is kept to those who treat, and a supervisor cannot read it"
    usual_advice = "End that first, as the client agrees; then send it. Nothing was sent."


@dataclass(frozen=True)
class Step:
    """That a record was kept to those who treat, or is no longer: in words, by whom, when."""

    begins: bool
    words: str
    how: str
    by: str
    at: datetime
    entry: int


def require_words(words: str) -> str:
    """What was agreed, or why it is not said."""
    said = words.strip()
    if not said:
        raise NotSaidWhat
    if len(said) > MOST_WORDS:
        raise SaidTooMuch
    return said


def require_ending(how: str) -> str:
    """One of the two ways in which it ends."""
    if how not in ENDINGS:
        raise NotSaidHow
    return how
