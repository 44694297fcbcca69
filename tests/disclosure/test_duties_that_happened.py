"""What is owed when somebody is in danger, by when, and what closes it: the duty side of an hour."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillroom.disclosure.happened import attempts, puts
from stillroom.disclosure.happened.attempts import RESULTS, Attempt
from stillroom.disclosure.happened.clock import ByWhen, by_when, span_words
from stillroom.disclosure.happened.deeds import BY_ID, DEEDS, MET_BY, OWN, Sort, sort_of
from stillroom.disclosure.happened.duties import Owed, deeds_for, open_duties, owed
from stillroom.kernel import Trilean
from stillroom.law import Deadline, FactValue
from tests.web import corpus

DAY = date(2026, 11, 28)
TWO = datetime(2026, 11, 28, 19, 0, tzinfo=UTC)
YES = Trilean.YES
THREAT: dict[str, FactValue] = {
    "threat_communicated": YES,
    "threat_communicated_by": "client",
    "threat_imminent": YES,
    "threat_serious": YES,
    "threat_kind": "serious_physical_harm_or_death",
    "victim": "identified",
    "propensity_for_violence_known": YES,
    "part2_program": Trilean.NO,
}
CHILD: dict[str, FactValue] = {
    "suspicion": "child_abuse",
    "reasonable_suspicion": YES,
    "victim_now_minor": YES,
    "part2_program": Trilean.NO,
}


def tried(deed: str, result: str = "told", minutes: int = 5, *serves: str) -> Attempt:
    return Attempt(deed, result, TWO + timedelta(minutes=minutes), serves=serves)


def owes(occasion: str, facts: dict[str, FactValue], *done: Attempt) -> dict[str, Owed]:
    found = puts.ask(corpus(), occasion, ("us-md",), "psychologist", DAY, facts)
    return {one.key: one for one in owed(found, done, TWO)}


MARYLAND = "us-md.cjp.5-609.protect.law_enforcement"


def test_maryland_asks_for_one_of_three_and_none_is_open_before_a_threat() -> None:
    asked = owes("danger_to_others", THREAT)[MARYLAND]
    assert asked.open
    assert len(asked.ways) == 3
    assert asked.by.at_once
    nothing = owes("danger_to_others", {"threat_communicated": Trilean.NO})
    assert not open_duties(nothing.values())


@pytest.mark.parametrize(
    ("done", "met"),
    [
        ([tried("notify_law_enforcement")], False),
        ([tried("notify_law_enforcement"), tried("warn_victim", "no_answer")], True),
        ([tried("notify_law_enforcement"), tried("warn_victim")], True),
        ([tried("notify_law_enforcement", "no_answer"), tried("warn_victim")], False),
        ([tried("warn_victim")], False),
        ([tried("hospitalize_involuntary", "done")], True),
        ([tried("hospitalize_involuntary", "refused")], False),
        ([tried("treatment_plan", "done")], True),
        ([tried("other_reasonable_precautions", "done")], False),
        ([tried("other_reasonable_precautions", "done", 5, MARYLAND)], True),
        ([tried("other_reasonable_precautions", "no_answer", 5, MARYLAND)], False),
    ],
)
def test_a_duty_closes_by_a_whole_way_or_by_what_a_person_says_meets_it(
    done: list[Attempt], met: bool
) -> None:
    """The victim need be told only *if feasible*: an attempt in earnest is enough; the police must
    be reached."""
    assert owes("danger_to_others", THREAT, *done)[MARYLAND].met is met


def test_a_child_in_maryland_is_reported_by_telephone_and_in_48_hours_in_writing() -> None:
    before = owes("child_abuse", CHILD)
    orally = before["us-md.fl.5-704.report_orally.child_protective_services"]
    paper = before["us-md.fl.5-704.report_in_writing.child_protective_services"]
    assert orally.by.at_once
    assert paper.by.due == TWO + timedelta(hours=48)
    assert paper.written
    assert not orally.written
    after = owes("child_abuse", CHILD, tried("report_orally"))
    assert after[orally.key].met
    assert after[paper.key].open, "a telephone call is no writing"
    all_done = owes("child_abuse", CHILD, tried("report_orally"), tried("report_in_writing"))
    assert all_done[paper.key].met


def test_what_may_not_apply_is_shown_and_never_counted_as_open() -> None:
    """Federal land, a nursing home: nobody knows yet (P6), so nothing says that it is owed."""
    found = owes("child_abuse", CHILD)
    federal = [one for one in found.values() if one.provision.startswith("us.duty.")]
    assert federal
    assert not any(one.open for one in federal)


RULES = [
    rule for rule in corpus().provisions.values() if rule.acts & {"warn", "report"} and rule.demands
]


def test_every_way_that_the_law_on_file_names_has_words_of_its_own() -> None:
    named = {
        act for rule in RULES for one in rule.demands for way in one.discharged_by for act in way
    }
    assert named <= MET_BY.keys() | OWN.keys()
    assert all(act.deeds <= BY_ID.keys() for act in (*MET_BY.values(), *OWN.values()))


def test_every_deed_is_the_way_to_something_the_law_names() -> None:
    """No deed stands in the form for which there is no duty on file."""
    ways = [
        act for rule in RULES for one in rule.demands for way in one.discharged_by for act in way
    ]
    own = [one.act for rule in RULES for one in rule.demands]
    met = {deed for act in ways if act in MET_BY for deed in MET_BY[act].deeds}
    met |= {deed for act in own if act in OWN for deed in OWN[act].deeds}
    assert {one.id for one in DEEDS} == met | {"report_state_agency"}


def test_an_act_that_nobody_classified_is_to_be_done() -> None:
    assert sort_of("a_duty_of_next_year") is Sort.DO


@pytest.mark.parametrize(
    ("words", "hours", "at_once"),
    [
        ("within 24 hours", 24, False),
        ("immediately, within 48 hours at the latest", 48, True),
        ("immediately, which means no later than 24 hours", 24, True),
        ("2 hours", 2, False),
        ("within 48 hours, if asked", None, False),
        ("within 48 hours of the oral report", None, False),
        ("within 5 days", 120, False),
        ("as soon as possible", None, True),
        ("no time limit is written; do it now", None, True),
        ("as the danger calls for", None, True),
        ("on request", None, False),
    ],
)
def test_a_clock_is_counted_where_the_words_have_a_figure(
    words: str, hours: int | None, at_once: bool
) -> None:
    found = by_when(Deadline(words), TWO, None)
    assert found == ByWhen(words, at_once, None if hours is None else TWO + timedelta(hours=hours))


def test_a_clock_that_begins_with_the_telephone_call_begins_with_it() -> None:
    words = Deadline("within 48 hours of the oral report")
    called = TWO + timedelta(minutes=40)
    assert by_when(words, TWO, called).due == called + timedelta(hours=48)


def test_days_of_business_leave_the_weekend_out() -> None:
    saturday = TWO
    assert by_when(Deadline("", 2, "business day"), saturday, None).due == datetime(
        2026, 12, 1, 19, 0, tzinfo=UTC
    )


def test_every_figure_in_a_deadline_of_a_report_is_counted() -> None:
    """The clocks of the law on file: wherever there is a figure and no "if asked", there is an end;
    and no end is later than the figure says."""
    for rule in RULES:
        for one in rule.demands:
            words = one.by.words if one.by else ""
            if one.by is None or not any(c.isdigit() for c in words) or "if asked" in words:
                continue
            found = by_when(one.by, TWO, TWO)
            assert found.due is not None, (rule.id, words)
            assert found.due <= TWO + timedelta(days=7), (rule.id, words)


def test_how_long_it_has_been_open() -> None:
    said = [span_words(timedelta(minutes=each)) for each in (0, 1, 59, 60, 119, 120, 2879, 2880)]
    assert said == [
        "0 minutes", "1 minute", "59 minutes", "1 hour", "1 hour", "2 hours", "47 hours", "2 days",
    ]  # fmt: skip


DEED_IDS = [one.id for one in DEEDS]
MADE = st.builds(
    lambda deed, result, minutes: tried(deed, result, minutes),
    st.sampled_from(DEED_IDS),
    st.sampled_from(sorted(RESULTS)),
    st.integers(0, 300),
)


@settings(max_examples=40)
@given(st.lists(MADE, max_size=5), MADE)
def test_one_more_attempt_never_opens_what_was_closed(done: list[Attempt], more: Attempt) -> None:
    """Monotone: what is open after more was tried was open before."""
    found = puts.ask(corpus(), "danger_to_others", ("us-md",), "psychologist", DAY, THREAT)
    before = {one.key for one in open_duties(owed(found, done, TWO))}
    after = {one.key for one in open_duties(owed(found, [*done, more], TWO))}
    assert after <= before


def test_the_form_offers_what_could_meet_a_duty_and_only_that() -> None:
    assert deeds_for(owes("danger_to_others", THREAT).values())[:2] == (
        "notify_law_enforcement",
        "warn_victim",
    )
    assert "report_in_writing" in deeds_for(owes("child_abuse", CHILD).values())


def test_an_attempt_comes_back_as_it_was_written() -> None:
    one = attempts.made(
        {
            "deed": "warn_victim",
            "result": "message",
            "whom": "  J. P. ",
            "how": "telephone",
            "words": "Asked to call",
            "next": "Again at 14:20",
        },
        ("a.b.c",),
        TWO + timedelta(seconds=31),
        TWO + timedelta(minutes=1),
    )
    assert one.at == TWO, "to the minute"
    assert one.whom == "J. P."
    assert attempts.read(attempts.written(one)) == one
    assert not one.discloses


def test_what_does_not_apply_is_said_with_a_reason_and_closes_that_duty_alone() -> None:
    head = "us-md.fl.5-704.tell_head_of_institution."
    typed = {"deed": "tell_in_house", "result": "not_owed"}
    with pytest.raises(attempts.NotAnAttempt):
        attempts.made(typed, (head,), TWO, TWO)
    one = attempts.made({**typed, "words": "Nobody employs me."}, (head,), TWO, TWO)
    found = owes("child_abuse", CHILD, one)
    assert found[head].met
    assert [each.key for each in found.values() if each.sure is YES and each.met] == [head]
    assert not one.discloses


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"deed": "warn_victim", "result": "perhaps"},
        {"deed": "shout", "result": "told"},
        {"deed": "warn_victim", "result": "told", "how": "by pigeon"},
        {"deed": "warn_victim", "result": "told", "words": "x" * 2001},
    ],
)
def test_what_is_no_attempt_is_refused_with_what_to_do(typed: dict[str, str]) -> None:
    with pytest.raises(attempts.NotAnAttempt) as problem:
        attempts.made(typed, (), TWO, TWO)
    assert problem.value.advice


def test_nothing_is_tried_in_the_future() -> None:
    good = {"deed": "warn_victim", "result": "told"}
    with pytest.raises(attempts.NotAnAttempt):
        attempts.made(good, (), TWO + timedelta(minutes=6), TWO)


def test_only_who_was_reached_was_told() -> None:
    """A line in the account for each telling, none for a message or a plan."""
    assert tried("warn_victim").discloses
    assert not tried("warn_victim", "message").discloses
    assert not tried("treatment_plan", "done").discloses
