"""Words as they can be printed: every character shown as itself, or named in brackets.

Note text is hostile until shown otherwise. Typst never reads it as markup (it travels as data), so
what is left to fear is text that does not look like what it is. Rules kept:

- Nothing is dropped. What the typefaces cannot show (many scripts, most emoji, control characters)
  is printed as its name: ``[grinning face]``, ``[U+6F22]``.
- Characters that reorder or hide others (overrides, isolates, tags) are named, not obeyed.
- A word with no place to break gets one, so that no word runs off the page.

`repertoire.txt` lists what the typefaces can show; a test prints all of it.
"""

import re
import unicodedata
from bisect import bisect_right
from functools import cache
from importlib.resources import files

_NEWLINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_LONG = re.compile(r"\S{61,}")
_EVERY = 30
_MARKS = 4
"""Marks stacked on one letter beyond this would hide the lines beside them; they are named."""
_BREAK = "\u200b"
_SURE = frozenset({"\n", _BREAK, *map(chr, range(0x20, 0x7F)), *"…–—‘’“”«»§"})
_STRONG_RTL = ("R", "AL")


@cache
def _repertoire() -> tuple[list[int], list[int]]:
    text = files(__package__).joinpath("repertoire.txt").read_text("ascii")
    spans = [line.split("-") for line in text.splitlines() if not line.startswith("#")]
    return [int(a, 16) for a, _ in spans], [int(b, 16) for _, b in spans]


def shows(char: str) -> bool:
    """Whether the typefaces can show this character."""
    starts, ends = _repertoire()
    at = bisect_right(starts, ord(char)) - 1
    return at >= 0 and ord(char) <= ends[at]


@cache
def named(char: str) -> str:
    """A character in brackets, by its name where that is a name and not a number."""
    name = unicodedata.name(char, "")
    if not name or any(letter.isdigit() for letter in name):
        name = f"U+{ord(char):04X}"
    else:
        name = name.lower()
    return f"[{name}]"


def line_ends(text: str) -> str:
    """The same text with every kind of line end as ``\n``: what a page's text field counts by."""
    return _NEWLINES.sub("\n", text)


def printable(text: str) -> str:
    """The same text, fit to print. Idempotent; line ends become ``\\n``, tabs four spaces."""
    text = unicodedata.normalize("NFC", line_ends(text).expandtabs(4))
    if text.isascii() and text.replace("\n", " ").isprintable():
        return _breakable(text)
    return _breakable("".join(_spelled(text)))


def shows_all(text: str) -> bool:
    """Whether nothing of this text would be named in brackets (a whole language can be)."""
    plain = unicodedata.normalize("NFC", line_ends(text))
    return "".join(_spelled(plain.expandtabs(4))) == plain.expandtabs(4)


def _spelled(text: str) -> list[str]:
    out, marks = [], 0
    for char in text:
        if unicodedata.combining(char):
            marks += 1
        else:
            marks = 0
        legible = char == "\n" or (shows(char) and marks <= _MARKS)
        out.append(char if legible else named(char))
    return out


def _breakable(text: str) -> str:
    return _LONG.sub(lambda m: _broken(m[0]), text)


def _broken(word: str) -> str:
    """The word with a place to break after every so many letters, never between letter and mark."""
    out: list[str] = []
    since = 0
    for char in word.replace(_BREAK, ""):
        if since >= _EVERY and not unicodedata.combining(char):
            out.append(_BREAK)
            since = 0
        out.append(char)
        since += 1
    return "".join(out)


def spelled_out(text: str) -> str:
    """The same text with all but Latin letters and common signs named: it can surely be printed."""
    return "".join(c if c in _SURE or "\xa0" <= c <= "\xff" else named(c) for c in text)


def right_to_left(text: str) -> bool:
    """Whether a paragraph reads from the right: its first strong character decides (UAX 9, P2)."""
    for char in text:
        side = unicodedata.bidirectional(char)
        if side == "L":
            return False
        if side in _STRONG_RTL:
            return True
    return False
