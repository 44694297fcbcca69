"""Forms over HTTP: read and published, handed over and back, on paper, due again, on Today."""

import re
from datetime import date, timedelta
from typing import Any

import pytest

from stillroom.access import Capacity
from stillroom.consent import queries_forms
from stillroom.consent.models_forms import FormEdition, FormSigning
from stillroom.practice import actions as practice
from stillroom.practice import actions_care
from stillroom.practice.queries import chart_head
from stillroom.practice.rules import Contact, FrontSheet
from tests.cast import NOON, Cast
from tests.web import Visitor, serve

pytestmark = pytest.mark.django_db
REVIEW = "/forms/review?form={form}&place=us-md&profession=psychologist{works}"


@pytest.fixture
def ada(cast: Cast) -> Visitor:
    """Ada at the desk, with a profession."""
    serve(cast)
    cast.licensed("ada", "bea", credential="")
    return Visitor(cast, "ada")


def fields(page: str) -> dict[str, Any]:
    """What the form of the review posts as it stands."""
    found: dict[str, Any] = {"works": re.findall(r'name="works" value="(\w+)"', page)}
    for name in ("form", "place", "profession"):
        found[name] = re.search(rf'name="{name}" value="([^"]*)"', page)[1]  # type: ignore[index]
    areas = re.findall(r'<textarea[^>]* name="(s-[^"]+)"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    return found | {name: _plain(words) for name, words in areas}


def _plain(words: str) -> str:
    return words.replace("&#39;", "'").replace("&amp;", "&").replace("&#34;", '"')


def published(ada: Visitor, form: str = "limits", *works: str, **more: str) -> str:
    """Read a form and publish it; gives the edition's id."""
    asked = REVIEW.format(form=form, works="".join(f"&works={one}" for one in works))
    page = ada.get(asked).content.decode()
    answer = ada.post("/forms/review", {**fields(page), **more, "do": "publish"})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return str(answer["Location"]).rsplit("/", 1)[1]


def limits(ada: Visitor, *works: str) -> str:
    return published(ada, "limits", *(works or ("individual", "supervised")))


def signer(cast: Cast, chart: str = "", who: str = "ada") -> str:
    return chart_head(cast.here(who), chart or cast.dov).holders[0].client + ".self"


def occasion_of(page: str) -> str:
    return re.search(r"/handed/([a-z2-7]{26})/back", page)[1]  # type: ignore[index]


def test_the_review_shows_each_sentence_with_what_it_stands_on(ada: Visitor) -> None:
    page = ada.get(REVIEW.format(form="limits", works="&works=individual")).content.decode()
    for words in ("5-609", "An eighth-grader reads it", "your own word", "text read"):
        assert words in page
    assert page.count("<textarea") > 25


def test_a_sentence_of_law_left_out_is_refused_and_nothing_typed_is_lost(ada: Visitor) -> None:
    page = ada.get(REVIEW.format(form="limits", works="&works=individual")).content.decode()
    typed = {**fields(page), "s-warn.must": " ", "s-team.advice": "We ask nobody."}
    answer = ada.post("/forms/review", {**typed, "do": "publish"})
    assert answer.status_code == 409
    told = answer.content.decode()
    assert "A part that the law gives was left out" in told
    assert "We ask nobody." in told
    assert not FormEdition.objects.exists()


def test_what_is_no_form_is_not_there(ada: Visitor) -> None:
    for asked in ("?form=limits&place=us-xx&profession=psychologist", "?form=x", ""):
        assert ada.get(f"/forms/review{asked}").status_code == 404


def test_published_in_our_words_and_the_old_version_stays(ada: Visitor, cast: Cast) -> None:
    first = limits(ada)
    page = ada.get(REVIEW.format(form="limits", works="&works=individual&works=supervised"))
    typed = {**fields(page.content.decode()), "s-warn.must": "If you plan harm, we must act."}
    answer = ada.post("/forms/review", {**typed, "do": "publish"})
    second = ada.get(str(answer["Location"])).content.decode()
    assert "If you plan harm, we must act." in second
    assert "Version 2" in second
    assert "If you plan harm" not in ada.get(f"/forms/{first}").content.decode()
    assert "Version 1" in ada.get(f"/forms/{first}").content.decode()
    assert ada.post("/forms/review", {**typed, "do": "publish"}).status_code == 409
    assert "Older versions" in ada.get("/forms").content.decode()


def test_a_notice_says_whom_to_ask(ada: Visitor) -> None:
    page = ada.get(REVIEW.format(form="notice", works="")).content.decode()
    assert "THIS NOTICE DESCRIBES HOW MEDICAL INFORMATION" in page
    refused = ada.post("/forms/review", {**fields(page), "do": "publish"})
    assert refused.status_code == 409
    assert "164.520(b)(1)(vii)" in refused.content.decode()


def test_handed_over_and_back_locked_in_between_and_kept_once(ada: Visitor, cast: Cast) -> None:
    edition = limits(ada)
    page = ada.get(f"/clients/{cast.dov}/consents").content.decode()
    assert "Not signed yet" in page
    sent = {"signer": signer(cast)}
    shown = ada.post(f"/clients/{cast.dov}/consents/{edition}/hand", sent).content.decode()
    for word in ("Halpern", "Merrow", "Today", "Calendar", "5-609"):
        assert word not in shown
    assert "What you say is kept private" in shown
    assert ada.get(f"/clients/{cast.dov}").status_code == 302, "the session is locked"
    occasion = occasion_of(shown)
    right = dict(re.findall(r'data-check="(\w+)" data-right="(\d)"', shown))
    answers = {f"a-q-{name}": place for name, place in right.items()}
    answers |= {"a-first-child": "0", "a-name": "Dov Halpern", "a-strokes": "10,10 500,200"}
    assert "Thank you" in ada.post(f"/handed/{occasion}/back", answers).content.decode()
    assert not FormSigning.objects.exists()

    again = Visitor(cast, "ada")
    back = again.get(f"/handed/{occasion}").content.decode()
    for words in ("To talk over", "Must we report it?", "Dov Halpern", "M10 10L500 200"):
        assert words in back
    assert again.post(f"/handed/{occasion}/keep", {"do": "keep"}).status_code == 302
    assert again.post(f"/handed/{occasion}/keep", {"do": "keep"}).status_code == 404
    (kept,) = queries_forms.signed(cast.here("ada"), cast.dov)
    assert (kept.signed.how, kept.signed.missed) == ("drawn", ("child",))
    told = again.get(f"/signed/{kept.id}").content.decode()
    assert "drawn on this practice’s device" in told
    assert "What you tell us is private" in told
    assert "signed Nov 20, 2026" in again.get(f"/clients/{cast.dov}").content.decode()


def test_without_a_name_nothing_is_kept_and_it_waits(ada: Visitor, cast: Cast) -> None:
    edition = limits(ada)
    sent = {"signer": signer(cast)}
    shown = ada.post(f"/clients/{cast.dov}/consents/{edition}/hand", sent).content.decode()
    occasion = occasion_of(shown)
    ada.post(f"/handed/{occasion}/back", {"a-name": " "})
    again = Visitor(cast, "ada")
    refused = again.post(f"/handed/{occasion}/keep", {"do": "keep"})
    assert refused.status_code == 409
    assert "There is no name under it" in refused.content.decode()
    assert again.get(f"/handed/{occasion}").status_code == 200
    assert again.post(f"/handed/{occasion}/keep", {"do": "forget"}).status_code == 302
    assert not FormSigning.objects.exists()


def test_on_paper_and_an_acknowledgment_that_could_not_be_had(ada: Visitor, cast: Cast) -> None:
    more = {"contact": "Olga Brandt", "telephone": "410-555-0100"}
    edition = published(ada, "notice", **more)
    path = f"/clients/{cast.dov}/consents/{edition}/paper"
    sent = {"signer": signer(cast)}
    assert ada.get(path, data=sent).status_code == 200
    refused = ada.post(path, {**sent, "how": "missing"})
    assert refused.status_code == 409
    assert "164.520(c)" in refused.content.decode()
    wrong = ada.post(path, {**sent, "how": "paper", "name": "Dov", "on": "31.2.", "seen_by": "A"})
    assert wrong.status_code == 409
    assert 'value="31.2."' in wrong.content.decode(), "what was typed is still there"
    words = "He was in pain and wanted to go; I sent it by post."
    assert ada.post(path, {**sent, "how": "missing", "reason": words}).status_code == 302
    assert "Could not be had" in ada.get(f"/clients/{cast.dov}/consents").content.decode()
    (kept,) = queries_forms.signed(cast.here("ada"), cast.dov)
    assert kept.signed.reason == words


def test_signatures_are_of_each_holder_and_the_guardian_of_a_minor(
    ada: Visitor, cast: Cast
) -> None:
    carers = [practice.Carer(cast.people["ada"].id, Capacity.TREATING)]
    kid = FrontSheet(given="Kit", family="Roe", born=date(2011, 5, 1),
                     guardians=(Contact("Pat Roe", "mother"),))  # fmt: skip
    chart = practice.admit(cast.here("ada"), cast.directory, [kid], carers, place="us-md")
    page = ada.get(f"/clients/{chart}/consents").content.decode()
    assert "under 18" in page
    assert "Pat Roe" in page
    alone = ada.get(f"/clients/{chart}/consents?chosen=yes&alone=yes").content.decode()
    assert "Pat Roe" not in alone
    assert "Signs alone: Md. Code, Health-Gen. § 20-104" in alone
    two = [FrontSheet(given="Ann", family="Roe", born=date(1980, 1, 1)),
           FrontSheet(given="Ben", family="Roe", born=date(1981, 1, 1))]  # fmt: skip
    couple = practice.admit(
        cast.here("ada"), cast.directory, two, carers, kind="couple", place="us-md"
    )
    shared = ada.get(f"/clients/{couple}/consents").content.decode()
    assert "Ann Roe" in shared
    assert "Ben Roe" in shared
    assert "a couple" in shared


def test_a_stranger_to_the_chart_signs_nothing_for_it(ada: Visitor, cast: Cast) -> None:
    edition = limits(ada)
    sent = {"signer": signer(cast, cast.fay, "bea")}
    assert ada.post(f"/clients/{cast.dov}/consents/{edition}/hand", sent).status_code == 404


def test_due_again_when_the_place_of_law_changes_and_on_today(ada: Visitor, cast: Cast) -> None:
    edition = limits(ada)
    path = f"/clients/{cast.dov}/consents/{edition}/paper"
    sent = {"signer": signer(cast), "name": "Dov", "seen_by": "Ada"}
    assert ada.post(path, sent).status_code == 302
    assert "new signature is due" not in ada.get(f"/clients/{cast.dov}").content.decode()
    practice.book(
        cast.here("ada"), cast.dov, cast.people["ada"].id,
        NOON + timedelta(days=2), NOON + timedelta(days=2, minutes=50),
    )  # fmt: skip
    assert "To sign:" not in ada.get("/today").content.decode()
    actions_care.change_place(cast.here("ada"), cast.dov, "us-va")
    limits_of = REVIEW.replace("us-md", "us-va").format(
        form="limits", works="&works=individual&works=supervised"
    )
    page = ada.get(limits_of).content.decode()
    ada.post("/forms/review", {**fields(page), "do": "publish"})
    due = ada.get(f"/clients/{cast.dov}/consents").content.decode()
    assert "A new signature is due." in due
    assert "The law of Virginia holds now, and it was signed under that of Maryland" in due
    assert "a new signature is due, as the law of Virginia" in _plain(
        ada.get(f"/clients/{cast.dov}").content.decode()
    )
    assert "To sign: limits of confidentiality" in ada.get("/today").content.decode()
    # Nothing is stopped by it.
    assert ada.post(f"/clients/{cast.dov}/begin/progress_note").status_code == 302


def test_where_no_profession_or_place_is_known_the_page_says_so(cast: Cast) -> None:
    serve(cast)
    page = Visitor(cast, "ada").get(f"/clients/{cast.dov}/consents").content.decode()
    assert "It is not known in which profession" in page
