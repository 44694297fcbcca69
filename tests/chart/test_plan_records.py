"""Plans, diagnoses, thread, story and sifts over real records: one entry each, and nothing of others."""

from datetime import date, timedelta

import pytest

from stillroom.chart import actions, actions_plan, lists, offering, queries, queries_plan, rules
from stillroom.chart.contents import Answer
from stillroom.chart.kinds import KINDS, PROGRESS_NOTE
from stillroom.chart.models import Record
from stillroom.chart.queries_print import chosen_records
from stillroom.chart.queries_story import whole_story
from stillroom.chart.rules_sift import EVERYTHING, Sift, sift_of
from stillroom.chart.sheets import fields_of
from stillroom.chart.sifting import choices, conditions
from stillroom.phi import NotHere
from tests.cast import NOON, Cast
from tests.chart.plans import plan, review

PLAN, REVIEW, LIST = (KINDS[one] for one in ("treatment_plan", "plan_review", "diagnoses"))


def sign_plan(cast: Cast, kind: str = "treatment_plan", **more: str) -> str:
    ada = cast.here("ada")
    answers = {"treatment_plan": plan, "plan_review": review}[kind](**more).answers
    record = actions.begin(ada, cast.dov, kind, occurred_at=ada.at, answers=answers)
    actions.sign(ada, record, 1)
    return record


def sign_note(cast: Cast, *objectives: str, who: str = "ada", words: str = "He walked.") -> str:
    here = cast.here(who)
    record = actions.begin(here, cast.dov, "progress_note", occurred_at=here.at, form="DAP")
    content = rules.written(
        PROGRESS_NOTE, "DAP", {"Data": words, "Assessment": "Better.", "Plan": ""}
    )
    answers = rules.answering(content, Answer("objectives", chosen=objectives))
    actions.save_content(here, record, answers, 1)
    actions.sign(here, record, 2)
    return record


def sign_list(cast: Cast, **cells: str) -> str:
    ada = cast.here("ada")
    fields = {
        "diagnoses.0.code": "F33.1",
        "diagnoses.0.title": "Major depressive disorder, recurrent, moderate",
        "diagnoses.0.certainty": "confirmed",
        **{name.replace("__", "."): text for name, text in cells.items()},
    }
    record = actions.begin(ada, cast.dov, "diagnoses", occurred_at=ada.at)
    saved = actions.save_draft(ada, record, fields, 1, kind="diagnoses")
    actions.sign(ada, record, saved.version)
    return record


# The plan in force, and what begins with it


def test_the_plan_is_found_with_one_entry_and_its_words_lie_sealed(cast: Cast) -> None:
    sign_plan(cast)
    before = cast.house.log.size
    course = queries_plan.plan_course(cast.here("ada"), cast.dov)
    assert cast.house.log.size == before + 1
    assert course.plan
    assert [one.number for one in course.plan.open] == ["1", "2", "3"]
    row = Record.objects.get(kind="treatment_plan")
    assert row.kind == "treatment_plan"
    sealed = bytes(row.revisions.get().sealed)
    assert b"low hour" not in sealed


def test_who_does_not_care_finds_no_plan_no_thread_no_story_no_print(cast: Cast) -> None:
    record = sign_plan(cast)
    for reads in (
        lambda here: queries_plan.plan_course(here, cast.dov),
        lambda here: queries_plan.golden_thread(here, cast.dov),
        lambda here: queries_plan.objective_options(here, cast.dov),
        lambda here: whole_story(here, cast.dov),
        lambda here: chosen_records(here, cast.dov, [record]),
        lambda here: actions_plan.plan_answers(here, cast.dov),
    ):
        with pytest.raises(NotHere):
            reads(cast.here("bea"))


