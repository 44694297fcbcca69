"""A letter as data, and how it is printed: the same press, the same care as a packet.

A letter cites nothing but what findings of an opinion cite, and of those only what somebody has
read (`checked` text or secondary). What it leaves out for that reason is named in `left_out`, so
that the writer can read it and decide.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from stillroom.disclosure.packet import Addressee, Cited, Composition, Letterhead, Printed, render
from stillroom.disclosure.packet.compose import cited, paragraphs
from stillroom.disclosure.packet.words import printable
from stillroom.disclosure.rules_opinion import FindingLike
from stillroom.kernel import Trilean

_READ = frozenset({"text", "secondary"})


@dataclass(frozen=True, slots=True)
class Part:
    """Sentences under a label in the margin, each with its citation or none."""

    label: str
    sentences: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes: the practice, who signs, and the line under the name."""

    practice: Letterhead
    signer: str
    signer_line: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A list beneath the parts: the words above each column, and rows of as many cells."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter. `title` also stands in the file's metadata, so it names no person.

    `blanks` are lines for a reader to fill in and sign; `left_out` are citations that were not
    printed because nobody has read them.
    """

    title: str
    writer: Writer
    to: Addressee
    dated: date
    about: tuple[str, ...]
    opening: tuple[str, ...]
    parts: tuple[Part, ...]
    closing: tuple[str, ...]
    blanks: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    table: Table | None = None


def print_letter(letter: Letter, created: datetime) -> Printed:
    """The letter as PDF/A-2a and PDF/UA-1. Same letter and instant, same bytes."""
    data = json.dumps(_data(letter), sort_keys=True)
    return render(Composition("letter", data, created))


def _data(letter: Letter) -> dict[str, Any]:
    practice = letter.writer.practice
    return {
        "title": printable(letter.title),
        "practice": {
            "name": printable(practice.name),
            "lines": [printable(line) for line in practice.lines],
        },
        "date": long_day(letter.dated),
        "to": [printable(line) for line in (letter.to.name, *letter.to.lines)],
        "about": [printable(line) for line in letter.about],
        "opening": paragraphs(letter.opening),
        "parts": [
            {"label": printable(part.label), "paragraphs": cited(part.sentences)}
            for part in letter.parts
        ],
        "table": _table(letter.table) if letter.table else {},
        "closing": paragraphs(letter.closing),
        "blanks": [printable(blank) for blank in letter.blanks],
        "signer": printable(letter.writer.signer),
        "signer_line": printable(letter.writer.signer_line),
        "footer_notices": [],
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "head": [printable(cell) for cell in table.head],
        "rows": [[printable(cell) for cell in row] for row in table.rows],
    }


def long_day(day: date) -> str:
    """December 8, 2026."""
    return f"{day:%B} {day.day}, {day.year}"


def settled(findings: Iterable[FindingLike]) -> tuple[tuple[Cited, ...], tuple[str, ...]]:
    """The findings that surely apply, as sentences to cite; and the citations nobody has read."""
    told: dict[str, Cited] = {}
    unread: dict[str, None] = {}
    for each in findings:
        if each.applies is not Trilean.YES or not each.citation:
            continue
        if each.checked in _READ:
            told.setdefault(each.citation, Cited(each.says, each.citation))
        else:
            unread.setdefault(each.citation)
    return tuple(told.values()), tuple(name for name in unread if name not in told)
