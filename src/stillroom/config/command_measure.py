"""`stillroom measure list | check`: the questionnaires at hand, and whether a file is one."""

import argparse
import sys
from pathlib import Path

from stillroom.chart.measures import Measure, QuestionnaireBroken, load, measure_from
from stillroom.config.asking import sentence
from stillroom.config.command_words import Parser, Words, add_word


def add_words(words: Words, shared: Parser) -> None:
    """`measure` and the words under it."""
    measure = add_word(words, shared, "measure", "the questionnaires, and one of your own")
    under = measure.add_subparsers(dest="what", required=True, metavar="WORD")
    listed = add_word(under, shared, "list", "what can be given, with its terms of use")
    listed.set_defaults(run="measure.list")
    check = add_word(
        under, shared, "check", "read questionnaire files; exit 1 if one cannot be used"
    )
    check.add_argument("file", nargs="+", type=Path, help="a FHIR R4 Questionnaire as JSON")
    check.set_defaults(run="measure.check")


def run(word: str, given: argparse.Namespace) -> int:
    """The exit code of one of these words."""
    return _list(given.home) if word == "list" else _check(given.file)


def _list(home: Path | None) -> int:
    library = load(home / "measures" if home else None)
    for one in sorted(library.measures.values(), key=lambda each: each.id):
        how = "from paper" if one.asks.paper else f"{_questions(one)} questions"
        print(f"{one.id}: {one.asks.title} ({how}{', your own' if one.asks.own else ''})")
        print(f"  {one.asks.copyright or 'The file says no terms of use.'}")
    for error in library.broken:
        _refuse(error)
    return 1 if library.broken else 0


def _check(files: list[Path]) -> int:
    broken = False
    for path in files:
        try:
            one = measure_from(path, own=True)
        except QuestionnaireBroken as error:
            _refuse(error)
            broken = True
        else:
            print(f"{path.name}: {one.asks.title}, {_questions(one)} questions. {_scored(one)}")
    return 1 if broken else 0


def _questions(measure: Measure) -> int:
    return sum(item.asks for item in measure.asks.items)


def _scored(measure: Measure) -> str:
    scores = measure.rules.scores
    if not scores:
        return "Nothing in it is scored."
    names = ", ".join(f"{one.label} over {len(one.items)} items" for one in scores)
    signals = len(measure.rules.signals)
    risk = f" {signals} answer{'s' if signals != 1 else ''} ask for an assessment of risk."
    return f"Scored: {names}.{risk if signals else ''}"


def _refuse(error: QuestionnaireBroken) -> None:
    print(f"{sentence(error)}\n{error.advice}", file=sys.stderr)
