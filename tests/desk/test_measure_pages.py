"""Measures through their pages: taken, handed over and back, read with their trend, leading to risk."""

from datetime import timedelta

import pytest
from django.urls import reverse

from stillroom.access import Capacity
from stillroom.chart import actions as chart
from stillroom.chart import measuring, queries, queries_measures
from stillroom.chart.measures import load
from stillroom.chart.models import Draft, Followup, Handed, Record, Revision
from stillroom.identity.models import Session
from stillroom.kernel import is_id
from stillroom.phi import NotHere
from stillroom.phi.models import Ring, Wrap
from stillroom.practice import actions as practice
from tests.cast import NOON, Cast
from tests.web import Visitor, serve

MEASURES = load().measures
PHQ, GAD = MEASURES["phq-9"], MEASURES["gad-7"]
CODES = ("LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9")


@pytest.fixture
def served(cast: Cast) -> Cast:
    serve(cast)
    return cast


def phq(*places: int) -> dict[str, str]:
    """Answers to the PHQ-9 by their place."""
    return {str(nth): CODES[place] for nth, place in enumerate(places, start=1)}


def sent(answers: dict[str, str]) -> dict[str, str]:
    """The same as a form sends them."""
    return {f"a-{name}": code for name, code in answers.items()}


QUIET = phq(2, 2, 2, 2, 2, 2, 1, 1, 0)
ALARMING = phq(2, 2, 2, 2, 2, 2, 1, 1, 1)


def take(cast: Cast, answers: dict[str, str], *, days: float = 0) -> str:
    """Taken by Ada with Dov, so many days ago."""
    at = NOON - timedelta(days=days)
    return measuring.keep(cast.here("ada", at=at), cast.dov, PHQ, answers, "asked", occurred_at=at)


def text_of(cast: Cast, name: str, address: str, status: int = 200, **parts: str) -> str:
    page = Visitor(cast, name).get(reverse(address, kwargs=parts or None))
    assert page.status_code == status, page.content.decode()[:600]
    return page.content.decode()


def test_a_measure_is_filled_in_signed_and_read(served: Cast) -> None:
    ada = Visitor(served, "ada")
    address = reverse("measure_give", kwargs={"chart_id": served.dov, "instrument": "phq-9"})
    assert "Little interest or pleasure" in ada.get(address).content.decode()
    answer = ada.post(address, {**sent(QUIET), "by": "asked"})
    assert answer.status_code == 302
    text = ada.get(answer["Location"]).content.decode()
    assert "PHQ-9: 14 of 27, moderate." in text
    assert "Little interest or pleasure in doing things — More than half the days (2)" in text
    assert "This asks for you now" not in text
    assert "PHQ-9" in text_of(served, "ada", "chart", chart_id=served.dov)


def test_the_instrument_and_the_score_lie_nowhere_in_the_clear(served: Cast) -> None:
    take(served, ALARMING)
    row = Record.objects.get()
    assert row.kind == "assessment"
    assert not Draft.objects.exists()
    rows = [*Record.objects.values(), *Followup.objects.values()]
    # But for identifiers: a random one may hold these three letters.
    plain = str([one for row in rows for one in row.items() if not is_id(str(one[1]))])
    assert "phq" not in plain.casefold()
    assert b"PHQ" not in bytes(Revision.objects.get().sealed)


def test_a_gap_is_said_and_not_scored_over(served: Cast) -> None:
    answers = {name: code for name, code in QUIET.items() if name not in ("3", "7")}
    text = text_of(served, "ada", "record", record_id=take(served, answers))
    assert "PHQ-9: not scored, items 3 and 7 unanswered." in text
    assert "— not answered" in text


def test_an_empty_sheet_is_not_signed_and_what_was_typed_stays(served: Cast) -> None:
    ada = Visitor(served, "ada")
    address = reverse("measure_give", kwargs={"chart_id": served.dov, "instrument": "phq-9"})
    answer = ada.post(address, {"by": "paper"})
    assert answer.status_code == 409
    assert "Nothing is answered yet" in answer.content.decode()
    assert not Record.objects.exists()


