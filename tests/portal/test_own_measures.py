"""A client answers by her own door: saved as she goes, sealed; an answer that asks for somebody shows
help on the very next page and tells whoever is on duty, though she leave in the middle of it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from stillroom.chart import giving, measures, queries, queries_given, queries_measures
from stillroom.chart.given import AnsweredAlready, Ask, NothingYet
from stillroom.chart.models import Followup, Record
from stillroom.chart.models_given import Given
from stillroom.phi import NotHere
from stillroom.practice import actions_care, queries_guests
from stillroom.practice.queries import chart_head
from tests.cast import Cast
from tests.web import Visitor, serve

pytestmark = pytest.mark.django_db

LIBRARY = measures.load()
PHQ = LIBRARY.measures["phq-9"]
NONE, SEVERAL = "LA6568-5", "LA6569-3"
HELP = 'id="help" role="alert" tabindex="-1" data-help data-focus'
HIDDEN = 'id="help" role="alert" tabindex="-1" data-help hidden'


def give(cast: Cast, *, shows: bool = False, instrument: str = "phq-9") -> str:
    ada = cast.here("ada")
    client = chart_head(ada, cast.dov).holders[0].client
    ask = Ask(instrument, client, shows, "Call me, whatever the hour seems.")
    return giving.give(ada, cast.dov, ask, LIBRARY.measures[instrument], cast.at.date())


@pytest.fixture
def given(cast: Cast) -> str:
    serve(cast)
    cast.holder("dov")
    return give(cast)


def at(given: str) -> str:
    return reverse("portal_answer", kwargs={"given_id": given})


def alarmed(cast: Cast, name: str) -> bool:
    return b"asks for you" in Visitor(cast, name).get(reverse("today")).content


def test_one_question_a_screen_and_each_is_kept_as_it_is_answered(cast: Cast, given: str) -> None:
    dov = Visitor(cast, "dov")
    listed = dov.get(reverse("portal_measures", kwargs={"chart_id": cast.dov})).content.decode()
    assert "PHQ-9" in listed
    first = dov.get(at(given) + "?q=1").content.decode()
    assert "Question 1 of" in first
    assert "Over the last 2 weeks" in first or "last two weeks" in first.lower()
    assert first.count("<fieldset") == 1
    went = dov.post(at(given), {"q": "1", "a-1": SEVERAL, "do": "next"})
    assert went.headers["Location"].endswith("?q=2")
    later = dov.post(at(given), {"q": "2", "a-2": NONE, "do": "later"})
    assert later.headers["Location"].endswith("/questions")
    again = Visitor(cast, "dov").get(at(given)).content.decode()
    assert f'value="{SEVERAL}" autocomplete="off" checked' in again
    assert queries_given.given_one(cast.here("ada"), given).filled.answers == {
        "1": SEVERAL,
        "2": NONE,
    }
    assert not alarmed(cast, "ada")


@pytest.mark.parametrize("option", [one.code for one in PHQ.asks.item("9").options])
@pytest.mark.parametrize("script", [False, True])
def test_item_nine_above_zero_shows_help_at_once_and_tells_the_practice_and_zero_does_not(
    cast: Cast, given: str, option: str, script: bool
) -> None:
    """Nothing but this one answer is given, and then she leaves (the other eight stay open)."""
    dov, above = Visitor(cast, "dov"), option != NONE
    sent = {"q": "9", "a-9": option, "do": "next"}
    if script:
        told = dov.post(at(given), sent, headers={"accept": "application/json"})
        assert told.json() == {"help": above}  # type: ignore[attr-defined]
        assert HIDDEN in Visitor(cast, "dov").get(at(given)).content.decode() or above
    else:
        page = dov.get(dov.post(at(given), sent).headers["Location"]).content.decode()
        assert (HELP in page) is above
        assert ('href="tel:988"' in page and 'href="tel:911"' in page) or not above
        assert ("Call me, whatever the hour seems." in page) is True
    assert alarmed(cast, "ada") is above
    assert not alarmed(cast, "bea"), "nobody learns of it who does not treat or cover"
    assert not alarmed(cast, "sol")
    assert not alarmed(cast, "cal")


def test_every_rule_of_the_library_that_asks_for_an_assessment_does_so_here(cast: Cast) -> None:
    """The rule is data: whichever instrument can be given and has a positive item for self-harm."""
    serve(cast)
    cast.holder("dov")
    dov = cast.here("dov")
    tried = 0
    for measure in LIBRARY.measures.values():
        if not (measure.asks.can_be_handed and measure.rules.signals):
            continue
        worst = {
            item.id: max(item.options, key=lambda one: one.score or 0).code
            for item in measure.asks.items
            if item.options
        }
        one = giving.save(dov, give(cast, instrument=measure.id), worst, measure)
        assert one.pressing_at == cast.at, measure.id
        tried += 1
    assert tried >= 1


def test_an_answer_that_asked_for_somebody_is_not_untold_when_it_is_changed(
    cast: Cast, given: str
) -> None:
    dov = cast.here("dov")
    giving.save(dov, given, {"9": SEVERAL}, PHQ)
    giving.save(dov, given, {"9": NONE}, PHQ)
    assert alarmed(cast, "ada")
    page = Visitor(cast, "ada").get(reverse("given", kwargs={"given_id": given})).content.decode()
    assert "was changed afterwards" in page
    assert not alarmed_line(cast, "ada"), "she has seen it"
    assert alarmed(cast, "ada"), "and it stands on Today until it is signed"


def alarmed_line(cast: Cast, name: str) -> bool:
    return b"Read it now" in Visitor(cast, name).get(reverse("account")).content


def test_a_supervisor_who_looks_does_not_make_it_seen_and_whoever_covers_does(
    cast: Cast, given: str
) -> None:
    giving.save(cast.here("dov"), given, {"9": SEVERAL}, PHQ)
    assert Visitor(cast, "sol").get(reverse("given", kwargs={"given_id": given})).status_code == 200
    assert alarmed_line(cast, "ada")
    ends = cast.at + timedelta(days=2)
    actions_care.cover(cast.here("ada"), cast.dov, cast.people["bea"].id, ends)
    assert alarmed_line(cast, "bea")
    giving.see(cast.here("bea"), given)
    assert not alarmed_line(cast, "ada")


def test_what_was_handed_in_is_signed_with_its_door_and_asks_for_a_follow_up(
    cast: Cast, given: str
) -> None:
    dov, ada = Visitor(cast, "dov"), Visitor(cast, "ada")
    answers = {f"a-{nth}": SEVERAL for nth in range(1, 10)}
    done = dov.post(at(given), {**answers, "do": "done"})
    thanks = dov.get(done.headers["Location"]).content.decode()
    assert "Thank you" in thanks
    assert HELP in thanks
    assert b"9 of 27" not in thanks.encode(), "she sees no score"
    page = ada.get(reverse("given", kwargs={"given_id": given})).content.decode()
    assert "PHQ-9: 9 of 27" in page
    assert "by the client’s own door" in page
    kept = ada.post(reverse("given_keep", kwargs={"given_id": given}), {"do": "keep"})
    record = kept.headers["Location"].rsplit("/", 1)[1]
    (taken,) = queries_measures.taken(cast.here("ada"), cast.dov)
    assert (taken.record, taken.by) == (record, "own")
    assert Followup.objects.get(record=record).due_on == cast.at.date()
    row = Given.objects.get(pk=given)
    assert (row.record, bytes(row.sealed_answers)) == (record, b"")
    again = ada.post(reverse("given_keep", kwargs={"given_id": given}), {"do": "keep"})
    assert again.status_code == 404
    assert Record.objects.filter(chart=cast.dov).count() == 1


def test_two_devices_lose_nothing_of_each_other_and_nothing_changes_once_handed_in(
    cast: Cast, given: str
) -> None:
    dov = cast.here("dov")
    giving.save(dov, given, {"1": SEVERAL}, PHQ)
    giving.save(cast.here("dov"), given, {"2": NONE}, PHQ)
    giving.hand_in(dov, given)
    with pytest.raises(AnsweredAlready):
        giving.save(dov, given, {"1": NONE}, PHQ)
    with pytest.raises(AnsweredAlready):
        giving.hand_in(dov, given)
    assert queries_given.own_one(dov, given).filled.answers == {"1": SEVERAL, "2": NONE}
    late = Visitor(cast, "dov").post(at(given), {"a-1": NONE, "do": "next"})
    assert late.headers["Location"].endswith("/done")


def test_nothing_is_handed_in_without_an_answer(cast: Cast, given: str) -> None:
    with pytest.raises(NothingYet):
        giving.hand_in(cast.here("dov"), given)
    page = Visitor(cast, "dov").post(at(given), {"do": "done"})
    assert page.status_code == 409
    assert b"Nothing is answered yet." in page.content


def test_another_client_finds_nothing_there(cast: Cast, given: str) -> None:
    cast.holder("fay", by="bea")
    with pytest.raises(NotHere):
        giving.save(cast.here("fay"), given, {"9": SEVERAL}, PHQ)
    assert Visitor(cast, "fay").get(at(given)).status_code == 404
    assert Given.objects.get(pk=given).pressing_at is None


def test_her_course_is_hers_to_see_only_if_the_practice_said_so(cast: Cast, given: str) -> None:
    dov, ada = cast.here("dov"), cast.here("ada")
    giving.save(dov, given, {str(nth): SEVERAL for nth in range(1, 10)}, PHQ)
    giving.hand_in(dov, given)
    giving.keep(ada, given, PHQ)
    course = reverse("portal_course", kwargs={"chart_id": cast.dov, "instrument": "phq-9"})
    assert Visitor(cast, "dov").get(course).status_code == 404
    tomorrow = cast.later(days=1)
    give(tomorrow, shows=True)
    serve(tomorrow)
    page = Visitor(tomorrow, "dov").get(course).content.decode()
    assert "<strong>9</strong> of 27" in page
    assert "mild" not in page, "bands are the clinician's words"


def test_the_answers_lie_sealed_and_a_thief_learns_that_somebody_is_to_look(
    cast: Cast, given: str
) -> None:
    giving.save(cast.here("dov"), given, {"9": SEVERAL}, PHQ)
    row = Given.objects.values().get(pk=given)
    clear = {name: value for name, value in row.items() if not name.startswith("sealed")}
    assert SEVERAL not in str(clear)
    assert "phq" not in str(clear)
    assert SEVERAL.encode() not in bytes(row["sealed_answers"])


def test_the_clinician_gives_it_on_the_page_and_a_client_without_a_door_is_told_of(
    cast: Cast,
) -> None:
    serve(cast)
    ada = Visitor(cast, "ada")
    names = {"chart_id": cast.dov, "instrument": "phq-9"}
    client = chart_head(cast.here("ada"), cast.dov).holders[0].client
    by_door = reverse("measure_by_door", kwargs=names)
    assert b"has no door" in ada.get(reverse("measure_give", kwargs=names)).content
    assert ada.post(by_door, {"client": client}).status_code == 409
    cast.holder("dov")
    assert b"Give it" in ada.get(reverse("measure_give", kwargs=names)).content
    refused = ada.post(by_door, {"client": client, "due_on": "soon", "words": "Until Friday."})
    assert refused.status_code == 409
    assert b"Until Friday." in refused.content
    sent = {"client": client, "due_on": "2026-11-27", "words": "Until Friday.", "shows": "yes"}
    assert ada.post(by_door, sent).status_code == 302
    stand = queries_guests.own_stand(cast.here("dov"), cast.dov)
    (one,) = queries_given.own_given(cast.here("dov"), stand)
    assert (one.ask.words, one.ask.shows) == ("Until Friday.", True)
    listed = ada.get(reverse("measures", kwargs={"chart_id": cast.dov})).content
    assert b"own door" in listed
    gone = ada.post(reverse("given_keep", kwargs={"given_id": one.id}), {"do": "away"})
    assert gone.status_code == 302
    assert not Given.objects.exists()
    assert queries.timeline(cast.here("ada"), cast.dov).lines == ()
