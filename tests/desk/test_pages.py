"""Every page answers, and says what it should to whom it should."""

from datetime import timedelta

import pytest
from django.urls import reverse

from stillroom.chart import actions as chart
from stillroom.consent import actions as consent
from stillroom.disclosure import actions, releasing
from stillroom.disclosure.rules import Decision, State
from stillroom.kernel import new_id
from stillroom.practice import actions as practice
from tests.cast import NOON, Cast
from tests.disclosure.story import authorization, notes, subpoena
from tests.harness.statements import statements
from tests.web import Visitor, corpus, serve


@pytest.fixture
def lived(cast: Cast) -> dict[str, str]:
    """A practice in which the first story has happened; ids by name."""
    ada = cast.here("ada")
    cast.licensed("ada", location="Baltimore")
    meeting = practice.book(
        ada, cast.dov, cast.people["ada"].id, NOON, NOON + timedelta(minutes=50)
    )
    note, private = notes(cast)
    draft = chart.begin(ada, cast.dov, "progress_note", occurred_at=NOON)
    paper = consent.take_up(ada, cast.dov, authorization(cast))
    matter = actions.enter(ada, cast.dov, subpoena())
    for fact, value in (("identity_verified", True), ("federal_court", False)):
        actions.answer(ada, corpus(), matter, fact, value)
    actions.decide(ada, corpus(), matter, Decision.BUILD, "He has signed.")
    bundle = releasing.choices(ada, corpus(), matter)
    chosen = [one.record.id for one in bundle.choices if one.state is State.CHOSEN]
    packet = releasing.build(ada, corpus(), matter, chosen, ["1 Court Square"])
    serve(cast)
    return {
        "note": note,
        "private": private,
        "draft": draft,
        "paper": paper,
        "matter": matter,
        "packet": packet,
        "chart": cast.dov,
        "meeting": meeting,
    }


PAGES = [
    ("ada", "today", {}, "Friday, November 20"),
    ("cal", "today", {}, "Friday, November 20"),
    ("max", "today", {}, "Nothing waits for you"),
    ("ada", "clients", {}, "Dov Halpern"),
    ("cal", "clients", {}, "Begin a name"),
    ("ada", "admit", {}, "A new client"),
    ("cal", "admit_known", {}, "client already"),
    ("ada", "holders", {"chart_id": "chart"}, "stays one person’s"),
    ("ada", "chart", {"chart_id": "chart"}, "Slept six hours"),
    ("cal", "chart", {"chart_id": "chart"}, "front of the chart"),
    ("sol", "chart", {"chart_id": "chart"}, "Slept six hours"),
    ("ada", "front", {"chart_id": "chart"}, "Quarry Lane"),
    ("ada", "care", {"chart_id": "chart"}, "Sol Adeyemi"),
    ("cal", "care", {"chart_id": "chart"}, "Ada Merrow"),
    ("ada", "calendar", {}, "Dov Halpern"),
    ("cal", "calendar", {}, "Whose calendar"),
    ("ada", "calendar_new", {}, "Dov Halpern"),
    ("cal", "book", {"chart_id": "chart"}, "Book an appointment"),
    ("ada", "appointment", {"appointment_id": "meeting"}, "Move it"),
    ("sol", "appointment", {"appointment_id": "meeting"}, "Dov Halpern"),
    ("ada", "record", {"record_id": "note"}, "Slept six hours"),
    ("ada", "record", {"record_id": "private"}, "countertransference"),
    ("ada", "record", {"record_id": "draft"}, "Nothing typed yet"),
    ("ada", "matters", {}, "Rex Dunleavy"),
    ("ada", "matter_new", {"chart_id": "chart"}, "Somebody asks"),
    ("ada", "matter", {"matter_id": "matter"}, "Because"),
    ("ada", "consult", {"matter_id": "matter"}, "without saying who"),
    ("ada", "packet_build", {"matter_id": "matter"}, "Choose"),
    ("ada", "packet", {"packet_id": "packet"}, "Nothing has left yet"),
    ("ada", "accounting", {"chart_id": "chart"}, "Nothing has left"),
    ("ada", "authorization_new", {"chart_id": "chart"}, "A signed authorization"),
    ("ada", "chart_log", {"chart_id": "chart"}, "signed a record"),
    ("ada", "log", {}, "What you did here"),
    ("nan", "log", {}, "no names of clients"),
    ("max", "people", {}, "Ada Merrow"),
    ("ada", "account", {}, "Passkeys"),
    ("ada", "styleguide", {}, "The look of Stillroom"),
    ("ada", "law", {}, "Duty to warn or protect"),
    ("nan", "law", {}, "for every profession"),
    ("ada", "law_search", {}, "is not kept"),
    ("ada", "law_ask", {}, "without a client"),
    ("ada", "law_compare", {}, "Where they differ"),
    ("ada", "law_changes", {}, "What changed in Maryland"),
    ("ada", "law_about", {}, "no lawyer has reviewed it"),
]


