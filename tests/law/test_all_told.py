"""Everything is told: the quickest way through the engine, against the slow one and ill telling."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillroom.kernel import Trilean
from stillroom.law import RECORD_KINDS, Corpus, Fact, LawError, Matter, _live
from tests.law.naive import brute
from tests.law.small_corpora import VALUES, corpora, matters

ROOT = Path(__file__).parents[2] / "provisions"
KNOWN = {name: values.filter(lambda v: v is not Trilean.UNKNOWN) for name, values in VALUES.items()}
TOLD = st.fixed_dictionaries(KNOWN)


@st.composite
def _asked(draw: st.DrawFn) -> tuple[Corpus, Matter, list[dict[str, Any]]]:
    """One corpus and matter, and questions in which everything is known."""
    corpus = draw(corpora(largest=8))
    return corpus, draw(matters(corpus)), draw(st.lists(TOLD, min_size=3, max_size=6))


@settings(max_examples=60, deadline=None)
@given(_asked())
def test_a_cell_that_remembers_one_level_answers_as_the_slow_evaluator(
    question: tuple[Corpus, Matter, list[dict[str, Any]]],
) -> None:
    """Its memory is let go between nearly any two questions, and may never carry one over."""
    corpus, matter, asked = question
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_live, "MOST_KNOWN", 1)
        for facts in [*asked, *reversed(asked)]:
            opinion, slow = corpus.opine(matter, facts), brute(corpus, matter, facts)
            assert {k: (i.low, i.high) for k, i in opinion.reach.by_kind.items()} == {
                kind: slow.by_kind(kind) for kind in RECORD_KINDS
            }
            assert corpus.stance(matter, facts) == opinion.stance
    assert all(len(known) <= 1 for _, _, known in corpus.live(matter).levels)


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return Corpus.load(ROOT)


@pytest.fixture(scope="module")
def told(corpus: Corpus) -> dict[str, Any]:
    """Every fact that the law on file declares, looked at or not."""
    return {name: _of(fact) for name, fact in corpus.facts.items()}


MATTER = Matter("disclose", ("us-md",), "psychologist", date(2026, 11, 28))


def test_one_ill_told_fact_among_all_told_ones_is_named(
    corpus: Corpus, told: dict[str, Any]
) -> None:
    looked_at = set(corpus.live(MATTER).reader.order)
    assert {corpus.facts[name].type for name in looked_at} >= {"yesno", "choice", "number"}
    assert set(told) > looked_at
    assert corpus.opine(MATTER, told).exact
    for name, fact in corpus.facts.items():
        for ill in _ill(fact):
            with pytest.raises(LawError) as alone:
                fact.admit(ill)
            with pytest.raises(LawError) as among:
                corpus.opine(MATTER, {**told, name: ill})
            assert (type(among.value), str(among.value)) == (type(alone.value), str(alone.value))
            assert name in str(among.value)
            with pytest.raises(type(alone.value)):
                corpus.stance(MATTER, {**told, name: ill})


def test_a_fact_that_nobody_declared_is_named_among_all_told_ones(
    corpus: Corpus, told: dict[str, Any]
) -> None:
    with pytest.raises(LawError, match=r"judge_singed.*judge_signed"):
        corpus.opine(MATTER, {**told, "judge_singed": Trilean.YES})
    looked_at = {name: told[name] for name in corpus.live(MATTER).reader.order}
    with pytest.raises(LawError, match="judge_singed"):
        corpus.opine(MATTER, {**looked_at, "judge_singed": Trilean.YES})


def _of(fact: Fact) -> Any:
    match fact.type:
        case "yesno":
            return Trilean.NO
        case "choice":
            return next(iter(fact.values))
        case "set":
            return frozenset(list(fact.values)[:1])
        case "date":
            return date(2020, 2, 29)
    return next(end for end in (*fact.bounds, 1) if end is not None)


def _ill(fact: Fact) -> Iterator[Any]:
    """Values that are no answer to this fact, and one that cannot even be looked up."""
    yield from (None, [], {}, object(), float("nan"), "")
    if fact.type != "yesno":
        yield from (Trilean.YES, True)
    else:
        yield from ("yes", True, 1)
    least, most = fact.bounds
    if least is not None:
        yield least - 1
    if most is not None:
        yield most + 1
    if fact.type == "set":
        yield frozenset([*fact.values, "no such kind"])
    if fact.type == "choice":
        yield "no such value"
