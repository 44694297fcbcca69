"""Keeping what two wrote or drew in a visit: only what both agreed to, word for word. Pure.

Rules: the client's page shows the very words, or the very whiteboard, that would be kept, and her
yes names them by their SHA-256; what is kept is what has that digest, and nothing else. A yes of
one visit keeps nothing of another, and one to words no whiteboard. What was said or shown is not
kept by anybody.
"""

import re
from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from typing import Final

from stillroom.kernel import StillroomError
from stillroom.telehealth import rules_facts as facts
from stillroom.telehealth.rules_facts import Fact, NotSaid

WHAT: Final = "what was written to each other"
DRAWN: Final = "the whiteboard"
LONGEST: Final = 20_000
"""Letters of one chat that is kept."""
_DIGEST = re.compile(r"[0-9a-f]{64}\Z")


class NotAgreed(StillroomError):
    """Words, or a whiteboard, to which the client has not said yes."""

    what = "the client has not said yes to keeping these words"
    usual_advice = "Ask again in the visit: the client's page shows what would be kept."


class TooMuchToKeep(StillroomError):
    """Nothing, or more than a note holds."""

    what = "a chat of none or of more than twenty thousand letters is not kept"
    usual_advice = "Write the heart of it into the note in your own words."


def digest(words: str) -> str:
    """By which a yes names the words."""
    return sha256(words.encode()).hexdigest()


def yes(named: str, what: str = WHAT) -> dict[str, str]:
    """The body of a client’s yes to what this digest names; `NotSaid` where it is none."""
    if not _DIGEST.match(named):
        raise NotSaid
    return {"what": what, "digest": named}


def agreed(found: Iterable[Fact], words: str) -> Fact:
    """The client's yes to exactly these words, or `NotAgreed`."""
    if not words.strip() or len(words) > LONGEST:
        raise TooMuchToKeep
    return agreed_to(found, words, WHAT)


def agreed_to(found: Iterable[Fact], text: str, what: str) -> Fact:
    """The client's yes to exactly this, or `NotAgreed`."""
    for one in _of(found, facts.KEEPS, text, what):
        return one
    raise NotAgreed


def kept_already(found: Iterable[Fact], text: str, what: str = WHAT) -> str:
    """The record in which this was kept before; "" for none."""
    mine = _of(found, facts.KEPT, text, what)
    return next((str(one.body.get("record", "")) for one in mine), "")


def _of(found: Iterable[Fact], kind: str, text: str, what: str) -> list[Fact]:
    same = {"what": what, "digest": digest(text)}
    return [one for one in found if one.kind == kind and same.items() <= one.body.items()]


def as_note(words: str, agreement: Fact) -> str:
    """What stands in the contact note: whose yes it was, when, and the words."""
    return f"Written to each other during a visit by video, {_with(agreement)}\n\n{words}"


def as_document(agreement: Fact, drawn: date) -> dict[str, str]:
    """What is said of the document that a whiteboard becomes; `drawn`: the practice's own day."""
    return {
        "title": f"Whiteboard of the visit by video, {drawn.isoformat()}",
        "origin": "made",
        "dated": drawn.isoformat(),
        "source": "Drawn by the client and the clinician",
        "matters": f"Drawn together during a visit by video, {_with(agreement)}",
    }


def _with(agreement: Fact) -> str:
    return f"kept with the client’s yes of {agreement.at:%Y-%m-%d %H:%M} UTC."
