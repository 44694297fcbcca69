"""The second reading and the engine say the same: on random law, and on the law on file."""

import subprocess
import sys
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

import pytest
import z3
from hypothesis import given, settings
from hypothesis import strategies as st

from stillroom.kernel import Trilean
from stillroom.law import RECORD_KINDS, Corpus, Fact, Matter
from stillroom.law.proving._case import Library
from stillroom.law.proving._law import Law
from stillroom.law.proving._second import LEVELS, live
from stillroom.law.proving._solving import holds
from tests import law_on_file
from tests.law.naive import chambers_of, law_says
from tests.law.small_corpora import FACTS, KINDS, corpora, matters

DAY = date(2026, 11, 22)


def read(law: Law, facts: Mapping[str, Any]) -> Any:
    """The one world of these facts."""
    solver = z3.Solver()
    for name, value in facts.items():
        solver.add(*law.worlds.rules_of(name), law.worlds.given(name, value))
    assert solver.check() == z3.sat
    return solver.model()


def stance(model: Any, law: Law, kind: str) -> int:
    return sum(holds(model, law.stance(kind, least)) for least in LEVELS)


def second(corpus: Corpus, matter: Matter) -> Law:
    return Law(Library(corpus).second, live(corpus.provisions.values(), matter), matter)


KNOWN = st.fixed_dictionaries(
    {
        **{n: st.sampled_from([Trilean.YES, Trilean.NO]) for n in ("signed", "served", "danger")},
        "paper": st.sampled_from(sorted(FACTS["paper"].values)),
        "age": st.sampled_from([0, 11, 11.5, 12, 17.99, 18, 130]),
        "records_asked": st.frozensets(st.sampled_from(KINDS)),
    }
)


@settings(max_examples=80, deadline=None)
@given(corpora(), st.data())
def test_random_law_in_one_state_or_several_is_read_alike(
    corpus: Corpus, data: st.DataObject
) -> None:
    matter, facts = data.draw(matters(corpus)), data.draw(KNOWN)
    law = second(corpus, matter)
    model = read(law, facts)
    found = corpus.opine(matter, facts)
    naive = chambers_of(corpus, matter)
    for kind in RECORD_KINDS:
        engine = found.reach.by_kind[kind]
        assert engine.settled
        assert stance(model, law, kind) == engine.low
        slow = law_says(corpus, naive, kind, facts)
        assert holds(model, law.conflict(kind)) is slow["conflict"]
        assert holds(model, law.spoken(kind)) is not slow["silent"]
        reported = any(kind in conflict.kinds for conflict in found.conflicts)
        if kind in facts["records_asked"]:
            assert reported is slow["conflict"]


@cache
def on_file() -> tuple[Corpus, Library]:
    corpus = law_on_file.corpus()
    return corpus, Library(corpus)


MATTERS = [
    Matter("disclose", ("us-md",), "psychologist", DAY),
    Matter("testify", ("us-ca",), "social_worker", DAY),
    Matter("warn", ("us-nj",), "psychologist", DAY),
    Matter("report", ("us-tx",), "counselor", DAY),
    Matter("disclose", ("us-fl",), "psychiatrist", DAY),
    Matter("disclose", ("us-md", "us-ca"), "psychologist", DAY),
    Matter("consult", ("us",), "physician", DAY),
]


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(MATTERS), st.integers(0, 2**32))
def test_the_law_on_file_is_read_alike(matter: Matter, seed: int) -> None:
    corpus, library = on_file()
    law = _law(matter)
    facts = some_world(corpus, law, Random(seed))
    model = read(law, facts)
    by_kind = corpus.opine(matter, facts).reach.by_kind
    said = {kind: stance(model, law, kind) for kind in RECORD_KINDS}
    assert said == {kind: found.low for kind, found in by_kind.items()}
    assert library.worlds.read(model, facts) == facts


@cache
def _law(matter: Matter) -> Law:
    corpus, library = on_file()
    return Law(library.second, live(corpus.provisions.values(), matter), matter)


def some_world(corpus: Corpus, law: Law, dice: Random) -> dict[str, Any]:
    """A value for every fact the law looks at; few are yes, as in life."""
    likely = dice.choice([0.1, 0.3, 0.5, 0.8])
    return {name: _value(corpus.facts[name], dice, likely) for name in sorted(law.mentioned())}


def _value(fact: Fact, dice: Random, likely: float) -> Any:
    match fact.type:
        case "yesno":
            return Trilean.of(dice.random() < likely)
        case "choice":
            return dice.choice(list(fact.values))
        case "set":
            return frozenset(m for m in fact.values if dice.random() < likely)
        case "date":
            return DAY - timedelta(days=dice.randrange(4000))
    least, most = fact.bounds
    found = [x for x in (0, 11, 12, 13, 15.5, 17, 18, 60, 65) if least is None or x >= least]
    return dice.choice([x for x in found if most is None or x <= most])


def test_the_law_is_asked_without_a_solver() -> None:
    asked = "import sys, stillroom.law, stillroom.config.command; sys.exit('z3' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0


@pytest.mark.parametrize("name", ["client_age", "recipient", "records_asked", "served_on"])
def test_a_world_gives_a_fact_one_value_that_the_fact_admits(name: str) -> None:
    corpus, library = on_file()
    solver = z3.Solver()
    solver.add(*library.worlds.rules_of(name))
    assert solver.check() == z3.sat
    value = library.worlds.read(solver.model(), [name])[name]
    assert corpus.facts[name].admit(value) == value
