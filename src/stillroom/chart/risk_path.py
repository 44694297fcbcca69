"""The path when somebody may be in danger: assess, plan, consult, sign, follow up. Pure.

Rules: five steps in one order, none of which bars another; a step is done because a record of this
occasion says so, never because somebody ticked it off; what was done before counts from the day on
which the newest assessment was begun.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from stillroom.chart.risk import RiskRecord, standing
from stillroom.chart.risk_facts import choice

ASSESSMENTS = ("suicide_risk", "violence_risk", "abuse_suspicion")
RECENT = timedelta(hours=24)
"""An assessment counts as this occasion's for a day; after that one begins anew."""


@dataclass(frozen=True)
class Step:
    """One step. `state`: "done", "here" (the first that is not) or "open"; `record` leads on."""

    id: str
    title: str
    says: str
    state: str = "open"
    record: str = ""


def steps(
    signed: Iterable[RiskRecord], drafts: Iterable[RiskRecord], due: Sequence[str], at: datetime
) -> list[Step]:
    """The five steps as things stand at a moment. `due` are records that something follows."""
    past = [one for one in standing(signed) if one.occurred_at <= at]
    begun = sorted(drafts, key=lambda one: one.occurred_at)
    now = [one for one in (*past, *begun) if at - one.occurred_at <= RECENT]
    assessed = _last(now, ASSESSMENTS)
    plan = _last(now, ("safety_plan",))
    found = [
        _assess(assessed),
        _plan(plan, _last(past, ("safety_plan",))),
        _consult(assessed),
        _sign([one for one in (assessed, plan) if one is not None]),
        _follow(assessed, due),
    ]
    first = next((nth for nth, one in enumerate(found) if one.state != "done"), len(found))
    return [_here(one) if nth == first else one for nth, one in enumerate(found)]


def _here(one: Step) -> Step:
    return Step(one.id, one.title, one.says, "here", one.record)


def _last(records: Iterable[RiskRecord], kinds: Sequence[str]) -> RiskRecord | None:
    return next((one for one in reversed(list(records)) if one.kind in kinds), None)


def _assess(one: RiskRecord | None) -> Step:
    title = "Ask and assess"
    if one is None:
        return Step("assess", title, "Ask directly. Asking puts no thought into anybody’s head.")
    if one.state == "draft":
        return Step("assess", title, "Begun. Your words are kept as you type.", "done", one.id)
    return Step("assess", title, "Assessed.", "done", one.id)


def _plan(now: RiskRecord | None, last: RiskRecord | None) -> Step:
    title = "Make the safety plan"
    if now is not None:
        says = (
            "Begun, with the client." if now.state == "draft" else "Made. Print it to be carried."
        )
        return Step("plan", title, says, "done", now.id)
    if last is not None:
        return Step("plan", title, "There is one: look at it together, and renew it.", "open")
    return Step("plan", title, "With the client, in the client’s words.")


def _consult(one: RiskRecord | None) -> Step:
    title = "Consult"
    if one is not None and _said(one, "consulted"):
        return Step("consult", title, "Whom you asked stands in the assessment.", "done", one.id)
    says = "Ask a colleague or your supervisor; write down whom, when, and what was advised."
    return Step("consult", title, says, "open", one.id if one else "")


def _sign(records: Sequence[RiskRecord]) -> Step:
    title = "Write it down and sign"
    waiting = [one for one in records if one.state == "draft"]
    if records and not waiting:
        return Step("sign", title, "Signed.", "done", records[0].id)
    if not waiting:
        return Step(
            "sign", title, "What you found, why you judged so, what you did and did not do."
        )
    many = "One record waits" if len(waiting) == 1 else "Two records wait"
    return Step("sign", title, f"{many} for your signature.", "open", waiting[0].id)


def _follow(one: RiskRecord | None, due: Sequence[str]) -> Step:
    title = "Follow up"
    if one is not None and one.id in due:
        return Step("follow", title, "It has a day, and stands on Today until it is done.", "done")
    if one is not None and one.state == "draft" and _said(one, "follow_up_on"):
        return Step(
            "follow", title, "Its day is set; it stands on Today once signed.", "done", one.id
        )
    says = "Say what follows, who does it, and by when."
    return Step("follow", title, says, "open", one.id if one and one.state == "draft" else "")


def _said(one: RiskRecord, name: str) -> bool:
    return any(answer.name == name and choice(answer) for answer in one.answers)
