"""What goes along where a record is told without a packet: by telephone, report or letter. Pure.

Rules (45 CFR 164.526(d)(5), as the provision restates the text read for it):
- A client's statement against a record, or the request and its denial where she asked for that,
  goes along with every later disclosure of what it is about. A packet knows its records. Of what is
  said or written in own words only a person knows whether it comes from one of them; so it is
  asked, and the answer is kept.
- What is written takes her words along by itself once the answer is yes. What was said on the
  telephone was said: it is written down whether she was heard with it, and it stays on the screen
  until she was.
- What was written before she disagreed, or before her words changed, does not go out as it is.
- Nothing here holds back a warning or a report by word of mouth.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import msgspec

from stillroom.disclosure.rules_disputes import Dispute

CITATION = "45 CFR 164.526(d)(5)"
NOTHING = "nothing"
"""The answer that nothing of any of them is told."""
ASKS = "Does it tell anything of an entry that the client disputes?"
CHOOSE = (
    "Say whether it tells anything of an entry that the client disputes: choose which, or that it"
    " tells nothing of them."
)
DENY_FIRST = (
    "Write down first, on the page of that correction, what the written denial says; it goes along."
)


@dataclass(frozen=True, slots=True)
class Named:
    """One dispute as it is chosen: its matter, and in words which entries it is about."""

    dispute: Dispute
    entries: str

    @property
    def label(self) -> str:
        """*Matter 2026-004, about progress note of November 3, 2026*."""
        about = self.entries or "of which it is not said which entries it is about"
        return f"Matter {self.dispute.number}, {about}"


def state_of(disputes: Iterable[Dispute]) -> str:
    """All that a client says against records of a chart, as one digest; empty where she says
    nothing. What is written keeps it, and goes out only while it is still this."""
    found = sorted([one.matter, sorted(one.records or ()), one.said] for one in disputes)
    return sha256(msgspec.json.encode(found)).hexdigest() if found else ""


def lacks(disputes: Sequence[Dispute], chosen: Sequence[str]) -> str:
    """What is wrong with an answer to `ASKS`; empty where it can stand, or nothing is disputed."""
    known = {one.matter: one for one in disputes}
    picked = [known[one] for one in chosen if one in known]
    if disputes and bool(picked) == (NOTHING in chosen):
        return CHOOSE
    return "" if all(one.denied for one in picked) else DENY_FIRST


def along(disputes: Iterable[Dispute], chosen: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Headings and words that go along, in the order in which they are printed."""
    wanted = frozenset(chosen)
    return tuple(pair for one in disputes if one.matter in wanted for pair in one.said)


def about(disputes: Iterable[Dispute], record: str) -> tuple[str, ...]:
    """The disputes about one record, by their matters."""
    return tuple(one.matter for one in disputes if record and record in (one.records or ()))


# By word of mouth

KIND = "disputed_told"
ALONG, OWED = "along", "owed"
ANSWERS: Mapping[str, str] = {
    NOTHING: "Nothing of it was told",
    ALONG: "It was told, and what the client says against it with it",
    OWED: "It was told; what the client says against it has still to be told",
}


@dataclass(frozen=True, slots=True)
class Answered:
    """What was said of one telling: by the entry of its attempt, which of `ANSWERS`."""

    attempt: int
    answer: str


def written(one: Answered) -> dict[str, Any]:
    """As the body of a step."""
    return {"attempt": one.attempt, "answer": one.answer}


def read(body: Mapping[str, Any]) -> Answered:
    """An answer again."""
    return Answered(int(body["attempt"]), str(body["answer"]))


def begins(disputes: Iterable[Dispute]) -> datetime | None:
    """From which minute on something goes along with what is told; `None` where nothing does."""
    first = min((one.since for one in disputes if one.since), default=None)
    return first.replace(second=0, microsecond=0) if first else None


def settled(answers: Iterable[Answered]) -> frozenset[int]:
    """The tellings of which nothing is open any more; the last answer counts."""
    last = {one.attempt: one.answer for one in answers}
    return frozenset(number for number, answer in last.items() if answer in (NOTHING, ALONG))
