"""Telephone lines that the law on file names, with the words in which it names them. Pure.

Rules: a number is shown only as a provision in force writes it, each once, beside the sentence in
which it stands, because that says where the number was seen. One that nobody saw on a page is left
out, and none is put together here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from stillroom.law import Corpus, law_of

_NUMBER = re.compile(r"(?<![\d-])(?:1-)?\d{3}-\d{3}-\d{4}(?![\d-])")


@dataclass(frozen=True)
class OnFile:
    """A number, the sentence that names it, and the provision in which it stands."""

    number: str
    says: str
    citation: str
    provision: str

    @property
    def tel(self) -> str:
        """As a telephone dials it from anywhere in the United States."""
        digits = self.number.replace("-", "")
        return f"+{digits if len(digits) == 11 else '1' + digits}"


def lines_on_file(corpus: Corpus, place: str, on: date) -> tuple[OnFile, ...]:
    """The lines of a place's reporting law, each once, in the order of its provisions."""
    found: dict[str, OnFile] = {}
    for one in _all(corpus, place, on):
        found.setdefault(one.tel, one)
    return tuple(found.values())


def _all(corpus: Corpus, place: str, on: date) -> Iterator[OnFile]:
    for rule in law_of(corpus, place):
        if "report" in rule.acts and rule.in_force_on(on):
            for demand in rule.demands:
                for number in seen_numbers(demand.text):
                    yield OnFile(number, demand.text, demand.citation or rule.citation, rule.id)


def seen_numbers(text: str) -> list[str]:
    """The numbers of a sentence that are followed by where they were seen, as a remark in brackets.
    One "(general knowledge; no page read showed it)" is no number to call in a hurry."""
    return [
        found[0]
        for found in _NUMBER.finditer(text)
        if text[found.end() :].partition("(")[2].startswith("seen ")
    ]
