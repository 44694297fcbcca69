"""Standard questions: what a practice is asked again and again, to see what a change of law moves.

Facts are JSON values; one that a corpus does not declare, or not with that value, is left unknown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from stillroom.law._errors import LawError
from stillroom.law._facts import Fact, FactValue
from stillroom.law._questions import read_facts


@dataclass(frozen=True, slots=True)
class StandardQuestion:
    """One question as people say it, the act it is about, and what is known of it."""

    title: str
    act: str = "disclose"
    facts: Mapping[str, Any] = field(default_factory=dict)

    def known(self, declared: Mapping[str, Fact]) -> dict[str, FactValue]:
        """The facts, as far as these declarations know them."""
        found: dict[str, FactValue] = {}
        for name, value in self.facts.items():
            try:
                found |= read_facts(declared, {name: value})
            except LawError:
                continue
        return found


_SEEN: Final = {"identity_verified": True, "part2_program": False, "client_age": 40}
_COURT: Final = {**_SEEN, "before_tribunal": True, "federal_court": False, "law_compels": False}
_UNSIGNED: Final = {"client_authorization": False, "judge_signed": False}

STANDARD: Final = (
    StandardQuestion(
        "A lawyer's subpoena, nothing signed by the client",
        facts={
            **_COURT,
            **_UNSIGNED,
            "recipient": "party_by_subpoena",
            "instrument": "attorney_subpoena",
        },
    ),
    StandardQuestion(
        "A lawyer's letter with the client's authorization",
        facts={
            **_SEEN,
            "recipient": "attorney",
            "instrument": "letter",
            "client_authorization": True,
            "judge_signed": False,
        },
    ),
    StandardQuestion(
        "An order that a judge signed",
        facts={
            **_COURT,
            "recipient": "court",
            "instrument": "court_order",
            "judge_signed": True,
            "client_authorization": False,
        },
    ),
    StandardQuestion(
        "Police ask, with no paper",
        facts={
            **_SEEN,
            **_UNSIGNED,
            "recipient": "law_enforcement",
            "instrument": "none",
            "emergency": False,
        },
    ),
    StandardQuestion(
        "The client asks for the record",
        facts={**_SEEN, "recipient": "client", "instrument": "client_request"},
    ),
    StandardQuestion(
        "A parent asks for the record of a child of nine",
        facts={**_SEEN, "client_age": 9, "recipient": "parent", "instrument": "letter"},
    ),
    StandardQuestion(
        "A parent asks for the record of a client of sixteen",
        facts={**_SEEN, "client_age": 16, "recipient": "parent", "instrument": "letter"},
    ),
    StandardQuestion(
        "A payer asks for notes",
        facts={
            **_SEEN,
            **_UNSIGNED,
            "recipient": "payer",
            "instrument": "payer_audit",
            "purpose": "payment",
        },
    ),
    StandardQuestion(
        "A new therapist asks", facts={**_SEEN, **_UNSIGNED, "recipient": "treating_provider"}
    ),
    StandardQuestion(
        "An employer asks, with the client's authorization",
        facts={**_SEEN, "recipient": "employer", "client_authorization": True},
    ),
    StandardQuestion(
        "A spouse asks, without the client",
        facts={**_SEEN, **_UNSIGNED, "recipient": "family_involved", "client_agrees": False},
    ),
    StandardQuestion(
        "A serious threat against a known person",
        "warn",
        facts={
            "recipient": "potential_victim",
            "threat_communicated": True,
            "threat_serious": True,
            "threat_imminent": True,
            "victim": "identified",
        },
    ),
    StandardQuestion(
        "Abuse of a child is suspected",
        "report",
        facts={
            "recipient": "child_protective_services",
            "suspicion": "child_abuse",
            "reasonable_suspicion": True,
            "victim_now_minor": True,
            "learned_in_practice": True,
        },
    ),
    StandardQuestion(
        "Abuse of an older adult is suspected",
        "report",
        facts={
            "recipient": "adult_protective_services",
            "suspicion": "elder_abuse",
            "reasonable_suspicion": True,
        },
    ),
    StandardQuestion(
        "A summons to testify, the client objects",
        "testify",
        facts={**_COURT, **_UNSIGNED, "recipient": "court", "client_objected": True},
    ),
)
