"""What is wrong with an authorization, element by element, each with its citation.

A defective paper opens nothing ("if defective, disclose nothing under it", 164.508(b)). A defect
whose `found` is UNKNOWN is one that nobody has ruled out yet: it does not make the paper defective,
and it does not let the paper count. Plain language is an element too (164.508(c)); no program can
judge it, so it is left to the reader.

What a state asks beyond that is `rules_state`, who may sign `rules_signers`.

Sources: 45 CFR 164.508(a)(2), (b), (c); 42 CFR 2.11, 2.31. For joint charts: the AAMFT code, which
Stillroom keeps for every profession as practice policy.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from enum import Enum

from stillroom.consent.rules_force import ended, expired, local_day, revoked, signed
from stillroom.consent.rules_form import PART2_KINDS, Authorization, Capacity
from stillroom.consent.rules_signers import may_not_sign
from stillroom.consent.rules_state import lacking_ends, lacking_parts
from stillroom.kernel import Trilean, some

CONTENT = "45 CFR 164.508(c)"
VALIDITY = "45 CFR 164.508(b)(1)-(4)"
REVOCATION = "45 CFR 164.508(b)(5)"
PART2_CONTENT = "42 CFR 2.31(a)"
PART2_EXPIRED = "42 CFR 2.31"
PART2_PROCEEDINGS = "42 CFR 2.31(d)"
SUD_NOTES = "42 CFR 2.11 (SUD counseling notes); 2.31(b)"
JOINT = "Practice policy; AAMFT Code of Ethics (2015) Standard II, esp. 2.2"
_TPO = frozenset({"treatment", "payment", "operations"})
_RESEARCH = frozenset({"research"})


class Element(Enum):
    """The element of the paper that a defect is about."""

    DESCRIPTION = "description"
    DISCLOSER = "discloser"
    RECIPIENT = "recipient"
    PURPOSE = "purpose"
    EXPIRY = "expiry"
    SIGNATURE = "signature"
    AUTHORITY = "authority of a representative"
    RIGHT_TO_REVOKE = "right to revoke"
    CONDITIONING = "statement on conditions"
    REDISCLOSURE = "statement on redisclosure"
    COMPOUND = "combined with another paper"
    CONDITIONED = "hung on treatment or payment"
    EXPIRED = "expired"
    REVOKED = "revoked"
    FALSE = "known to be false"
    HOLDERS = "signatures of all who hold the record"
    PROCEEDINGS = "combined with consent for proceedings"
    SIGNER = "who may sign"
    STATE = "asked for by the state"


@dataclass(frozen=True, slots=True)
class Defect:
    """One thing wrong, or not yet ruled out (`found` UNKNOWN; never NO)."""

    element: Element
    says: str
    citation: str
    found: Trilean = Trilean.YES


def defects(auth: Authorization, *, at: datetime, zone: tzinfo = UTC) -> tuple[Defect, ...]:
    """All defects at an instant, in the order of the elements. Empty: the paper counts."""
    return (
        *_content(auth),
        *_signing(auth, at, zone),
        *_combination(auth),
        *_of_the_state(auth, local_day(at, zone)),
        *_end(auth, at, zone),
    )


def validity(auth: Authorization, *, at: datetime, zone: tzinfo = UTC) -> Trilean:
    """YES if nothing is wrong, NO if something surely is, UNKNOWN if something is not ruled out."""
    return ~some(each.found for each in defects(auth, at=at, zone=zone))


def _cite(auth: Authorization) -> str:
    return f"{CONTENT}; {PART2_CONTENT}" if auth.kinds & PART2_KINDS else CONTENT


def _content(auth: Authorization) -> Iterator[Defect]:
    blanks: tuple[tuple[bool, Element, str], ...] = (
        (
            bool(auth.kinds and auth.description.strip()),
            Element.DESCRIPTION,
            "It does not describe what may be released.",
        ),
        (
            bool(auth.discloser.strip()),
            Element.DISCLOSER,
            "It does not say who may release the record.",
        ),
        (
            bool(auth.recipients) and all(p.name.strip() or p.kind for p in auth.recipients),
            Element.RECIPIENT,
            "It does not say who may receive the record.",
        ),
        (bool(auth.purposes), Element.PURPOSE, "It does not say what for."),
        (
            _ends(auth),
            Element.EXPIRY,
            "It names no day and no event on which it ends.",
        ),
    )
    yield from (Defect(element, says, _cite(auth)) for there, element, says in blanks if not there)
    yield from _statements(auth)


def _ends(auth: Authorization) -> bool:
    """A day or an event; none only for research, or for care and payment under Part 2 alone."""
    if auth.expires.on is not None or auth.expires.event.strip():
        return True
    part2_care = auth.kinds <= (PART2_KINDS - {"sud_counseling_notes"}) and auth.purposes <= _TPO
    return auth.expires.never and bool(auth.purposes) and (auth.purposes <= _RESEARCH or part2_care)


def _statements(auth: Authorization) -> Iterator[Defect]:
    said = auth.statements
    for there, element, missing in (
        (said.may_revoke, Element.RIGHT_TO_REVOKE, "that it can be revoked in writing, and how"),
        (said.conditioning, Element.CONDITIONING, "whether care or payment depends on signing"),
        (said.redisclosure, Element.REDISCLOSURE, "that the recipient may pass the record on"),
    ):
        if there is Trilean.NO:
            yield Defect(element, f"It does not say {missing}.", _cite(auth))
        elif there is Trilean.UNKNOWN:
            says = f"Nobody has looked whether it says {missing}."
            yield Defect(element, says, _cite(auth), Trilean.UNKNOWN)


def _signing(auth: Authorization, at: datetime, zone: tzinfo) -> Iterator[Defect]:
    if (state := signed(auth, at, zone)) is not Trilean.YES or not auth.holders:
        yield _unsigned(auth, state)
    for one in auth.signatures:
        if one.capacity is not Capacity.CLIENT and not one.authority.strip():
            says = "A representative signed, and it does not say by what authority."
            yield Defect(Element.AUTHORITY, says, _cite(auth))
        for why in may_not_sign(one):
            yield Defect(Element.SIGNER, why.says, why.citation, why.found)


def _unsigned(auth: Authorization, state: Trilean) -> Defect:
    if state is Trilean.UNKNOWN:
        return Defect(Element.SIGNATURE, "A signature has no date.", _cite(auth), Trilean.UNKNOWN)
    if auth.joint:
        return Defect(Element.HOLDERS, "Not everybody who holds this record has signed.", JOINT)
    return Defect(Element.SIGNATURE, "It is not signed.", _cite(auth))


def _combination(auth: Authorization) -> Iterator[Defect]:
    others = len(auth.kinds) > 1
    if auth.psychotherapy_notes and others:
        says = "Psychotherapy notes need a paper of their own; this one names other records too."
        yield Defect(Element.COMPOUND, says, VALIDITY)
    if auth.sud_counseling_notes and others:
        says = "SUD counseling notes need a paper of their own; this one names other records too."
        yield Defect(Element.COMPOUND, says, SUD_NOTES)
    yield from _merged(auth)
    if auth.kinds & PART2_KINDS and "legal_proceeding" in auth.purposes and len(auth.purposes) > 1:
        says = "Consent for a proceeding may not be combined with consent for anything else."
        yield Defect(Element.PROCEEDINGS, says, PART2_PROCEEDINGS)


def _merged(auth: Authorization) -> Iterator[Defect]:
    sure = {Trilean.YES: "It is", Trilean.UNKNOWN: "Nobody has looked whether it is"}
    if auth.merged is not Trilean.NO and not (auth.purposes and auth.purposes <= _RESEARCH):
        says = f"{sure[auth.merged]} part of another document."
        yield Defect(Element.COMPOUND, says, VALIDITY, auth.merged)
    if auth.conditioned is not Trilean.NO:
        says = f"{sure[auth.conditioned]} a condition for care, payment or benefits."
        yield Defect(Element.CONDITIONED, says, VALIDITY, auth.conditioned)


def _of_the_state(auth: Authorization, today: date) -> Iterator[Defect]:
    days = [one.on for one in auth.signatures if one.on is not None]
    signed_on = max(days) if days and len(days) == len(auth.signatures) else None
    for why in (
        *lacking_parts(auth.state_parts),
        *lacking_ends(auth.state_ends, auth.expires.on, signed_on, today),
    ):
        yield Defect(Element.STATE, why.says, why.citation, why.found)


def _end(auth: Authorization, at: datetime, zone: tzinfo) -> Iterator[Defect]:
    if (state := expired(auth, at, zone)) is Trilean.YES:
        says = "Its event has come." if ended(auth, at) else "It has run out."
        yield Defect(Element.EXPIRED, says, VALIDITY)
    elif state is Trilean.UNKNOWN:
        says = "It ends with an event, and nobody has said today that it has not come."
        yield Defect(Element.EXPIRED, says, PART2_EXPIRED, Trilean.UNKNOWN)
    if revoked(auth, at):
        yield Defect(Element.REVOKED, "It has been taken back.", REVOCATION)
    if auth.known_false:
        yield Defect(Element.FALSE, "Something material in it is known to be false.", VALIDITY)
