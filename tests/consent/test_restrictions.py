"""What a client asks to be kept back: every step that is open, every step that is not."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillroom.consent.queries_restrictions import encode
from stillroom.consent.rules import RECORD_KINDS, Party, Period
from stillroom.consent.rules_restrictions import (
    FACT,
    Basis,
    Ending,
    MustBeHonored,
    NotInThisState,
    ReasonMissing,
    Restriction,
    State,
    against,
    agreed,
    binds,
    covers,
    ended,
    facts_of,
    refused,
)
from stillroom.kernel import StillroomError, Trilean

DAY = date(2026, 11, 20)
PLAN = Party("Chesapeake Mutual", "payer")
PLAIN = Restriction("r1", Basis.AGREED, "dov", date(2026, 11, 1), "Nothing to my plan, please.")
YES, NO, UNKNOWN = Trilean.YES, Trilean.NO, Trilean.UNKNOWN


def outcome(step: object) -> State | type[StillroomError]:
    try:
        return step().state  # type: ignore[operator, no-any-return]
    except StillroomError as error:
        return type(error)


def test_every_step_from_every_state_on_every_ground() -> None:
    """Exhaustive: 3 grounds x 4 states x what is known of the payment x each step."""
    for basis, state, paid in product(Basis, State, Trilean):
        one = replace(PLAIN, basis=basis, state=state, paid=paid)
        asked = state is State.ASKED
        assert outcome(lambda o=one: agreed(o, DAY)) == (State.AGREED if asked else NotInThisState)
        must = basis is Basis.PAID and paid is not NO
        expected = (MustBeHonored if must else State.REFUSED) if asked else NotInThisState
        assert outcome(lambda o=one: refused(o, DAY, "It cannot be done.")) == expected
        for how in Ending:
            alone = how is Ending.TOLD and basis is not Basis.AGREED
            ends = (
                (MustBeHonored if alone else State.ENDED)
                if state is State.AGREED
                else NotInThisState
            )
            assert outcome(lambda o=one, h=how: ended(o, DAY, h, "She said so.")) == ends


def test_no_answer_but_yes_and_no_end_goes_without_words() -> None:
    with pytest.raises(ReasonMissing):
        refused(PLAIN, DAY, "  ")
    with pytest.raises(ReasonMissing):
        ended(replace(PLAIN, state=State.AGREED), DAY, Ending.IN_WRITING, "")


def test_what_was_paid_for_in_full_is_kept_back_while_the_answer_waits() -> None:
    asked = replace(PLAIN, basis=Basis.PAID)
    assert binds(asked, None)
    assert not binds(replace(asked, paid=NO), None), "it was not paid in full; ask and answer"
    assert not binds(PLAIN, None), "what may be refused binds once it is agreed"


def test_an_end_told_by_the_practice_leaves_what_was_there_restricted() -> None:
    over = ended(replace(PLAIN, state=State.AGREED), DAY, Ending.TOLD, "Told her by letter.")
    assert binds(over, DAY)
    assert binds(over, None), "a day that is not known may be an old one"
    assert not binds(over, date(2026, 11, 21))
    freed = ended(replace(PLAIN, state=State.AGREED), DAY, Ending.IN_WRITING, "She wrote.")
    assert not binds(freed, DAY)


def test_from_whom_it_keeps() -> None:
    paid = replace(PLAIN, basis=Basis.PAID)
    assert against(paid, PLAN) is YES
    assert against(paid, Party("Rex", "attorney")) is NO
    named = replace(PLAIN, recipients=(Party("Ruth Halpern", "family_involved"),))
    assert against(named, Party("ruth  halpern", "family_involved")) is YES
    assert against(named, Party("R. Halpern", "family_involved")) is UNKNOWN
    assert against(PLAIN, PLAN) is YES, "from everybody"


days = st.one_of(st.none(), st.dates(date(2025, 1, 1), date(2027, 12, 31)))
restrictions = st.builds(
    Restriction,
    id=st.just("r"),
    basis=st.sampled_from(Basis),
    holder=st.just("dov"),
    asked_on=st.just(DAY),
    words=st.just("w"),
    kinds=st.frozensets(st.sampled_from(sorted(RECORD_KINDS)), max_size=2),
    period=st.builds(Period, days, days),
    recipients=st.lists(st.sampled_from([PLAN, Party("", "payer"), Party("Rex", "attorney")]), max_size=2).map(tuple),
    paid=st.sampled_from(Trilean),
    state=st.sampled_from(State),
    ended_on=st.just(DAY),
    ending=st.sampled_from(Ending),
)  # fmt: skip


@given(restrictions, st.sampled_from(sorted(RECORD_KINDS)), days)
def test_a_fact_for_the_whole_request_is_never_said_of_a_part(
    one: Restriction, kind: str, day: date | None
) -> None:
    """Law: where the law is told that all is restricted, each record is, of whatever kind and day."""
    if facts_of([one], PLAN):
        assert facts_of([one], PLAN) == {FACT[one.basis]: YES}
        assert covers(one, kind, day, PLAN)
        assert one.state is not State.REFUSED


def test_the_words_are_kept_as_they_were() -> None:
    import msgspec

    one = replace(PLAIN, recipients=(PLAN,), kinds=frozenset({"billing"}), period=Period(DAY, None))
    assert msgspec.json.decode(encode(one), type=Restriction) == one
