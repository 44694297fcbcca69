"""The rules of consent: what a paper says, whether it counts, and what it reaches. Pure.

>>> from datetime import UTC, date, datetime
>>> from stillroom.kernel import Trilean
>>> paper = Authorization(
...     id="a1", holders=frozenset({"dov"}),
...     signatures=(Signature("dov", "Dov", on=date(2026, 11, 1)),),
...     discloser="Linden Row Practice", recipients=(Party("Rex Dunleavy", "attorney"),),
...     description="progress notes of 2026", kinds=frozenset({"progress_notes"}),
...     purposes=frozenset({"legal_proceeding"}), expires=Expiry(on=date(2027, 5, 1)),
...     period=Period(date(2026, 1, 1), date(2026, 12, 31)),
...     statements=Statements(Trilean.YES, Trilean.YES, Trilean.YES),
...     conditioned=Trilean.NO, merged=Trilean.NO)
>>> now = datetime(2026, 11, 24, 10, tzinfo=UTC)
>>> defects(paper, at=now)
()
>>> to_rex = Release(Party("rex dunleavy", "attorney"), purpose="legal_proceeding")
>>> releases(paper, "progress_notes", date(2026, 3, 2), to_rex, at=now)
<Trilean.YES: 'yes'>
"""

from stillroom.consent.rules_cover import (
    CONSENT_FACTS,
    Release,
    consent_facts,
    covers,
    names,
    reaches,
    releases,
    serves,
    standing,
)
from stillroom.consent.rules_defects import Defect, Element, defects, validity
from stillroom.consent.rules_force import ended, expired, in_force, local_day, revoked, signed
from stillroom.consent.rules_form import (
    ANY_TIME,
    ORDINARY_KINDS,
    PART2_KINDS,
    PRIVATE_KINDS,
    RECORD_KINDS,
    Authorization,
    Capacity,
    Expiry,
    Party,
    Period,
    Signature,
    Statements,
)
from stillroom.consent.rules_signers import Standing
from stillroom.consent.rules_state import PARTS, StateEnd, StatePart

__all__ = [
    "ANY_TIME",
    "CONSENT_FACTS",
    "ORDINARY_KINDS",
    "PART2_KINDS",
    "PARTS",
    "PRIVATE_KINDS",
    "RECORD_KINDS",
    "Authorization",
    "Capacity",
    "Defect",
    "Element",
    "Expiry",
    "Party",
    "Period",
    "Release",
    "Signature",
    "Standing",
    "StateEnd",
    "StatePart",
    "Statements",
    "consent_facts",
    "covers",
    "defects",
    "ended",
    "expired",
    "in_force",
    "local_day",
    "names",
    "reaches",
    "releases",
    "revoked",
    "serves",
    "signed",
    "standing",
    "validity",
]
