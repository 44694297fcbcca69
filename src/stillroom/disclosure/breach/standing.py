"""Where an incident stands, from what was written about it. Pure.

Rules (45 CFR 164.402, 164.414; in the consolidated wording that `provisions/` names):
- An impermissible use or disclosure of unsecured information is presumed a breach. It is none only
  by a decision that rests on one of these: what was encrypted or destroyed as HHS specifies; one of
  the three exceptions, with its reason; or all four factors weighed in writing, and a low
  probability shown. The burden of proof is the practice's.
- Deciding that it is a breach needs no more than words.
- Records of a Part 2 program are notified as others are (42 CFR 2.16).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from stillroom.disclosure.breach.events import (
    Decided,
    Delay,
    Event,
    Excepted,
    Factor,
    Letter,
    Report,
    Told,
)
from stillroom.kernel import StillroomError

FACTORS: Mapping[str, tuple[str, str]] = {
    "what": (
        "What it was",
        (
            "The nature and extent of the information, the kinds of identifiers, and how likely it"
            " is that somebody is recognised again. 164.402(2)(i)"
        ),
    ),
    "who": (
        "Who got it",
        (
            "The person who used it or to whom it was disclosed; somebody bound to confidence"
            " weighs less. 164.402(2)(ii)"
        ),
    ),
    "seen": (
        "Whether it was acquired or viewed",
        "In fact, and not whether it could have been. 164.402(2)(iii)",
    ),
    "mitigated": (
        "How far the risk was mitigated",
        "What was got back, destroyed, or assured in writing. 164.402(2)(iv)",
    ),
}
EXCEPTIONS: Mapping[str, str] = {
    "unintentional": (
        "Somebody of the practice came upon it unintentionally, in good faith and within her"
        " authority, and it went no further. 164.402(1)(i)"
    ),
    "inadvertent": (
        "It went by mistake from one person here who may see such information to another who may,"
        " and no further. 164.402(1)(ii)"
    ),
    "not retained": (
        "In good faith: whoever got it cannot reasonably have kept it. 164.402(1)(iii)"
    ),
}


class NotWeighed(StillroomError):
    """A decision that it was no breach rests on nothing that is written."""

    what = "what would show that it was no breach is not written yet"
    usual_advice = (
        "It is presumed a breach. Weigh all four factors in writing, or name the exception with its"
        " reason, or say that what left was encrypted as HHS specifies."
    )


class NoWords(StillroomError):
    """Something was to be written about an incident without a word of why."""

    what = "the words are missing"
    usual_advice = "Say it in one sentence at least; nothing was kept."


class LetterIncomplete(StillroomError):
    """The notice lacks one of its five contents."""

    what = "the notice is not complete"
    usual_advice = "Each of its five parts is wanted by 45 CFR 164.404(c)(1); nothing was kept."


@dataclass(frozen=True)
class Standing:
    """An incident as it stands."""

    report: Report
    exception: Excepted | None = None
    factors: Mapping[str, Factor] = field(default_factory=dict)
    decided: Decided | None = None
    delays: tuple[Delay, ...] = ()
    letter: Letter | None = None
    told: tuple[Told, ...] = ()

    @property
    def secured(self) -> bool:
        """Whether what left was encrypted or destroyed as HHS specifies."""
        return self.report.secured == "yes"

    @property
    def breach(self) -> bool:
        """Whether it has to be treated as one: until it is decided otherwise, yes."""
        return self.decided.breach if self.decided else True

    @property
    def shown_low(self) -> bool:
        """Whether all four factors are weighed, and at least one speaks for a low probability; how
        they outweigh each other is said in the words of the decision."""
        return set(self.factors) == set(FACTORS) and any(one.low for one in self.factors.values())

    def told_whom(self, whom: str) -> bool:
        """Whether somebody of this kind was told."""
        return any(one.whom == whom for one in self.told)

    @property
    def untold(self) -> tuple[int, ...]:
        """Charts whose clients have not been told."""
        done = {one.chart for one in self.told if one.whom == "client"}
        return tuple(number for number in self.report.charts if number not in done)


def stand(events: Iterable[Event]) -> Standing:
    """Where it stands; the first event is a report."""
    first, *others = events
    assert isinstance(first, Report)  # noqa: S101 - an incident begins with its report
    standing = Standing(first)
    for event in others:
        standing = _after(standing, event)
    return standing


def _after(at: Standing, event: Event) -> Standing:
    match event:
        case Report():
            return replace(at, report=event)
        case Excepted():
            return replace(at, exception=event if event.which else None)
        case Factor():
            return replace(at, factors={**at.factors, event.which: event})
        case Decided():
            return replace(at, decided=event)
        case Delay():
            return replace(at, delays=(*at.delays, event))
        case Letter():
            return replace(at, letter=event)
        case Told():
            return replace(at, told=(*at.told, event))


def missing(letter: Letter) -> tuple[str, ...]:
    """The contents of the notice that are missing, as 164.404(c)(1) counts them."""
    contents = (
        (letter.what, "(A) what happened, with the days of the breach and of its discovery"),
        (letter.kinds, "(B) what kinds of information it was"),
        (letter.steps, "(C) what the client can do for protection"),
        (letter.doing, "(D) what the practice does to look into it, mend it and prevent another"),
        (
            letter.contact,
            "(E) how to reach the practice: toll-free number, e-mail, website or mail",
        ),
    )
    return tuple(name for words, name in contents if not words.strip())


def require(at: Standing | None, event: Event) -> None:
    """Raise, with what to do, unless this may be written about an incident that stands so."""
    match event:
        case Report():
            words = event.what
        case Letter():
            gaps = missing(event)
            if gaps:
                raise LetterIncomplete(f"the notice lacks {'; '.join(gaps)}")
            words = event.what
        case Told():
            words = event.how
        case Excepted() if not event.which:
            words = "none"
        case _:
            words = event.words
    if not words.strip():
        raise NoWords
    if at is not None and isinstance(event, Decided) and not event.breach:
        require_reason(at)


def require_reason(at: Standing) -> None:
    """Raise `NotWeighed` unless something written shows that it may be no breach."""
    if not (at.secured or at.exception is not None or at.shown_low):
        raise NotWeighed
