"""`stillroom law protocol`: the page for the wall, from the law alone, on a screen or as a file."""

import argparse
import textwrap
from datetime import UTC, date, datetime, time
from pathlib import Path

from stillroom.config.command_words import Parser, Words, add_word
from stillroom.desk.places import name_of
from stillroom.desk.verdicts import plural
from stillroom.disclosure.happened.protocol import Line, Part, Protocol, protocol
from stillroom.disclosure.happened.protocol_print import CHECKED, print_protocol
from stillroom.kernel import StillroomError, capital
from stillroom.law import PROFESSIONS, Corpus, matter_from_json

_WIDTH = 96


class NotWritten(StillroomError):
    """The file could not be written."""

    what = "that file cannot be written"
    usual_advice = "Name a file in a folder that is there and yours."


def add_words(under: Words, shared: Parser) -> list[Parser]:
    """The word; it takes the options that all words of the law take."""
    made = add_word(under, shared, "protocol", "what to do in danger, in one state, for the wall")
    made.add_argument("place", help="a place, such as us-md")
    made.add_argument(
        "--profession", choices=PROFESSIONS, default="psychologist", help="else psychologist"
    )
    made.add_argument("--on", type=date.fromisoformat, metavar="DAY", help="else today")
    made.add_argument("--out", type=Path, metavar="FILE", help="as a PDF into this file")
    made.set_defaults(run="law.protocol")
    return [made]


def show(corpus: Corpus, given: argparse.Namespace, today: date) -> int:
    """Print the page, or write it as a file."""
    on = given.on or today
    asked = {"act": "warn", "place": given.place, "profession": given.profession}
    matter_from_json(corpus, {**asked, "on": on.isoformat()})
    made = protocol(corpus, given.place, given.profession, on, name_of(given.place))
    if given.out is None:
        _print(made)
        return 0
    at = datetime.combine(on, time(), UTC)
    pdf = print_protocol(made, name_of(made.place), plural(made.profession), at)
    try:
        given.out.write_bytes(pdf)
    except OSError:
        raise NotWritten from None
    print(f"Written: {given.out}")
    return 0


def _print(made: Protocol) -> None:
    print(f"In danger: {name_of(made.place)}, for {plural(made.profession)}")
    print("Danger now: 911. Crisis line: 988. Call first. Say the threat, never the treatment.")
    for part in made.parts:
        _part(part)
    print(f"\nThe law on file on {made.on.isoformat()}, corpus {made.corpus}.")
    print("Not legal advice; no lawyer has reviewed it.")


def _part(part: Part) -> None:
    print(f"\n{part.title.upper()}")
    _say(part.supposes)
    for one in part.answers:
        turns = f" ({' '.join(one.if_so)})" if one.if_so else ""
        _say(f"{capital(one.to)}: {one.says}{turns}.")
    for line in (*part.do, *part.client):
        _say(_told(line), "- ")
    for number in part.numbers:
        _say(f"Line on file: {number.number}. {number.says}")
    _say(f"Say: “{' '.join(''.join(run.words for run in each) for each in part.say)}”")


def _told(line: Line) -> str:
    enough = f" One of these is enough: {'; or '.join(line.enough)}." if line.enough else ""
    sure = "" if line.sure else "If it applies: "
    by = capital(line.by)
    return f"{sure}{by}. {line.text}{enough} ({line.citation}; {CHECKED[line.checked]})"


def _say(words: str, lead: str = "  ") -> None:
    print(textwrap.fill(words, _WIDTH, initial_indent=lead, subsequent_indent="  "))
