"""The golden thread: what was done for each objective, and what was left untouched since when."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from stillroom.chart.contents import Content, Section
from stillroom.chart.rules_plan import Plan, in_force
from stillroom.chart.rules_thread import QUIET_AFTER, SHOWN, Told, begun_on, thread
from tests.chart.plans import at, note, plan, review, signed

BEGUN = {"1": date(2026, 6, 9), "2": date(2026, 6, 9), "3": date(2026, 6, 9)}


def standing(*reviews: Content) -> Plan:
    found = in_force([signed("2026-06-09", plan())], [signed("2026-09-09", one) for one in reviews])
    assert found
    return found


def test_each_objective_has_the_notes_that_name_it_newest_first() -> None:
    notes = [note("2026-06-16", "1"), note("2026-06-30", "2"), note("2026-06-23", "1", "2")]
    one, two, three = thread(standing(), BEGUN, notes).strands
    assert [touch.record for touch in one.touches] == ["n2026-06-23", "n2026-06-16"]
    assert [touch.record for touch in two.touches] == ["n2026-06-30", "n2026-06-23"]
    assert one.untouched == date(2026, 6, 23)
    assert three.touches == ()
    assert three.untouched == date(2026, 6, 9), "since the plan it came with"


def test_what_was_done_and_the_response_are_in_the_notes_words() -> None:
    (touch,) = (
        thread(standing(), BEGUN, [note("2026-06-16", "1", response="Less dread.")])
        .strands[0]
        .touches
    )
    assert touch.done == "Session of 2026-06-16."
    assert touch.response == "Less dread."


def test_a_form_with_a_response_gives_it_and_a_free_note_gives_none() -> None:
    birp = Content(
        "BIRP",
        tuple(
            Section(name, name.lower()) for name in ("Behavior", "Intervention", "Response", "Plan")
        ),
        answers=note("2026-06-16", "1").content.answers,
    )
    free = Content("Free", (Section("Note", "All in one."),), answers=birp.answers)
    notes = [
        Told("a", at("2026-06-16"), "", "ada", birp),
        Told("b", at("2026-06-17"), "", "ada", free),
    ]
    newer, older = thread(standing(), BEGUN, notes).strands[0].touches
    assert (older.done, older.response) == ("intervention", "response")
    assert (newer.done, newer.response) == ("All in one.", "")


def test_notes_that_name_none_are_counted_and_on_no_thread() -> None:
    notes = [note("2026-06-16"), note("2026-06-23", "1"), note("2026-01-05")]
    found = thread(standing(), BEGUN, notes)
    assert (found.notes, found.loose) == (2, 1), "the one before any plan is nobody's fault"
    assert not any(t.record == "n2026-06-16" for s in found.strands for t in s.touches)


def test_an_objective_that_the_last_notes_passed_over_is_quiet() -> None:
    notes = [note(f"2026-07-{day:02}", "1") for day in range(1, 1 + QUIET_AFTER)]
    one, two, _ = thread(standing(), BEGUN, notes).strands
    assert not one.quiet
    assert two.quiet
    assert not thread(standing(), BEGUN, notes[1:]).strands[1].quiet, "too few to say"


def test_an_objective_served_before_the_last_notes_is_quiet_again() -> None:
    served = [note("2026-06-20", "2")]
    later = [note(f"2026-07-{day:02}", "1") for day in range(1, 1 + QUIET_AFTER)]
    assert thread(standing(), BEGUN, served + later).strands[1].quiet
    assert not thread(standing(), BEGUN, served + later[1:]).strands[1].quiet


def test_what_is_met_is_not_quiet() -> None:
    notes = [note(f"2026-10-{day:02}", "1") for day in range(1, 1 + QUIET_AFTER)]
    assert not thread(standing(review(o2="met")), BEGUN, notes).strands[1].quiet


def test_a_number_of_another_plan_is_on_no_thread() -> None:
    found = thread(standing(), BEGUN, [note("2026-06-16", "9", "nonsense", "")])
    assert all(not strand.touches for strand in found.strands)


def test_an_objective_that_came_later_begins_later() -> None:
    first, second = plan(), plan(**{"objectives.3.number": "4", "objectives.3.objective": "New"})
    begun = begun_on([(date(2026, 9, 9), second), (date(2026, 6, 9), first)])
    assert begun == {**BEGUN, "4": date(2026, 9, 9)}


days = st.integers(0, 200).map(lambda nth: at("2026-06-10") + timedelta(days=nth))
named = st.sets(st.sampled_from(["1", "2", "3", "7"]))


@given(st.lists(st.tuples(days, named), max_size=12))
def test_the_thread_holds_each_naming_once_and_forgets_none(
    made: list[tuple[datetime, set[str]]],
) -> None:
    notes = [
        Told(str(nth), when, "", "ada", note("2026-06-16", *sorted(names)).content)
        for nth, (when, names) in enumerate(made)
    ]
    found = thread(standing(), BEGUN, notes, most=99)
    for strand in found.strands:
        number = strand.objective.number
        assert strand.count == len(strand.touches)
        served = [one for one in notes if number in one.names]
        assert {touch.record for touch in strand.touches} == {one.record for one in served}
        assert strand.untouched == max((one.at.date() for one in served), default=BEGUN[number])
    assert found.loose == sum(not one.names for one in notes)
    assert found == thread(standing(), BEGUN, notes[::-1], most=99), "whatever order they come in"
    few = thread(standing(), BEGUN, notes)
    assert [one.count for one in few.strands] == [one.count for one in found.strands]
    for short, long in zip(few.strands, found.strands, strict=True):
        assert short.touches == long.touches[:SHOWN]
