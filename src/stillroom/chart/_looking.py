"""Looking for patterns without regard to case, quickly: both sides written small. Pure.

Python's own way of ignoring case costs more than twice as much, and this is asked at every save.
"""

import re
from collections.abc import Iterable


def pattern_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """One pattern of several, for a text that went through `lowered`."""
    whole = "|".join(f"(?:{one})" for one in patterns)
    if re.search(r"\\[A-Z]", whole):
        raise ValueError("a pattern may not use \\W, \\S or their like: it is written small")
    return re.compile(whole.lower())


def lowered(text: str) -> str:
    """A text written small, letter for letter: no place in it moves."""
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(one.lower() if len(one.lower()) == 1 else one for one in text)
