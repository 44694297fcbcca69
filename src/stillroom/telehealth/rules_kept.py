"""Keeping what two wrote to each other in a visit: only what both agreed to, word for word. Pure.

Rules: the client's page shows the very words that would be kept, and her yes names them by their
SHA-256; what is kept is what has that digest, and nothing else of the chat. A yes of one visit
keeps nothing of another. What was said, shown or drawn is not kept by anybody.
"""

import re
from collections.abc import Iterable
from hashlib import sha256
from typing import Final

from stillroom.kernel import StillroomError
from stillroom.telehealth import rules_facts as facts
from stillroom.telehealth.rules_facts import Fact, NotSaid

WHAT: Final = "what was written to each other"
LONGEST: Final = 20_000
"""Letters of one chat that is kept."""
_DIGEST = re.compile(r"[0-9a-f]{64}\Z")


class NotAgreed(StillroomError):
    """Words to which the client has not said yes."""

    what = "the client has not said yes to keeping these words"
    usual_advice = "Ask again in the visit: the client's page shows what would be kept."


class TooMuchToKeep(StillroomError):
    """Nothing, or more than a note holds."""

    what = "a chat of none or of more than twenty thousand letters is not kept"
    usual_advice = "Write the heart of it into the note in your own words."


def digest(words: str) -> str:
    """By which a yes names the words."""
    return sha256(words.encode()).hexdigest()


def yes(named: str) -> dict[str, str]:
    """The body of a client's yes to words of this digest; `NotSaid` where it is none."""
    if not _DIGEST.match(named):
        raise NotSaid
    return {"what": WHAT, "digest": named}


def agreed(found: Iterable[Fact], words: str) -> Fact:
    """The client's yes to exactly these words, or `NotAgreed`."""
    if not words.strip() or len(words) > LONGEST:
        raise TooMuchToKeep
    named = digest(words)
    for one in found:
        if one.kind == facts.KEEPS and one.body.get("digest") == named:
            return one
    raise NotAgreed


def kept_already(found: Iterable[Fact], words: str) -> str:
    """The record in which these words were kept before; "" for none."""
    named = digest(words)
    mine = (one for one in found if one.kind == facts.KEPT and one.body.get("digest") == named)
    return next((str(one.body.get("record", "")) for one in mine), "")


def as_note(words: str, agreement: Fact) -> str:
    """What stands in the contact note: whose yes it was, when, and the words."""
    when = f"{agreement.at:%Y-%m-%d %H:%M} UTC"
    how = f"Written to each other during a visit by video, kept with the client’s yes of {when}."
    return f"{how}\n\n{words}"
