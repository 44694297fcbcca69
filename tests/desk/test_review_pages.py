"""Supervision on the pages: whom a note is sent to, what each is shown, and that nothing typed is lost."""

import re

import pytest

from stillroom.access import Capacity, Role
from stillroom.chart import actions, queries
from stillroom.chart.states import State
from stillroom.identity.models import Person
from stillroom.practice import actions as practice
from tests.cast import NOON, Cast
from tests.web import Visitor, serve

TEXT = {"Data": "Slept six hours.", "Assessment": "Steadier.", "Plan": "Tuesday."}


@pytest.fixture
def trained(cast: Cast) -> Cast:
    """Ada works under Sol and Bea, and the practice is served."""
    practice.set_profile(
        cast.ada.id, profession="supervised_trainee", credential="", place="us-md", location=""
    )
    bea = cast.people["bea"]
    bea.roles = frozenset({Role.CLINICIAN, Role.SUPERVISOR})
    Person.objects.filter(pk=bea.id).update(roles=["clinician", "supervisor"])
    practice.begin_care(cast.here("ada"), cast.dov, bea.id, Capacity.SUPERVISING)
    serve(cast)
    return cast


def draft(cast: Cast) -> str:
    record = actions.begin(cast.here("ada"), cast.dov, "progress_note", occurred_at=NOON)
    actions.save_draft(cast.here("ada"), record, TEXT, 1)
    return record


def text_of(response: object) -> str:
    return re.sub(r"\s+", " ", response.content.decode())  # type: ignore[attr-defined]


def test_who_has_two_supervisors_chooses_and_both_are_chosen_at_first(trained: Cast) -> None:
    record, ada = draft(trained), Visitor(trained, "ada")
    page = text_of(ada.get(f"/records/{record}"))
    assert len(re.findall(r'name="asked" value="[a-z2-7]{26}"[^>]* checked', page)) == 2
    sent = {**TEXT, "version": "2", "asked": trained.bea.id, "as_it_is": "all"}
    assert ada.post(f"/records/{record}/sign", sent).status_code == 302
    course = queries.record(trained.here("ada"), record).course
    assert (course.state, course.asked) == (State.WAITING, (trained.bea.id,))


def test_a_return_without_words_brings_the_page_back_and_with_words_shows_them_to_the_author(
    trained: Cast,
) -> None:
    record, sol = draft(trained), Visitor(trained, "sol")
    actions.sign(trained.here("ada"), record, 2)
    refused = sol.post(f"/records/{record}/return", {"seen": "2", "words": " "})
    assert refused.status_code == 409
    assert "It is not said why" in text_of(refused)
    long = "x" * 5000
    refused = sol.post(f"/records/{record}/return", {"seen": "2", "words": long})
    assert refused.status_code == 409
    assert long in text_of(refused), "what was typed is still there"
    sol.post(f"/records/{record}/return", {"seen": "2", "words": "Name <b>her</b> answer."})
    ada = Visitor(trained, "ada")
    assert "Name &lt;b&gt;her&lt;/b&gt; answer." in text_of(ada.get(f"/records/{record}"))
    assert "returned for changes" in text_of(ada.get("/today"))
    assert ada.post(f"/records/{record}/change").status_code == 302
    assert "Name &lt;b&gt;her&lt;/b&gt; answer." in text_of(ada.get(f"/records/{record}"))
    compared = text_of(ada.get(f"/records/{record}/versions?to=draft"))
    assert "to your draft: 0 words came, 0 went" in compared


def test_a_supervisor_is_shown_no_form_that_he_may_not_use(trained: Cast) -> None:
    record = draft(trained)
    actions.sign(trained.here("ada"), record, 2)
    page = text_of(Visitor(trained, "sol").get(f"/records/{record}"))
    assert "Waits for your co-signature." in page
    assert f"/records/{record}/addendum" not in page
    ada = text_of(Visitor(trained, "ada").get(f"/records/{record}"))
    assert f"/records/{record}/cosign" not in ada
    assert f"/records/{record}/addendum" in ada


def test_a_supervisor_never_sees_the_draft_of_changes(trained: Cast) -> None:
    record, sol, ada = draft(trained), Visitor(trained, "sol"), Visitor(trained, "ada")
    actions.sign(trained.here("ada"), record, 2)
    sol.post(f"/records/{record}/return", {"seen": "2", "words": "Shorter."})
    ada.post(f"/records/{record}/change")
    fields = {**TEXT, "Data": "Half a sentence that nobody"}
    body = {"version": 1, "fields": fields}
    saved = ada.post(f"/records/{record}/draft", body, content_type="application/json")
    assert saved.status_code == 200
    for path in (f"/records/{record}", f"/records/{record}/versions?to=draft"):
        assert "Half a sentence" not in text_of(sol.get(path))
    assert "Half a sentence" in text_of(ada.get(f"/records/{record}/versions?to=draft"))


def test_the_comparison_is_read_by_a_screen_reader_in_words(trained: Cast) -> None:
    record, sol, ada = draft(trained), Visitor(trained, "sol"), Visitor(trained, "ada")
    actions.sign(trained.here("ada"), record, 2)
    sol.post(f"/records/{record}/return", {"seen": "2", "words": "Shorter."})
    ada.post(f"/records/{record}/change")
    changed = {"Data": "Slept eight hours.", "version": "1", "as_it_is": "all"}
    ada.post(f"/records/{record}/sign", {**TEXT, **changed})
    page = text_of(sol.get(f"/records/{record}/versions"))
    assert (
        '<del><span class="unseen"> [went: </span>six<span class="unseen">] </span></del>' in page
    )
    assert '<ins><span class="unseen"> [came: </span>eight<span' in page
    assert "1 word came, 1 went" in page
