"""What `--help` says is on the page about commands, word for word, and every word is there."""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from stillroom.config import command

PAGE = Path(__file__).parents[2] / "docs" / "operate" / "commands.md"
_SECTION = re.compile(
    r"^## (stillroom[a-z -]*)\n\n```text\n(.*?)\n```\n\n(.+?)(?=^## |\Z)", re.MULTILINE | re.DOTALL
)


def all_words(
    parser: argparse.ArgumentParser, before: tuple[str, ...] = ()
) -> Iterator[tuple[str, ...]]:
    """Every word and word under a word that the command line knows."""
    yield before
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, under in action.choices.items():
                yield from all_words(under, (*before, name))


WORDS = list(all_words(command.build_parser()))


def sections() -> dict[str, tuple[str, str]]:
    """Heading → help and explanation, as the page has them."""
    found = _SECTION.findall(PAGE.read_text("utf-8"))
    return {heading: (told, explained) for heading, told, explained in found}


@pytest.mark.parametrize("words", WORDS, ids=lambda words: " ".join(words) or "stillroom")
def test_the_page_says_what_help_says(say_here, words):
    said = say_here(*words, "--help")
    assert (said.code, said.err) == (0, "")
    heading = " ".join(["stillroom", *words])
    assert heading in sections(), f"write a section: ## {heading}\n\n```text\n{said.out}```"
    told, explained = sections()[heading]
    assert told == said.out.rstrip()
    assert len(explained.split()) >= 10


def test_the_page_has_the_words_in_their_order_and_no_others():
    assert list(sections()) == [" ".join(["stillroom", *words]) for words in WORDS]


def test_the_real_program_says_the_same(say):
    said = say("ledger", "audit", "--help")
    assert said.code == 0
    assert said.out.rstrip() == sections()["stillroom ledger audit"][0]


def test_every_word_has_help_of_its_own():
    def missing(parser: argparse.ArgumentParser) -> Iterator[str]:
        for action in parser._actions:
            if isinstance(action, argparse._SubParsersAction):
                for name, under in action.choices.items():
                    if not under.description:
                        yield name
                    yield from missing(under)
            elif not action.help:
                yield f"{parser.prog} {action.dest}"

    assert list(missing(command.build_parser())) == []
