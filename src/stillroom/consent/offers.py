"""A permission that the practice wrote for a client to sign at her own door, as words. Pure.

Rules: what is offered is the whole paper, with every sentence that stands above the signature, and
it changes no more; whoever signs signs its digest, so that no other text can be laid under the
name. It counts when everybody who is to sign has signed; one who declines ends it.

Sources: 45 CFR 164.508(b)-(c) (the paper), 164.502(g) (who stands for the client); 42 CFR 2.31.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum

import msgspec

from stillroom.consent import papers
from stillroom.consent.rules import Authorization, Capacity, Signature
from stillroom.consent.rules_signers import Standing
from stillroom.consent.signings import Strokes
from stillroom.identity.entries import EntryKind
from stillroom.kernel import StillroomError

OWN = "own"
_GIVEN = EntryKind("offered permission by own door")
_LONGEST = 2000


class Seat(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One who is to sign: for which holder, as what. `account` is that of whoever stands for the
    client, empty for the client herself. `name` is who that is."""

    holder: str
    capacity: Capacity
    name: str
    standing: Standing
    account: str = ""
    authority: str = ""


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is offered. `paper` is the authorization without signatures; `says` the sentences that
    stand above the signature; `why` what the practice adds in its own words."""

    paper: bytes
    seats: tuple[Seat, ...]
    says: tuple[str, ...]
    why: str = ""
    version: int = 1


class Given(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one of them answered. Signed: `how` (drawn or typed), name, day, what was drawn, how it
    was known who signs (`proven`), the digest of the offer's words (hex), and `mark`, the signature
    of her own key under all else here (hex). Declined: her words, if she wished to say any."""

    holder: str
    signed: bool
    on: date
    name: str = ""
    how: str = ""
    strokes: Strokes = ()
    proven: str = ""
    digest: str = ""
    words: str = ""
    mark: str = ""
    version: int = 1


class State(Enum):
    """Where an offer stands."""

    WAITS = "waits"
    SIGNED = "signed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class NotWaiting(StillroomError):
    """It is not there to be signed any more, or somebody answered at the same moment."""

    what = "this paper does not wait for an answer any more"
    usual_advice = "Look at the page anew: somebody answered, took it back, or its day is over."


class OfferLacks(StillroomError):
    """Signed so, it would open nothing."""

    what = "signed like this, the permission would not count"
    usual_advice = "Add what is missing, or print it to be signed by hand."


class NobodyToSign(StillroomError):
    """Somebody who would have to sign does not come in by a door of her own, or may not sign."""

    what = "not everybody who has to sign can do so at an own door"
    usual_advice = "Offer them a door first, or print the paper to be signed by hand."


encode = msgspec.json.Encoder().encode
decode = msgspec.json.Decoder(Words).decode
decode_given = msgspec.json.Decoder(Given).decode


def digest(words: bytes) -> str:
    """Of an offer's words, as whoever signs names it (hex)."""
    return _GIVEN.digest(words).hex()


def message(chart: str, given: Given) -> bytes:
    """What the key of whoever signs signs: all of it but the mark, in this chart."""
    unmarked = msgspec.structs.replace(given, mark="")
    return _GIVEN.message(chart, 1, _GIVEN.digest(encode(unmarked)))


def unsigned(words: Words) -> Authorization:
    """The paper as it was offered."""
    return papers.decode(words.paper, paper_id="", revoked_at=None)


def signed_paper(words: Words, given: Iterable[Given], seats: Iterable[Seat]) -> Authorization:
    """The paper with these signatures under it; each as `seats` says who may sign that day."""
    by_holder = {one.holder: one for one in given if one.signed}
    signatures = tuple(
        Signature(
            holder=seat.holder,
            by=by_holder[seat.holder].name,
            capacity=seat.capacity,
            on=by_holder[seat.holder].on,
            authority=seat.authority,
            standing=seat.standing,
            door=OWN,
            mark=by_holder[seat.holder].mark,
        )
        for seat in seats
        if seat.holder in by_holder
    )
    return replace(unsigned(words), signatures=signatures)


def why_cut(text: str) -> str:
    """What the practice, or whoever declines, adds in words."""
    return text.strip()[:_LONGEST]


@dataclass(frozen=True)
class Answered:
    """One answer, opened: by which account, when."""

    given: Given
    by: str
    at: datetime
    entry: int


@dataclass(frozen=True)
class OneOffer:
    """One offer, opened."""

    id: str
    chart: str
    words: Words
    raw: bytes
    until: date
    offered_by: str
    offered_at: datetime
    ended_at: datetime | None
    ended_by: str
    paper: str
    noted: bool
    entry: int
    answers: tuple[Answered, ...]

    def state(self, today: date) -> State:
        """Where it stands on a day. The last day still counts in full."""
        if self.paper:
            return State.SIGNED
        if self.ended_at is not None:
            declined = any(not one.given.signed for one in self.answers)
            return State.DECLINED if declined else State.WITHDRAWN
        return State.EXPIRED if today > self.until else State.WAITS

    def answer_of(self, holder: str) -> Answered | None:
        """What was answered for a holder last."""
        found = [one for one in self.answers if one.given.holder == holder]
        return found[-1] if found else None

    def waits_for(self) -> tuple[Seat, ...]:
        """Who has not answered yet."""
        return tuple(one for one in self.words.seats if self.answer_of(one.holder) is None)
