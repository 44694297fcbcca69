"""`stillroom law explain | compare | coverage`: in prose, side by side, and what is on file."""

import argparse
import json
import textwrap
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date

from stillroom.config import command_law_unread
from stillroom.config.command_words import Parser, Words, add_word
from stillroom.kernel import spoken
from stillroom.law import (
    PROFESSIONS,
    SHELVES,
    Corpus,
    Coverage,
    Reading,
    compare,
    coverage,
    facts_from_json,
    matter_from_json,
    narrative,
)

_WIDTH = 96


def add_words(under: Words, shared: Parser) -> list[Parser]:
    """These words; all take the options that all words of the law take."""
    explain = add_word(under, shared, "explain", "the opinion on a question, told in sentences")
    explain.add_argument("file", help="a JSON file, or - for standard input")
    explain.set_defaults(run="law.explain")
    compared = add_word(under, shared, "compare", "two places beside each other, differences first")
    compared.add_argument("first", help="a place, such as us-md")
    compared.add_argument("second", help="another")
    compared.add_argument(
        "--profession", choices=PROFESSIONS, default="psychologist", help="else psychologist"
    )
    compared.add_argument("--on", type=date.fromisoformat, metavar="DAY", help="else today")
    compared.set_defaults(run="law.compare")
    covered = add_word(under, shared, "coverage", "what is on file, by place, topic and profession")
    covered.add_argument("--profession", choices=PROFESSIONS, help="count for one profession only")
    covered.add_argument("--json", action="store_true", help="as JSON, every profession apart")
    command_law_unread.add_options(covered)
    covered.set_defaults(run="law.coverage")
    return [explain, compared, covered]


def explain(corpus: Corpus, question: dict[str, dict[str, object]]) -> int:
    """Print the opinion on a question, in sentences."""
    matter = matter_from_json(corpus, question["matter"])
    opinion = corpus.opine(matter, facts_from_json(corpus, question["facts"]))
    for line in narrative(opinion, corpus.facts):
        indent = " " * (len(line) - len(line.lstrip()))
        print(textwrap.fill(line, _WIDTH, subsequent_indent=indent + "  ") if line else "")
    return 0


def show_beside(corpus: Corpus, given: argparse.Namespace, today: date) -> int:
    """Print what two places say to the standard cases; exit code 1 if they differ anywhere."""
    for place in (given.first, given.second):
        matter_from_json(corpus, _a_matter(place, given.profession, today))
    found = compare(corpus, given.first, given.second, given.profession, given.on or today)
    for one in found:
        print(f"{'≠' if one.differs else '='} {one.topic.title}. {one.topic.supposes}")
        for reading in (one.first, one.second):
            print(textwrap.fill(_read(reading), _WIDTH, subsequent_indent="      "))
    return int(any(one.differs for one in found))


def _a_matter(place: str, profession: str, on: date) -> dict[str, str]:
    """Any matter there: asking for it names the nearest place where one is unknown."""
    return {"act": "disclose", "place": place, "profession": profession, "on": on.isoformat()}


_ANSWERS = {
    "must": "required",
    "turns": "turns on a fact",
    "unclear": "left open; for counsel",
    "may": "permitted",
    "sign": "with the client's signature",
    "no": "not allowed",
    "silent": "nothing on file speaks to it",
    "absent": "no law on file",
}


def _read(reading: Reading) -> str:
    years = f", {reading.years} years" if reading.years else ""
    rests = "; ".join(dict.fromkeys(one.citation for one in reading.rests_on[:3]))
    told = f"    {reading.place}: {_ANSWERS[reading.kind]}{years}"
    return f"{told} ({rests}; {reading.basis})" if rests else told


def show_coverage(corpus: Corpus, given: argparse.Namespace) -> int:
    """Print what is on file; gaps are shown as gaps."""
    professions = (given.profession,) if given.profession else PROFESSIONS
    found = coverage(corpus, professions=professions)
    if given.json:
        print(json.dumps([asdict(one) for one in found], indent=2))
        return 0
    by_place: dict[str, dict[str, list[Coverage]]] = defaultdict(lambda: defaultdict(list))
    for one in found:
        by_place[one.place][one.topic].append(one)
    for place, by_topic in by_place.items():
        print(place)
        for topic, rows in by_topic.items():
            print(f"  {SHELVES[topic]:<32} {_told(rows)}")
    print(
        "\nNumbers count provisions for each profession; not read: known by a summary, or recalled."
    )
    return 0


def _told(rows: Iterable[Coverage]) -> str:
    """`2 to 5, of them not read 1 to 3`; `nothing on file for …`."""
    known = list(rows)
    missing = [spoken(one.profession) for one in known if not one.whole]
    if len(missing) == len(known):
        return "nothing on file"
    said = f"{_range(one.whole for one in known if one.whole)} on file"
    if any(one.unseen for one in known):
        said += f", not read {_range(one.unseen for one in known if one.whole)}"
    return said + (f"; nothing for {', '.join(missing)}" if missing else "")


def _range(numbers: Iterable[int]) -> str:
    found = sorted(set(numbers))
    return str(found[0]) if len(found) == 1 else f"{found[0]} to {found[-1]}"
