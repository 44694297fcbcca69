"""Kleene's laws hold for every answer there is, and *unknown* passes no `if` (P6)."""

import copy
import pickle
from itertools import permutations, product

import pytest

from stillroom.kernel import Trilean, every, some

YES, NO, UNKNOWN = Trilean.YES, Trilean.NO, Trilean.UNKNOWN
ALL = (YES, NO, UNKNOWN)
RANK = {NO: 0, UNKNOWN: 1, YES: 2}
PAIRS = list(product(ALL, repeat=2))
TRIPLES = list(product(ALL, repeat=3))


def completions(*parts: Trilean) -> list[tuple[Trilean, ...]]:
    """Every way in which the unknown parts could turn out."""
    return list(product(*[(YES, NO) if part is UNKNOWN else (part,) for part in parts]))


@pytest.mark.parametrize("one", ALL)
def test_no_answer_passes_an_if(one: Trilean) -> None:
    with pytest.raises(TypeError, match="no truth value"):
        bool(one)
    with pytest.raises(TypeError):
        _ = "open" if one else "shut"
    with pytest.raises(TypeError):
        _ = not one
    with pytest.raises(TypeError):
        _ = one and YES
    with pytest.raises(TypeError):
        _ = one or YES


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_and_is_the_lesser_and_or_the_greater(one: Trilean, other: Trilean) -> None:
    assert RANK[one & other] == min(RANK[one], RANK[other])
    assert RANK[one | other] == max(RANK[one], RANK[other])


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_the_order_of_two_answers_does_not_matter(one: Trilean, other: Trilean) -> None:
    assert one & other is other & one
    assert one | other is other | one


@pytest.mark.parametrize(("one", "other", "third"), TRIPLES)
def test_grouping_does_not_matter(one: Trilean, other: Trilean, third: Trilean) -> None:
    assert (one & other) & third is one & (other & third)
    assert (one | other) | third is one | (other | third)
    assert one & (other | third) is (one & other) | (one & third)
    assert one | (other & third) is (one | other) & (one | third)


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_de_morgan_and_absorption(one: Trilean, other: Trilean) -> None:
    assert ~(one & other) is ~one | ~other
    assert ~(one | other) is ~one & ~other
    assert one & (one | other) is one
    assert one | (one & other) is one


@pytest.mark.parametrize("one", ALL)
def test_not_twice_is_nothing_and_not_unknown_is_unknown(one: Trilean) -> None:
    assert ~~one is one
    assert (~one is one) == (one is UNKNOWN)
    assert one & one is one | one is one


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_what_is_answered_holds_however_the_unknown_turns_out(one: Trilean, other: Trilean) -> None:
    for a, b in completions(one, other):
        assert (one & other) in (UNKNOWN, a & b)
        assert (one | other) in (UNKNOWN, a | b)


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_unknown_is_answered_only_where_it_could_turn_out_both_ways(
    one: Trilean, other: Trilean
) -> None:
    conjunctions = {a & b for a, b in completions(one, other)}
    disjunctions = {a | b for a, b in completions(one, other)}
    assert (one & other is UNKNOWN) == (len(conjunctions) == 2)
    assert (one | other is UNKNOWN) == (len(disjunctions) == 2)


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_learning_an_answer_never_turns_yes_into_no(one: Trilean, other: Trilean) -> None:
    for a, b in completions(one, other):
        if one & other is not UNKNOWN:
            assert a & b is one & other
        if one | other is not UNKNOWN:
            assert a | b is one | other


@pytest.mark.parametrize("length", range(5))
def test_every_and_some_agree_with_the_operators_in_any_order(length: int) -> None:
    for parts in product(ALL, repeat=length):
        conjunction, disjunction = YES, NO
        for part in parts:
            conjunction, disjunction = conjunction & part, disjunction | part
        assert every(parts) is conjunction
        assert some(parts) is disjunction
        for order in permutations(parts) if length < 4 else [parts[::-1]]:
            assert every(order) is conjunction
            assert some(order) is disjunction


def test_nothing_asked_is_yes_for_every_and_no_for_some() -> None:
    assert every([]) is YES
    assert some([]) is NO


def test_a_settled_answer_reads_no_further() -> None:
    def parts(settling: Trilean):
        yield settling
        raise AssertionError("read on")

    assert every(parts(NO)) is NO
    assert some(parts(YES)) is YES


@pytest.mark.parametrize(("known", "answer"), [(True, YES), (False, NO), (None, UNKNOWN)])
def test_a_bool_or_nothing_becomes_an_answer(known: bool | None, answer: Trilean) -> None:
    assert Trilean.of(known) is answer


@pytest.mark.parametrize("one", ALL)
def test_an_answer_stays_itself_through_pickle_copy_and_its_word(one: Trilean) -> None:
    assert pickle.loads(pickle.dumps(one)) is one
    assert copy.deepcopy(one) is one
    assert Trilean(one.value) is one


def test_there_are_three_answers_and_no_more() -> None:
    assert [one.value for one in Trilean] == ["yes", "no", "unknown"]
