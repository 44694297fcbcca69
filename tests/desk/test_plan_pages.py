"""Writing plans and diagnoses by their pages: lines added and taken away, nothing typed lost."""

import pytest
from django.urls import reverse

from stillroom.chart import queries
from stillroom.chart.models import Record
from stillroom.chart.sheets import fields_of
from tests.cast import Cast
from tests.web import Visitor, serve


@pytest.fixture
def ada(cast: Cast) -> Visitor:
    serve(cast)
    return Visitor(cast, "ada")


def begin(ada: Visitor, cast: Cast, kind: str) -> str:
    """A draft of Ada's about Dov."""
    answer = ada.post(reverse("begin_note", kwargs={"chart_id": cast.dov, "kind": kind}), {})
    assert answer.status_code == 302
    return answer.headers["Location"].rpartition("/")[2]


def at(name: str, record: str) -> str:
    return reverse(name, kwargs={"record_id": record})


def row(ada: Visitor, record: str, version: int, kind: str, **sent: str):
    fields = {"version": str(version), "record-kind": kind, "record-form": "Sheet", **sent}
    return ada.post(
        at("record_row", record), {name.replace("__", "."): text for name, text in fields.items()}
    )


def kept(cast: Cast, record: str) -> dict[str, object]:
    """The fields of the draft as they were last saved."""
    whole = queries.record(cast.here("ada"), record)
    assert whole.draft
    return dict(fields_of(whole.draft))


def test_a_new_plan_begins_with_one_problem_and_one_objective(ada: Visitor, cast: Cast) -> None:
    record = begin(ada, cast, "treatment_plan")
    page = ada.get(at("record", record)).content.decode()
    assert "Problem A" in page
    assert 'id="objective-1"' in page
    assert "The first plan of this chart." in page


def test_an_objective_more_keeps_every_word_and_leads_to_its_line(ada: Visitor, cast: Cast) -> None:
    record = begin(ada, cast, "treatment_plan")
    answer = row(
        ada,
        record,
        1,
        "treatment_plan",
        own_words="I want my evenings.",
        problems__0__letter="A",
        objectives__0__number="1",
        objectives__0__of="A",
        objectives__0__objective="Two evenings",
        review_due="not a day yet",
        add="objective:A",
    )
    assert answer.status_code == 302
    assert answer.headers["Location"] == at("record", record) + "#objective-2"
    fields = kept(cast, record)
    assert fields["own_words"] == "I want my evenings."
    assert fields["review_due"] == "not a day yet", "as typed; a day is asked for when it is signed"
    assert fields["objectives.0.objective"] == "Two evenings"
    assert (fields["objectives.1.number"], fields["objectives.1.of"]) == ("2", "A")


def test_a_problem_more_has_the_next_letter_and_a_line_can_go_again(
    ada: Visitor, cast: Cast
) -> None:
    record = begin(ada, cast, "treatment_plan")
    sent = {"problems__0__letter": "A", "problems__0__problem": "Worry"}
    answer = row(ada, record, 1, "treatment_plan", **sent, add="problem")
    assert answer.headers["Location"].endswith("#problem-B")
    sent |= {"problems__1__letter": "B", "problems__1__problem": "Sleep"}
    assert row(ada, record, 2, "treatment_plan", **sent, remove="problems.0").status_code == 302
    assert {name: text for name, text in kept(cast, record).items() if text} == {
        "problems.0.letter": "B",
        "problems.0.problem": "Sleep",
    }


def test_two_windows_that_add_a_line_overwrite_nothing(ada: Visitor, cast: Cast) -> None:
    record = begin(ada, cast, "treatment_plan")
    assert (
        row(ada, record, 1, "treatment_plan", own_words="first", add="problem").status_code == 302
    )
    clash = row(ada, record, 1, "treatment_plan", own_words="second", add="problem")
    assert clash.status_code == 409
    assert "changed in another window" in clash.content.decode()
    assert "second" in clash.content.decode(), "what was typed stands on the page"
    assert kept(cast, record)["own_words"] == "first"


