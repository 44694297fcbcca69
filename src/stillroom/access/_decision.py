"""What the gate answers. Each answer carries the rules that decided it.

Reasons are for the log. Whoever was refused is told *not found*, whatever the reason (P8).
"""

from dataclasses import dataclass
from typing import NamedTuple

from stillroom.access._grant import Grant


class Reason(NamedTuple):
    """A rule that decided, and what it says. Holds nothing about a client."""

    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class Permit:
    """Yes: with a grant."""

    grant: Grant
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Deny:
    """No."""

    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """Not yet: `wanting` names what is to be found out or done first. Until then it is a no."""

    wanting: tuple[str, ...]
    reasons: tuple[Reason, ...]


Decision = Permit | Deny | Ask
