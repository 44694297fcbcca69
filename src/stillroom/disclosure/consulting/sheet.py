"""A consultation as steps of its matter: what was asked, of whom, and what was answered. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from stillroom.disclosure.steps import Step

ASKED: Final = "consultation"
ANSWERED: Final = "consultation answered"
WHOM: Final[Mapping[str, str]] = {
    "colleague": "a colleague",
    "supervisor": "a supervisor",
    "lawyer": "a lawyer",
    "ethics": "an ethics line or committee",
    "insurer": "the risk line of the liability insurer",
}


@dataclass(frozen=True)
class Answer:
    """What came back, in the therapist's words. `who` is the person asked, who is no secret."""

    says: str
    who: str
    by: str
    at: datetime
    entry: int


@dataclass(frozen=True)
class Consultation:
    """One sheet that named nobody, and the answers to it."""

    number: int
    whom: str
    text: str
    by: str
    at: datetime
    entry: int
    answers: tuple[Answer, ...]

    @property
    def of_whom(self) -> str:
        """Whom it was for, in words."""
        return WHOM.get(self.whom, self.whom)


def consultations(steps: Iterable[Step]) -> tuple[Consultation, ...]:
    """The consultations of a matter in their order, each with its answers."""
    held = tuple(steps)
    return tuple(_one(step, held) for step in held if step.kind == ASKED)


def _one(asked: Step, steps: tuple[Step, ...]) -> Consultation:
    answers = tuple(
        Answer(_text(one.body, "says"), _text(one.body, "who"), one.by, one.at, one.entry)
        for one in steps
        if one.kind == ANSWERED and one.body.get("of") == asked.number
    )
    whom, text = _text(asked.body, "whom"), _text(asked.body, "text")
    return Consultation(asked.number, whom, text, asked.by, asked.at, asked.entry, answers)


def _text(body: Mapping[str, Any], name: str) -> str:
    return str(body.get(name, ""))
