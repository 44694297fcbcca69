"""An account of disclosures that is handed over: which lines, held back by whom, free or not. Pure.

Rules:
- Six years back from the day it was asked for, or the shorter time that was asked for; what is
  owed, or (if the client wants) everything that left (`rules_accounting`).
- What was called back before anybody opened it was not disclosed and stands in no account.
- Lines about disclosures to an oversight agency or the police are held back while its statement
  says so: in writing for the time stated, by word of mouth for 30 days at most. They come back by
  themselves. The account does not say that something is missing.
- Program records that left with the patient's consent are accounted for over three years (42 CFR
  2.25, in force since February 16, 2026), although HIPAA leaves what was authorized out.
- Repeated disclosures to one recipient for one purpose may be told as the first in full, how many,
  and the last day (164.528(b)(3)).
- The first account in any twelve months is free. A later one may cost what it costs to make, if the
  client was told before and could withdraw (164.528(c)(2)).

Sources: 45 CFR 164.528, in the 2013 consolidated wording as `provisions/` has it; (b)(4), research
on fifty or more, is not done here. Whether a limb of 2.25 is tolled is recalled, not read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import msgspec

from stillroom.disclosure.rules_accounting import (
    ORAL_SUSPENSION,
    AccountingLine,
    Basis,
)
from stillroom.disclosure.rules_clocks import after
from stillroom.kernel import StillroomError

YEARS, PART2_YEARS = 6, 3
PART2_SINCE = date(2026, 2, 16)
PART2_CITATION = "42 CFR 2.25"


class StatementIncomplete(StillroomError):
    """What an agency must state before lines are held back is missing."""

    what = "the agency's statement is not complete"
    usual_advice = "Say who stated it, for which disclosures, and until when; nothing is held back."


class Asking(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How an account was asked for, and what it was made as."""

    asked_on: date
    since: date | None = None
    everything: bool = False
    sum_up: bool = False
    fee: str = ""
    told: bool = False


class Held(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An agency's statement, as it was entered. `departures` are the lines that it reaches."""

    agency: str
    official: str
    written: bool
    stated_on: date
    until: date
    words: str
    departures: tuple[str, ...]

    @property
    def last_day(self) -> date:
        """The last day on which it holds a line back."""
        if self.written:
            return self.until
        return min(self.until, self.stated_on + ORAL_SUSPENSION)


@dataclass(frozen=True, slots=True)
class Left:
    """One line of the account, its entry in the log, and when it was called back unopened."""

    id: str
    line: AccountingLine
    entry: int
    recalled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """One line as the client gets it; several disclosures in one if they were summed up."""

    first: Left
    count: int
    last: date
    entries: tuple[int, ...]


def require_statement(held: Held, today: date) -> None:
    """Raise `StatementIncomplete` for what 164.528(a)(2) does not let hold a line back."""
    if not (held.agency.strip() and held.official.strip() and held.words.strip()):
        raise StatementIncomplete
    if not held.departures:
        raise StatementIncomplete(
            "it is not said which disclosures are held back",
            advice="Tick those that were made to this agency; nothing is held back.",
        )
    if held.stated_on > today or held.until < held.stated_on:
        raise StatementIncomplete(
            "the days do not follow each other",
            advice="It was stated on a day that has been, and lasts until a later one.",
        )


def held_until(line: Left, statements: Iterable[Held]) -> date | None:
    """The last day on which a line is held back; none if no statement reaches it."""
    days = [one.last_day for one in statements if line.id in one.departures]
    return max(days, default=None)


def owed(line: AccountingLine, asked_on: date) -> bool:
    """Whether the law wants the line in an account that was asked for on this day."""
    if line.owed:
        return True
    since = max(after(asked_on, -PART2_YEARS, "year") or asked_on, PART2_SINCE)
    consented = line.exempt_because == Basis.AUTHORIZATION.value
    return line.part2 and consented and line.on >= since


def account(
    lines: Iterable[Left],
    statements: Sequence[Held],
    *,
    asked_on: date,
    since: date | None = None,
    everything: bool = False,
) -> tuple[Left, ...]:
    """The lines that the client gets, oldest first."""
    longest = after(asked_on, -YEARS, "year") or asked_on
    first = max(since, longest) if since else longest

    def told(one: Left) -> bool:
        until = held_until(one, statements)
        return (
            first <= one.line.on <= asked_on
            and one.recalled_at is None
            and (everything or owed(one.line, asked_on))
            and not (until and asked_on <= until)
        )

    return tuple(sorted(filter(told, lines), key=lambda one: (one.line.on, one.entry)))


def summed(lines: Iterable[Left]) -> tuple[Told, ...]:
    """Repeated disclosures to one recipient for one purpose as one line each."""
    groups: dict[tuple[str, str], list[Left]] = {}
    for one in lines:
        groups.setdefault((one.line.recipient, one.line.purpose), []).append(one)
    return tuple(
        Told(group[0], len(group), group[-1].line.on, tuple(one.entry for one in group))
        for group in groups.values()
    )


def single(lines: Iterable[Left]) -> tuple[Told, ...]:
    """Each disclosure by itself."""
    return tuple(Told(one, 1, one.line.on, (one.entry,)) for one in lines)


def free(given: Iterable[date], asked_on: date) -> bool:
    """Whether this one costs nothing: none was given in the twelve months before."""
    before = after(asked_on, -12, "month") or asked_on - timedelta(days=365)
    return not any(before < day <= asked_on for day in given)
