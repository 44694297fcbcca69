"""Which day of a letter is which, by the words before it: to answer by, of the letter, asked about.

Pure. A day of birth is none of them; what is not plain is not suggested.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import zip_longest

from stillroom.disclosure.askers.dates import Day, days
from stillroom.disclosure.askers.suggestion import Suggestion, quote

_BY = re.compile(
    r"\b(?:on or before|no later than|not later than|due (?:date|by|on)?|return date|by|before"
    r"|until"
    r"|appear (?:on|at)|deadline|respond by)\b[^\n.;]{0,60}$",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"\bwithin (?:[a-z]{1,12} ?\(?)?(\d{1,3})\)? (business |calendar )?days\b[^.\n]{0,60}",
    re.IGNORECASE,
)
_DATED = re.compile(r"(?:^|\n)\s{0,9}(?:dated?(?: this)?|issued(?: on)?):?\s{0,3}$", re.IGNORECASE)
_SERVED = re.compile(r"\bserved(?: upon you)?(?: on| by [\w ]{1,20} on)?:?\s?$", re.IGNORECASE)
_BORN = re.compile(
    r"\b(?:dob|d\.o\.b\.?|born|date of birth|birth ?date)\b[^\n]{0,6}$", re.IGNORECASE
)


def read_days(letter: str, received: date) -> Iterator[Suggestion]:
    """Which day is which, by the words before it; a birth date is none of them."""
    seen = [one for one in days(letter) if not _BORN.search(_before(letter, one, 24))]
    for one in seen:
        if _SERVED.search(_before(letter, one, 40)) and one.day <= received:
            yield _dated("served_on", letter, one)
    for one in seen:
        if one.day >= received and _BY.search(_before(letter, one, 90)):
            yield _dated("return_date", letter, one)
    dated = next((one for one in seen if _heads(letter, one) and one.day <= received), None)
    if dated is not None:
        yield _dated("dated", letter, dated)
    if (within := _WITHIN.search(letter)) and within[2] != "business ":
        of_letter = dated is not None and "date of this" in within[0].casefold()
        start = dated.day if of_letter and dated is not None else received
        due = start + timedelta(days=int(within[1]))
        yield Suggestion("return_date", due.isoformat(), quote(within))


def _heads(letter: str, one: Day) -> bool:
    """Whether it is the day of the letter itself: said so, or alone on a line."""
    end = letter.find("\n", one.end)
    rest = letter[one.end : end if end >= 0 else len(letter)]
    line = letter[letter.rfind("\n", 0, one.start) + 1 : one.start] + rest
    return not line.strip(" ,.") or bool(_DATED.search(_before(letter, one, 20)))


_TO = re.compile(r"^,?\s{0,3}(?:to|through|thru|until|and|-|–|—)\s{0,3}$", re.IGNORECASE)
_PRESENT = re.compile(r"^,?\s{0,3}(?:to|through|until|-|–)(?: the)? present", re.IGNORECASE)
_SINCE = re.compile(
    r"\b(?:from|since|between|beginning|dates? of (?:service|treatment|care):?)\s{0,3}$",
    re.IGNORECASE,
)


def read_period(letter: str) -> Iterator[Suggestion]:
    """From when to when the records are asked for: two days joined, or one day and the present."""
    seen = days(letter)
    for one, after in zip_longest(seen, seen[1:]):
        if not _SINCE.search(_before(letter, one, 40)):
            continue
        joined = after is not None and _TO.match(letter[one.end : after.start])
        if joined and after is not None and one.day <= after.day:
            yield Suggestion("since", one.day.isoformat(), letter[one.start : after.end])
            yield Suggestion("until", after.day.isoformat(), letter[one.start : after.end])
            return
        if _PRESENT.match(letter[one.end : one.end + 20]):
            yield _dated("since", letter, one)
            return
    yield from _listed(letter, seen)


_NEXT = re.compile(r"^[;,]?\s{0,3}(?:and\s{1,3})?$", re.IGNORECASE)


def _listed(letter: str, seen: Sequence[Day]) -> Iterator[Suggestion]:
    """Days of sessions that are named one after the other: from the first of them to the last."""
    run: list[Day] = []
    for one in seen:
        if run and not _NEXT.match(letter[run[-1].end : one.start]):
            if len(run) > 1:
                break
            run = []
        run.append(one)
    if len(run) > 1 and not _BORN.search(_before(letter, run[0], 24)):
        said = letter[run[0].start : run[-1].end]
        yield Suggestion("since", min(one.day for one in run).isoformat(), said)
        yield Suggestion("until", max(one.day for one in run).isoformat(), said)


_QUOTED = 60
"""Characters before a day that are quoted with it, from the next word on."""


def _dated(field: str, letter: str, one: Day) -> Suggestion:
    line = letter.rfind("\n", 0, one.start) + 1
    start = line
    if one.start - line > _QUOTED:
        start = letter.find(" ", one.start - _QUOTED, one.start) + 1 or one.start
    return Suggestion(field, one.day.isoformat(), letter[start : one.end].strip())


def _before(letter: str, one: Day, most: int) -> str:
    return letter[max(0, one.start - most) : one.start]