def test_the_next_version_begins_with_what_stands_and_keeps_its_numbers(cast: Cast) -> None:
    sign_plan(cast)
    later = cast.later(days=90)
    sign_plan(later, "plan_review", o1="continue", o2="met")
    answers = lists.carried_forward(later.here("ada"), cast.dov, PLAN)
    (rows,) = (one.rows for one in answers if one.name == "objectives")
    assert [(row["number"], row["state"]) for row in rows] == [
        ("1", "working"),
        ("2", "met"),
        ("3", "working"),
    ]
    content = rules.blank(PLAN, answers=answers)
    cells = actions_plan.with_objective(later.here("ada"), cast.dov, content, "A")
    assert cells == {"objectives.3.number": "4", "objectives.3.of": "A"}


def test_a_number_is_not_given_again_even_after_its_plan_was_entered_in_error(cast: Cast) -> None:
    record = sign_plan(cast)
    actions.strike(cast.here("ada"), record, "Another client’s plan.")
    ada = cast.later(days=1).here("ada")
    assert queries_plan.plan_course(ada, cast.dov).plan is None
    (rows,) = (
        one.rows for one in actions_plan.plan_answers(ada, cast.dov) if one.name == "objectives"
    )
    assert rows[0]["number"] == "4"


def test_a_review_without_a_plan_is_refused_with_what_to_do(cast: Cast) -> None:
    with pytest.raises(actions_plan.NoPlan) as refused:
        lists.carried_forward(cast.here("ada"), cast.dov, REVIEW)
    assert "Write the plan" in refused.value.advice


def test_a_plan_that_waits_is_gone_on_with(cast: Cast) -> None:
    ada = cast.here("ada")
    record = actions.begin(ada, cast.dov, "treatment_plan", occurred_at=ada.at)
    assert lists.draft_waiting(ada, cast.dov, PLAN) == record
    assert lists.draft_waiting(ada, cast.dov, REVIEW) == ""


def test_a_line_taken_away_moves_the_others_up_and_touches_nothing_else() -> None:
    fields = {"objectives.0.number": "1", "objectives.1.number": "2", "objectives.2.number": "3"}
    odd = {"objectives.x.number": "7", "objectives": "8"}
    assert actions_plan.without_row(odd, "objectives", 0) == odd
    kept = actions_plan.without_row(
        {**fields, "own_words": "x", "problems.1.letter": "B"}, "objectives", 1
    )
    assert kept == {
        "objectives.0.number": "1",
        "objectives.1.number": "3",
        "own_words": "x",
        "problems.1.letter": "B",
    }


# The thread


def test_a_note_may_name_what_the_plan_works_on_and_the_thread_shows_it(cast: Cast) -> None:
    sign_plan(cast)
    ada = cast.here("ada")
    assert [value for value, _ in offering.options_for(ada, cast.dov, "objectives")] == [
        "1",
        "2",
        "3",
    ]
    note = sign_note(cast.later(days=7), "1", words="Walked at six.")
    sign_note(cast.later(days=14))
    later = cast.later(days=15)
    before = later.house.log.size
    _, thread = queries_plan.golden_thread(later.here("ada"), cast.dov)
    assert later.house.log.size == before + 1
    assert thread
    one, two, _ = thread.strands
    assert [(each.record, each.done, each.response) for each in one.touches] == [
        (note, "Walked at six.", "Better.")
    ]
    assert two.untouched == NOON.date()
    assert (thread.notes, thread.loose) == (2, 1)


def test_a_note_entered_in_error_is_on_no_thread(cast: Cast) -> None:
    sign_plan(cast)
    note = sign_note(cast.later(days=7), "1")
    actions.strike(cast.later(days=8).here("ada"), note, "Of another client.")
    _, thread = queries_plan.golden_thread(cast.later(days=9).here("ada"), cast.dov)
    assert thread
    assert thread.strands[0].touches == ()


def test_what_is_met_is_offered_to_no_note(cast: Cast) -> None:
    sign_plan(cast)
    sign_plan(cast.later(days=30), "plan_review", o1="continue", o2="met")
    options = queries_plan.objective_options(cast.later(days=31).here("ada"), cast.dov)
    assert [value for value, _ in options] == ["1", "3"]


