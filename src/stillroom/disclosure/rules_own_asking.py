"""What a client asks for by her own door, and how it stands, in words that she reads. Pure.

Rules: what is asked becomes a matter like any letter, with the clock of its right (45 CFR
164.524(b)(2), 164.526(b)(2), 164.528(c)(1)); who asks has been proven by the door. How it stands is
told by what was signed last; the reasons of a refusal come in writing, as the law wants them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from stillroom.consent.rules import Party
from stillroom.disclosure.matters import Asked
from stillroom.disclosure.rules_intake import Intake
from stillroom.disclosure.rules_options import Decision
from stillroom.kernel import StillroomError, Trilean

MOST_WORDS = 4000
MOST_OPEN = 12
"""So many may be open at once by one account; ours, against a telephone in other hands."""
WAIT = timedelta(hours=72)
"""Between asking to take the record along and having it. Ours (THREATS.md, T08); the law's 30 days
stand above it."""
KEPT = timedelta(days=7)
"""So long it can be fetched once it is there."""


class NothingAsked(StillroomError):
    """Neither what, nor in which words."""

    what = "it is not said what you ask for"
    usual_advice = "Choose one, and say it in your own words. What you typed is still here."


class TooMany(StillroomError):
    """As many are open as may be."""

    what = "many of your requests are open already"
    usual_advice = "We answer those first. If it cannot wait, call us."


class NotNow(StillroomError):
    """A statement where none is open."""

    what = "a statement can be added once a correction was refused"
    usual_advice = "Look how your request stands; what you typed is still here."


class NotReady(StillroomError):
    """The wait is not over, nobody has confirmed it, or its days are over."""

    what = "this is not ready"
    usual_advice = "Look at the page of what you asked for: it says what is missing."


class HeldSince(NotReady):
    """What was made ready holds something that is kept back since."""

    what = "what may go along has changed since this was made ready"
    usual_advice = "Ask once more to take everything along, or ask the practice."


@dataclass(frozen=True, slots=True)
class Request:
    """One thing that can be asked: the asker it becomes, its words (marked for translation)."""

    id: str
    occasion: str
    title: str
    hint: str
    words_needed: bool = True


REQUESTS: dict[str, Request] = {
    one.id: one
    for one in (
        Request(
            "held",
            "access",
            "To see something that I cannot see here, or have that looked at again",
            "what it is about, or of which time",
        ),
        Request(
            "copy",
            "access",
            "A copy in another form",
            "which part, and how you want it: on paper, a file, a look at it with somebody",
        ),
        Request(
            "amendment", "amendment", "A correction", "which entry, and what it should say instead"
        ),
        Request(
            "restriction",
            "restriction",
            "To keep something from somebody",
            "what, and from whom; say if you paid for it in full yourself",
        ),
        Request(
            "accounting",
            "accounting",
            "The account of who received something from my record",
            "from which day on, if not the last six years",
            words_needed=False,
        ),
        Request(
            "channel",
            "channel",
            "To be reached another way or at another place",
            "how, where and when; you need not say why",
        ),
    )
}
"""In the order in which the form shows them."""


def require(kind: str, words: str) -> Request:
    """The request that a form brings, or `NothingAsked`."""
    found = REQUESTS.get(kind)
    if found is None or (found.words_needed and not words.strip()):
        raise NothingAsked
    if len(words) > MOST_WORDS:
        raise NothingAsked(
            "that is too long", advice="Say it in four thousand characters; nothing typed is lost."
        )
    return found


def matter_of(request: Request, words: str, who: Party, today: date, *, proxy: bool) -> Asked:
    """The matter that a request becomes. A proxy's own record of standing is not judged here."""
    occasion = request.occasion
    access = occasion == "access"
    if access and proxy:
        occasion = "access_representative"
    intake = Intake(
        asker=who,
        received_on=today,
        instrument="client_request",
        purpose="client_access" if access else "",
        asks_for=f"{request.title}. {words.strip()}".strip(),
        everything=Trilean.YES if access else Trilean.UNKNOWN,
        attached={"identity_verified": Trilean.YES},
    )
    more = {"form" if request.id == "copy" else "wish": words.strip()[:2000]}
    return Asked(intake, words.strip(), {}, occasion, more=more if words.strip() else {})


def along(who: Party, today: date) -> Asked:
    """The matter of taking everything along: access, in the form that the door gives it."""
    intake = Intake(
        asker=who,
        received_on=today,
        instrument="client_request",
        purpose="client_access",
        asks_for="Everything that may be read, to take along by the own door.",
        everything=Trilean.YES,
        attached={"identity_verified": Trilean.YES},
    )
    more = {"door": "everything, as pages and as a file for machines (FHIR R4)"}
    return Asked(intake, "", {}, "access", more=more)


ALONG = "taking along"
"""What such a matter is called in a list."""


def is_along(asked: Asked) -> bool:
    """Whether a matter is one of taking everything along."""
    return bool(asked.more.get("door"))


STATES: Mapping[str, str] = {
    "open": "We have it and will answer.",
    "extended": "We need more time. You get a letter that says why, and by which day we answer.",
    "accepted": "Agreed.",
    "refused": "Refused. You get the reason in writing, with what you can do about it.",
    "given": "Answered: it is on its way to you, or you have it.",
    "done": "Done.",
}
"""How a request stands, in words marked for translation."""


def state_of(decisions: tuple[str, ...], state: str) -> str:
    """The state of a request, by its signed decisions (oldest first) and by its row's state."""
    if state == "released":
        return "given"
    last = decisions[-1] if decisions else ""
    known = {
        Decision.ACCEPT.value: "accepted",
        Decision.DENY.value: "refused",
        Decision.OBJECT.value: "refused",
        Decision.GIVE.value: "given",
        Decision.BUILD.value: "open",
        Decision.PART.value: "open",
        Decision.EXTEND.value: "extended",
    }
    return known.get(last, "done" if state == "closed" else "open")
