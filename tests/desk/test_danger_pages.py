"""Somebody is in danger, through the pages: one key from anywhere, and kept as it is done."""

from collections.abc import Mapping

import pytest
from django.http import HttpResponse
from django.urls import reverse

from stillroom.desk.places import STATES
from stillroom.disclosure import happening, queries
from stillroom.disclosure.models import Departure, Matter, Step
from stillroom.phi import StepUpNeeded
from tests.cast import Cast
from tests.desk.test_risk_pages import signed
from tests.disclosure.test_matters_that_happened import ABUSE, THREAT
from tests.web import Visitor, corpus, serve


@pytest.fixture
def lived(cast: Cast) -> Cast:
    serve(cast)
    return cast.licensed()


def begun(cast: Cast, occasion: str, record: str = "", who: str = "ada") -> HttpResponse:
    path = reverse("danger_begin", kwargs={"chart_id": cast.dov})
    return Visitor(cast, who).post(path, {"occasion": occasion, "record": record})


@pytest.fixture
def threat(lived: Cast) -> str:
    begun(lived, "danger_to_others", signed(lived, "violence_risk", THREAT))
    return str(Matter.objects.get().pk)


def page(cast: Cast, name: str, who: str = "ada", **parts: str) -> str:
    shown = Visitor(cast, who).get(reverse(name, kwargs=parts))
    assert shown.status_code == 200, (shown.status_code, shown.content.decode()[:400])
    return shown.content.decode()


def sent(cast: Cast, name: str, matter: str, data: Mapping[str, object], who: str = "ada") -> str:
    path = reverse(name, kwargs={"matter_id": matter})
    answered = Visitor(cast, who).post(path, data)
    assert answered.status_code in (200, 302, 409), answered.status_code
    return answered.content.decode()


def test_from_every_page_of_a_clinician_one_key_leads_there_and_of_no_one_else(
    lived: Cast,
) -> None:
    for who, has in (("ada", True), ("sol", True), ("cal", False), ("max", False)):
        assert ('data-key="!"' in page(lived, "today", who)) is has, who


def test_a_client_is_found_and_only_in_ones_own_care(lived: Cast) -> None:
    found = Visitor(lived, "ada").post(reverse("danger"), {"q": "Hal"}).content.decode()
    assert reverse("danger_chart", kwargs={"chart_id": lived.dov}) in found
    for who, name in (("ada", "Cast"), ("bea", "Hal")):
        nobody = Visitor(lived, who).post(reverse("danger"), {"q": name}).content.decode()
        assert "Nobody in your care by that name" in nobody


def test_the_page_of_the_hour_says_what_whom_by_when_and_the_words(
    lived: Cast, threat: str
) -> None:
    text = page(lived, "danger_now", matter_id=threat)
    for words in (
        "You must act now.",
        "The police:</strong> you must",
        "§ 5-609",
        "make and write a plan that removes the threat",
        "Dov Halpern",
        "is going to feel it",
        "Joel Pike",
        "1 thing is open",
        'href="tel:911"',
    ):
        assert words in text, words


def test_what_treatment_says_is_on_the_page_of_the_hour_nowhere(lived: Cast) -> None:
    secret = {**THREAT, "before": "canary-history", "why": "canary-formulation"}
    begun(lived, "danger_to_others", signed(lived, "violence_risk", secret))
    assert "canary" not in page(lived, "danger_now", matter_id=str(Matter.objects.get().pk))


def test_the_words_for_the_person_threatened_hold_less(lived: Cast, threat: str) -> None:
    text = sent(lived, "danger_say", threat, {"to": "potential_victim"})
    said = text.partition('class="say"')[2].partition("</div>")[0]
    assert "you may be in danger" in said
    assert "410-555-0142" not in said
    chosen = {"to": "potential_victim", "ticked": "yes", "say": ["statement"]}
    said = sent(lived, "danger_say", threat, chosen).partition('class="say"')[2]
    assert "Halpern" not in said.partition("</div>")[0]


def test_an_open_duty_stands_on_every_page_until_it_is_done(lived: Cast, threat: str) -> None:
    assert "1 duty open" in page(lived, "clients")
    assert "1 still open" in page(lived, "today")
    assert "Something is open here" in page(lived, "chart", chart_id=lived.dov)
    for who in ("bea", "cal", "sol"):
        assert "duty open" not in page(lived, "today", who)
    told = {"deed": "notify_law_enforcement", "result": "told", "whom": "Dispatcher 14"}
    sent(lived, "danger_attempt", threat, {"deed": "warn_victim", "result": "no_answer"})
    sent(lived, "danger_attempt", threat, told)
    assert "duty open" not in page(lived, "clients")
    text = page(lived, "danger_now", matter_id=threat)
    assert "Dispatcher 14" in text
    assert "nothing is open" in text
    assert "What the law asks was done." in text
    assert Departure.objects.count() == 1