# Diagnoses


def test_the_newest_signed_list_is_the_one_that_holds(cast: Cast) -> None:
    sign_list(cast)
    sign_list(cast.later(days=30), diagnoses__0__code="F33.41", diagnoses__0__title="in remission")
    listed, _ = queries_plan.current_diagnoses(cast.later(days=31).here("ada"), cast.dov)
    assert listed
    assert [one.code for one in listed.lines] == ["F33.41"]
    assert Record.objects.filter(kind="chart_list").count() == 2, "the one before stays"


def test_a_dead_code_cannot_be_signed_and_the_sentence_names_the_nearest(cast: Cast) -> None:
    with pytest.raises(rules.NotComplete) as refused:
        sign_list(cast, diagnoses__0__code="F43.8")
    (fault,) = refused.value.faults
    assert fault.field == "diagnoses.0.code"
    assert "F43.81" in fault.sentence
    assert Record.objects.get().state == "draft", "what was typed is kept"


def test_the_list_that_is_changed_begins_with_the_one_that_holds(cast: Cast) -> None:
    sign_list(cast)
    (answer,) = lists.carried_forward(cast.here("ada"), cast.dov, LIST)
    assert answer.rows[0]["code"] == "F33.1"
    content = rules.blank(LIST, answers=[answer])
    assert actions_plan.with_code(content, "f41.1")["diagnoses.1.code"] == "F41.1"
    assert actions_plan.with_own_code(content, "f99z")["diagnoses.1.code"] == "F99.Z"
    with pytest.raises(actions_plan.NoSuchCode):
        actions_plan.with_code(content, "sadness")


def test_the_first_diagnosis_is_principal_until_somebody_says_otherwise() -> None:
    first = actions_plan.with_code(rules.blank(LIST), "F33.1")
    assert first["diagnoses.0.principal"] == "yes"
    content = rules.written(LIST, "Sheet", first)
    assert "diagnoses.1.principal" not in actions_plan.with_code(content, "F41.1")


# The story


def test_the_story_says_what_signed_records_say_each_with_its_record(cast: Cast) -> None:
    sign_plan(cast)
    sign_list(cast)
    note = sign_note(cast.later(days=7), "1", words="He came because the nights are long.")
    sign_note(cast.later(days=14), words="Second.")
    later = cast.later(days=20)
    before = later.house.log.size
    told = whole_story(later.here("ada"), cast.dov)
    assert later.house.log.size == before + 1
    assert [one.words for one in told.story.why] == [
        "He came because the nights are long. Better.",
        "I want to be there when the kids are there.",
    ]
    assert told.story.why[0].record == note
    assert [one.words for one in told.story.sessions] == [
        "Second. Better.",
        "He came because the nights are long. Better.",
    ]
    assert told.diagnoses
    assert [one.on for one in told.story.due] == [date(2026, 12, 9)]


def test_the_story_of_an_empty_chart_says_nothing(cast: Cast) -> None:
    told = whole_story(cast.here("ada"), cast.dov)
    assert (told.story.why, told.story.risks, told.story.trends, told.story.due) == ((), (), (), ())
    assert told.diagnoses is None


def test_another_authors_private_note_is_in_no_story(cast: Cast) -> None:
    ada = cast.here("ada")
    record = actions.begin(ada, cast.dov, "psychotherapy_note", occurred_at=ada.at)
    actions.save_draft(ada, record, {"Note": "hers alone"}, 1)
    actions.sign(ada, record, 2)
    assert whole_story(cast.here("sol"), cast.dov).story.sessions == ()
    assert whole_story(ada, cast.dov).story.sessions == ()


# Sifts


def shown(cast: Cast, who: str, sift: Sift) -> list[str]:
    here = cast.here(who)
    where = conditions(here, cast.dov, sift)
    return [line.id for line in queries.timeline(here, cast.dov, most=500, where=where).lines]


