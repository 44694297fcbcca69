"""Choices and columns written as the words that are read. Pure.

    >>> options("by video", "in person")
    (('by_video', 'By video'), ('in_person', 'In person'))

The value is what is kept, for ever: a label whose words change is written out as a pair, with the
value that it had.
"""

import re

from stillroom.kernel import capital

_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


def options(*labels: str) -> tuple[tuple[str, str], ...]:
    """(value, label) pairs: the value in plain letters, the label with a capital."""
    return tuple((value_of(label), capital(label)) for label in labels)


def value_of(label: str) -> str:
    """A label as a value: lower case, everything else an underscore."""
    return _NOT_PLAIN.sub("_", label.lower().replace("’", "")).strip("_")
