"""`stillroom law coverage --reading-list`: what a lawyer would read first, place by place."""

import argparse
import json
import textwrap
from collections.abc import Iterator
from datetime import date
from typing import Any

from stillroom.config.command_words import Parser
from stillroom.law import CODES, Corpus, Unread, holdings, matter_from_json, reading_list

_FILLED = textwrap.TextWrapper(
    96, subsequent_indent="        ", break_long_words=False, break_on_hyphens=False
)
_MOST_NAMED = 3
_MEANING = """
The number counts standard questions whose answer today rests on the provision, for one profession
at least. Each was known by a summary, or recalled; nobody has read its words here."""


def add_options(covered: Parser) -> None:
    """The options of `law coverage` that ask for the list in place of the counts."""
    covered.add_argument(
        "--reading-list",
        action="store_true",
        help="instead, what rests on words that nobody has read here, most used first; all places "
        "take a minute or more",
    )
    covered.add_argument(
        "--place", action="append", help="on the reading list, this place only; may be repeated"
    )


def show(corpus: Corpus, given: argparse.Namespace, today: date) -> int:
    """Print the list of each place; of none that has nothing to be read."""
    places = given.place or [one.place for one in holdings(corpus)]
    for place in places:
        _require_place(corpus, place, today)
    if given.json:
        found = {place: [*_plain(reading_list(corpus, place, today))] for place in places}
        print(json.dumps(found, indent=2, ensure_ascii=False))
        return 0
    for place in places:
        unread = reading_list(corpus, place, today)
        print(f"{place}: {len(unread)} to be read" if unread else f"{place}: nothing to be read")
        for one in unread:
            _print(one)
    print(_MEANING)
    return 0


def _require_place(corpus: Corpus, place: str, on: date) -> None:
    """A place that is not on file is named, with the nearest one that is."""
    if place != CODES:
        asked = {"act": "disclose", "place": place, "profession": "psychologist"}
        matter_from_json(corpus, {**asked, "on": on.isoformat()})


def _print(one: Unread) -> None:
    rule = one.rule
    lines = [
        (
            f"{len(one.questions):>4}  {rule.citation} ({rule.checked}, {rule.confidence}): "
            f"{rule.title}"
        ),
        f"      source: {rule.source}",
    ]
    if one.questions:
        named, more = one.questions[:_MOST_NAMED], len(one.questions) - _MOST_NAMED
        rest = f"; and {more} more" if more > 0 else ""
        lines.append(f"      carries: {'; '.join(named)}{rest}")
    for line in lines:
        print(_FILLED.fill(line))


def _plain(unread: tuple[Unread, ...]) -> Iterator[dict[str, Any]]:
    for one in unread:
        rule = one.rule
        yield {
            "provision": rule.id,
            "citation": rule.citation,
            "title": rule.title,
            "checked": rule.checked,
            "confidence": rule.confidence,
            "as_of": rule.as_of.isoformat() if rule.as_of else None,
            "source": rule.source,
            "questions": [*one.questions],
        }
