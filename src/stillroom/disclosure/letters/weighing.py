"""Whether a signed letter may still go out: whether what it was written on still stands. Pure.

Rules: a letter rests on the request as it stood when it was signed, and on what the client then
said against entries of which it may tell. A request that was corrected since makes somebody weigh
the letter again, in words and signed, before it goes. What the client says goes along in the
letter's own pages (45 CFR 164.526(d)(5)), so a letter of before has to be written anew.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec

from stillroom.disclosure.letters.keeping import SignedLetter, StepLike

KIND = "letter_weighed"
LONGEST = 2000
CORRECTED = (
    "The request was corrected after this letter was signed; it was written on what stood before."
)
DECIDED = "What this letter says was decided does not stand in the matter any more."
DISAGREES = (
    "What the client says against an entry has come, or has changed, since this letter was signed,"
    " and it does not go along with it (45 CFR 164.526(d)(5))."
)


class Weighed(msgspec.Struct, frozen=True):
    """What a step of kind `letter_weighed` holds: which letter, how often the request had been
    corrected, and why the letter still stands."""

    version: int
    letter: int
    corrections: int
    words: str


@dataclass(frozen=True, slots=True)
class Held:
    """Why a letter does not go out; `anew` where nothing but writing it again helps."""

    why: str
    anew: bool


def held(
    letter: SignedLetter,
    weighed: Iterable[Weighed],
    corrections: int,
    against: str,
    decided: str,
) -> Held | None:
    """Why it does not go out as things stand; `None` where it may. `against` is the digest of what
    the client says against entries of the chart, `decided` the answer that stands in the matter."""
    if letter.kept.decided and letter.kept.decided != decided:
        return Held(DECIDED, anew=True)
    if letter.asks and letter.kept.against != against:
        return Held(DISAGREES, anew=True)
    seen = {letter.kept.corrections}
    seen |= {one.corrections for one in weighed if one.letter == letter.number}
    return None if corrections in seen else Held(CORRECTED, anew=False)


def weighed_of(steps: Iterable[StepLike]) -> tuple[Weighed, ...]:
    """What was weighed in a matter, in its order."""
    return tuple(msgspec.convert(one.body, Weighed) for one in steps if one.kind == KIND)


def written(one: Weighed) -> dict[str, Any]:
    """As a step's body."""
    body: dict[str, Any] = msgspec.to_builtins(one)
    return body
