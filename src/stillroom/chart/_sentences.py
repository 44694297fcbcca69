"""Paragraphs and sentences of running text, as they stand in it. Pure.

A full stop ends a sentence where a capital, a figure or a quotation follows; not after *Dr.* and
its like. Each is given by where it begins and ends, so that it can be moved out word for word.
"""

import re
from typing import Final

Span = tuple[int, int]

_PARAGRAPH: Final = re.compile(r"(?:(?!\n[ \t]*\n).)+", re.DOTALL)
_END: Final = re.compile(r"(?<=[.?!…])([”\"’)]?)\s+(?=[“\"‘(]?[A-Z0-9])|\n+")
_SHORTENED: Final = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|Mx|St|vs|approx|e\.g|i\.e|No)\.$")


def paragraphs(text: str) -> list[Span]:
    """The paragraphs of a text that hold words, without the space around them."""
    return _worded(text, [one.span() for one in _PARAGRAPH.finditer(text)])


def sentences(text: str, within: Span | None = None) -> list[Span]:
    """The sentences of a text, or of one span of it."""
    start, stop = within or (0, len(text))
    found: list[Span] = []
    for gap in _END.finditer(text, start, stop):
        if not _SHORTENED.search(text, start, gap.start()):
            # A closing quotation mark after the stop belongs to its sentence.
            found.append((start, gap.end(1) if gap[1] else gap.start()))
            start = gap.end()
    return _worded(text, [*found, (start, stop)])


def _worded(text: str, spans: list[Span]) -> list[Span]:
    made: list[Span] = []
    for start, stop in spans:
        part = text[start:stop]
        if part.strip():
            begins = start + len(part) - len(part.lstrip())
            made.append((begins, begins + len(part.strip())))
    return made
