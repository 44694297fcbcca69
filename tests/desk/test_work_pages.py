"""Saying once what holds of one's work: what is asked, what is kept, and where it is seen again."""

from django.urls import reverse

from stillroom.practice import actions as practice
from stillroom.practice import queries
from tests.cast import Cast
from tests.desk.test_law import plain
from tests.web import Visitor, serve


def desk(cast: Cast, place: str = "us-nj") -> Visitor:
    practice.set_profile(
        cast.people["ada"].id, profession="psychologist", credential="", place=place, location=""
    )
    serve(cast)
    return Visitor(cast, "ada")


def said(cast: Cast) -> dict[str, tuple[str, str]]:
    known = queries.staff_profile(cast.people["ada"].id)
    return {one.fact: (one.value, one.words) for one in known.work} if known else {}


def test_it_asks_what_the_law_of_the_place_asks_and_keeps_the_day(cast: Cast) -> None:
    ada = desk(cast)
    page = ada.get(reverse("work")).content.decode()
    assert "Do you work on federal land" in page
    assert "What counsel or the board told you" in page
    name = "nj_counsel_reads_consent_needed"
    sent = {f"is-{name}": "yes", f"words-{name}": " Lee Ash, in March ", "is-gone": "yes"}
    kept = ada.post(reverse("work"), sent)
    assert kept.status_code == 302
    assert "Kept." in plain(ada.get(kept.headers["Location"]).content.decode())
    assert said(cast) == {name: ("yes", "Lee Ash, in March")}
    again = plain(ada.get(reverse("work")).content.decode())
    assert "Said on November 20, 2026." in again


def test_an_answer_that_there_is_not_is_none_and_what_another_place_asked_stays(cast: Cast) -> None:
    ada = desk(cast)
    ada.post(reverse("work"), {"is-nj_counsel_reads_consent_needed": "yes"})
    desk(cast, "us-md")
    ada.post(reverse("work"), {"is-federal_land_or_facility": "perhaps"})
    assert said(cast) == {"nj_counsel_reads_consent_needed": ("yes", "")}


def test_without_a_profession_it_says_what_comes_first(cast: Cast) -> None:
    serve(cast)
    page = plain(Visitor(cast, "ada").get(reverse("work")).content.decode())
    assert "First say your profession" in page