def filled(cast: Cast) -> dict[str, str]:
    found = {"plan": sign_plan(cast), "one": sign_note(cast.later(days=7), "1")}
    found["two"] = sign_note(cast.later(days=14), "1", "2")
    ada = cast.later(days=15).here("ada")
    found["draft"] = actions.begin(ada, cast.dov, "progress_note", occurred_at=ada.at)
    found["private"] = actions.begin(ada, cast.dov, "psychotherapy_note", occurred_at=ada.at)
    return found


@pytest.mark.parametrize(
    ("sift", "left"),
    [
        (Sift(), {"plan", "one", "two", "draft", "private"}),
        (Sift(shelf="treatment_plan"), {"plan"}),
        (Sift(shelf="nonsense"), set()),
        (Sift(unsigned=True), {"draft", "private"}),
        (Sift(objective="1"), {"one", "two"}),
        (Sift(objective="2"), {"two"}),
        (Sift(objective="9"), set()),
        (
            Sift(since=(NOON + timedelta(days=7)).date(), until=(NOON + timedelta(days=7)).date()),
            {"one"},
        ),
        (Sift(since=(NOON + timedelta(days=8)).date()), {"two", "draft", "private"}),
        (Sift(until=NOON.date()), {"plan"}),
        (Sift(author="nobody"), set()),
    ],
)
def test_a_sift_leaves_what_it_asks_for(cast: Cast, sift: Sift, left: set[str]) -> None:
    records = filled(cast)
    assert set(shown(cast.later(days=16), "ada", sift)) == {records[name] for name in left}


def test_no_sift_shows_what_the_timeline_does_not(cast: Cast) -> None:
    filled(cast)
    later = cast.later(days=16)
    everything = set(shown(later, "sol", EVERYTHING))
    for sift in (
        Sift(unsigned=True),
        Sift(shelf="psychotherapy_note"),
        Sift(author=cast.ada.id),
        Sift(objective="1"),
    ):
        assert set(shown(later, "sol", sift)) <= everything
    assert shown(later, "sol", Sift(unsigned=True)) == []
    assert shown(later, "sol", Sift(shelf="psychotherapy_note")) == []
    offered = choices(later.here("sol"), cast.dov)
    assert "psychotherapy_note" not in offered.shelves
    assert "psychotherapy_note" in choices(later.here("ada"), cast.dov).shelves


def test_a_sift_comes_back_from_its_address() -> None:
    sift = Sift("letter", "x", date(2026, 1, 2), date(2026, 3, 4), True, "3")
    assert sift_of(sift.asked()) == sift
    assert sift_of({"since": "soon", "unsigned": "no", "objective": ""}) == EVERYTHING
    assert EVERYTHING.idle
    assert dict(EVERYTHING.asked()) == {}


# A copy for use inside


def test_a_print_is_whole_checked_oldest_first_and_one_entry(cast: Cast) -> None:
    records = filled(cast)
    later = cast.later(days=16)
    before = later.house.log.size
    found = chosen_records(later.here("sol"), cast.dov, [records["two"], records["plan"]])
    assert [one.id for one in found] == [records["plan"], records["two"]]
    assert later.house.log.size == before + 1
    assert found[0].title == "Treatment plan"
    assert fields_of(found[0].revisions[0].content)["own_words"]


@pytest.mark.parametrize("name", ["draft", "private", "elsewhere"])
def test_no_draft_no_private_note_and_nothing_of_another_chart_is_printed(
    cast: Cast, name: str
) -> None:
    records = filled(cast) | {"elsewhere": "x" * 26}
    later = cast.later(days=16)
    ada = later.here("ada")
    actions.save_draft(ada, records["private"], {"Note": "hers alone"}, 1)
    actions.sign(ada, records["private"], 2)
    with pytest.raises(NotHere):
        chosen_records(later.here("ada"), cast.dov, [records["one"], records[name]])
