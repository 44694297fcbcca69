"""The letter that asks a client for permission, with the paper to sign.

It is the client's own paper: what is asked, by whom, what they may strike out, that they may say
no. Printed with every element of 45 CFR 164.508(c), so that, once signed, `consent.defects` finds
nothing. Psychotherapy notes and SUD counseling notes are asked for on a paper of their own.
"""

from dataclasses import dataclass
from datetime import date

from stillroom.consent.rules import (
    PRIVATE_KINDS,
    RECORD_KINDS,
    Authorization,
    Expiry,
    Party,
    Period,
    Signature,
    Statements,
)
from stillroom.disclosure.letters.letter import Letter, Part, Writer, long_day
from stillroom.disclosure.packet import Addressee, Cited
from stillroom.kernel import Misuse, Trilean, capital, spoken

_KIND_WORDS = {
    "demographics": "name, address and other personal data",
    "psychotherapy_notes": "psychotherapy notes, kept apart by their author",
    "sud_records": "records of a substance use program",
    "sud_counseling_notes": "substance use counseling notes, kept apart by their author",
    "joint_session_notes": "notes of joint sessions",
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What the client is asked to allow. `expires` is the last day; `period` the days of care."""

    recipient: Party
    recipient_lines: tuple[str, ...]
    kinds: frozenset[str]
    period: Period
    purpose: str
    expires: date


def authorization_request(
    wish: Wish,
    *,
    client: str,
    asked_by: str,
    writer: Writer,
    dated: date,
    address: tuple[str, ...] = (),
) -> Letter:
    """The letter and the paper. `asked_by` completes "I have been asked …".

    Raises `Misuse` if a private kind is asked for together with anything else, or nothing is.
    """
    if not wish.kinds or not wish.kinds <= RECORD_KINDS:
        raise Misuse("an authorization names the kinds of records it allows")
    if wish.kinds & PRIVATE_KINDS and len(wish.kinds) > 1:
        raise Misuse("notes kept apart are asked for on a paper of their own")
    if wish.expires < dated:
        raise Misuse("an authorization ends after it is asked for")
    return Letter(
        title="A permission to read and decide on",
        writer=writer,
        to=Addressee(client, address),
        dated=dated,
        about=("You may say yes, no, or yes to less than this",),
        opening=(_opening(wish, asked_by), _FREE),
        parts=_paper(wish, client, writer),
        closing=(_SIGN,),
        blanks=("Your signature", "Date", "If you sign for somebody else: your authority to do so"),
    )


def signed_paper(
    wish: Wish,
    *,
    id: str,  # noqa: A002 - the field's own name
    discloser: str,
    holders: frozenset[str],
    signatures: tuple[Signature, ...],
    purposes: frozenset[str],
) -> Authorization:
    """The authorization that this very paper becomes once signed as it was printed.

    `purposes` are values of the fact `purpose`. Whatever was struck out must be taken out of the
    wish first.
    """
    return Authorization(
        id=id,
        holders=holders,
        signatures=signatures,
        discloser=discloser,
        recipients=(wish.recipient,),
        description=f"{kind_words(wish.kinds)}, {_days(wish.period)}",
        kinds=wish.kinds,
        purposes=purposes,
        expires=Expiry(on=wish.expires),
        period=wish.period,
        statements=Statements(Trilean.YES, Trilean.YES, Trilean.YES),
        conditioned=Trilean.NO,
        merged=Trilean.NO,
    )


def _opening(wish: Wish, asked_by: str) -> str:
    return (
        f"I have been asked {asked_by}. Before anything leaves, I want your answer. Below is a"
        f" permission for exactly this; without your signature nothing goes to"
        f" {wish.recipient.name} under it."
    )


def _paper(wish: Wish, client: str, writer: Writer) -> tuple[Part, ...]:
    said = (
        ("Whose record", client),
        ("Who may send", writer.practice.name),
        ("Who may receive", ", ".join((wish.recipient.name, *wish.recipient_lines))),
        ("What may be sent", f"{kind_words(wish.kinds)}, {_days(wish.period)}. {_STRIKE}"),
        ("What for", wish.purpose),
        ("Until when", f"Through {long_day(wish.expires)}."),
        ("Taking it back", _REVOKE),
        ("No strings", _CONDITION),
        ("Once it has left", _REDISCLOSURE),
    )
    return tuple(Part(label, (Cited(words, ""),)) for label, words in said)


def kind_words(kinds: frozenset[str]) -> str:
    """Kinds of records as a client reads them."""
    words = [_KIND_WORDS.get(kind, spoken(kind)) for kind in sorted(kinds)]
    listed = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
    return capital(listed)


def _days(period: Period) -> str:
    since = f"from {long_day(period.since)}" if period.since else ""
    until = f"through {long_day(period.until)}" if period.until else ""
    return (
        f"of care {since} {until}".replace("  ", " ").strip() if since or until else "of all care"
    )


_FREE = (
    "Take your time, ask me anything, ask a lawyer if you like. If you say no, you lose nothing"
    " here. I will tell you what the law may still let or make me send."
)
_STRIKE = "Strike out what you do not want sent."
_REVOKE = (
    "You may take this back at any time, in writing, by a letter or message to the practice. It"
    " does not undo what was sent before."
)
_CONDITION = (
    "Your care, its cost, and any enrolment or benefits do not depend on whether you sign this."
)
_REDISCLOSURE = (
    "Whoever receives the record may pass it on, and the federal privacy rules may then no longer"
    " protect it."
)
_SIGN = "If you agree, sign and date it. You get a copy."
