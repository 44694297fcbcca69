"""Duties that attach when a provision applies, and the notices to print on what leaves."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from stillroom.kernel import Trilean
from stillroom.law._facts import Facts
from stillroom.law._findings import Finding
from stillroom.law._provision import Deadline, Demand


@dataclass(frozen=True, slots=True)
class Duty:
    """Something to be done because a provision applies (or may: `applies` is then UNKNOWN).

    `due` is the last day, where it can be reckoned: a deadline in days, weeks, months or years
    from a date that is known. Hours and business days are in `deadline` and left to people.
    `discharged_by` lists alternatives; every act of one of them discharges the duty.
    """

    act: str
    to: str
    text: str
    deadline: Deadline | None
    due: date | None
    citation: str
    provision: str
    regime: str
    checked: str
    applies: Trilean
    discharged_by: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """A redisclosure statement that must go with what leaves."""

    text: str
    citation: str
    provision: str
    applies: Trilean


def duties(found: tuple[Finding, ...], facts: Facts) -> tuple[Duty, ...]:
    """Sure ones first, then by due day, then by provision."""
    every = [
        _duty(finding, demand, facts)
        for finding in found
        if finding.applies is not Trilean.NO
        for demand in finding.rule.demands
    ]
    return tuple(sorted(every, key=_order))


def _order(duty: Duty) -> tuple[bool, date, str, str, str]:
    unsure = duty.applies is not Trilean.YES
    return (unsure, duty.due or date.max, duty.provision, duty.act, duty.text)


def _duty(finding: Finding, demand: Demand, facts: Facts) -> Duty:
    return Duty(
        act=demand.act,
        to=demand.to,
        text=demand.text,
        deadline=demand.by,
        due=due_day(demand.by, facts),
        citation=demand.citation or finding.citation,
        provision=finding.provision,
        regime=finding.regime,
        checked=finding.checked,
        applies=finding.applies,
        discharged_by=demand.discharged_by,
    )


def due_day(by: Deadline | None, facts: Facts) -> date | None:
    """The last day, or None where it cannot be reckoned from what is known.

    >>> due_day(Deadline("", 1, "month", "served_on"), {"served_on": date(2026, 1, 31)})
    datetime.date(2026, 2, 28)
    """
    start = facts.get(by.of) if by is not None else None
    if by is None or by.amount is None or not isinstance(start, date):
        return None
    match by.unit:
        case "day":
            return start + timedelta(days=by.amount)
        case "week":
            return start + timedelta(weeks=by.amount)
        case "month":
            return _months_later(start, by.amount)
        case "year":
            return _months_later(start, 12 * by.amount)
    return None


def _months_later(start: date, months: int) -> date:
    """The same day of a later month, or its last day where it has no such day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def notices(found: tuple[Finding, ...]) -> tuple[Notice, ...]:
    """Notices of provisions that apply or may."""
    return tuple(
        Notice(f.rule.notice, f.citation, f.provision, f.applies)
        for f in found
        if f.rule.notice and f.applies is not Trilean.NO
    )
