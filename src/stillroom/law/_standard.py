"""Standard questions: what a practice is asked again and again, to see what a change of law moves.

The standard case of each topic (`TOPICS`) is one, put once for each who would be told; beside them
stand questions that no map of states is drawn for. A fact that a corpus does not declare, or not
with that value, is left unknown.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from stillroom.kernel import Trilean
from stillroom.law._facts import Fact, Facts, FactValue
from stillroom.law._topics import TOPICS, declared

_YES, _NO = Trilean.YES, Trilean.NO


@dataclass(frozen=True, slots=True)
class StandardQuestion:
    """One question as people say it, the act it is about, and what is known of it."""

    title: str
    act: str = "disclose"
    facts: Facts = field(default_factory=dict)

    def known(self, facts: Mapping[str, Fact]) -> dict[str, FactValue]:
        """What is known, as far as these declarations know it."""
        return declared(self.facts, facts)


def _of_topics() -> Iterator[StandardQuestion]:
    for topic in TOPICS:
        for ask in topic.asks:
            title = f"{topic.case}: telling {ask.to}" if ask.to else topic.case
            yield StandardQuestion(title, topic.act, ask.facts)


_SEEN: Final[Facts] = {"identity_verified": _YES, "part2_program": _NO, "client_age": 40}
_COURT: Final[Facts] = {**_SEEN, "before_tribunal": _YES, "federal_court": _NO, "law_compels": _NO}
_UNSIGNED: Final[Facts] = {"client_authorization": _NO, "judge_signed": _NO}

_BESIDE: Final = (
    StandardQuestion(
        "A lawyer's letter with the client's authorization",
        facts={
            **_SEEN,
            "recipient": "attorney",
            "instrument": "letter",
            "client_authorization": _YES,
            "judge_signed": _NO,
        },
    ),
    StandardQuestion(
        "An order that a judge signed",
        facts={
            **_COURT,
            "recipient": "court",
            "instrument": "court_order",
            "judge_signed": _YES,
            "client_authorization": _NO,
        },
    ),
    StandardQuestion(
        "Police ask, with no paper",
        facts={
            **_SEEN,
            **_UNSIGNED,
            "recipient": "law_enforcement",
            "instrument": "none",
            "emergency": _NO,
        },
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
        facts={**_SEEN, "recipient": "employer", "client_authorization": _YES},
    ),
    StandardQuestion(
        "A spouse asks, without the client",
        facts={**_SEEN, **_UNSIGNED, "recipient": "family_involved", "client_agrees": _NO},
    ),
    StandardQuestion(
        "Abuse of an older adult is suspected",
        "report",
        facts={
            "recipient": "adult_protective_services",
            "suspicion": "elder_abuse",
            "reasonable_suspicion": _YES,
        },
    ),
)

STANDARD: Final = (*_of_topics(), *_BESIDE)
"""Every standard question: of the topics first, in their order."""
