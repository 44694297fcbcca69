"""What is written about an incident, one thing at a time. Pure; each is sealed and signed.

A later one of its kind stands in the place of an earlier one, which stays in the story: a factor
weighed anew, a decision changed. Days are days of the practice.
"""

from datetime import date

import msgspec


class Report(msgspec.Struct, frozen=True, tag="report", forbid_unknown_fields=True):
    """What happened, as it is known. `secured`, `part2`: "yes", "no" or "unknown".

    `charts` are numbers of charts, no names. `people` are the individuals affected, `in_one_state`
    the most of them that live in one state. `associate` names whoever it happened at, if not here.
    """

    what: str
    kinds: str
    happened_on: date | None
    discovered_on: date
    charts: tuple[int, ...]
    people: int
    in_one_state: int
    secured: str
    part2: str
    associate: str = ""


class Excepted(msgspec.Struct, frozen=True, tag="exception", forbid_unknown_fields=True):
    """One of the three of 164.402(1), with the reason why it fits; `which` is empty for none."""

    which: str
    words: str


class Factor(msgspec.Struct, frozen=True, tag="factor", forbid_unknown_fields=True):
    """One of the four of 164.402(2), weighed. `low`: it speaks for a low probability."""

    which: str
    low: bool
    words: str


class Decided(msgspec.Struct, frozen=True, tag="decided", forbid_unknown_fields=True):
    """Whether it is a breach, in the words of whoever decides."""

    breach: bool
    words: str


class Delay(msgspec.Struct, frozen=True, tag="delay", forbid_unknown_fields=True):
    """The police state that notice would impede an investigation (164.412)."""

    official: str
    written: bool
    stated_on: date
    until: date
    words: str


class Letter(msgspec.Struct, frozen=True, tag="letter", forbid_unknown_fields=True):
    """The five contents of the notice, 164.404(c)(1)(A)-(E), in plain language."""

    what: str
    kinds: str
    steps: str
    doing: str
    contact: str


class Told(msgspec.Struct, frozen=True, tag="told", forbid_unknown_fields=True):
    """Somebody was told: `whom` is "client" (with the chart's number), "hhs" or "media"."""

    whom: str
    on: date
    how: str
    chart: int = 0


Event = Report | Excepted | Factor | Decided | Delay | Letter | Told
"""One thing written about an incident."""


def encode(event: Event) -> bytes:
    """The words to seal and to sign."""
    return msgspec.json.encode(event)


def decode(words: bytes) -> Event:
    """An event again."""
    event: Event = msgspec.json.decode(words, type=Event)
    return event
