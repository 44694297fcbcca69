"""What was tried, by whom, at which minute, with what result: the step `attempt`, typed. Pure.

A step's body is JSON of plain values; `read` gives an `Attempt`, `written` the body.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from stillroom.disclosure.happened.deeds import BY_ID
from stillroom.kernel import StillroomError

KIND = "attempt"
TOLD = "told"
RESULTS: Mapping[str, str] = {
    TOLD: "Reached and told",
    "done": "Done",
    "message": "Message: please call",
    "no_answer": "No answer",
    "refused": "Would not hear it",
    "not_feasible": "Cannot be done",
    "not_owed": "Does not apply here",
}
"""What came of it. `done` is for what is no telling: a plan made, a petition filed."""

DONE = frozenset({TOLD, "done"})
NOT_OWED = "not_owed"
"""Closes only the duty of which it was said, with words that say why."""
HOWS: Mapping[str, str] = {
    "telephone": "by telephone",
    "person": "in person",
    "writing": "in writing",
    "online": "on the agency’s page",
    "fax": "by fax",
}
MOST = 2000
_AHEAD = timedelta(minutes=5)


class NotAnAttempt(StillroomError):
    """A form of an attempt that lacks what makes it one."""

    what = "this cannot be written down as it stands"
    usual_advice = "Say whom you tried to reach or what you did, and what came of it."


@dataclass(frozen=True, slots=True)
class Attempt:
    """One thing tried. `at` is when it was tried, to the minute; `serves` are keys of duties that
    the person says it meets; `next` is what comes next and when, in words."""

    deed: str
    result: str
    at: datetime
    whom: str = ""
    how: str = "telephone"
    words: str = ""
    told: str = ""
    next: str = ""
    serves: tuple[str, ...] = ()

    @property
    def done(self) -> bool:
        """Whether it came about."""
        return self.result in DONE

    @property
    def discloses(self) -> bool:
        """Whether somebody outside was told: then a line stands in the account."""
        return self.result == TOLD and bool(BY_ID[self.deed].to)


def made(typed: Mapping[str, str], serves: tuple[str, ...], at: datetime, now: datetime) -> Attempt:
    """An attempt as a form gave it; raises `NotAnAttempt` with what to do."""
    deed, result = typed.get("deed", ""), typed.get("result", "")
    if deed not in BY_ID or result not in RESULTS:
        raise NotAnAttempt
    if result == NOT_OWED and not (serves and typed.get("words", "").strip()):
        raise NotAnAttempt(
            "it is not said why this does not apply",
            advice="Say in a few words why; they stand in the record with your name.",
        )
    if at > now + _AHEAD:
        raise NotAnAttempt(
            "that moment has not come yet",
            advice="Write down what was tried already; what comes next has a field of its own.",
        )
    words = {name: typed.get(name, "").strip() for name in ("whom", "words", "told", "next")}
    if any(len(one) > MOST for one in words.values()):
        raise NotAnAttempt(
            "that is too long for an attempt",
            advice="Keep to who, what was said and what comes next; the rest belongs in a note.",
        )
    how = typed.get("how", "") or "telephone"
    if how not in HOWS:
        raise NotAnAttempt
    return Attempt(
        deed, result, at.replace(second=0, microsecond=0), how=how, serves=serves, **words
    )


def written(one: Attempt) -> dict[str, Any]:
    """As the body of a step."""
    return {
        "deed": one.deed,
        "result": one.result,
        "at": one.at.isoformat(),
        "whom": one.whom,
        "how": one.how,
        "words": one.words,
        "told": one.told,
        "next": one.next,
        "serves": list(one.serves),
    }


def read(body: Mapping[str, Any]) -> Attempt:
    """An attempt again."""
    return Attempt(
        deed=str(body["deed"]),
        result=str(body["result"]),
        at=datetime.fromisoformat(str(body["at"])),
        whom=str(body.get("whom", "")),
        how=str(body.get("how", "telephone")),
        words=str(body.get("words", "")),
        told=str(body.get("told", "")),
        next=str(body.get("next", "")),
        serves=tuple(str(key) for key in body.get("serves", ())),
    )
