"""Sheets of questions in YAML, asked of the corpus on file, and what an opinion must say besides."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from stillroom.kernel import Trilean
from stillroom.law import Interval, Opinion, Stance, facts_from_json, matter_from_json
from tests.law_on_file import corpus


def ask(matter: Mapping[str, Any], facts: Mapping[str, Any]) -> Opinion:
    """A place that is not on file raises: a question is never passed over."""
    law = corpus()
    return law.opine(matter_from_json(law, matter), facts_from_json(law, facts))


def span(written: str | Mapping[str, str]) -> Interval:
    if isinstance(written, str):
        return Interval(Stance[written], Stance[written])
    return Interval(Stance[written["low"]], Stance[written["high"]])


def check_says(opinion: Opinion, says: Mapping[str, Any]) -> None:
    for key, wanted in says.items():
        if key == "conflict":
            assert bool(opinion.conflicts) is wanted
            continue
        if key == "regime":
            found = {answer.regime: answer.stance for answer in opinion.regimes}
            assert {name: span(each) for name, each in wanted.items()}.items() <= found.items()
            continue
        told = list(_TOLD[key](opinion))
        for word in wanted:
            assert any(_same(key, word, text) for text in told), (key, word, told)


def _same(key: str, word: str, text: str) -> bool:
    return word in text if key in ("cites", "opens", "by") else word == text


_TOLD: Mapping[str, Callable[[Opinion], Iterable[str]]] = {
    "cites": lambda o: [f.citation for f in o.findings if f.applies is not Trilean.NO],
    "duties": lambda o: {duty.act for duty in o.duties},
    "by": lambda o: [duty.deadline.words for duty in o.duties if duty.deadline is not None],
    "wanting": lambda o: [want.fact for want in o.wanting],
    "opens": lambda o: [opening.text for opening in o.opens],
    "reach_never": lambda o: o.reach.never,
    "reach_surely": lambda o: o.reach.surely,
}
