"""A large packet printed part by part, so that the press needs no more memory for a large one.

The typesetter's memory grows with the pages of one job. So the records go in parts of a bounded
size, each in a process that ends; the cover letter is printed last, because it tells on which page
each record begins, and once before, because its own length moves them. The foot of a page of such a
packet gives its number, and leaves it to the letter how many there are.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from stillroom.disclosure.packet.joining import joined
from stillroom.disclosure.packet.press import Composition, PressFailed, Printed, render

LETTERS = 1_000_000
"""Letters of words in one part, about 700 pages; a record that has more is a part by itself."""
PICTURES = 48 << 20
"""Bytes of drawings in one part, as the press is handed them."""

Data = dict[str, Any]


def render_in_parts(composition: Composition) -> Printed:
    """The same as `render`, in parts if it is large. Raises `PressFailed`."""
    data = json.loads(composition.data)
    parts = list(_parts(data["records"]))
    if len(parts) < 2:
        return render(composition)
    of_letter = [{key: one[key] for key in ("title", "cuts")} for one in data["records"]]
    guess = _letter(composition, data, of_letter, [1] * len(of_letter), 1)
    files, starts, at = [], [], guess.total
    for part in parts:
        printed = render(_job(composition, {**data, "records": part, "cover": False, "before": at}))
        files.append(printed.pdf)
        starts += [at + one for one in printed.starts]
        at += printed.total
    letter = _letter(composition, data, of_letter, starts, at)
    if letter.total != guess.total:
        raise PressFailed
    return Printed(joined([letter.pdf, *files]), tuple(starts), at)


def _letter(
    composition: Composition, data: Data, records: list[Data], starts: list[int], last: int
) -> Printed:
    told = {"records": records, "pages": False, "starts": starts, "last": last}
    return render(_job(composition, {**data, **told}))


def _job(composition: Composition, data: Data) -> Composition:
    return replace(composition, data=json.dumps({**data, "part": True}, sort_keys=True))


def _parts(records: Sequence[Data]) -> Iterator[list[Data]]:
    """The records in order, in parts that are not too large."""
    part: list[Data] = []
    letters = pictures = 0
    for record in records:
        words, drawn = _size(record)
        if part and (letters + words > LETTERS or pictures + drawn > PICTURES):
            yield part
            part, letters, pictures = [], 0, 0
        part.append(record)
        letters, pictures = letters + words, pictures + drawn
    if part:
        yield part


def _size(record: Data) -> tuple[int, int]:
    drawn = sum(len(leaf.get("drawing", "")) for leaf in record.get("leaves", ()))
    words = sum(
        len(words)
        for section in record["sections"]
        for paragraph in section["paragraphs"]
        for run in paragraph["runs"]
        for words in run.values()
    )
    return words, drawn
