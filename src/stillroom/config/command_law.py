"""`stillroom law …`: questions to the law without a practice, a database or a client."""

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from stillroom.config import (
    command_corpus,
    command_law_protocol,
    command_law_proving,
    command_law_reading,
    command_law_unread,
)
from stillroom.config.asking import folder
from stillroom.config.command_words import Parser, Words, add_word
from stillroom.config.paths import provisions
from stillroom.kernel import StillroomError
from stillroom.law import Corpus, describe_facts, facts_from_json, matter_from_json


class UnreadableQuestion(StillroomError):
    """The file holds no question."""

    what = "that file holds no question to the law"
    usual_advice = (
        'Give JSON like {"matter": {"act": "disclose", "place": "us-md", '
        '"profession": "psychologist", "on": "2026-11-22"}, "facts": {}}.'
    )


def add_words(words: Words, shared: Parser) -> None:
    """`law facts`, `law decide`, `law check`, and those that read further, pack and compare."""
    law = add_word(words, shared, "law", "ask the law, without a client")
    under = law.add_subparsers(dest="law_word", required=True, metavar="WORD")
    facts = add_word(under, shared, "facts", "every fact, with type and meaning")
    facts.add_argument("--json", action="store_true", help="as JSON")
    facts.set_defaults(run="law.facts")
    decide = add_word(under, shared, "decide", "the opinion on a question")
    decide.add_argument("file", help="a JSON file, or - for standard input")
    decide.add_argument("--json", action="store_true", help="the whole opinion as JSON")
    decide.set_defaults(run="law.decide")
    check = add_word(under, shared, "check", "check the provisions and their cases")
    check.set_defaults(run="law.check")
    further = [
        *command_law_reading.add_words(under, shared),
        *command_law_proving.add_words(under, shared),
        *command_law_protocol.add_words(under, shared),
    ]
    pack = command_corpus.add_words(under, shared)
    for parser in (facts, decide, check, *further, pack):
        parser.add_argument("--provisions", type=Path, help="another folder of provisions")


def run(word: str, given: argparse.Namespace) -> int:
    """One word."""
    if word == "diff":
        return command_corpus.diff(given.old, given.new, given.place or [])
    root = given.provisions or provisions()
    if word == "check":
        return _check(root)
    corpus = _corpus(word, given, root)
    if word == "explain":
        return command_law_reading.explain(corpus, _read(given.file))
    if word == "compare":
        return command_law_reading.show_beside(corpus, given, datetime.now(UTC).astimezone().date())
    if word == "coverage":
        if given.reading_list:
            return command_law_unread.show(corpus, given, datetime.now(UTC).astimezone().date())
        return command_law_reading.show_coverage(corpus, given)
    if word == "pack":
        return command_corpus.pack_into(corpus, given.out)
    if word == "protocol":
        return command_law_protocol.show(corpus, given, datetime.now(UTC).astimezone().date())
    if word == "prove":
        return command_law_proving.prove(root, corpus, given)
    return _facts(corpus, given) if word == "facts" else _decide(corpus, given)


def _corpus(word: str, given: argparse.Namespace, root: Path) -> Corpus:
    """The law on file; for a question asked of a practice, the law that is in force there.

    That law includes the practice's own policy, so that the command line and the pages give one
    answer. Which law was asked stands in the opinion, as its digest.
    """
    if word not in _ASKED or given.home is None or given.provisions is not None:
        return Corpus.load(root)
    from stillroom.config.command_practice import law_in_force

    name, corpus = law_in_force(folder(given))
    print(f"Asked of the law as {name} has it in force, its policy included.", file=sys.stderr)
    return corpus


_ASKED = frozenset({"decide", "explain"})


def _facts(corpus: Corpus, given: argparse.Namespace) -> int:
    described = describe_facts(corpus)
    if given.json:
        print(json.dumps(described, indent=2, ensure_ascii=False))
        return 0
    for fact in described:
        print(f"{fact['fact']} ({fact['type']}): {fact['asks']} {fact['means']}")
        for value, means in (fact.get("values") or {}).items():
            print(f"    {value}: {means}")
    return 0


def _read(name: str) -> dict[str, Any]:
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise UnreadableQuestion(
            "that file cannot be read", advice="Check its name; use - for standard input."
        ) from None
    try:
        question = json.loads(text)
    except ValueError as error:
        raise UnreadableQuestion(f"that file is not JSON: {error}") from None
    if not isinstance(question, dict) or not isinstance(question.get("matter"), dict):
        raise UnreadableQuestion
    if not isinstance(question.setdefault("facts", {}), dict):
        raise UnreadableQuestion("the facts of that question are not given by name")
    _require_known(question, ("matter", "facts"))
    _require_known(question["matter"], ("act", "place", "places", "profession", "on"))
    return question


def _require_known(given: dict[str, Any], fields: tuple[str, ...]) -> None:
    """Nothing that was said is passed over: a misspelt "facts" would be all facts forgotten."""
    if set(given) - set(fields):
        raise UnreadableQuestion(
            "that question has a field that is not known here",
            advice=f"Known there: {', '.join(fields)}.",
        )


def _decide(corpus: Corpus, given: argparse.Namespace) -> int:
    question = _read(given.file)
    matter = matter_from_json(corpus, question["matter"])
    facts = facts_from_json(corpus, question["facts"])
    opinion = corpus.opine(matter, facts)
    answer = opinion.to_json()
    if given.json:
        print(json.dumps(answer, indent=2, ensure_ascii=False))
        return 0
    print(answer["answer"]["sentence"])
    for finding in answer["findings"]:
        if finding["applies"] == "yes":
            print(f"  {finding['citation']} ({finding['checked']}): {finding['says']}")
    for want in answer["wanting"]:
        print(f"  wanting: {want['asks']}")
    return 0


def _check(root: Path) -> int:
    from stillroom.law import check

    problems = check(root)
    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"Problems found: {len(problems)}." if problems else "The provisions are sound.")
    return 1 if problems else 0
