"""What may be decided about this asker, as things stand. Pure.

Rules: a way that lets words out opens only when, for at least one kind asked for, what holds today
is PERMITTED or more (T07); a way that sends nothing is open, with a warning where the law requires
sending; the one extension opens only in time; a refusal that the law closes names what closes it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stillroom.disclosure.askers.shapes import Asker, Way
from stillroom.disclosure.askers.spans import Extension
from stillroom.disclosure.rules_opinion import Answer, Level
from stillroom.disclosure.rules_options import BUILDING, Decision, Option
from stillroom.kernel import spoken

MUST = "A rule requires this disclosure as things stand. Refuse only with counsel."
_NO_GROUND = (
    "No ground stands: say first what it is (danger, made for a proceeding, a promised source)."
    " Psychotherapy notes stay back without one."
)
_PAID = (
    "Not open: the client paid in full and asked that the plan not be told,"
    " 45 CFR 164.522(a)(1)(vi)."
)
GROUNDS = ("harm_if_accessed", "compiled_for_litigation", "source_promised_confidentiality")
"""Facts that are grounds to deny access: 45 CFR 164.524(a)(1)(ii), (a)(2)(v), (a)(3)."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the options depend on: the answers by kind, what was answered, the extension."""

    answers: Mapping[str, Answer]
    answered: Mapping[str, Any]
    extension: Extension


def options(asker: Asker, now: Standing) -> tuple[Option, ...]:
    """Every way of this asker, in its order, open or closed, with the sentence beside it."""
    return tuple(_option(asker, way, now) for way in asker.ways)


def _option(asker: Asker, way: Way, now: Standing) -> Option:
    if way.decision in BUILDING:
        return _building(way, now)
    rule = _RULES.get(way.decision)
    if rule is None:
        return Option(way.decision, way.says, True, way.why)
    is_open, why = rule(asker, way, now)
    return Option(way.decision, way.says, is_open, why)


def _building(way: Way, now: Standing) -> Option:
    open_kinds = [kind for kind, answer in sorted(now.answers.items()) if answer.open]
    if not open_kinds:
        return Option(way.decision, way.says, False, "Opens when a rule permits it.")
    listed = ", ".join(spoken(kind) for kind in open_kinds)
    why = f"May hold: {listed}."
    return Option(way.decision, way.says, True, f"{why} {way.why}" if way.why else why)


def _object(_: Asker, way: Way, now: Standing) -> tuple[bool, str]:
    must = any(answer.low is Level.REQUIRED for answer in now.answers.values())
    return True, MUST if must else way.why


def _ask(_: Asker, way: Way, now: Standing) -> tuple[bool, str]:
    if now.answers and all(one.low is Level.REQUIRED for one in now.answers.values()):
        return False, "Opens when a signature would change anything."
    return True, way.why


def _deny(asker: Asker, way: Way, now: Standing) -> tuple[bool, str]:
    """Access is denied on a ground only; what was paid for is not refused a restriction."""
    if asker.id.startswith("access"):
        grounds = [one for one in GROUNDS if _yes(now.answered.get(one))]
        return (True, way.why) if grounds else (False, _NO_GROUND)
    if asker.id == "restriction" and _yes(now.answered.get("paid_out_of_pocket")):
        return False, _PAID
    return True, way.why


def _extend(_: Asker, way: Way, now: Standing) -> tuple[bool, str]:
    if not now.extension.open:
        return False, now.extension.why
    return True, f"{way.why} {now.extension.why}"


def _yes(value: object) -> bool:
    return value is True or value == "yes"


_RULES = {
    Decision.OBJECT: _object,
    Decision.ASK: _ask,
    Decision.DENY: _deny,
    Decision.EXTEND: _extend,
}

DONE = {
    Decision.OBJECT: "closed",
    Decision.DENY: "closed",
    Decision.GIVE: "closed",
    Decision.EXTEND: "",
}
"""The state that a decision brings a matter into; "decided" for all others, "" for no change."""


def state_after(asker: Asker, decision: Decision) -> str:
    """The matter's next state. A denied amendment stays: a statement of disagreement may come."""
    if asker.id == "amendment" and decision is Decision.DENY:
        return "decided"
    return DONE.get(decision, "decided")


def said(asker: Asker, decision: str) -> str:
    """A signed decision in the words under which it was signed; old ones keep theirs."""
    for way in asker.ways:
        if way.decision.value == decision:
            return way.says
    return _OLD.get(decision, decision)


_OLD = {
    "object": "Send nothing, and object in writing",
    "ask": "Ask the client for a written authorization first",
    "build": "Build a packet",
    "tell": "To tell",
    "hold": "To tell nobody",
}
