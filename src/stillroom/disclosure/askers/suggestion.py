"""One suggestion, and the words that it quotes. Pure."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A value for one field of the entry, and the words of the letter that suggest it."""

    field: str
    value: str
    because: str


def quote(match: "re.Match[str] | None") -> str:
    """The words of the letter themselves, a line at most."""
    return "" if match is None else match[0].strip()[:160]
