"""A blank authorization: every federal element, what the state adds, and lines to sign on.

Made from choices, printed by the press, signed by hand; entered again as a signed paper, nothing of
it lacks then but what nobody has looked at. Psychotherapy notes and SUD counseling notes each have
a paper of their own. Words are ours; the law names what must be said, not how.

Sources: 45 CFR 164.508(b)(3)-(4), (c); 42 CFR 2.31(a); what a state adds: `consent.state_forms`.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime

from stillroom.consent.rules import PART2_KINDS, PARTS, PRIVATE_KINDS, Expiry, Party, Period
from stillroom.consent.state_forms import Asked
from stillroom.disclosure.packet import Composition, Printed, printable, render
from stillroom.kernel import StillroomError

_ORDINARY_SIZE, _LARGE_SIZE = 11, 14
TITLE = "Permission to release records"


class BlankLacks(StillroomError):
    """A paper cannot be printed before it says what it is for."""

    what = "a paper to be signed needs more first"
    usual_advice = "Say to whom, which records, what for and until when; the rest is printed."


class OwnPaper(StillroomError):
    """Notes kept apart together with other records."""

    what = "notes kept apart need a paper of their own (45 CFR 164.508(b)(3)(ii); 42 CFR 2.31(b))"
    usual_advice = "Print one for them alone, and another for the other records."


@dataclass(frozen=True, slots=True)
class Blank:
    """What the paper is to allow. `clients` are all who hold the record, by full name."""

    clients: tuple[str, ...]
    practice: str
    recipient: Party
    recipient_words: str
    kinds: frozenset[str]
    kind_words: str
    description: str
    purpose: str
    expires: Expiry
    period: Period


def print_blank(blank: Blank, asked: Asked, place: str, created: datetime) -> Printed:
    """The paper as PDF. Same choices and instant, same bytes."""
    return render(Composition("paper", json.dumps(data_of(blank, asked, place)), created))


def data_of(blank: Blank, asked: Asked, place: str) -> dict[str, object]:
    """What the sheet prints; `BlankLacks`, `OwnPaper`."""
    _require(blank, asked)
    parts = [*_parts(blank), *_said(blank), *_of_state(asked, place)]
    large = any(one.part == "large_type" for one in asked.parts)
    return {
        "title": TITLE,
        "practice": printable(blank.practice),
        "size": _LARGE_SIZE if large else _ORDINARY_SIZE,
        "parts": [{"label": label, "words": printable(words)} for label, words in parts],
        "signing": [printable(line) for line in _lines(blank, asked)],
    }


def _require(blank: Blank, asked: Asked) -> None:
    ends = blank.expires.on is not None or bool(blank.expires.event)
    if not (blank.recipient.name and blank.kinds and blank.purpose and ends):
        raise BlankLacks
    if blank.kinds & PRIVATE_KINDS and len(blank.kinds) > 1:
        raise OwnPaper
    if any(one.day for one in asked.ends) and blank.expires.on is None:
        day = next(one for one in asked.ends if one.day)
        raise BlankLacks(f"the state wants a calendar day on which it ends ({day.citation})")


def _parts(blank: Blank) -> list[tuple[str, str]]:
    what = blank.description or blank.kind_words
    if blank.description:
        what = f"{blank.description} ({blank.kind_words})"
    to = f"{blank.recipient.name}, {blank.recipient_words}" if blank.recipient_words else ""
    return [
        ("Whose record", " and ".join(blank.clients)),
        ("Who may release it", blank.practice),
        ("Who may receive it", to or blank.recipient.name),
        ("What may be released", f"{what}, {_care(blank.period)}. I may strike out any of it."),
        ("What for", blank.purpose),
        ("When this ends", _end(blank.expires)),
    ]


def _said(blank: Blank) -> list[tuple[str, str]]:
    said = [
        ("Taking it back", REVOKE),
        ("Nothing hangs on it", CONDITION),
        ("Once it has left", REDISCLOSURE),
    ]
    if blank.kinds & PART2_KINDS:
        said.append(("Records of a substance use program", PART2))
    return said


def _of_state(asked: Asked, place: str) -> list[tuple[str, str]]:
    told = [PARTS[one.part].prints for one in asked.parts if PARTS[one.part].prints]
    words = " ".join(dict.fromkeys(told))
    if any(one.part == "need" for one in asked.parts):
        words = f"{words} The record is needed for: ____________________.".strip()
    return [(f"As {place} asks", words)] if words else []


def _lines(blank: Blank, asked: Asked) -> list[str]:
    lines = [f"Signature of {name}, and the date" for name in blank.clients]
    if any(one.part == "witness" for one in asked.parts):
        lines.append("Signature of a witness, and the date")
    lines.append("If somebody signs for the client: name, and by what authority")
    return lines


def _care(period: Period) -> str:
    since = f" from {_day(period.since)}" if period.since else ""
    until = f" through {_day(period.until)}" if period.until else ""
    return f"of care{since}{until}" if since or until else "of all care"


def _end(expires: Expiry) -> str:
    if expires.on is not None:
        return f"After {_day(expires.on)}."
    return f"When this has happened: {expires.event}."


def _day(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


REVOKE = (
    "I may take this permission back at any time by writing to the practice. That does not undo "
    "what was released before."
)
CONDITION = (
    "My treatment, its payment, and my enrollment or benefits do not depend on whether I sign."
)
REDISCLOSURE = (
    "Whoever receives the record might pass it on, and the federal privacy rules may then no "
    "longer protect it."
)
PART2 = (
    "These are protected by 42 CFR Part 2 as well. They may be used against me in no civil, "
    "criminal, administrative or legislative proceeding unless I consent to that apart, or a court "
    "orders it."
)
