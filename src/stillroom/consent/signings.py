"""One signature under one version of a form, as it is sealed. Pure.

`how` is drawn or typed (on the practice's device, by the signer), paper (a sheet of paper that a
colleague saw signed), or missing: an acknowledgment that could not be had, with the reason, as 45
CFR 164.520(c)(2)(ii) asks to be written down. What was drawn is lines of points on a field of 1000
by 300. `door` says where: nothing is the practice's device, `own` the client's own door; then
`proven` says how it was known who signs, and `mark` is the signature of her own key under all else
that stands here, the digest of the exact text among it (hex).
"""

from datetime import date
from typing import Final

import msgspec

from stillroom.kernel import StillroomError

HOWS: Final = ("drawn", "typed", "paper", "missing")
WIDE, HIGH = 1000, 300
_MOST_POINTS = 4000
_LONGEST = 200
_LONGEST_REASON = 2000

Strokes = tuple[tuple[int, ...], ...]
"""Each a line: x, y, x, y, …"""


class NotSigned(StillroomError):
    """A form came without a name."""

    what = "there is no name under it"
    usual_advice = "Write your name in the field, or draw it, and press the button again."


class NobodySawIt(StillroomError):
    """A paper of which nobody says that she saw it."""

    what = "it is not said who saw this paper signed, and on which day"
    usual_advice = "Give the day on the paper, and who was there."


class NoReason(StillroomError):
    """An acknowledgment that is missing without a reason."""

    what = "it is not said why there is no acknowledgment"
    usual_advice = "Say what you tried and why it did not come, in a sentence (45 CFR 164.520(c))."


class SignedForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is sealed. `holder` is a client; `capacity` self or guardian; `answers` by question;
    `alone`: the clinician found that the law lets the minor consent to the care alone."""

    form: str
    edition: str
    digest: str
    holder: str
    capacity: str
    how: str
    name: str
    on: date
    strokes: Strokes = ()
    seen_by: str = ""
    reason: str = ""
    answers: dict[str, str] = {}
    missed: tuple[str, ...] = ()
    alone: bool = False
    door: str = ""
    proven: str = ""
    mark: str = ""
    version: int = 1

    @property
    def signer(self) -> str:
        """Whose signature it is: `signers.Signer.id`."""
        return f"{self.holder}.{self.capacity}"


def checked(one: SignedForm) -> SignedForm:
    """The signature, if it is one; else what is missing, in words."""
    if one.how == "missing":
        if not one.reason.strip():
            raise NoReason
    elif one.how == "paper":
        if not one.seen_by.strip():
            raise NobodySawIt
    elif not one.name.strip():
        raise NotSigned
    too_long = len(one.name) > _LONGEST or len(one.seen_by) > _LONGEST
    if too_long or len(one.reason) > _LONGEST_REASON:
        raise NotSigned(
            "a name or a reason is longer than its field", advice="Shorten it; it is still here."
        )
    return one


def strokes_from(text: str) -> Strokes:
    """What the page drew, `x,y x,y;x,y …`; what is no line of points on the field is left out."""
    lines: list[tuple[int, ...]] = []
    points = 0
    for line in text.split(";"):
        found: list[int] = []
        for pair in line.split():
            x, comma, y = pair.partition(",")
            if comma and _on(x, WIDE) and _on(y, HIGH) and points < _MOST_POINTS:
                found += [int(x), int(y)]
                points += 1
        if len(found) >= 4:
            lines.append(tuple(found))
    return tuple(lines)


def _on(text: str, most: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 5 and int(text) <= most


def path_of(strokes: Strokes) -> str:
    """The lines as the path of a picture."""
    drawn = []
    for line in strokes:
        pairs = [f"{line[n]} {line[n + 1]}" for n in range(0, len(line) - 1, 2)]
        drawn.append("M" + "L".join(pairs))
    return "".join(drawn)


def encode(one: SignedForm) -> bytes:
    """The words to seal."""
    return msgspec.json.encode(one, order="deterministic")


def decode(words: bytes) -> SignedForm:
    """The signature again."""
    return msgspec.json.decode(words, type=SignedForm)
