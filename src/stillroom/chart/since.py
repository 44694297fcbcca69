"""What changed since last time: two records of one kind, field by field. Pure.

Rules: a field that says the same is not told; spaces at the ends and between lines change nothing;
choices and rows are told one by one; prose is marked by the word, unless it is so long that marking
would cost more than reading, and then both stand whole. Old and new prose can be put together again
from the pieces (a test holds it).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from stillroom.chart.contents import Answer
from stillroom.chart.kinds import Field, Kind

MOST_WORDS = 1200
"""Prose longer than this, on either side, is shown whole, unmarked."""


@dataclass(frozen=True)
class Piece:
    """Words that stayed, went or came: `kind` is "same", "gone" or "new"."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    """One field that says something else now. `pieces` in reading order."""

    part: str
    field: str
    label: str
    pieces: tuple[Piece, ...]

    @property
    def left_blank(self) -> bool:
        """Whether it was answered then and is not now: that is no other answer."""
        return all(one.kind == "gone" for one in self.pieces)


def changes(
    kind: Kind, before: Iterable[Answer], now: Iterable[Answer], *, unfinished: bool = False
) -> tuple[Change, ...]:
    """Every field of the kind that says something else now, in the order of its sheet.

    `unfinished`: what is blank now has not been asked yet, and is no change.
    """
    old, new = _by_name(before), _by_name(now)
    found = []
    for part in kind.sheet:
        for field in part.fields:
            pieces = _pieces(field, old.get(field.name), new.get(field.name))
            blank = unfinished and (field.name not in new or new[field.name].empty)
            if not blank and any(one.kind != "same" for one in pieces):
                found.append(Change(part.heading, field.name, field.label, pieces))
    return tuple(found)


def _by_name(answers: Iterable[Answer]) -> Mapping[str, Answer]:
    return {one.name: one for one in answers}


def _pieces(field: Field, old: Answer | None, new: Answer | None) -> tuple[Piece, ...]:
    if field.type in ("text", "line", "date", "number"):
        return words(old.text if old else "", new.text if new else "")
    return items(told(field, old), told(field, new))


def told(field: Field, answer: Answer | None) -> list[str]:
    """An answer that consists of items, each in words: choices, yes or no, the rows of a table."""
    if answer is None:
        return []
    if field.type == "table":
        return [row for row in (_row(field, cells) for cells in answer.rows) if row]
    labels = dict(field.choosable)
    return [labels.get(one, one) for one in answer.chosen or (answer.text,) if one]


def _row(field: Field, cells: Mapping[str, str]) -> str:
    said = (" ".join(cells.get(one.name, "").split()) for one in field.columns)
    return ", ".join(cell for cell in said if cell)


def items(old: Sequence[str], new: Sequence[str]) -> tuple[Piece, ...]:
    """What stayed, in its order; then what went; then what came."""
    stayed = [Piece("same", one) for one in new if one in old]
    gone = [Piece("gone", one) for one in old if one not in new]
    return (*stayed, *gone, *(Piece("new", one) for one in new if one not in old))


def words(old: str, new: str) -> tuple[Piece, ...]:
    """Prose, marked by the word."""
    before, after = old.split(), new.split()
    if before == after:
        return _joined([("same", after)])
    if not before or not after or max(len(before), len(after)) > MOST_WORDS:
        return _joined([("gone", before), ("new", after)])
    found: list[tuple[str, list[str]]] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for _, from_, to, start, end in matcher.get_opcodes():
        if before[from_:to] == after[start:end]:
            found.append(("same", after[start:end]))
        else:
            found += [("gone", before[from_:to]), ("new", after[start:end])]
    return _joined(found)


def _joined(runs: Iterable[tuple[str, list[str]]]) -> tuple[Piece, ...]:
    return tuple(Piece(kind, " ".join(run)) for kind, run in runs if run)
