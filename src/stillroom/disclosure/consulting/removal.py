"""Taking out of a text what says who it is about. Pure.

Two ways at once: every word that the chart knows (`Known`) is replaced by a role, and every figure
of the kinds that 45 CFR 164.514(b)(2)(i) lists is replaced by its kind: days (the year may stay),
telephone and fax numbers, e-mail and web addresses, numbers of social security, records, plans and
accounts, postal codes, ages of ninety and more.

It is a help and no proof: what somebody said that only one person could have said stays, so a
person reads the sheet before it is shown to anybody. `doubtful` are names of nobody on file.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from stillroom.chart.apart import persons_in
from stillroom.disclosure.consulting.known import ROLES, Known, words
from stillroom.practice.rules import fold

_MONTHS: Final = (
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
)
_STREETS: Final = (
    "street|st|avenue|ave|road|rd|lane|ln|drive|dr|court|boulevard|blvd|way|row|place|terrace|"
    "circle"
)
_FIGURES: Final[tuple[tuple[str, str], ...]] = (
    (r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b", "[e-mail address]"),
    (r"\b(?:https?://|www\.)\S+", "[web address]"),
    (r"\b(?:\d{1,3}\.){3}\d{1,3}\b", "[web address]"),
    (r"\b\d{3}-\d{2}-\d{4}\b", "[number]"),
    (r"\b\d{4}-\d{2}-\d{2}\b", "[day]"),
    (r"\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b", "[day]"),
    (rf"\b(?:{_MONTHS})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}})?", "[day]"),
    (rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{_MONTHS})\b\.?(?:,?\s+\d{{4}})?", "[day]"),
    (r"(?<!\w)\+?\(?\d{1,4}\)?(?:[\s.-]\(?\d{2,4}\)?){2,4}(?!\w)", "[telephone number]"),
    (rf"\b\d{{1,5}}\s+(?:[^\W\d_]+\s+){{1,3}}(?:{_STREETS})\b\.?", "[address]"),
    (r"\b\d{5}(?:-\d{4})?\b", "[number]"),
    (r"\b(?=[a-z0-9-]*\d[a-z0-9-]*\d[a-z0-9-]*\d)[a-z0-9]+(?:-[a-z0-9]+)*\b", "[number]"),
)  # fmt: skip
_PATTERNS: Final = tuple((re.compile(one, re.IGNORECASE), kind) for one, kind in _FIGURES)
_OLD: Final = re.compile(r"\b(9\d|1[01]\d)(?=[\s-]*(?:years?|yrs?|y/?o)\b)", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?:19|20)\d\d|\d{1,2}(?:am|pm|h|mg|min)", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


_INSTEAD: Final = frozenset(
    _WORD.findall(" ".join((*ROLES, *(kind for _, kind in _FIGURES), "ninety or more")))
)
"""Words of what is written instead: what was cleaned once stays as it is."""


@dataclass(frozen=True)
class Removed:
    """What was written instead, and how often."""

    instead: str
    times: int


@dataclass(frozen=True)
class Cleaned:
    """A text without what is known to name somebody; names that are known to nobody stay."""

    text: str
    removed: tuple[Removed, ...]
    doubtful: tuple[str, ...]


def cleaned(text: str, known: Known) -> Cleaned:
    """The text with roles instead of names, and kinds instead of figures."""
    tally: Counter[str] = Counter()

    def put(instead: str) -> str:
        tally[instead] += 1
        return instead

    text = "".join(
        part if part in known.safe else _without(part, known, put) for part in _parts(text, known)
    )
    removed = tuple(Removed(one, times) for one, times in sorted(tally.items()))
    return Cleaned(text, removed, persons_in(text))


def _parts(text: str, known: Known) -> list[str]:
    """The text cut at what is safe, so that only what stands between is looked at."""
    if not known.safe:
        return [text]
    longest_first = sorted(known.safe, key=len, reverse=True)
    return re.split(f"({'|'.join(map(re.escape, longest_first))})", text)


def _without(text: str, known: Known, put: Callable[[str], str]) -> str:
    for exact in sorted(known.exact, key=len, reverse=True):
        say = partial(_put, put, known.exact[exact])
        text = re.sub(re.escape(exact), say, text, flags=re.IGNORECASE)
    for pattern, kind in _PATTERNS:
        text = pattern.sub(_figure(kind, put), text)
    text = _OLD.sub(partial(_put, put, "ninety or more"), text)
    return _names(text, known, put)


def _put(put: Callable[[str], str], instead: str, _: re.Match[str]) -> str:
    return put(instead)


def _figure(kind: str, put: Callable[[str], str]) -> Callable[[re.Match[str]], str]:
    """A year, an hour and a dose name nobody."""
    return lambda found: found[0] if _YEAR.fullmatch(found[0]) else put(kind)


def _names(text: str, known: Known, put: Callable[[str], str]) -> str:
    """Each run of known words becomes one role: *Dov Halpern* is the client once."""
    made: list[str] = []
    end, said = 0, ""
    for found in _WORD.finditer(text):
        word, owner = _bare(found[0])
        instead = _of(word, known)
        between = text[end : found.start()]
        if instead and instead == said and not between.strip(" .-"):
            end = found.end()
            made.append(owner)
            continue
        made.append(between)
        made.append(put(instead) + owner if instead else found[0])
        end, said = found.end(), "" if owner else instead
    return "".join(made) + text[end:]


def _bare(word: str) -> tuple[str, str]:
    """A word without its possessive, and the possessive."""
    found = re.search(r"[’']s?$", word)
    return (word[: found.start()], found[0]) if found else (word, "")


def _of(word: str, known: Known) -> str:
    """What is written instead of a word; a hyphenated one is known by any of its parts.

    A name that is a common word too (*Will*, *May*), or a word of what is written instead, counts
    only when it is written like a name.
    """
    plain, small = fold(word), words().also_words | _INSTEAD
    for part in (plain, *plain.split("-")):
        if part in known.words and (word[0].isupper() or part not in small):
            return known.words[part]
    return ""


def still_in(text: str, known: Known) -> tuple[str, ...]:
    """What a text still holds of what is known, as kinds: empty when it may be shown."""
    return tuple(one.instead for one in cleaned(text, known).removed)
