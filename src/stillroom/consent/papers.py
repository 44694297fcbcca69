"""An authorization as bytes and back: one canonical JSON form, versioned. Pure."""

from datetime import date, datetime

import msgspec

from stillroom.consent.rules import (
    Authorization,
    Expiry,
    Party,
    Period,
    Signature,
    StateEnd,
    Statements,
    StatePart,
)
from stillroom.kernel import Trilean


class _Sheet(msgspec.Struct, forbid_unknown_fields=True):
    """The stored form; enums and dates travel as their plain values."""

    version: int
    holders: list[str]
    signatures: list[Signature]
    discloser: str
    recipients: list[Party]
    description: str
    kinds: list[str]
    purposes: list[str]
    expires: Expiry
    period: Period
    statements: Statements
    conditioned: str
    merged: str
    known_false: bool
    state_parts: list[StatePart] = []
    state_ends: list[StateEnd] = []
    held_against: list[str] | msgspec.UnsetType = msgspec.UNSET
    """Left out where nothing was kept: the bytes of an older paper stay, and a key stands under
    some of them."""


class TakenBack(msgspec.Struct, frozen=True):
    """How an authorization was taken back: by whom (a holder's name), how, and in which words."""

    by: str = ""
    how: str = ""
    words: str = ""


encode_taken = msgspec.json.Encoder().encode
decode_taken = msgspec.json.Decoder(TakenBack).decode


def encode(paper: Authorization) -> bytes:
    """The words to seal. The revocation is kept beside them, not in them."""
    return msgspec.json.encode(
        _Sheet(
            version=1,
            holders=sorted(paper.holders),
            signatures=list(paper.signatures),
            discloser=paper.discloser,
            recipients=list(paper.recipients),
            description=paper.description,
            kinds=sorted(paper.kinds),
            purposes=sorted(paper.purposes),
            expires=paper.expires,
            period=paper.period,
            statements=paper.statements,
            conditioned=paper.conditioned.value,
            merged=paper.merged.value,
            known_false=paper.known_false,
            state_parts=list(paper.state_parts),
            state_ends=list(paper.state_ends),
            held_against=list(paper.held_against) or msgspec.UNSET,
        )
    )


def decode(
    words: bytes,
    *,
    paper_id: str,
    revoked_at: datetime | None,
    ended_at: datetime | None = None,
    looked_on: date | None = None,
) -> Authorization:
    """The authorization again, with what became of it."""
    sheet = msgspec.json.decode(words, type=_Sheet)
    return Authorization(
        id=paper_id,
        holders=frozenset(sheet.holders),
        signatures=tuple(sheet.signatures),
        discloser=sheet.discloser,
        recipients=tuple(sheet.recipients),
        description=sheet.description,
        kinds=frozenset(sheet.kinds),
        purposes=frozenset(sheet.purposes),
        expires=sheet.expires,
        period=sheet.period,
        statements=sheet.statements,
        conditioned=Trilean(sheet.conditioned),
        merged=Trilean(sheet.merged),
        known_false=sheet.known_false,
        state_parts=tuple(sheet.state_parts),
        state_ends=tuple(sheet.state_ends),
        held_against=tuple(sheet.held_against or ()),
        revoked_at=revoked_at,
        ended_at=ended_at,
        looked_on=looked_on,
    )
