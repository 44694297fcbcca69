"""The kinds of facts around a meeting, and what each holds. Pure.

A fact is a kind and a body of plain words; what is sealed is both with a salt, so that a hash over
it tells nothing. Who said it and when is the row's own. Nothing of what was spoken is ever among
them: no recording, no transcript.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from stillroom.identity import entries
from stillroom.kernel import Misuse, StillroomError

CHECK: Final = "check"
"""What was said before the door opened (`rules_checks.Check`)."""
CAME: Final = "came"
"""A client came into the waiting room: `late` minutes."""
OPENED: Final = "opened"
"""The door was opened: `standing` and `licensed`, `place`, `consent`, and a `reason` if wanted."""
REACHED: Final = "reached"
"""What two browsers found of each other: one of `FOUND`, and `words` for why it stopped; of several
`other`, the seat of the other."""
OUT: Final = "out"
"""A member of several was asked to wait outside again."""
NEAR: Final = "near"
"""Somebody came in or was asked after during the call: `who` told it, `words`."""
SLOWLY: Final = "slowly"
"""The silent word, during the call."""
FELL: Final = "fell"
"""The picture was given up for `to`: sound or telephone."""
LOCAL: Final = "local"
"""Whom help is called from at a place: `place`, `name`, `number`."""
AGREED: Final = "agreed"
"""What was agreed for an emergency: `words`."""
ABSENT: Final = "absent"
"""Nobody came."""
ENDED: Final = "ended"
"""The meeting as it was: `start` and `stop` (ISO moments), `place`."""
KEEPS: Final = "keeps"
"""The client's page said yes to keeping words of this `digest`: `what` they are."""
KEPT: Final = "kept"
"""What would have vanished was kept, both agreeing: `what`, `digest`, in which `record`."""

KINDS: Final = frozenset(
    {CHECK, CAME, OPENED, OUT, REACHED, NEAR, SLOWLY, FELL, LOCAL, AGREED, ABSENT, ENDED}
    | {KEEPS, KEPT}
)
OF_GUESTS: Final = frozenset({CHECK, CAME, REACHED, NEAR, SLOWLY, FELL, KEEPS})
"""What a client's own page may write down."""
FOUND: Final = ("verified by code", "known device", "not verified", "stopped")
"""What two browsers found, in the words of `ui/src/call/calling.ts`."""
LONGEST: Final = 2000


class NotSaid(StillroomError):
    """Words that are none, or too many."""

    what = "that says nothing yet, or more than two thousand letters"
    usual_advice = "Say it in a few words; it is still in the field."


class FactAltered(StillroomError):
    """What is kept of a fact is not what was signed."""

    what = "a fact of this meeting is not what was signed"
    usual_advice = "Nothing of it is shown. Tell whoever hosts the practice, and keep a copy."


@dataclass(frozen=True)
class Fact:
    """One fact as it was written down."""

    number: int
    kind: str
    body: Mapping[str, Any]
    by: str
    at: datetime


def first_met(found: Iterable[Fact]) -> datetime | None:
    """When two browsers first reached each other, as their pages told; none if no page did."""
    met = (one.at for one in found if one.kind == REACHED and one.body["found"] != "stopped")
    return min(met, default=None)


def encode(kind: str, body: Mapping[str, Any]) -> bytes:
    """The words to seal, salted."""
    if kind not in KINDS:
        raise Misuse("there is no such kind of fact")
    return entries.sheet(kind, body)


def decode(words: bytes) -> tuple[str, dict[str, Any]]:
    """Kind and body again."""
    return entries.of_sheet(words)


def said(words: str) -> str:
    """A sentence somebody typed, if it is one."""
    text = words.strip()
    if not text or len(text) > LONGEST:
        raise NotSaid
    return text


def reached(found: str, words: str = "", other: int | None = None) -> dict[str, Any]:
    """The body of what two browsers found. What is none of `FOUND` counts as not verified. `other`:
    of several, the seat of the other."""
    body: dict[str, Any] = {"found": found if found in FOUND else FOUND[2], "words": words[:120]}
    return body if other is None else {**body, "other": other}
