"""The theorems about the engine are false of an engine that compiled something else."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property

import pytest

from stillroom.law import Corpus, Matter, Provision, Regime
from stillroom.law._conditions import IsYes
from stillroom.law.proving import THEOREMS, Case, Library, Prover, Verdict
from stillroom.law.proving._law import Law
from tests.law.small_corpora import FACTS, REGIMES, make

DAY = date(2026, 11, 23)
MATTER = Matter("disclose", ("us",), "psychologist", DAY)
BY_NAME = {theorem.name: theorem for theorem in THEOREMS}


def corpus_of(*provisions: Provision, regimes: dict[str, Regime] | None = None) -> Corpus:
    return Corpus({p.id: p for p in provisions}, FACTS, regimes or REGIMES, "made up")


def verdict(name: str, case: Case) -> Verdict:
    found = Verdict(name)
    prover = Prover(case.library.corpus)
    prover.prove(BY_NAME[name], case, case.matters, found)
    return found


SHUT = make("a", "state", "forbids")
OPEN = make("b", "state", "permits", layer="exception", condition=IsYes("signed"))
ALWAYS = make("b", "state", "permits", layer="exception")
DUTY = make("c", "duty", "requires", condition=IsYes("danger"))
CODE = make("d", "ethics", "forbids")
WEIGHING = {**REGIMES, "ethics": Regime("ethics", "Ethics")}
LONE = make("b", "state", "permits", condition=IsYes("signed"))

MISTAKES = [
    ("engine-says-what-is-written", (SHUT, OPEN), corpus_of(SHUT, ALWAYS)),
    ("engine-says-what-is-written", (ALWAYS, DUTY), corpus_of(ALWAYS)),
    ("no-silent-conflict", (SHUT, DUTY), corpus_of(SHUT)),
    ("ethics-never-weigh", (ALWAYS, CODE), corpus_of(ALWAYS, CODE, regimes=WEIGHING)),
    ("silence-is-forbidden", (LONE,), corpus_of(ALWAYS)),
]


@pytest.mark.parametrize(("name", "written", "compiled"), MISTAKES)
def test_an_engine_that_says_something_else_is_found_out(
    name: str, written: Sequence[Provision], compiled: Corpus
) -> None:
    library = Library(corpus_of(*written))
    assert verdict(name, Case(library, (MATTER,))).failures == 0
    wrong = verdict(name, Case(library, (MATTER,), compiled.live(MATTER)))
    assert wrong.failures
    assert not wrong.proven


class Forgetful(Case):
    """A case that does not look at the day."""

    @cached_property
    def law(self) -> Law:
        return Law(self.library.second, self.library.corpus.provisions.values(), self.matter)


def test_law_that_is_no_longer_in_force_must_not_be_read() -> None:
    ended = make("old", "state", "permits", layer="exception", in_force=(None, date(2026, 1, 1)))
    coming = make("new", "state", "permits", layer="exception", in_force=(date(2027, 1, 1), None))
    for other in (ended, coming):
        library = Library(corpus_of(SHUT, other))
        name = "only-law-in-force-counts"
        assert verdict(name, Case(library, (MATTER,))).failures == 0
        assert verdict(name, Forgetful(library, (MATTER,))).failures


def test_each_day_on_which_the_law_changes_is_asked_about() -> None:
    coming = make("new", "state", "permits", layer="exception", in_force=(date(2027, 1, 1), None))
    ending = make("old", "state", "forbids", in_force=(None, date(2027, 6, 30)))
    library = Library(corpus_of(coming, ending))
    days = [m.on for case in library.cases("us", DAY, ["disclose"]) for m in case.matters]
    assert set(days) == {DAY, date(2027, 1, 1), date(2027, 7, 1)}


def test_two_regimes_that_yield_crosswise_let_two_states_open_what_neither_does() -> None:
    crosswise = {**REGIMES, "state": Regime("state", "State", True, ("practice",))}
    crosswise["practice"] = Regime("practice", "Practice")
    name = "two-states-open-no-more-than-one"
    assert verdict(name, Case(Library(corpus_of(SHUT)), (MATTER,))).failures == 0
    assert verdict(name, Case(Library(corpus_of(SHUT, regimes=crosswise)), (MATTER,))).failures