def test_an_attempt_that_cannot_be_kept_loses_nothing_typed(lived: Cast, threat: str) -> None:
    text = sent(
        lived,
        "danger_attempt",
        threat,
        {"deed": "warn_victim", "result": "", "whom": "Joel’s wife", "next": "Again at ten"},
    )
    assert "Say whom you tried to reach" in text
    assert "Joel’s wife" in text
    assert "Again at ten" in text
    assert Step.objects.count() == 1


def test_the_decision_is_signed_there_and_can_be_given_again(lived: Cast, threat: str) -> None:
    text = sent(lived, "danger_decide", threat, {"decision": "tell", "words": ""})
    assert "Say in your own words" in text
    sent(lived, "danger_decide", threat, {"decision": "tell", "words": "He named the man."})
    assert "He named the man." in page(lived, "danger_now", matter_id=threat)
    assert "The same answer." in page(lived, "matter_again", matter_id=threat, number="1")


def test_the_page_of_the_matter_and_the_list_know_it(lived: Cast, threat: str) -> None:
    sent(lived, "danger_decide", threat, {"decision": "hold", "words": "He is on a ward."})
    text = page(lived, "matter", matter_id=threat)
    assert "Whom to tell, by when, and what to say" in text
    assert "To tell nobody" in text
    assert "Someone may be in danger" in page(lived, "matters")


def test_nobody_else_opens_any_of_it(lived: Cast, threat: str) -> None:
    """Not here: the same page for a matter that is, and for one that is not."""
    for who in ("bea", "cal", "max", "nan"):
        for name in ("danger_now", "danger_report", "danger_report_file"):
            answers = [
                Visitor(lived, who).get(reverse(name, kwargs={"matter_id": one})).status_code
                for one in (threat, "a" * 26)
            ]
            assert answers == [404, 404], (who, name)
        assert begun(lived, "child_abuse", who=who).status_code == 404


def test_a_written_report_is_filled_kept_printed_and_leaves_only_when_decided(
    lived: Cast,
) -> None:
    begun(lived, "child_abuse", signed(lived, "abuse_suspicion", ABUSE))
    matter = str(Matter.objects.get().pk)
    text = page(lived, "danger_report", matter_id=matter)
    assert "Bruises on the arm, in a photograph" in text
    assert "48 hours" in text
    assert "forms of California" in text
    typed: dict[str, object] = {"part.person": "A boy of nine", "part.seen": "Bruises"}
    sent(lived, "danger_report", matter, typed)
    pdf = Visitor(lived, "ada").get(reverse("danger_report_file", kwargs={"matter_id": matter}))
    assert pdf.content.startswith(b"%PDF")
    leaving: dict[str, object] = {"whom": "Intake", "how": "fax"}
    assert "no signed decision" in sent(lived, "danger_report_sent", matter, leaving).lower()
    sent(lived, "danger_decide", matter, {"decision": "tell", "words": "Two falls."})
    from stillroom.disclosure import reporting
    from stillroom.kernel import Trilean

    with pytest.raises(StepUpNeeded):
        reporting.send(lived.here("ada"), corpus(), matter, "fax", "Intake")
    proven = lived.here("ada", stepped_up=Trilean.YES)
    assert reporting.send(proven, corpus(), matter, "fax", "Intake") == pdf.content
    ((line, _),) = queries.departures(lived.here("ada"), lived.dov)
    assert (line.recipient, len(line.digest), line.owed) == ("Intake", 64, True)
    stands = happening.read(lived.here("ada"), corpus(), matter)
    assert "report_in_writing" not in {one.act for one in stands.open}


def test_a_report_that_no_rule_permits_stays(lived: Cast) -> None:
    begun(lived, "child_abuse")
    matter = str(Matter.objects.get().pk)
    sent(lived, "danger_report", matter, {"part.person": "Somebody"})
    sent(lived, "danger_decide", matter, {"decision": "tell", "words": "I am uneasy."})
    text = sent(lived, "danger_report_sent", matter, {"whom": "Intake", "how": "fax"})
    assert "no rule permits this report to leave" in text
    assert not Departure.objects.exists()


def test_the_page_for_the_wall_needs_no_client_and_no_network(lived: Cast) -> None:
    text = page(lived, "protocol", place="us-md")
    assert "1-800-917-7383" in text
    assert "Halpern" not in text
    saved = Visitor(lived, "ada").get(reverse("protocol_file", kwargs={"place": "us-md"}))
    assert saved.content.startswith(b"%PDF")
    assert len(STATES) == 51
