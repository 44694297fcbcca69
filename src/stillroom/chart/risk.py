"""Where a chart stands in matters of risk: levels over time, the flag, what is begun anew. Pure.

Rules: the flag is the newest signed judgment of each kind, with its date, as its author wrote it;
it is never computed and never ages away, because only a new judgment replaces one; what was entered
in error does not count; a record that says no level says nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from stillroom.chart.contents import Answer
from stillroom.chart.kinds import Kind
from stillroom.chart.risk_facts import choice

RISK_KINDS = ("suicide_risk", "safety_plan", "violence_risk", "abuse_suspicion")
LEVELS: Mapping[str, str] = {
    "low": "low",
    "moderate": "moderate",
    "high": "high",
    "imminent": "imminent",
}
"""What an assessment may conclude, least first."""

_SUBJECT = {"suicide_risk": "Suicide risk", "violence_risk": "Violence"}
_RAISED = frozenset({"moderate", "high", "imminent"})


@dataclass(frozen=True)
class RiskRecord:
    """One signed record of risk, with what was answered. `due` is the day of its follow-up."""

    id: str
    kind: str
    occurred_at: datetime
    author: str
    answers: tuple[Answer, ...]
    state: str = "signed"

    @property
    def level(self) -> str:
        """The level that its author gave, or empty."""
        said = choice(next((one for one in self.answers if one.name == "level"), None))
        return said if said in LEVELS else ""


@dataclass(frozen=True)
class Flag:
    """What stands at the head of a chart: a subject, its level or word, and since when."""

    record: str
    subject: str
    word: str
    occurred_at: datetime
    raised: bool


@dataclass(frozen=True)
class Level:
    """One judgment in the course of time. `step` is 1 (low) to 4 (imminent)."""

    record: str
    subject: str
    word: str
    step: int
    occurred_at: datetime


def standing(records: Iterable[RiskRecord]) -> list[RiskRecord]:
    """The records that count, oldest first."""
    counted = [one for one in records if one.state == "signed" and one.kind in RISK_KINDS]
    return sorted(counted, key=lambda one: (one.occurred_at, one.id))


def flags(records: Iterable[RiskRecord]) -> list[Flag]:
    """The newest judgment of each kind, raised ones first; a suspicion stands while it is one."""
    newest = {one.kind: one for one in standing(records) if _word(one)}
    found = [
        Flag(one.id, _subject(one), _word(one), one.occurred_at, _is_raised(one))
        for one in newest.values()
        if one.kind != "safety_plan"
    ]
    return sorted(found, key=lambda one: (not one.raised, one.subject))


def _subject(one: RiskRecord) -> str:
    return _SUBJECT.get(one.kind, "Suspected abuse")


def _word(one: RiskRecord) -> str:
    if one.kind != "abuse_suspicion":
        return LEVELS.get(one.level, "")
    said = {answer.name: choice(answer) for answer in one.answers}
    if said.get("suspicion", "") in ("", "none"):
        return "none" if said.get("suspicion") else ""
    return {"yes": "reported", "no": "not reported"}.get(said.get("reported", ""), "recorded")


def _is_raised(one: RiskRecord) -> bool:
    return one.level in _RAISED if one.kind != "abuse_suspicion" else _word(one) != "none"


def levels(records: Iterable[RiskRecord]) -> list[Level]:
    """Every judgment in the course of time, oldest first."""
    steps = {name: at for at, name in enumerate(LEVELS, start=1)}
    return [
        Level(one.id, _subject(one), one.level, steps[one.level], one.occurred_at)
        for one in standing(records)
        if one.level
    ]


def newest(records: Iterable[RiskRecord], kind: str) -> RiskRecord | None:
    """The newest record of a kind that counts."""
    return next((one for one in reversed(standing(records)) if one.kind == kind), None)


def before(records: Iterable[RiskRecord], kind: str, at: datetime, but: str) -> RiskRecord | None:
    """The newest record of a kind before a moment, other than the one named."""
    earlier = [one for one in standing(records) if one.occurred_at <= at and one.id != but]
    return newest(earlier, kind)


STAYS: Mapping[str, frozenset[str]] = {
    "suicide_risk": frozenset({"attempted", "attempts", "self_harm", "kin"}),
    "violence_risk": frozenset({"before"}),
}
"""What was so remains so: history. Everything that is asked of today is asked anew, and so is
whatever the law turns on: an old *no* must not close a door today."""


def begun_from(kind: Kind, last: RiskRecord | None) -> tuple[Answer, ...]:
    """The answers with which a new record of a kind begins. A safety plan is carried on whole but
    for the day on which it is to be looked at; an assessment keeps its history alone."""
    if last is None:
        return ()
    if kind.id == "safety_plan":
        return tuple(one for one in last.answers if one.name != "review_on")
    stays = STAYS.get(kind.id, frozenset())
    return tuple(one for one in last.answers if one.name in stays)


DUE_FIELDS: Mapping[str, tuple[str, ...]] = {
    "suicide_risk": ("follow_up_on",),
    "violence_risk": ("follow_up_on",),
    "abuse_suspicion": ("follow_up_on",),
    "safety_plan": ("review_on",),
}


def due_on(kind: str, answers: Sequence[Answer]) -> date | None:
    """The day by which something is to follow, or `None`."""
    for one in answers:
        if one.name in DUE_FIELDS.get(kind, ()) and one.text.strip():
            try:
                return date.fromisoformat(one.text.strip())
            except ValueError:
                return None
    return None
