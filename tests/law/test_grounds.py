"""On what an answer rests: an answer that needs weak ground looks like it, and no other does."""

from datetime import date

import pytest
from hypothesis import given

from stillroom.kernel import Trilean
from stillroom.law import Corpus, Matter, Stance
from stillroom.law._conditions import IsYes
from tests.law.small_corpora import ASK, corpus_of, make
from tests.law.test_exactness import SOME, Question, questions
from tests.web import corpus as on_file

YES = Trilean.YES
CLOSED = make("closed", "state", "forbids", checked="text")
DUTY = make("duty", "duty", "requires", layer="exception", checked="text")


def _lift(name: str, checked: str, **fields: object):  # type: ignore[no-untyped-def]
    return make(name, "state", "permits", layer="exception", checked=checked, **fields)


def test_a_duty_that_was_read_is_of_no_use_where_the_permission_is_only_recalled() -> None:
    opinion = corpus_of([CLOSED, DUTY, _lift("lift", "recalled")]).opine(ASK, {})
    assert opinion.stance.low is Stance.REQUIRED
    assert opinion.rests_on == "recalled"


def test_a_second_and_weaker_permission_takes_nothing_away() -> None:
    both = [CLOSED, DUTY, _lift("lift", "text"), _lift("weak", "recalled")]
    opinion = corpus_of(both).opine(ASK, {})
    assert opinion.rests_on == "text"
    assert opinion.weakest == "recalled"


def test_a_door_that_only_weak_law_closes_says_so() -> None:
    opened = make("opened", "state", "permits", checked="text")
    bar = make("bar", "state", "forbids", layer="bar", checked="secondary")
    opinion = corpus_of([opened, bar]).opine(ASK, {})
    assert opinion.stance.low is Stance.FORBIDDEN
    assert opinion.rests_on == "secondary"


def test_a_door_that_law_closes_which_was_read_does_not_look_weak() -> None:
    weak = make("weak", "duty", "forbids", checked="recalled")
    assert corpus_of([CLOSED, weak]).opine(ASK, {}).rests_on == "text"


def test_what_is_not_known_yet_can_carry_nothing() -> None:
    lift = _lift("lift", "text", condition=IsYes("signed"))
    corpus = corpus_of([CLOSED, lift, _lift("weak", "recalled", condition=IsYes("served"))])
    assert corpus.opine(ASK, {"served": YES}).rests_on == "recalled"
    assert corpus.opine(ASK, {"served": YES, "signed": YES}).rests_on == "text"


@SOME
@given(questions())
def test_an_open_answer_rests_on_text_only_if_it_is_open_without_the_rest(
    question: Question,
) -> None:
    """Taken away for good, not only from the reckoning: the corpus without what was not read."""
    corpus, matter, facts = question
    opinion = corpus.opine(matter, facts)
    if opinion.stance.low < Stance.PERMITTED or opinion.rests_on != "text":
        return
    kept = [
        one
        for one in corpus.provisions.values()
        if one.checked == "text" or one.layer == "bar" or one.modality.startswith("forbids")
    ]
    without: Corpus = corpus_of(kept)
    if not set(matter.places) <= set(without.places):
        return  # nothing of that state was read: it cannot even be asked about
    again = without.opine(matter, facts)
    assert again.stance.low >= Stance.PERMITTED


@pytest.mark.parametrize("place", ["us-md", "us-ca", "us-tx", "us-nv", "us-nc"])
def test_no_answer_of_the_corpus_on_file_rests_on_nothing_when_something_decides(
    place: str,
) -> None:
    for act in ("disclose", "warn", "report"):
        opinion = on_file().opine(Matter(act, (place,), "psychologist", date(2026, 11, 28)), {})
        deciding = [one for one in opinion.findings if one.decides]
        assert (opinion.rests_on == "nothing") is (not deciding)