@pytest.mark.parametrize(
    "remove", ["problems.99999999999999999999", "problems.-1", "x", "problems.", ".1"]
)
def test_a_line_that_is_none_takes_nothing_away(ada: Visitor, cast: Cast, remove: str) -> None:
    record = begin(ada, cast, "treatment_plan")
    answer = row(ada, record, 1, "treatment_plan", problems__0__problem="Worry", remove=remove)
    assert answer.status_code == 302
    assert kept(cast, record)["problems.0.problem"] == "Worry"


def test_codes_are_found_by_words_that_stand_in_no_address(ada: Visitor, cast: Cast) -> None:
    record = begin(ada, cast, "diagnoses")
    found = ada.post(at("codes", record), {"q": "biploar II"}).content.decode()
    assert "F31.81" in found
    assert f'formaction="{at("record_row", record)}"' in found
    nothing = ada.post(at("codes", record), {"q": "qqqqqqqq"}).content.decode()
    assert "Nothing is found" in nothing
    assert ada.post(at("codes", record), {"q": ""}).content.decode().strip() == ""
    assert ada.get(at("codes", record) + "?q=grief").status_code == 405


def test_without_scripts_a_code_is_added_by_its_letters_and_words_are_answered(
    ada: Visitor, cast: Cast
) -> None:
    record = begin(ada, cast, "diagnoses")
    refused = row(ada, record, 1, "diagnoses", q="sadness", add="code", basis="New this week.")
    assert refused.status_code == 409
    assert "no such code" in refused.content.decode()
    assert kept(cast, record)["basis"] == "New this week.", "it is kept all the same"
    assert row(ada, record, 2, "diagnoses", q="f43.81", add="code").status_code == 302
    assert kept(cast, record)["diagnoses.0.title"] == "Prolonged grief disorder"


def test_the_page_says_on_which_release_its_codes_rest(ada: Visitor, cast: Cast) -> None:
    record = begin(ada, cast, "diagnoses")
    page = ada.get(at("record", record)).content.decode()
    assert "as of Apr 1, 2026" in page
    assert "A newer release has come into force since" in page


def test_a_heading_is_said_to_be_one_and_a_dead_code_is_refused_with_the_nearest(
    ada: Visitor, cast: Cast
) -> None:
    record = begin(ada, cast, "diagnoses")
    assert row(ada, record, 1, "diagnoses", add="code:F33").status_code == 302
    assert "heading, not billable" in ada.get(at("record", record)).content.decode()
    sent = {
        "version": "2",
        "record-kind": "diagnoses",
        "record-form": "Sheet",
        "diagnoses.0.code": "F43.8",
        "diagnoses.0.title": "Other reactions",
        "diagnoses.0.certainty": "confirmed",
    }
    answer = ada.post(at("sign", record), sent)
    assert answer.status_code == 409
    assert "F43.81 Prolonged grief disorder" in answer.content.decode()
    assert Record.objects.get(pk=record).state == "draft"


def test_a_review_without_a_plan_is_answered_with_what_to_do(ada: Visitor, cast: Cast) -> None:
    address = reverse("begin_note", kwargs={"chart_id": cast.dov, "kind": "plan_review"})
    answer = ada.post(address, {})
    assert answer.status_code == 409
    assert "Write the plan and sign it first." in answer.content.decode()


def test_an_empty_chart_has_its_pages(ada: Visitor, cast: Cast) -> None:
    for name, words in (
        ("plan", "There is no signed plan yet."),
        ("story", "No signed record tells anything yet."),
        ("print_some", "Nothing signed to print."),
    ):
        page = ada.get(reverse(name, kwargs={"chart_id": cast.dov}))
        assert page.status_code == 200
        assert words in page.content.decode()
