"""What one may decide, given the answer: send nothing and object, ask the client, build a packet.

A closed option names its key. Building a packet opens only when, for at least one record kind, what
holds today is PERMITTED or more: not what might become so (T07).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from stillroom.disclosure.rules_opinion import Answer, Level
from stillroom.kernel import spoken


class Decision(Enum):
    """What a person signs."""

    OBJECT = "object"
    ASK = "ask"
    BUILD = "build"
    PART = "part"
    DENY = "deny"
    ACCEPT = "accept"
    GIVE = "give"
    EXTEND = "extend"
    TELL = "tell"
    HOLD = "hold"


BUILDING = frozenset({Decision.BUILD, Decision.PART})
"""The decisions that let a packet be built."""

LETS_BUILD = frozenset(one.value for one in BUILDING)
"""The same as they stand in what was signed."""


@dataclass(frozen=True, slots=True)
class Option:
    """One possible decision, open or closed, with the sentence that stands beside it."""

    decision: Decision
    says: str
    open: bool
    why: str


def options(answers: Mapping[str, Answer]) -> tuple[Option, ...]:
    """All three, always in this order. `answers` is by record kind (`rules_opinion.by_kind`)."""
    return (_object(answers), _ask(answers), _build(answers))


def _object(answers: Mapping[str, Answer]) -> Option:
    must = any(answer.low is Level.REQUIRED for answer in answers.values())
    why = (
        "A rule requires this disclosure as things stand. Refuse only with counsel."
        if must
        else "Nothing leaves, and nothing is confirmed."
    )
    return Option(Decision.OBJECT, "Send nothing, and object in writing", True, why)


def _ask(answers: Mapping[str, Answer]) -> Option:
    says = "Ask the client for a written authorization first"
    if answers and all(answer.low is Level.REQUIRED for answer in answers.values()):
        return Option(Decision.ASK, says, False, "Opens when a signature would change anything.")
    return Option(Decision.ASK, says, True, "Nothing leaves until the client has signed.")


def _build(answers: Mapping[str, Answer]) -> Option:
    open_kinds = [kind for kind, answer in sorted(answers.items()) if answer.open]
    if not open_kinds:
        return Option(Decision.BUILD, "Build a packet", False, "Opens when a rule permits it.")
    listed = ", ".join(spoken(kind) for kind in open_kinds)
    return Option(Decision.BUILD, "Build a packet", True, f"May hold: {listed}.")


def to_tell(answers: Mapping[str, Answer]) -> tuple[Option, ...]:
    """What may be decided when something happened. Both are always open: what was said on the
    telephone was said, and a person may judge otherwise than the opinion; then it is told so."""
    must = any(answer.low is Level.REQUIRED for answer in answers.values())
    may = any(answer.open for answer in answers.values())
    tell = (
        "A rule asks for it as things stand."
        if must
        else "A rule permits it as things stand."
        if may
        else "No rule permits it as things stand. Say why you tell all the same."
    )
    hold = (
        "A rule asks you to act. Say by which other way you do, or why you do not."
        if must
        else "Nothing is told. Say what you do instead."
    )
    return (
        Option(Decision.TELL, "Tell what averts it, and no more", True, tell),
        Option(Decision.HOLD, "Tell nobody, and act in another way", True, hold),
    )


def against(decision: Decision, answers: Mapping[str, Answer]) -> bool:
    """Whether a decision goes against the answer as it stands."""
    must = any(answer.low is Level.REQUIRED for answer in answers.values())
    if decision is Decision.TELL:
        return not any(answer.open for answer in answers.values())
    return must and decision in (Decision.OBJECT, Decision.DENY, Decision.HOLD)
