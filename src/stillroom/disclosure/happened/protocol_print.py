"""The page for the wall as a file: the same press as a packet's, so the same law gives the same
bytes."""

import json
from datetime import datetime
from typing import Any

from stillroom.disclosure.happened.protocol import Line, Part, Protocol
from stillroom.disclosure.packet.press import Composition, render
from stillroom.disclosure.packet.words import printable
from stillroom.kernel import capital

CHECKED = {
    "text": "the text was read",
    "secondary": "read in a summary",
    "recalled": "recalled, not read",
    "": "",
}
"""On what a line rests, as the page says it."""


def print_protocol(made: Protocol, where: str, whose: str, at: datetime) -> bytes:
    """The PDF. `where` and `whose` are the place and the profession in words."""
    data = json.dumps(_data(made, where, whose), sort_keys=True)
    return render(Composition("protocol", data, at.replace(second=0, microsecond=0))).pdf


def _data(made: Protocol, where: str, whose: str) -> dict[str, Any]:
    return {
        "title": printable(f"In danger: {where}, for {whose}"),
        "made": f"The law on file on {made.on:%B} {made.on.day}, {made.on.year}; "
        f"corpus {made.corpus[:12]}. Not legal advice; no lawyer has reviewed it.",
        "parts": [_part(one) for one in made.parts],
    }


def _part(one: Part) -> dict[str, Any]:
    return {
        "title": printable(one.title),
        "supposes": printable(one.supposes),
        "answers": [
            {
                "to": printable(capital(each.to)),
                "says": printable(each.says),
                "asks": [printable(ask) for ask in each.if_so],
            }
            for each in one.answers
        ],
        "do": [_line(line) for line in one.do if line.sure],
        "maybe": [_line(line) for line in (*one.do, *one.client) if not line.sure],
        "client": [_line(line) for line in one.client if line.sure],
        "mind": [_line(line) for line in one.mind],
        "numbers": sorted({each.number for each in one.numbers}),
        "say": printable(" ".join("".join(run.words for run in each) for each in one.say)),
    }


def _line(one: Line) -> dict[str, Any]:
    return {
        "text": printable(one.text),
        "by": printable(capital(one.by)),
        "cite": printable(f"{one.citation}; {CHECKED[one.checked]}"),
        "enough": [printable(each) for each in one.enough],
    }
