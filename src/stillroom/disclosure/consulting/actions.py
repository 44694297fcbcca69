"""Keeping a consultation: a sheet that names nobody, and what was answered.

Rules: nothing is kept, and so nothing shown to anybody, while the text still holds what the chart
knows, or names of nobody on file that no person has looked at. The sheet and each answer are steps
of the matter: sealed, signed, in the log. Free of identity, the sheet is no protected health
information (45 CFR 164.502(d)(2), 164.514(a)-(b)) and needs no packet to be read out.
"""

from stillroom.disclosure import steps
from stillroom.disclosure.consulting.known import Known, known_of
from stillroom.disclosure.consulting.removal import cleaned
from stillroom.disclosure.consulting.sheet import ANSWERED, ASKED, WHOM, Consultation, consultations
from stillroom.disclosure.queries import WholeMatter
from stillroom.identity import queries as people
from stillroom.kernel import StillroomError
from stillroom.phi import NotHere, Presence

LONGEST = 20_000


class NothingAsked(StillroomError):
    """A sheet without a question, or for nobody."""

    what = "the sheet is empty, or does not say whom it is for"
    usual_advice = "Choose whom you ask, and write what you want to know."


class StillNames(StillroomError):
    """The text still holds what the chart knows."""

    what = "the sheet still says who it is about"
    usual_advice = "What was found is replaced below; read it once more and keep it then."


class NotRead(StillroomError):
    """There are names of nobody on file, and nobody has said that they may stay."""

    what = "the sheet holds names that nobody on file bears"
    usual_advice = "Take them out, or say that you have read it and they name nobody."


class TooLong(StillroomError):
    """More than anybody would read out."""

    what = f"the sheet is longer than {LONGEST:,} letters"
    usual_advice = "Ask one thing; the rest can be asked in a sheet of its own."


def known_to(presence: Presence, whole: WholeMatter) -> Known:
    """Everything by which this matter could tell who it is about."""
    colleagues = [one.name for one in people.colleagues(active=False).values()]
    return known_of(
        [holder.sheet for holder in whole.head.holders],
        intake=whole.determination.asked.intake,
        colleagues=colleagues,
        practice=presence.house.name,
        safe=[one.citation for one in whole.determination.full.findings],
    )


def ask(presence: Presence, whole: WholeMatter, whom: str, text: str, *, read: bool) -> int:
    """Keep a sheet as it may be shown; gives its number among the steps of the matter."""
    text = text.strip()
    if whom not in WHOM or not text:
        raise NothingAsked
    if len(text) > LONGEST:
        raise TooLong
    found = cleaned(text, known_to(presence, whole))
    if found.removed:
        raise StillNames
    if found.doubtful and not read:
        raise NotRead
    return steps.add(presence, whole.id, ASKED, {"whom": whom, "text": text}).number


def one_of(whole: WholeMatter, number: int) -> Consultation:
    """One consultation of a matter; `NotHere` when there is none of that number."""
    for one in consultations(whole.steps):
        if one.number == number:
            return one
    raise NotHere


def answered(presence: Presence, whole: WholeMatter, number: int, who: str, says: str) -> None:
    """Keep what was answered, and by whom."""
    one_of(whole, number)
    if not says.strip():
        raise StillroomError(
            "the answer is empty", advice="Write what you were told, in your own words."
        )
    body = {"of": number, "who": who.strip()[:200], "says": says.strip()[:LONGEST]}
    steps.add(presence, whole.id, ANSWERED, body)
