"""An entered request corrected: who asks, the days, the case; and what rested on it before. Pure.

Rules:
- What stood before is kept whole in a signed step, with what changed and why. The matter's words
  are those of the correction from then on; the clock and the opinion are made from them.
- Who asks has changed: it is not known any more who that is (45 CFR 164.514(h)); the check is made
  anew. It is another right now: an extension that was taken was that of the other one.
- A decision, and a packet, rest on the request as it stood. Each keeps how often it had been
  corrected then; where that is no longer so, nothing leaves before somebody decides again.
- What a client asked by her own door stands as she asked it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import msgspec
from msgspec import structs

from stillroom.consent.rules import Period
from stillroom.disclosure import askers, matters
from stillroom.disclosure.matters import Asked
from stillroom.disclosure.rules_intake import Intake
from stillroom.disclosure.steps import Step
from stillroom.kernel import StillroomError, Trilean, spoken

KIND = "corrected"
LONGEST = 2000


class NothingCorrected(StillroomError):
    """A correction that says nothing, or not why."""

    what = "nothing was changed, or it is not said why"
    usual_advice = "Change what is wrong and say in a few words why; nothing you typed is lost."


class NotToCorrect(StillroomError):
    """What nobody here entered: an event, or what a client asked by her own door."""

    what = "this cannot be corrected here"
    usual_advice = "What a client asked by the own door stands as it was asked; ask for a new one."


class DecideAgain(StillroomError):
    """The request was corrected since this was decided."""

    what = "the request was corrected after this was decided"
    usual_advice = "Nothing was built or sent. Look at the answer as it is now, and decide again."


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was corrected: which, what stood there, what stands there now."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction as it is kept: why, what changed, and all that stood before but the letter."""

    why: str
    changes: tuple[Change, ...]
    before: Mapping[str, Any]


def corrected(before: Asked, after: Asked, why: str) -> tuple[Asked, Correction]:
    """The matter's words after a correction, and what is kept of it. `NothingCorrected`.

    What the form of a request does not hold stays: the letter, what was answered and seen since.
    """
    same = _party(before) == _party(after)
    attached = {**before.intake.attached, **after.intake.attached}
    if not same:
        attached["identity_verified"] = Trilean.UNKNOWN
    shown = {must.about for must in askers.asker(after.occasion).musts}
    kept = structs.replace(
        after,
        intake=replace(after.intake, attached=attached),
        letter=before.letter,
        answers={**before.answers, **after.answers},
        elsewhere=before.elsewhere,
        extended=before.extended and before.occasion == after.occasion,
        looked={name: seen for name, seen in before.looked.items() if name in shown},
        more={**before.more, **after.more},
    )
    changes = tuple(_changes(before, kept))
    if not changes or not why.strip() or len(why) > LONGEST:
        raise NothingCorrected
    stood = msgspec.json.decode(matters.encode(structs.replace(before, letter="")))
    return kept, Correction(why.strip(), changes, stood)


def _party(asked: Asked) -> tuple[str, str, str]:
    return asked.intake.asker.name.strip(), asked.intake.asker.kind, asked.occasion


def _changes(before: Asked, after: Asked) -> Iterable[Change]:
    old, new = _told(before), _told(after)
    return (
        Change(what, old.get(what, ""), new.get(what, ""))
        for what in dict.fromkeys((*old, *new))
        if old.get(what, "") != new.get(what, "")
    )


def _told(asked: Asked) -> dict[str, str]:
    """What a request says, each thing under its name, in words."""
    intake = asked.intake
    told = {
        "Who it is": askers.asker(asked.occasion).title,
        "Who asks": intake.asker.name,
        "They are": spoken(intake.asker.kind),
        "By what": spoken(intake.instrument),
        "Signed by": intake.signed_by.value if intake.signed_by else "",
        "What for": spoken(intake.purpose),
        "In which proceeding": spoken(intake.proceeding),
        "The court is": _court(asked),
        "The case": intake.caption,
        **{name: _day(on) for name, on in _days(intake).items()},
        "It asks for": intake.asks_for,
        "That is": _kinds(intake),
        "Of care": _period(intake.period),
    }
    return told | {askers.MORE[name][0]: words for name, words in asked.more.items()}


def _days(intake: Intake) -> dict[str, date | None]:
    return {
        "Arrived": intake.received_on,
        "Served": intake.served_on,
        "Answer by": intake.return_date,
        "Dated": intake.dated,
    }


def _day(on: date | None) -> str:
    return f"{on:%B} {on.day}, {on.year}" if on else ""


def _court(asked: Asked) -> str:
    federal = asked.answers.get("federal_court")
    return "" if federal is None else "federal" if federal in ("yes", True) else "a state’s"


def _kinds(intake: Intake) -> str:
    every = ["everything"] if intake.everything is Trilean.YES else []
    return ", ".join([*every, *sorted(map(spoken, intake.kinds))])


def _period(period: Period) -> str:
    since = f"from {_day(period.since)}" if period.since else ""
    until = f"to {_day(period.until)}" if period.until else ""
    return " ".join(filter(None, (since, until)))


def body(made: Correction) -> dict[str, Any]:
    """As a step keeps it."""
    changes = [[one.what, one.before, one.after] for one in made.changes]
    return {"why": made.why, "changes": changes, "before": dict(made.before)}


def read(kept: Mapping[str, Any]) -> Correction:
    """The same again."""
    changes = tuple(Change(*map(str, one)) for one in kept.get("changes", ()))
    return Correction(str(kept.get("why", "")), changes, dict(kept.get("before", {})))


def count(taken: Iterable[Step]) -> int:
    """How often a request was corrected."""
    return sum(one.kind == KIND for one in taken)
