"""What follows when the client has asked for a correction: accepted or denied, to its end. Pure.

Source: 45 CFR 164.526. Accepted: the amendment is linked to the record, the client is told, and so
are those whom the client names and those who rely on the error. Denied: in writing, with the
reason, the right to a statement of disagreement and how to complain; the request, the denial, the
statement and any rebuttal stay with the record and go along with it later (`rules_disputes`). Each
is a step of the matter.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from stillroom.disclosure.rules_options import Decision
from stillroom.kernel import StillroomError

STEP = "amendment"

WHAT = {
    "linked": "The amendment stands in the chart, beside what it amends",
    "client": "The client was told",
    "others": "Somebody who has the old record was told",
    "denial": "The denial was given in writing",
    "statement": "The client gave a statement of disagreement",
    "rebuttal": "A rebuttal was written, and the client given a copy",
    "carry": "The client asked that the request and the denial go along, without a statement",
    "about": "Which entries it is about",
}
"""What can be written down, by name."""

CARRY = "The client asks that the request and the denial go along with the entry."
NONE_OF_THEM = "It is about none of the signed records."

TO_DO = {
    "linked": "Write the amendment into the chart, beside what it amends",
    "client": "Tell the client",
    "others": "Tell those whom the client names, and those who rely on the old record",
    "denial": "Give the denial in writing",
}
"""The same as it is owed."""

_OWED = {
    Decision.ACCEPT: ("linked", "client", "others"),
    Decision.DENY: ("denial",),
}
_MAY = {Decision.ACCEPT: (), Decision.DENY: ("statement", "carry", "rebuttal")}


class SaysNothing(StillroomError):
    """A step of an amendment was to be written down without what it says."""

    what = "what was done, or its words, are missing"
    usual_advice = "Choose what was done and say it in a few words: who, when, what it says."


@dataclass(frozen=True, slots=True)
class Done:
    """One thing done: which of `WHAT`, and its words (the statement itself, who was told, when).

    `records` are those that the correction is about, where that is what was said.
    """

    what: str
    words: str
    records: tuple[str, ...] = ()


def body(done: Done) -> dict[str, Any]:
    """As a step keeps it; `SaysNothing` where it says too little."""
    if done.what not in WHAT or not (done.words.strip() or done.records):
        raise SaysNothing
    kept: dict[str, Any] = {"what": done.what, "words": done.words.strip()[:20_000]}
    return {**kept, "records": list(done.records)} if done.what == "about" else kept


def read(kept: Mapping[str, Any]) -> Done:
    """A step again."""
    records = tuple(str(one) for one in kept.get("records", ()))
    return Done(str(kept.get("what", "")), str(kept.get("words", "")), records)


def open_ways(decision: Decision) -> dict[str, str]:
    """What can be written down after this decision, in its order; nothing after others."""
    names = (*_OWED.get(decision, ()), *_MAY.get(decision, ()))
    about = ("about",) if decision is Decision.DENY else ()
    return {name: WHAT[name] for name in (*names, *about)}


def owed(decision: Decision, done: Iterable[Done]) -> tuple[str, ...]:
    """What the rule still asks for, in words; nobody else to tell is said by writing that down."""
    taken = {one.what for one in done}
    return tuple(TO_DO[name] for name in _OWED.get(decision, ()) if name not in taken)