@pytest.mark.parametrize(("who", "name", "parts", "says"), PAGES)
def test_a_page_says_what_it_should(
    cast: Cast, lived: dict[str, str], who: str, name: str, parts: dict[str, str], says: str
) -> None:
    address = reverse(name, kwargs={key: lived[value] for key, value in parts.items()})
    answer = Visitor(cast, who).get(address)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert says in text
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_packet_shows_the_very_bytes(cast: Cast, lived: dict[str, str]) -> None:
    answer = Visitor(cast, "ada").get(reverse("packet_file", kwargs={"packet_id": lived["packet"]}))
    assert answer.content.startswith(b"%PDF")


def test_nobody_who_is_not_signed_in_reaches_a_page(cast: Cast, lived: dict[str, str]) -> None:
    for _, name, parts, _ in PAGES:
        address = reverse(name, kwargs={key: lived[value] for key, value in parts.items()})
        answer = Visitor(cast).get(address)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/signin")


def test_a_release_asks_for_a_fresh_proof(cast: Cast, lived: dict[str, str]) -> None:
    later = cast.later(minutes=6)
    visitor = Visitor(cast, "ada")
    serve(later)
    address = reverse("packet_release", kwargs={"packet_id": lived["packet"]})
    answer = visitor.post(address, {"recipient": "Rex Dunleavy"})
    assert answer.status_code == 403
    assert "who are you" in answer.content.decode()


def test_what_does_not_exist_and_what_is_not_yours_are_one_page(
    cast: Cast, lived: dict[str, str]
) -> None:
    bea = Visitor(cast, "bea")
    strange = bea.get(reverse("chart", kwargs={"chart_id": "a" * 26}))
    other = bea.get(reverse("chart", kwargs={"chart_id": lived["chart"]}))
    nowhere = bea.get("/no/such/page")
    assert strange.status_code == other.status_code == nowhere.status_code == 404

    def bare(answer: object) -> str:
        import re

        text = answer.content.decode()  # type: ignore[attr-defined]
        return re.sub(r'(content|value)="[A-Za-z0-9]{64}"', "", text)

    assert bare(strange) == bare(other) == bare(nowhere)


def test_a_refusal_asks_nothing_about_what_waits_for_whoever_is_refused(cast: Cast) -> None:
    """It shows no bar, so it takes no longer for somebody for whom much waits (P8)."""
    serve(cast)
    ada = Visitor(cast, "ada")
    bar = ("practice_breaking", "disclosure_watch", "chart_given")
    with statements() as shown:
        assert ada.get(reverse("clients")).status_code == 200
    assert all(any(table in sql for sql in shown) for table in bar)
    with statements() as refused:
        assert ada.get(reverse("chart", kwargs={"chart_id": new_id()})).status_code == 404
    assert not [sql for sql in refused if any(table in sql for table in bar)]
