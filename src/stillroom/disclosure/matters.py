"""A matter's words as bytes and back: the intake, what was answered since, and a signed decision.

Pure. The forms are versioned JSON; facts travel as the law's own JSON values.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import msgspec
from msgspec import structs

from stillroom.consent.rules import Party, Period
from stillroom.disclosure.rules import Intake, Signer
from stillroom.disclosure.rules_intake import ATTACHMENTS
from stillroom.identity.entries import EntryKind
from stillroom.kernel import Trilean


class _Sheet(msgspec.Struct, forbid_unknown_fields=True):
    version: int
    asker: Party
    received_on: date
    instrument: str
    purpose: str
    proceeding: str
    caption: str
    signed_by: str
    served_on: date | None
    return_date: date | None
    dated: date | None
    asks_for: str
    kinds: list[str]
    everything: str
    period: Period
    attached: dict[str, str]
    letter: str
    answers: dict[str, Any]
    occasion: str = "request"
    elsewhere: list[str] = []
    extended: bool = False
    looked: dict[str, str] = {}
    more: dict[str, str] = {}


class Asked(msgspec.Struct, frozen=True):
    """What a matter holds: the paper, its text as it came, and what was answered since.

    `answers` are facts of the law that the paper does not settle, as JSON values. `occasion` says
    what kind of matter it is, `elsewhere` which places' law is asked beside that of the chart;
    `extended` whether the one extension of a right was taken, `looked` what was seen on the paper
    ("yes" or "no", by the names of `askers` that begin with "paper."), `more` what this asker was
    asked besides, by the names of `askers.MORE`.
    """

    intake: Intake
    letter: str
    answers: dict[str, Any]
    occasion: str = "request"
    elsewhere: tuple[str, ...] = ()
    extended: bool = False
    looked: dict[str, str] = {}
    more: dict[str, str] = {}

    @property
    def said(self) -> dict[str, Any]:
        """All that was answered beside the paper, facts of the law and what was seen on it."""
        return {**self.answers, **self.looked}

    def with_answer(self, fact: str, value: Any) -> "Asked":
        """The same with one more fact known; `None` makes it unknown again."""
        if fact in ATTACHMENTS:
            attached = {**self.intake.attached, fact: _trilean(value)}
            return structs.replace(self, intake=replace(self.intake, attached=attached))
        answers = {name: old for name, old in self.answers.items() if name != fact}
        if value is not None:
            answers[fact] = value
        return structs.replace(self, answers=answers)


def _trilean(value: Any) -> Trilean:
    return {True: Trilean.YES, False: Trilean.NO, "yes": Trilean.YES, "no": Trilean.NO}.get(
        value, Trilean.UNKNOWN
    )


def encode(asked: Asked) -> bytes:
    """The words to seal."""
    paper = asked.intake
    return msgspec.json.encode(
        _Sheet(
            version=1,
            asker=paper.asker,
            received_on=paper.received_on,
            instrument=paper.instrument,
            purpose=paper.purpose,
            proceeding=paper.proceeding,
            caption=paper.caption,
            signed_by=paper.signed_by.value if paper.signed_by else "",
            served_on=paper.served_on,
            return_date=paper.return_date,
            dated=paper.dated,
            asks_for=paper.asks_for,
            kinds=sorted(paper.kinds),
            everything=paper.everything.value,
            period=paper.period,
            attached={name: state.value for name, state in paper.attached.items()},
            letter=asked.letter,
            answers=asked.answers,
            occasion=asked.occasion,
            elsewhere=list(asked.elsewhere),
            extended=asked.extended,
            looked=asked.looked,
            more=asked.more,
        )
    )


def decode(words: bytes) -> Asked:
    """The matter's words again."""
    sheet = msgspec.json.decode(words, type=_Sheet)
    intake = Intake(
        asker=sheet.asker,
        received_on=sheet.received_on,
        instrument=sheet.instrument,
        purpose=sheet.purpose,
        proceeding=sheet.proceeding,
        caption=sheet.caption,
        signed_by=Signer(sheet.signed_by) if sheet.signed_by else None,
        served_on=sheet.served_on,
        return_date=sheet.return_date,
        dated=sheet.dated,
        asks_for=sheet.asks_for,
        kinds=frozenset(sheet.kinds),
        everything=Trilean(sheet.everything),
        period=sheet.period,
        attached={name: Trilean(state) for name, state in sheet.attached.items()},
    )
    return Asked(
        intake,
        sheet.letter,
        sheet.answers,
        sheet.occasion,
        tuple(sheet.elsewhere),
        sheet.extended,
        sheet.looked,
        sheet.more,
    )


DECISION = EntryKind("decision")
"""As what a decision is signed."""


class Signed(msgspec.Struct, frozen=True):
    """A decision as it was signed: enough to replay it years later (P7)."""

    version: int
    decision: str
    words: str
    on: date
    corpus: str
    matter: Mapping[str, Any]
    facts: Mapping[str, Any]
    opinion: Mapping[str, Any]
    against: bool
    salt: bytes
    corrections: int = 0
    """How often the request had been corrected when this was decided."""


def encode_signed(signed: Signed) -> bytes:
    """The words to seal and to sign."""
    return msgspec.json.encode(signed)


def decode_signed(words: bytes) -> Signed:
    """A signed decision again."""
    return msgspec.json.decode(words, type=Signed)
