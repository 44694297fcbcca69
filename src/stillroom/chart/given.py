"""Measures given to a client by her own door: what is asked, and what she answered. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import msgspec

from stillroom.kernel import StillroomError


class Ask(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which questionnaire, for which client of the chart, in which words of whoever gave it.

    `shows`: she may see her own course of it.
    """

    instrument: str
    client: str
    shows: bool = False
    words: str = ""


class Filled(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is answered so far. `by` is *own*, or *proxy* for somebody who stands for the client."""

    answers: dict[str, str] = {}
    by: str = "own"

    def with_more(self, answers: Mapping[str, str], by: str) -> "Filled":
        """What was answered now laid over what was there; an empty answer takes one back."""
        merged = {**self.answers, **answers}
        kept = {name: text for name, text in merged.items() if text.strip()}
        return Filled(kept, by if answers else self.by)


class AnsweredAlready(StillroomError):
    """It was handed in before, perhaps on another device."""

    what = "these questions were handed in already"
    usual_advice = "Nothing more is needed. If you want to add something, say it when you meet."


class NothingYet(StillroomError):
    """It was to be handed in without an answer."""

    what = "nothing is answered yet"
    usual_advice = "Answer one question, or leave the page: the questions wait for you."


@dataclass(frozen=True)
class GivenOne:
    """One measure on its way, opened: what is asked, how far it is."""

    id: str
    chart: str
    ask: Ask
    filled: Filled
    given_by: str
    given_at: datetime
    due_on: date | None
    saved_at: datetime | None
    answered_at: datetime | None
    pressing_at: datetime | None
    seen_at: datetime | None
    record: str

    @property
    def waits(self) -> bool:
        """Whether she may still answer."""
        return self.answered_at is None and not self.record

    @property
    def to_look_at(self) -> bool:
        """Whether somebody of the practice has something to look at."""
        return not self.record and (self.answered_at is not None or self.pressing_at is not None)


encode = msgspec.json.Encoder().encode
decode_ask = msgspec.json.Decoder(Ask).decode
decode_filled = msgspec.json.Decoder(Filled).decode
