"""`stillroom law explain | coverage`: an opinion as prose, and what is on file for whom."""

import argparse
import json
import textwrap
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict

from stillroom.config.command_words import Parser, Words, add_word
from stillroom.law import (
    PROFESSIONS,
    Corpus,
    Coverage,
    coverage,
    facts_from_json,
    matter_from_json,
    narrative,
)

_WIDTH = 96


def add_words(under: Words, shared: Parser) -> list[Parser]:
    """The two words; both take the options that all words of the law take."""
    explain = add_word(under, shared, "explain", "the opinion on a question, told in sentences")
    explain.add_argument("file", help="a JSON file, or - for standard input")
    explain.set_defaults(run="law.explain")
    covered = add_word(under, shared, "coverage", "what is on file, by place, topic and profession")
    covered.add_argument("--profession", choices=PROFESSIONS, help="count for one profession only")
    covered.add_argument("--json", action="store_true", help="as JSON, every profession apart")
    covered.set_defaults(run="law.coverage")
    return [explain, covered]


def explain(corpus: Corpus, question: dict[str, dict[str, object]]) -> int:
    """Print the opinion on a question, in sentences."""
    matter = matter_from_json(corpus, question["matter"])
    opinion = corpus.opine(matter, facts_from_json(corpus, question["facts"]))
    for line in narrative(opinion, corpus.facts):
        indent = " " * (len(line) - len(line.lstrip()))
        print(textwrap.fill(line, _WIDTH, subsequent_indent=indent + "  ") if line else "")
    return 0


def show_coverage(corpus: Corpus, given: argparse.Namespace) -> int:
    """Print what is on file; gaps are shown as gaps."""
    professions = (given.profession,) if given.profession else PROFESSIONS
    found = coverage(corpus.provisions, professions=professions)
    if given.json:
        print(json.dumps([asdict(one) for one in found], indent=2))
        return 0
    by_place: dict[str, dict[str, list[Coverage]]] = defaultdict(lambda: defaultdict(list))
    for one in found:
        by_place[one.place][one.topic].append(one)
    for place, by_topic in by_place.items():
        print(place)
        for topic, rows in by_topic.items():
            print(f"  {topic:<28} {_told(rows)}")
    print(
        "\nNumbers count provisions for each profession; not read: known by a summary, or recalled."
    )
    return 0


def _told(rows: Iterable[Coverage]) -> str:
    """`2 to 5, of them not read 1 to 3`; `nothing on file for …`."""
    known = list(rows)
    missing = [one.profession.replace("_", " ") for one in known if not one.whole]
    if len(missing) == len(known):
        return "nothing on file"
    said = f"{_range(one.whole for one in known if one.whole)} on file"
    if any(one.unseen for one in known):
        said += f", not read {_range(one.unseen for one in known if one.whole)}"
    return said + (f"; nothing for {', '.join(missing)}" if missing else "")


def _range(numbers: Iterable[int]) -> str:
    found = sorted(set(numbers))
    return str(found[0]) if len(found) == 1 else f"{found[0]} to {found[-1]}"
