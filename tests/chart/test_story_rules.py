"""The story says what records say, newest of each, and leaves out what nobody wrote."""

from dataclasses import replace
from datetime import date

from stillroom.chart import rules
from stillroom.chart.contents import Content, Section
from stillroom.chart.kinds import KINDS, Kind
from stillroom.chart.rules_plan import in_force
from stillroom.chart.rules_story import LATEST, TRENDS, Piece, due, story, taken
from tests.chart.plans import at, plan, review, signed

TODAY = date(2026, 11, 28)
MEASURE = Kind("measure", "Measure", {"Measure": ("Result", "Answers")}, names_form=True)


def piece(kind: Kind, day: str, fields: dict[str, str], record: str = "") -> Piece:
    content = rules.written(
        kind, kind.first_form, {**dict.fromkeys(kind.forms[kind.first_form], ""), **fields}
    )
    return Piece(record or f"{kind.id} {day}", at(day), "ada", kind, content)


def measured(day: str, result: str, form: str = "PHQ-9") -> Piece:
    content = Content(
        form, (Section("Result", f"{result}\nAsked."), Section("Answers", "1")), kind="measure"
    )
    return Piece(f"m{day}", at(day), "ada", MEASURE, content)


def test_what_has_ended_is_not_taken_and_an_empty_line_is_none() -> None:
    fields = {
        "medication.0.what": "Sertraline",
        "medication.0.dose": "50 mg, mornings",
        "medication.1.what": "Lorazepam",
        "medication.1.ended": "2026-05",
        "medication.2.what": "  ",
    }
    content = piece(KINDS["medication_list"], "2026-10-01", fields).content
    assert [(one.what, one.more) for one in taken(content)] == [("Sertraline", "50 mg, mornings")]


def test_the_newest_of_each_kind_of_risk_with_its_level_and_reasons() -> None:
    kind = KINDS["suicide_risk"]
    ((value, label), *_) = kind.fields["level"].options
    older = piece(kind, "2026-03-01", {"level": value, "reasons": "Old reasons."})
    newer = piece(kind, "2026-10-01", {"level": value, "reasons": "Sleeps, calls, has plans."})
    told = story([newer, older], None, TODAY)
    assert [one.words for one in told.risks] == [f"{label}. Sleeps, calls, has plans."]
    assert told.risks[0].record == newer.record


def test_a_measures_latest_results_in_its_own_words_newest_first() -> None:
    many = [
        measured(f"2026-{month:02}-01", f"PHQ-9: {20 - month} of 27.") for month in range(1, 11)
    ]
    (trend,) = story(many, None, TODAY).trends
    assert trend.instrument == "PHQ-9"
    assert [one.words for one in trend.results][:2] == ["PHQ-9: 10 of 27.", "PHQ-9: 11 of 27."]
    assert len(trend.results) == TRENDS


def test_why_here_is_the_intakes_reason_else_the_first_note() -> None:
    intake = piece(KINDS["intake"], "2026-01-05", {"reason": "“I cannot cross the bridge.”"})
    note = piece(KINDS["progress_note"], "2026-01-12", {"Data": "Drew the alarm."})
    assert [one.words for one in story([note, intake], None, TODAY).why] == [
        "“I cannot cross the bridge.”"
    ]
    assert [one.words for one in story([note], None, TODAY).why] == ["Drew the alarm."]
    assert story([], None, TODAY).why == ()


def test_the_latest_sessions_are_few_and_newest_first() -> None:
    kind = KINDS["progress_note"]
    notes = [piece(kind, f"2026-02-{day:02}", {"Data": f"Day {day}."}) for day in range(1, 20)]
    told = story(notes, None, TODAY).sessions
    assert [one.words for one in told] == [f"Day {day}." for day in range(19, 19 - LATEST, -1)]


def test_what_is_due_is_the_review_and_the_objectives_whose_day_is_near() -> None:
    targets = {"objectives.0.target": "2026-11-01", "objectives.1.target": "2027-09-01"}
    found = in_force([signed("2026-06-09", plan(**targets))], [])
    told = due(found, TODAY)
    assert [(one.on.isoformat(), one.past) for one in told] == [
        ("2026-11-01", True),
        ("2026-12-09", False),
    ]
    met = in_force(
        [signed("2026-06-09", plan(**targets))], [signed("2026-09-09", review(o1="met"))]
    )
    assert [one.words for one in due(met, TODAY)] == ["Review of the plan"]
    assert due(None, TODAY) == ()


def test_an_answer_that_the_kind_does_not_know_is_said_as_it_was_typed() -> None:
    odd = piece(KINDS["suicide_risk"], "2026-10-01", {"level": "unheard of", "reasons": "x"})
    assert story([odd], None, TODAY).risks[0].words == "unheard of. x"
    bare = replace(odd, content=Content("Sheet", (), kind="suicide_risk"))
    assert story([bare], None, TODAY).risks[0].words == ""
