"""By when, to the minute: a deadline of the law counted from when one learned of it. Pure.

Rules: what can be counted is counted, from the law's figure or from the figure in its words; a
clock may run out too early and never too late, so nights, Saturdays and holidays of the words are
not left out unless they are days of business, and hours are hours. A span that begins with the
report by telephone has no last moment before that report was made. "If asked" runs from no moment.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from stillroom.law import Deadline

_SPAN = re.compile(r"(?:within|than|in) (\d+) (business day|working day|hour|day|week)s?\b")
_BARE = re.compile(r"\A(\d+) (hour|day)s?\Z")
_AT_ONCE = re.compile(
    r"immediate|at once|as soon as|promptly|without delay|do it now|first opportunity|\bnow\b"
    r"|timely|reasonable (?:effort|care|step|precaution)|as the (?:danger|situation)"
)
_AFTER_REPORT = re.compile(r"(?:of|after) (?:the|a|your) (?:own|oral|first|telephone)")
_HOURS = {"hour": 1, "day": 24, "week": 168}


@dataclass(frozen=True, slots=True)
class ByWhen:
    """`due` is the last moment, `None` where none can be counted; `at_once` says not to wait."""

    words: str
    at_once: bool
    due: datetime | None = None

    def late(self, now: datetime) -> bool:
        """Whether the last moment is past."""
        return self.due is not None and now > self.due


def by_when(by: Deadline | None, learned: datetime, reported: datetime | None) -> ByWhen:
    """A deadline for one who learned of it at `learned` and telephoned at `reported`, if at all."""
    if by is None:
        return ByWhen("no time is written", at_once=True)
    words = by.words.strip()
    return ByWhen(words, bool(_AT_ONCE.search(words.casefold())), _due(by, learned, reported))


def _due(by: Deadline, learned: datetime, reported: datetime | None) -> datetime | None:
    words = by.words.casefold()
    span = _span(by, words)
    if span is None or "if asked" in words:
        return None
    start = reported if _AFTER_REPORT.search(words) else learned
    return None if start is None else after(start, *span)


def _span(by: Deadline, words: str) -> tuple[int, str] | None:
    if by.amount is not None:
        return by.amount, by.unit
    found = _SPAN.search(words) or _BARE.match(words)
    return None if found is None else (int(found[1]), found[2])


def after(start: datetime, amount: int, unit: str) -> datetime | None:
    """The end of a span; `None` for a unit that is not counted in hours."""
    if unit in _HOURS:
        return start + timedelta(hours=amount * _HOURS[unit])
    if unit not in ("business day", "working day"):
        return None
    end = start
    while amount > 0:
        end += timedelta(days=1)
        amount -= end.weekday() < 5
    return end


def span_words(span: timedelta) -> str:
    """How long, as one says it: "8 minutes", "3 hours", "2 days".

    >>> span_words(timedelta(minutes=61))
    '1 hour'
    """
    minutes = max(0, int(span.total_seconds() // 60))
    for size, name in ((1440, "day"), (60, "hour")):
        if minutes >= 2 * size or (size == 60 and minutes >= size):
            return f"{minutes // size} {name}{'s' if minutes // size != 1 else ''}"
    return f"{minutes} minute{'s' if minutes != 1 else ''}"
