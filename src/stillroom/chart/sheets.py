"""The sheet of a structured record: what a page posts, what prevents signing, how it is read. Pure.

Fields travel as `{name: text or list of texts}`; a table's cells as `name.row.column`, rows from 0.

    content = rules.written(kind, "Sheet", {"level": "low", "medication.0.name": "Sertraline"})
    faults(kind, content)      # [] or [("since", "*Since when* is not a date. …")]
    passages(kind, content)    # (("Risk", "Level: Low"), …) for a packet, a search, a screen reader
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from stillroom.chart.contents import Answer, Content, first_words
from stillroom.chart.kinds import Field, Kind

Posted = str | Sequence[str]

_NUMBER = re.compile(r"-?\d+([.,]\d+)?")
_CELL = re.compile(r"(?P<row>\d{1,4})\.(?P<column>[a-z0-9_]+)")
MOST_ROWS = 500


def as_line(value: Posted) -> str:
    """One text of what was posted."""
    return value if isinstance(value, str) else " ".join(value)


def answered(kind: Kind, fields: Mapping[str, Posted]) -> tuple[Answer, ...]:
    """The answers that `fields` bring to the sheet of `kind`; what is blank is left out."""
    found = (
        _answer(one, fields)
        for part in kind.sheet
        for one in part.fields
        if one.name in fields or one.type == "table"
    )
    return tuple(answer for answer in found if not answer.empty)


def _answer(asked: Field, fields: Mapping[str, Posted]) -> Answer:
    if asked.type == "table":
        return Answer(asked.name, rows=_rows(asked, fields))
    value = fields.get(asked.name, "")
    if asked.type == "choices":
        several = (value,) if isinstance(value, str) else value
        return Answer(asked.name, chosen=tuple(one for one in several if one))
    return Answer(asked.name, as_line(value))


def _rows(asked: Field, fields: Mapping[str, Posted]) -> tuple[Mapping[str, str], ...]:
    """A table's rows; those at the end that hold nothing are left out, others keep their place."""
    columns = {one.name for one in asked.columns}
    cells: dict[int, dict[str, str]] = {}
    for name, value in fields.items():
        if not name.startswith(asked.name + "."):
            continue
        match = _CELL.fullmatch(name[len(asked.name) + 1 :])
        if match and match["column"] in columns and as_line(value).strip():
            cells.setdefault(int(match["row"]), {})[match["column"]] = as_line(value)
    return tuple(
        cells.get(number, {}) for number in range(min(max(cells, default=-1) + 1, MOST_ROWS))
    )


def fields_of(content: Content) -> dict[str, str | list[str]]:
    """A content as a page would post it."""
    fields: dict[str, str | list[str]] = {part.name: part.text for part in content.sections}
    for one in content.answers:
        if one.rows:
            for number, row in enumerate(one.rows):
                fields |= {f"{one.name}.{number}.{column}": text for column, text in row.items()}
        else:
            fields[one.name] = list(one.chosen) if one.chosen else one.text
    return fields


class Fault(NamedTuple):
    """Why a record cannot be signed yet: the field (a cell as it is posted), and a sentence."""

    field: str
    sentence: str


def faults(kind: Kind, content: Content) -> list[Fault]:
    """What must be mended before a record of `kind` can be signed; in the order of the sheet."""
    found: list[Fault] = []
    for part in kind.sheet:
        for asked in part.fields:
            answer = content.answer(asked.name)
            if answer.empty:
                if asked.required:
                    found.append(Fault(asked.name, f"{asked.label} is not answered yet."))
            elif asked.type == "table":
                found += _faults_in_table(asked, answer)
            else:
                found += _faults_of(asked, asked.name, answer)
    return found


def _faults_in_table(asked: Field, answer: Answer) -> list[Fault]:
    found: list[Fault] = []
    for number, row in enumerate(answer.rows):
        if not any(text.strip() for text in row.values()):
            continue
        for column in asked.columns:
            text = row.get(column.name, "")
            name = f"{asked.name}.{number}.{column.name}"
            if text.strip():
                found += _faults_of(column, name, Answer(column.name, text))
            elif column.required:
                found.append(Fault(name, f"{column.label} is missing in line {number + 1}."))
    return found