def test_a_measure_that_cannot_be_signed_leaves_no_draft(
    served: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> int:
        raise RuntimeError("the log is full")

    monkeypatch.setattr(chart, "sign", broken)
    with pytest.raises(RuntimeError):
        take(served, QUIET)
    assert not Record.objects.exists()


def test_a_positive_ninth_item_opens_the_path_at_once(served: Cast) -> None:
    record = take(served, ALARMING)
    ada = Visitor(served, "ada")
    text = ada.get(reverse("record", kwargs={"record_id": record})).content.decode()
    assert "This asks for you now." in text
    assert "Thoughts of being better off dead or of self-harm" in text
    answer = ada.post(reverse("measure_assess", kwargs={"record_id": record}))
    draft = ada.get(answer["Location"]).content.decode()
    assert "PHQ-9, November 20: Thoughts of being better off dead" in draft
    again = ada.post(reverse("measure_assess", kwargs={"record_id": record}))
    assert again["Location"] == answer["Location"], "an open draft is gone on with"


def test_it_stands_on_today_of_all_on_duty_until_somebody_assessed_it(served: Cast) -> None:
    practice.begin_care(
        served.here("ada"),
        served.dov,
        served.bea.id,
        Capacity.COVERING,
        NOON + timedelta(days=9),
    )
    record = take(served, ALARMING)
    link = reverse("record", kwargs={"record_id": record})
    for name in ("ada", "bea"):
        assert link in text_of(served, name, "today")
    for name in ("cal", "nan"):
        assert link not in text_of(served, name, "today")
    draft = measuring.assess(served.here("ada"), record, load())
    needed = {"ideation": "none", "level": "low", "reasons": "Asked.", "did_words": "Asked."}
    chart.save_draft(served.here("ada"), draft, needed, 1, kind="suicide_risk")
    chart.sign(served.here("ada"), draft, 2)
    for name in ("ada", "bea"):
        assert link not in text_of(served, name, "today")


def test_an_assessment_settles_no_other_chart_and_no_other_follow_up(served: Cast) -> None:
    first = take(served, ALARMING)
    needed = {
        "ideation": "none", "level": "low", "reasons": "Asked.", "did_words": "Asked.",
        "follow_up_on": "2026-11-27",
    }  # fmt: skip
    for _ in range(2):
        draft = chart.begin(served.here("ada"), served.dov, "suicide_risk", occurred_at=NOON)
        chart.save_draft(served.here("ada"), draft, needed, 1, kind="suicide_risk")
        chart.sign(served.here("ada"), draft, 2)
    open_ones = Followup.objects.filter(done_at=None)
    assert first not in [one.pk for one in open_ones]
    assert open_ones.count() == 2, "what the assessments themselves made to follow stays"


def hand(cast: Cast, visitor: Visitor, instrument: str = "phq-9") -> tuple[str, str]:
    """Handed over by Ada; gives the page and the address to which it is sent."""
    address = reverse("measure_hand", kwargs={"chart_id": cast.dov, "instrument": instrument})
    page = visitor.post(address)
    assert page.status_code == 200
    occasion = Handed.objects.latest("handed_at").pk
    return page.content.decode(), reverse("handed_back", kwargs={"occasion": occasion})


def test_the_client_sees_the_questions_and_nothing_of_the_record(served: Cast) -> None:
    page, _ = hand(served, Visitor(served, "ada"))
    assert "Feeling tired or having little energy" in page
    for word in ("Halpern", "Dov", "Ada", "Today", "Calendar", "<nav", "danger", "risk", "PHQ"):
        assert word not in page


def test_while_the_client_holds_the_device_no_key_is_in_the_session(served: Cast) -> None:
    ada = Visitor(served, "ada")
    hand(served, ada)
    assert bytes(Session.objects.get(person_id=served.ada.id).sealed_key) == b""
    for address in (reverse("today"), reverse("chart", kwargs={"chart_id": served.dov})):
        answer = ada.get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/unlock")


def test_what_comes_back_is_sealed_to_the_clinician_and_waits_for_her(served: Cast) -> None:
    ada = Visitor(served, "ada")
    _, back = hand(served, ada)
    thanks = ada.post(back, sent(ALARMING))
    assert thanks.status_code == 200
    assert "Thank you" in thanks.content.decode()
    row = Handed.objects.get()
    assert b"LA65" not in bytes(row.sealed_answers) + bytes(row.sealed_ask)
    (holder,) = Wrap.objects.filter(ring__ward=row.pk).values_list("recipient", flat=True)
    assert holder == served.ada.id, "neither the server nor recovery holds it"
    unlocked = Visitor(served, "ada")
    look = reverse("handed", kwargs={"occasion": row.pk})
    assert look in unlocked.get(reverse("today")).content.decode()
    text = unlocked.get(look).content.decode()
    assert "PHQ-9: 15 of 27" in text
    assert "This asks for you now." in text
    kept = unlocked.post(reverse("handed_keep", kwargs={"occasion": row.pk}), {"do": "keep"})
    text = unlocked.get(kept["Location"]).content.decode()
    assert "Answered by the client alone" in text
    assert not Handed.objects.exists()
    assert not Ring.objects.filter(ward=row.pk).exists()
    assert Followup.objects.count() == 1


@pytest.mark.parametrize("answers", [{}, ALARMING, QUIET, {"1": "forged"}])
def test_the_client_reads_the_same_whatever_was_answered(
    served: Cast, answers: dict[str, str]
) -> None:
    ada = Visitor(served, "ada")
    _, back = hand(served, ada)
    text = ada.post(back, sent(answers)).content.decode()
    assert "Thank you" in text
    for word in ("danger", "risk", "988", "score", "moderate", "error"):
        assert word not in text.split("<main")[1]


def test_a_colleague_opens_nothing_of_what_was_handed_back(served: Cast) -> None:
    ada = Visitor(served, "ada")
    _, back = hand(served, ada)
    ada.post(back, sent(ALARMING))
    occasion = Handed.objects.get().pk
    for name in ("bea", "sol", "olga"):
        with pytest.raises(NotHere):
            measuring.look(served.here(name), occasion)
        assert text_of(served, name, "handed", 404, occasion=occasion)


def test_answers_come_once_and_only_by_the_session_that_was_handed_over(served: Cast) -> None:
    ada = Visitor(served, "ada")
    _, back = hand(served, ada)
    Visitor(served, "bea").post(back, sent(ALARMING))
    assert bytes(Handed.objects.get().sealed_answers) == b""
    ada.post(back, sent(QUIET))
    first = bytes(Handed.objects.get().sealed_answers)
    ada.post(back, sent(ALARMING))
    assert bytes(Handed.objects.get().sealed_answers) == first
    assert Visitor(served).post(back, sent(QUIET)).status_code == 302, "nobody: to the door"


def test_a_questionnaire_that_never_came_back_is_over_after_two_days(served: Cast) -> None:
    late = served.here("ada", at=NOON - timedelta(days=3))
    occasion = measuring.hand(late, served.dov, PHQ)
    assert not measuring.hand_back(served.house, served.ada.id, occasion, QUIET, at=NOON)
    measuring.hand(served.here("ada"), served.dov, PHQ)
    assert not Handed.objects.filter(pk=occasion).exists()


def test_what_was_not_meant_for_the_record_can_be_let_go(served: Cast) -> None:
    ada = Visitor(served, "ada")
    _, back = hand(served, ada)
    ada.post(back, sent(QUIET))
    occasion = Handed.objects.get().pk
    Visitor(served, "ada").post(
        reverse("handed_keep", kwargs={"occasion": occasion}), {"do": "forget"}
    )
    assert not Handed.objects.exists()
    assert not Record.objects.exists()


def test_what_may_only_be_taken_from_paper_is_not_handed_over(served: Cast) -> None:
    address = reverse("measure_hand", kwargs={"chart_id": served.dov, "instrument": "epds"})
    assert Visitor(served, "ada").post(address).status_code == 404
    text = text_of(served, "ada", "measure_give", chart_id=served.dov, instrument="epds")
    assert "Hand to the client" not in text
    assert "Royal College of Psychiatrists" in text


def test_the_trend_marks_a_reliable_change_and_stands_in_a_table_too(served: Cast) -> None:
    for days, places in ((60, (3,) * 8 + (1,)), (30, (2,) * 8 + (0,)), (2, (1,) * 8 + (0,))):
        take(served, phq(*places), days=days)
    text = text_of(served, "ada", "measures", chart_id=served.dov)
    assert "PHQ-9 from 25 to 8" in text
    assert "3 measures: 25, 16, 8. Since the first: 17 lower, a reliable improvement." in text
    assert "asked for an assessment of risk once" in text
    assert text.count('class="ring"') == 1
    assert "8 lower, a reliable improvement" in text
    assert "style=" not in text.split("<main")[1]


def test_one_struck_as_entered_in_error_counts_for_no_trend(served: Cast) -> None:
    take(served, phq(*(3,) * 9), days=30)
    wrong = take(served, phq(*(0,) * 9), days=10)
    chart.strike(served.here("ada"), wrong, "Another client's sheet.")
    text = text_of(served, "ada", "measures", chart_id=served.dov)
    assert "in error" in text
    assert "course-phq-9-t" not in text, "one point is no course"


def test_a_colleague_without_care_and_the_front_desk_are_told_nothing(served: Cast) -> None:
    record = take(served, ALARMING)
    for name in ("bea", "cal", "max"):
        text_of(served, name, "record", 404, record_id=record)
        text_of(served, name, "measures", 404, chart_id=served.dov)
        text_of(served, name, "measure_give", 404, chart_id=served.dov, instrument="phq-9")


def test_reading_all_measures_of_a_chart_is_one_entry(served: Cast) -> None:
    for days in range(6):
        take(served, QUIET, days=days)
    before = served.house.log.size
    assert len(queries_measures.taken(served.here("ada"), served.dov)) == 6
    assert served.house.log.size == before + 1


def test_a_measure_reads_the_same_when_its_questionnaire_is_gone(served: Cast) -> None:
    record = take(served, QUIET)
    whole = queries.record(served.here("ada"), record)
    assert whole.title == "PHQ-9"
    assert [part.heading for part in whole.reading] == ["Result", "Answers"]


def test_a_measure_is_begun_on_its_own_page_and_never_as_an_empty_sheet(served: Cast) -> None:
    ada = Visitor(served, "ada")
    own = reverse("measures", kwargs={"chart_id": served.dov})
    assert own in ada.get(reverse("write", kwargs={"chart_id": served.dov})).content.decode()
    begun = ada.post(reverse("begin_note", kwargs={"chart_id": served.dov, "kind": "measure"}))
    assert begun["Location"] == own
    assert not Record.objects.exists()
