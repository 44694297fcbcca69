"""Earlier versions of a returned note leave where the request asks for them, and say what they are (P5, P9)."""

import pytest
from django.urls import reverse

from stillroom.chart import actions as chart
from stillroom.chart import reviewing
from stillroom.consent import actions as consent
from stillroom.disclosure import actions, cutting, drafts, releasing
from stillroom.disclosure.models import Packet
from stillroom.disclosure.rules import Decision
from stillroom.disclosure.rules_versions import NotAskedFor, NotSaidWhere, require_asked
from stillroom.kernel import Trilean
from tests.cast import NOON, Cast
from tests.disclosure.story import authorization, subpoena
from tests.harness import pdf_read
from tests.web import Visitor, corpus, serve

pytestmark = pytest.mark.django_db
ASKED = "complete file, including psychotherapy notes"
TEXT = {"Data": "Slept badly.", "Assessment": "", "Plan": "Tuesday."}
SAID = "Name the intervention."


@pytest.fixture
def told(cast: Cast) -> dict[str, str]:
    """A decided matter of Dov's, with a note that Sol returned and Ada signed again."""
    ada, sol = cast.here("ada"), cast.here("sol")
    cast.licensed("ada")
    record = chart.begin(ada, cast.dov, "progress_note", occurred_at=NOON)
    chart.save_draft(ada, record, TEXT, 1)
    chart.sign(ada, record, 2)
    reviewing.send(ada, record, [cast.sol.id])
    reviewing.give_back(sol, record, SAID, seen=2)
    reviewing.begin_changes(ada, record)
    saved = chart.save_draft(ada, record, {**TEXT, "Data": "A sleep diary."}, 1)
    chart.sign(ada, record, saved.version)
    consent.take_up(ada, cast.dov, authorization(cast))
    matter = actions.enter(ada, cast.dov, subpoena())
    for fact, value in (("identity_verified", True), ("federal_court", False)):
        actions.answer(ada, corpus(), matter, fact, value)
    actions.decide(ada, corpus(), matter, Decision.BUILD, "He has signed.")
    return {"record": record, "matter": matter}


def choose(cast: Cast, told: dict[str, str], words: str) -> None:
    ada, these = cast.here("ada"), [told["record"]]
    drafts.change(ada, told["matter"], lambda draft: draft.with_versions(these, words))


def build(cast: Cast, told: dict[str, str]) -> "pdf_read.Read":
    ada = cast.here("ada", stepped_up=Trilean.YES)
    packet = releasing.build(ada, corpus(), told["matter"], [told["record"]], [])
    _, pdf = releasing.open_packet(ada, Packet.objects.get(pk=packet))
    return pdf_read.read(pdf)


def test_without_being_chosen_no_earlier_version_is_in_a_packet(
    cast: Cast, told: dict[str, str]
) -> None:
    seen = build(cast, told)
    assert seen.holds("A sleep diary.")
    assert seen.holds("Slept badly.") == []


def test_where_the_request_asks_it_goes_along_and_says_that_it_is_not_in_force(
    cast: Cast, told: dict[str, str]
) -> None:
    (one,) = [
        each
        for each in releasing.choices(cast.here("ada"), corpus(), told["matter"]).choices
        if each.record.id == told["record"]
    ]
    assert one.record.earlier == 1
    choose(cast, told, f"“the {ASKED}”")
    seen = build(cast, told)
    assert seen.holds("A sleep diary.")
    assert seen.holds("Slept badly.")
    for words in ("NOT IN FORCE", "returned for changes by Sol Adeyemi", "superseded"):
        assert seen.holds(words), words
    assert seen.holds(SAID) == [], "what a supervisor said is about a colleague's work"


@pytest.mark.parametrize(
    ("words", "problem"),
    [("", NotSaidWhere), ("file", NotSaidWhere), ("all earlier versions of it", NotAskedFor)],
)
def test_where_the_request_does_not_ask_nothing_is_built(
    cast: Cast, told: dict[str, str], words: str, problem: type[Exception]
) -> None:
    choose(cast, told, words)
    with pytest.raises(problem):
        build(cast, told)
    assert not Packet.objects.exists()


def test_the_words_are_those_of_the_letter_or_of_what_was_written_down() -> None:
    require_asked([], "", ())
    require_asked(["r"], "ALL  earlier\nversions.", ("We want all earlier versions.",))
    with pytest.raises(NotAskedFor):
        require_asked(["r"], "all earlier versions", ("The complete file.",))


def test_what_is_cut_of_an_earlier_version_is_cut_on_its_own_state(
    cast: Cast, told: dict[str, str]
) -> None:
    before = cutting.opened(cast.here("ada"), corpus(), told["matter"], told["record"])
    choose(cast, told, ASKED)
    after = cutting.opened(cast.here("ada"), corpus(), told["matter"], told["record"])
    assert before.cuts.of != after.cuts.of
    assert len(after.page.sections) > len(before.page.sections)


def test_the_page_offers_them_keeps_what_was_typed_and_says_what_is_wrong(
    cast: Cast, told: dict[str, str]
) -> None:
    serve(cast)
    ada = Visitor(cast, "ada")
    at = reverse("packet_build", kwargs={"matter_id": told["matter"]})
    page = ada.get(at).content.decode()
    assert "1 earlier version" in page
    record = told["record"]
    sent = {"records": record, "files": "pdf", "versioned": "yes", "versions": record}
    wrong = ada.post(at, {**sent, "versions_asked": "every version there ever was"})
    assert wrong.status_code == 409
    assert "do not stand in what was asked" in wrong.content.decode()
    assert "every version there ever was" in wrong.content.decode()
    assert ada.post(at, {**sent, "versions_asked": ASKED}).status_code == 302