def _faults_of(asked: Field, name: str, answer: Answer) -> list[Fault]:
    text = answer.text.strip()
    if asked.type == "date" and not _is_date(text):
        return [Fault(name, f"{asked.label} is not a date. Write it as 2026-11-28.")]
    if asked.type == "number" and not _NUMBER.fullmatch(text):
        return [Fault(name, f"{asked.label} is not a number. Write it in digits.")]
    if asked.choosable:
        values = {value for value, _ in asked.choosable}
        if any(one not in values for one in (answer.chosen or (text,))):
            return [Fault(name, f"{asked.label} has an answer that is not offered. Choose again.")]
    return []


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("2026-11-28")


@dataclass(frozen=True)
class Item:
    """One answered field as it is read. `long`: prose, which stands in paragraphs of its own. A
    table has `head` and `rows` instead of `text`."""

    name: str
    label: str
    text: str
    long: bool = False
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Reading:
    """One heading with what was answered beneath it; nothing that was left blank."""

    heading: str
    items: tuple[Item, ...]


def reading(kind: Kind, content: Content) -> tuple[Reading, ...]:
    """A record as it is read: its prose sections, then the parts of its sheet."""
    found = [
        Reading(part.name, (Item(part.name, "", part.text, long=True),))
        for part in content.sections
        if part.text.strip()
    ]
    if content.answers:
        answers = {one.name: one for one in content.answers if not one.empty}
        for part in kind.sheet:
            items = tuple(
                _item(one, answers[one.name]) for one in part.fields if one.name in answers
            )
            if items:
                found.append(Reading(part.heading, items))
    return tuple(found)


def _item(asked: Field, answer: Answer) -> Item:
    if answer.rows:
        filled = [row for row in answer.rows if any(text.strip() for text in row.values())]
        used = [
            one for one in asked.columns if any(row.get(one.name, "").strip() for row in filled)
        ]
        rows = tuple(tuple(_said(one, row.get(one.name, "")) for one in used) for row in filled)
        return Item(asked.name, asked.label, "", head=tuple(one.label for one in used), rows=rows)
    said = [_said(asked, value) for value in answer.chosen] or [_said(asked, answer.text)]
    return Item(asked.name, asked.label, "; ".join(said), long=asked.type == "text")


def _said(asked: Field, value: str) -> str:
    if asked.type == "date" and _is_date(value.strip()):
        day = date.fromisoformat(value.strip())
        return f"{day:%B} {day.day}, {day.year}"
    return dict(asked.choosable).get(value, value) if asked.choosable else value


def passages(kind: Kind, content: Content) -> tuple[tuple[str, str], ...]:
    """A record as (heading, text) pairs in plain words: for a packet, a search, a comparison."""
    return tuple(
        (part.heading, "\n".join(map(_plain, part.items))) for part in reading(kind, content)
    )


def _plain(item: Item) -> str:
    if item.rows:
        lines = [
            "; ".join(f"{h}: {cell}" for h, cell in zip(item.head, row, strict=True) if cell)
            for row in item.rows
        ]
        return "\n".join((f"{item.label}:", *lines))
    if not item.label:
        return item.text
    return f"{item.label}:\n{item.text}" if item.long else f"{item.label}: {item.text}"


def opening(kind: Kind, content: Content) -> str:
    """The first words of a record, for a line in a list: its prose, where it has any."""
    texts = [part.text for part in content.sections]
    if content.answers and not any(map(str.strip, texts)):
        texts = [
            _ended(item) for part in reading(kind, content) for item in part.items if item.label
        ]
    return first_words(texts)


def _ended(item: Item) -> str:
    """An answer as a sentence of its own; of a table, what its lines are about, without the
    numbers and letters by which they are told apart."""
    text = "; ".join(map(_about, item.rows)) if item.rows else item.text.rstrip()
    return text if text.endswith((".", "?", "!", "…", "”")) else f"{text}."


def _about(row: tuple[str, ...]) -> str:
    return " ".join([cell.rstrip() for cell in row if len(cell) > 2][:2])
