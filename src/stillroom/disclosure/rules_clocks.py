"""By when: the day to comply that the paper names, and the days that the law's duties name.

Only what runs out is a clock: a span to be counted, "promptly", or the time to comply. Duties with
other words ("when it is sent") and years of keeping are duties, and are shown as such elsewhere.
A clock without a day says why it has none. Days that must be counted without Saturdays and Sundays
are counted so; holidays of a court are not known here, and the basis says so. That can only make a
clock early, never late.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from stillroom.disclosure.rules_intake import Intake
from stillroom.kernel import Trilean, capital


class DeadlineLike(Protocol):
    """A deadline as the law's duties carry it: words, and if it can be counted, how."""

    @property
    def words(self) -> str: ...
    @property
    def amount(self) -> int | None: ...
    @property
    def unit(self) -> str: ...
    @property
    def of(self) -> str: ...


class DutyLike(Protocol):
    """A duty that attaches to an answer."""

    @property
    def act(self) -> str: ...
    @property
    def to(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def citation(self) -> str: ...
    @property
    def deadline(self) -> DeadlineLike | None: ...
    @property
    def due(self) -> date | None: ...
    @property
    def applies(self) -> Trilean: ...


@dataclass(frozen=True, slots=True)
class Clock:
    """One running deadline. `due` is the last day; `None` if it cannot be counted, see `basis`.

    `sure` is whether the duty surely applies or only may.
    """

    label: str
    due: date | None
    citation: str
    basis: str
    sure: Trilean = Trilean.YES

    def days_left(self, today: date) -> int | None:
        """Days until it is due; below nought when it is past."""
        return None if self.due is None else (self.due - today).days


_STARTS = {
    "served_on": "service",
    "received_on": "receipt",
    "": "receipt",
}
_AT_ONCE = frozenset({"immediately", "at once", "promptly"})
_COMPLY = "time to comply"


def clocks(intake: Intake, duties: Iterable[DutyLike], today: date) -> tuple[Clock, ...]:
    """All running clocks, the nearest first; those without a day at the end. After all of them
    those of duties that only may apply: what may never be owed shall not hide what is."""
    running = [_comply(intake)] if intake.return_date else []
    running += [
        _clock(intake, duty, duty.deadline, today)
        for duty in duties
        if duty.deadline is not None and duty.applies is not Trilean.NO and _runs(duty.deadline)
    ]
    return tuple(sorted(set(running), key=_order))


def _order(clock: Clock) -> tuple[bool, bool, date, str]:
    unsure = clock.sure is not Trilean.YES
    return (unsure, clock.due is None, clock.due or date.max, clock.label)


def _runs(by: DeadlineLike) -> bool:
    """Whether it is a clock at all."""
    if by.amount is not None:
        return by.unit != "year"
    return _word(by) in _AT_ONCE or _COMPLY in _word(by)


def _word(by: DeadlineLike) -> str:
    return by.words.strip().casefold()


def _comply(intake: Intake) -> Clock:
    return Clock("Time to comply", intake.return_date, "", "The day that the paper names.")


def _clock(intake: Intake, duty: DutyLike, by: DeadlineLike, today: date) -> Clock:
    due, basis = _due(intake, by, today)
    if due is None and duty.due is not None:
        due, basis = duty.due, f"{_as_said(by)}."
    return Clock(duty.text, due, duty.citation, basis, duty.applies)


def _due(intake: Intake, by: DeadlineLike, today: date) -> tuple[date | None, str]:
    if by.amount is None:
        due = today if _word(by) in _AT_ONCE else intake.return_date
        return due, f"{_as_said(by)}."
    start = intake.served_on if by.of == "served_on" else intake.received_on
    if by.of not in _STARTS:
        return None, f"{_as_said(by)}; the day it counts from is not in the paper."
    if start is None:
        return None, f"{_as_said(by)} of service; the day of service is not known."
    return _count(start, by, _STARTS[by.of])


def _count(start: date, by: DeadlineLike, event: str) -> tuple[date | None, str]:
    counted = after(start, by.amount or 0, by.unit)
    if counted is None:
        return None, _as_said(by)
    basis = f"{_as_said(by)} of {event} on {start:%B} {start.day}."
    if by.unit == "business day":
        basis += " Saturdays and Sundays are left out; holidays of the court are not."
    return counted, basis


def _as_said(by: DeadlineLike) -> str:
    return capital(by.words.strip())


def after(start: date, amount: int, unit: str) -> date | None:
    """The last day of a span that begins after `start`; `None` for a unit that is not known.

    Hours round down to whole days, so that a clock is never late.
    """
    if unit == "hour":
        return start + timedelta(days=amount // 24)
    if unit in ("day", "week"):
        return start + timedelta(days=amount * (7 if unit == "week" else 1))
    if unit == "business day":
        return _business(start, amount)
    if unit in ("month", "year"):
        return _months(start, amount * (12 if unit == "year" else 1))
    return None


def _business(start: date, amount: int) -> date:
    day = start
    while amount > 0:
        day += timedelta(days=1)
        amount -= day.weekday() < 5
    return day


def _months(start: date, months: int) -> date:
    """The same day of a later month, or its last day where the month is shorter."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    for day in (start.day, 30, 29, 28):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")  # pragma: no cover
