"""P5: what may be done to a record in which state, all of it: every state, step and person."""

from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillroom.chart import states
from stillroom.chart.states import Approval, Course, State, Step, Taken
from tests.cast import NOON

AUTHOR, SOL, UMA, BEA = "ada", "sol", "uma", "bea"
SUPERVISORS = frozenset({Step.COSIGN, Step.COSIGN_PART, Step.RETURN, Step.TAKE_BACK, Step.UNDO})
AUTHORS = frozenset({Step.SIGN, Step.SEND, Step.REVISE})


def in_state(state: State) -> Course:
    approvals = (Approval(SOL, 3, NOON),) if state in (State.COSIGNED, State.WAITING) else ()
    return Course(AUTHOR, state, version=1, last=3, asked=(SOL,), approvals=approvals)


def test_every_step_from_every_state_by_everybody_does_what_the_table_says_and_no_more() -> None:
    tried = 0
    for state, step, person in product(State, Step, (AUTHOR, SOL, BEA)):
        before, taken = in_state(state), Taken(4, step, person, NOON)
        fits = (step not in AUTHORS or person == AUTHOR) and (
            step not in SUPERVISORS or person != AUTHOR
        )
        hers = step is not Step.UNDO or person == SOL
        possible = (state, step) in states.LEADS and fits and hers
        assert states.may(before, step, person) is possible, (state, step, person)
        if possible:
            assert states.after(before, taken).state is states.LEADS[state, step]
        else:
            with pytest.raises(states.NotNow):
                states.after(before, taken)
        tried += 1
    assert tried == len(State) * len(Step) * 3


def test_nothing_leads_out_of_entered_in_error_or_back_to_a_draft() -> None:
    out = {(a, step): b for (a, step), b in states.LEADS.items() if a is State.IN_ERROR}
    assert out == {(State.IN_ERROR, Step.ADDEND): State.IN_ERROR}
    assert State.DRAFT not in states.LEADS.values()


def test_every_signed_state_can_be_struck_and_added_to() -> None:
    for state in set(State) - {State.DRAFT}:
        assert (state, Step.ADDEND) in states.LEADS
        assert ((state, Step.STRIKE) in states.LEADS) is (state is not State.IN_ERROR)


def test_co_signed_is_come_to_by_a_co_signature_alone() -> None:
    ways = {step for (a, step), b in states.LEADS.items() if b is State.COSIGNED != a}
    assert ways == {Step.COSIGN}


def test_every_state_can_be_come_to() -> None:
    reached, more = {State.DRAFT}, True
    while more:
        new = {b for (a, _), b in states.LEADS.items() if a in reached} - reached
        reached, more = reached | new, bool(new)
    assert reached == set(State)


def story(*steps: tuple[Step, str]) -> Course:
    taken = [
        Taken(n, step, by, NOON + timedelta(minutes=n), (SOL, UMA) if step is Step.SEND else ())
        for n, (step, by) in enumerate(steps, start=1)
    ]
    return states.follow(AUTHOR, taken)


SENT = ((Step.SIGN, AUTHOR), (Step.SEND, AUTHOR))


def test_an_approval_reaches_no_later_version() -> None:
    course = story(
        *SENT, (Step.COSIGN_PART, SOL), (Step.RETURN, UMA), (Step.REVISE, AUTHOR)
    )  # fmt: skip
    assert course.state is State.WAITING
    assert course.version == 5
    assert course.approvals == ()
    assert course.asked == (SOL, UMA), "those who were asked are asked again"


def test_an_approval_reaches_no_later_addendum_of_the_author() -> None:
    course = story(*SENT, (Step.COSIGN_PART, SOL), (Step.ADDEND, AUTHOR))
    assert course.approvals == ()
    course = story(*SENT, (Step.COSIGN, SOL), (Step.ADDEND, AUTHOR))
    assert course.state is State.COSIGNED
    assert course.approval_of(SOL) is not None, "until the addendum is sent, the approval stands"
    course = story(*SENT, (Step.COSIGN, SOL), (Step.ADDEND, AUTHOR), (Step.SEND, AUTHOR))
    assert (course.state, course.approvals) == (State.WAITING, ())


def test_a_colleagues_addendum_leaves_approvals_as_they_are() -> None:
    course = story(*SENT, (Step.COSIGN_PART, SOL), (Step.ADDEND, BEA))
    assert course.approval_of(SOL) is not None


def test_an_approval_undone_leaves_the_other_supervisors_standing() -> None:
    course = story(*SENT, (Step.COSIGN_PART, SOL), (Step.COSIGN, UMA), (Step.UNDO, UMA))
    assert course.state is State.WAITING
    assert [one.by for one in course.approvals] == [SOL]
    assert course.last == 5, "and every step is still in the chain"


def test_nobody_undoes_the_approval_of_another() -> None:
    course = story(*SENT, (Step.COSIGN, SOL))
    assert not states.may(course, Step.UNDO, UMA)


def test_a_chain_with_a_number_missing_could_not_have_been() -> None:
    with pytest.raises(states.NotNow):
        states.follow(AUTHOR, [Taken(2, Step.SIGN, AUTHOR, NOON)])


@given(st.lists(st.tuples(st.sampled_from(Step), st.sampled_from((AUTHOR, SOL, UMA, BEA)))))
def test_however_it_goes_nobody_approves_her_own_words_and_no_step_is_forgotten(
    wished: list[tuple[Step, str]],
) -> None:
    course, taken = Course(AUTHOR), 0
    for step, by in wished:
        if states.may(course, step, by):
            taken += 1
            course = states.after(course, Taken(taken, step, by, NOON, (SOL,)))
        assert course.last == taken
        assert all(one.by != AUTHOR for one in course.approvals)
        assert all(one.number >= course.version for one in course.approvals)
        assert (course.state is State.COSIGNED) <= bool(course.approvals)
