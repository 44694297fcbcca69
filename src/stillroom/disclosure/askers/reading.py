"""What a letter seems to say, for whoever enters it: suggestions, never answers. Pure.

Each `Suggestion` names a field of the entry, a value for it and the very words it was read from, so
that a person accepts or changes it with her eyes on them. What is not plain is not suggested. A
letter says of itself what it likes: that it calls itself an order makes it none, and who signed it
is for the eye. Nothing here is law; nothing is kept.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import chain

from stillroom.disclosure.askers.reading_days import read_days, read_period
from stillroom.disclosure.askers.reading_words import ASKS, KINDS, OCCASIONS, PROCEEDINGS
from stillroom.disclosure.askers.suggestion import Suggestion, quote

_LONGEST = 300
_MOST = 60_000
"""Characters that are looked at; what a letter is about stands in its first pages."""


def read(text: str, received: date) -> dict[str, Suggestion]:
    """Suggestions by field. Days that count from receipt count from `received`."""
    letter = text[:_MOST]
    found: dict[str, Suggestion] = {}
    readings = [reader(letter) for reader in _READERS]
    for one in chain(*readings, read_days(letter, received), read_period(letter)):
        found.setdefault(one.field, one)
    return _agreeing(found)


_Reader = Callable[[str], Iterator[Suggestion]]


def _occasion(letter: str) -> Iterator[Suggestion]:
    for occasion, shape in OCCASIONS:
        if match := shape.search(letter):
            yield Suggestion("occasion", occasion, quote(match))
            return


_CLERK = re.compile(
    r"\b(?:deputy\s)?clerk\s(?:of\s(?:the\s)?)?(?:court|circuit)\b|\bclerk['’]s seal\b",
    re.IGNORECASE,
)
_JUDGE = re.compile(
    r"\bso ordered\b|^[ \t]{0,20}judge\b|\bjudge(?:,| of the)\b", re.IGNORECASE | re.MULTILINE
)
_ATTORNEY = re.compile(
    r"\battorneys? for\b|\battorney at law\b|\bcounsel for\b|\b(?:attorney )?bar no\b|, ?esq\b",
    re.IGNORECASE,
)


def _signer(letter: str) -> Iterator[Suggestion]:
    """Who seems to have signed: the nearest to the end of the three counts."""
    last: tuple[int, str, re.Match[str]] | None = None
    for who, shape in (("judge", _JUDGE), ("clerk", _CLERK), ("attorney", _ATTORNEY)):
        for match in shape.finditer(letter):
            if last is None or match.start() > last[0]:
                last = (match.start(), who, match)
    if last is not None:
        yield Suggestion("signed_by", last[1], quote(last[2]))


_PERSON = r"[A-Z][\w.'’-]{0,30}(?: (?:[A-Z]\.|[A-Z][\w.'’-]{1,30})){1,3}"
_NAMED = (
    re.compile(
        rf"^[ \t]{{0,20}}(?:from|requesting party|requested by)\s?: ?({_PERSON})",
        re.MULTILINE | re.IGNORECASE,
    ),
    re.compile(rf"/s/ ?({_PERSON})"),
    re.compile(
        rf"(?:sincerely|respectfully(?: submitted)?|very truly"
        rf" yours|regards),?\s{{1,8}}({_PERSON})",
        re.IGNORECASE,
    ),
    re.compile(rf"({_PERSON}),?(?: Esq\.?,?)?\s{{1,6}}attorneys? (?:for|at law)", re.IGNORECASE),
    re.compile(
        rf"^[ \t]{{0,20}}(?:detective|officer|sergeant|special agent|investigator) ({_PERSON})",
        re.MULTILINE | re.IGNORECASE,
    ),
    re.compile(rf"\b[Mm]y name is ({_PERSON})"),
)


def _name(letter: str) -> Iterator[Suggestion]:
    for shape in _NAMED:
        if match := shape.search(letter):
            name = re.sub(r",? Esq\.?$", "", match[1].strip(" ,"))
            yield Suggestion("asker", name, quote(match))


_SIDE = r"[A-Z][\w.'’&-]{0,30}(?: [A-Z&][\w.'’&-]{0,30}){0,5}"
_CAPTION = re.compile(rf"({_SIDE}),?\s(?:v|vs)\.?\s({_SIDE})")
_IN_RE = re.compile(rf"\b(?:In re|In the Matter of)(?: the)?:? ({_SIDE})")
_NUMBER = re.compile(
    r"\b(?:case|cause|docket|civil action|index|claim|file)\s(?:no"
    r"|number)\.?:?\s?([A-Z0-9][\w-]{2,25})",
    re.IGNORECASE,
)


def _caption(letter: str) -> Iterator[Suggestion]:
    match = _CAPTION.search(letter) or _IN_RE.search(letter)
    number = _NUMBER.search(letter)
    case = (
        " v. ".join(match.groups()) if match and match.re is _CAPTION else match[0] if match else ""
    )
    whole = ", ".join(
        part for part in (" ".join(case.split()), number[1] if number else "") if part
    )
    if whole:
        yield Suggestion("caption", whole[:300], quote(match or number))


def _proceeding(letter: str) -> Iterator[Suggestion]:
    for value, shape in PROCEEDINGS:
        if match := shape.search(letter):
            yield Suggestion("proceeding", value, quote(match))
            return


_FEDERAL = re.compile(
    r"\bunited states (?:district|bankruptcy|court of)\b|\bU\.?S\.? district court\b", re.IGNORECASE
)
_STATE = re.compile(
    r"\b(?:circuit|superior|family|probate|juvenile|county|supreme|chancery|common pleas"
    r"|orphans['’]|municipal)"
    r" court\b|\bcourt of common pleas\b|\bdistrict court (?:of|for)\b",
    re.IGNORECASE,
)


def _court(letter: str) -> Iterator[Suggestion]:
    if match := _FEDERAL.search(letter):
        yield Suggestion("court", "federal", quote(match))
    elif match := _STATE.search(letter):
        yield Suggestion("court", "state", quote(match))


def _kinds(letter: str) -> Iterator[Suggestion]:
    """One suggestion a kind, as the fields of a set of boxes: "kinds.billing"."""
    for kind, shape in KINDS:
        if match := shape.search(letter):
            yield Suggestion(f"kinds.{kind}", kind, quote(match))


def _asks(letter: str) -> Iterator[Suggestion]:
    if match := ASKS.search(letter):
        said = " ".join(match[0].split())
        yield Suggestion("asks_for", _shortened(said), quote(match))


_READERS: tuple[_Reader, ...] = (
    _occasion, _signer, _name, _caption, _proceeding, _court, _kinds, _asks
)  # fmt: skip
_NO_CASE = frozenset({"access", "amendment", "accounting", "restriction", "press"})
_BY_SIGNER = {"clerk": "clerk_subpoena", "attorney": "attorney_subpoena"}


def _shortened(said: str) -> str:
    """Three hundred characters at most, ending with a word."""
    cut = said if len(said) <= _LONGEST else said[:_LONGEST].rpartition(" ")[0]
    return cut.strip(" ,")


def _agreeing(found: dict[str, Suggestion]) -> dict[str, Suggestion]:
    """The instrument from who signed; nothing of a case for somebody who has none."""
    occasion, signer = found.get("occasion"), found.get("signed_by")
    if occasion and occasion.value == "subpoena" and signer and signer.value in _BY_SIGNER:
        instrument = Suggestion("instrument", _BY_SIGNER[signer.value], signer.because)
        found["instrument"] = instrument
    if occasion and occasion.value in _NO_CASE:
        for field in ("signed_by", "proceeding", "court", "return_date"):
            found.pop(field, None)
    return found
