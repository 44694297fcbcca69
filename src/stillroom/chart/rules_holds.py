"""What may be held from a client who reads by her own door, and with which reason. Pure.

Rules: a client reads what is signed at once. A clinician may hold a record, or a kind of record,
for a reason out of this closed list, in words of her own beside it, until a day. On that day a hold
ends by itself; one that keeps somebody from danger does not, but is late and asked for on Today.
Whether the client is told that something is held, and in which words, the reason says and nobody
chooses.

Sources, as the corpus has them (provisions/us/hipaa-access.yaml, information-blocking.yaml,
hipaa-family.yaml): 45 CFR 164.524(a)(2)-(4), (d); 164.502(g)(5); 45 CFR 171.201, 171.202. Each
ground says how its text was checked: "text" where it was read, "secondary" where a summary of it
was. That a client may be upset is no ground (an answer of the agency, named there).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from stillroom.kernel import StillroomError

LONGEST = timedelta(days=183)
"""Nothing is held for longer without being looked at again. The law names no number: ours."""
USUAL = timedelta(days=30)
MOST_WORDS = 4000


class NoGround(StillroomError):
    """A record was to be held without a reason that the law knows."""

    what = "the reason is missing"
    usual_advice = (
        "Choose one of the reasons. If none fits, the client may read it: that is the law."
    )


class NoWords(StillroomError):
    """A reason without the finding that it rests on."""

    what = "your own words for it are missing"
    usual_advice = (
        "Say in a sentence or two what you found and why it fits, as you would to a reviewer"
        " (45 CFR 171.201, 164.524(a)(3))."
    )


class NoSuchDay(StillroomError):
    """A hold without a day, or with one that does not do."""

    what = "that is no day until which it can be held"
    usual_advice = "Choose a day from tomorrow on, at most half a year ahead."


class HeldAlready(StillroomError):
    """The same is held already."""

    what = "this is held already"
    usual_advice = "Look at the hold that stands; end it first if the reason has changed."


class NotHeld(StillroomError):
    """A hold was to be ended that has ended."""

    what = "this is not held any more"
    usual_advice = "Somebody ended it, or its day has come; nothing was changed."


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason for holding a record.

    `says` is for the clinician, `told` for the client (marked for translation where pages say it);
    empty: she is told nothing here. `review`: she may have it reviewed. `proxies`: it is held from
    those who stand for the client, and she reads it. `stays`: it does not end by itself.
    """

    id: str
    says: str
    citation: str
    checked: str
    told: str = ""
    review: bool = False
    proxies: bool = False
    stays: bool = False
    because: str = ""


_TOLD_DANGER = "A clinician judged that reading it now could put somebody’s life or safety at risk."
_TOLD_OTHER = "It speaks of another person, who could be harmed by it."
_TOLD_COURT = "It was put together for a court case or a hearing."
_TOLD_PROMISE = "It would show who told us something, and we promised to keep that to ourselves."

GROUNDS: dict[str, Ground] = {
    one.id: one
    for one in (
        Ground(
            "danger",
            "Reading it is reasonably likely to endanger the life or physical safety of the client"
            " or of somebody else, in a licensed professional’s judgment",
            "45 CFR 164.524(a)(3)(i), 171.201",
            "text",
            told=_TOLD_DANGER,
            review=True,
            stays=True,
        ),
        Ground(
            "another",
            "It speaks of another person, no provider, and reading it is reasonably likely to cause"
            " that person substantial harm, in a licensed professional’s judgment",
            "45 CFR 164.524(a)(3)(ii), 171.201",
            "text",
            told=_TOLD_OTHER,
            review=True,
            stays=True,
        ),
        Ground(
            "litigation",
            "It was put together in reasonable anticipation of a lawsuit or hearing",
            "45 CFR 164.524(a)(1)(ii)",
            "text",
            told=_TOLD_COURT,
        ),
        Ground(
            "promise",
            "It would show who said something in confidence: somebody who is no provider, and to"
            " whom confidence was promised",
            "45 CFR 164.524(a)(2)(v)",
            "text",
            told=_TOLD_PROMISE,
            because="The page does not say who, nor of which day it is.",
        ),
        Ground(
            "representative",
            "Somebody who stands for the client could read it, and that is reasonably likely to"
            " cause her or somebody else substantial harm; the client herself reads it",
            "45 CFR 164.524(a)(3)(iii), 164.502(g)(5), 171.201",
            "text",
            review=True,
            proxies=True,
            stays=True,
            because="Who stands for the client sees no trace of it here. If that person asks for"
            " access, the denial in writing goes by the matter, with the right to a review.",
        ),
        Ground(
            "asked",
            "The client asked that whoever stands for her should not read it; she reads it herself",
            "45 CFR 171.202, 164.522(a)",
            "secondary",
            proxies=True,
            because="Who stands for the client sees no trace of it here.",
        ),
    )
}
"""In the order in which a form shows them. What 164.524(a)(2) has besides (inmates, research under
way, records under the Privacy Act) does not come up in a practice of this kind and is left out."""


@dataclass(frozen=True, slots=True)
class Held:
    """One hold that stands, as far as it lies in the clear: of one record, or of all of a kind."""

    id: str
    record: str
    kind: str
    proxies: bool
    stays: bool
    ends_on: date
    by: str

    def stands(self, today: date) -> bool:
        """Whether it holds on that day; it ends with the day before the one that it names."""
        return self.stays or today < self.ends_on

    def reaches(self, record: str, kind: str, *, proxy: bool) -> bool:
        """Whether it holds this record from a client, or from who stands for one."""
        return (proxy or not self.proxies) and (
            self.record == record or bool(self.kind == kind != "")
        )


def holding(
    holds: Iterable[Held], record: str, kind: str, *, proxy: bool, today: date
) -> Held | None:
    """The first hold that keeps this record from this reader today, or none."""
    for one in holds:
        if one.stands(today) and one.reaches(record, kind, proxy=proxy):
            return one
    return None


def require(ground: str, words: str, ends_on: date | None, today: date) -> tuple[Ground, date]:
    """The ground and the day, if a hold may rest on it; else `NoGround`, `NoWords`, `NoSuchDay`."""
    found = GROUNDS.get(ground)
    if found is None:
        raise NoGround
    if not words.strip():
        raise NoWords
    if len(words) > MOST_WORDS:
        raise NoWords(
            "that is too long", advice="Say it in four thousand characters; the chart has room."
        )
    if ends_on is None or not today < ends_on <= today + LONGEST:
        raise NoSuchDay
    return found, ends_on
