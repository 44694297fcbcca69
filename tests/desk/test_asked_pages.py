"""Entering what somebody asks, and the page of that matter: what to look for, who asks, answers."""

from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from pytest_django import DjangoDbBlocker

from stillroom.chart.models import Original
from stillroom.disclosure import queries
from stillroom.disclosure.models import Matter
from stillroom.disclosure.rules import Decision
from stillroom.kernel import Trilean
from tests.cast import Cast, make_cast
from tests.chart import papers
from tests.disclosure.askers import letters
from tests.web import Visitor, corpus, serve

pytestmark = pytest.mark.django_db
DAY = {"received_on": "2026-11-20"}


@pytest.fixture(scope="module")
def lived(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: Any
) -> Iterator[Cast]:
    """A practice, once for all of these pages; what a test writes is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = make_cast(tmp_path_factory.mktemp("asked"))
        cast.licensed("ada", credential="")
        yield cast
        cast.house.log.close()
        transaction.set_rollback(True)


@pytest.fixture
def ada(lived: Cast) -> Iterator[Visitor]:
    with transaction.atomic():
        serve(lived)
        yield Visitor(lived, "ada")
        transaction.set_rollback(True)


def entry(lived: Cast) -> str:
    return f"/clients/{lived.dov}/matters/new"


def text(answer: Any) -> str:
    return unescape(answer.content.decode())


def value(page: str, name: str) -> str:
    """What stands in a field of the page."""
    at = page.index(f'name="{name}"')
    tag = page[page.rindex("<", 0, at) : page.index(">", at)]
    return tag.partition('value="')[2].partition('"')[0]


def entered(ada: Visitor, lived: Cast, **fields: Any) -> str:
    """A matter, entered; its address."""
    answer = ada.post(entry(lived), {"asker": "Somebody", **DAY, **fields})
    assert answer.status_code == 302, text(answer)[:2000]
    return str(answer["Location"])


def whole(lived: Cast, address: str) -> Any:
    return queries.whole_matter(lived.here("ada"), corpus(), address.rsplit("/", 1)[1])


def test_a_pasted_letter_fills_what_it_says_and_keeps_nothing(ada: Visitor, lived: Cast) -> None:
    page = text(ada.post(entry(lived), {"do": "read", "letter": letters.SUBPOENA, **DAY}))
    assert value(page, "who") == "A lawyer or clerk, by subpoena"
    assert value(page, "asker") == "Rex Dunleavy"
    assert value(page, "return_date") == "2026-12-08"
    assert "from the letter: “Rex Dunleavy, Esq." in page
    assert not Matter.objects.exists()


def test_what_was_typed_is_never_overwritten_by_a_letter(ada: Visitor, lived: Cast) -> None:
    typed = {"who": "police", "asker": "Owen Tate", "return_date": "2026-11-30"}
    page = text(ada.post(entry(lived), {"do": "read", "letter": letters.SUBPOENA, **DAY, **typed}))
    assert value(page, "who") == "Police or a prosecutor, without a warrant"
    assert value(page, "asker") == "Owen Tate"
    assert value(page, "return_date") == "2026-11-30"


def test_words_that_name_no_one_yield_to_the_letter(ada: Visitor, lived: Cast) -> None:
    """A lawyer's subpoena: neither a letter of his nor the client's representative."""
    typed = {"who": "attorney for Eve Halpern", "letter": letters.SUBPOENA, **DAY}
    page = text(ada.post(entry(lived), {"do": "read", **typed}))
    assert value(page, "who") == "A lawyer or clerk, by subpoena"
    assert "Or: " in page


def test_what_the_asker_settles_is_not_said_to_be_from_the_letter(
    ada: Visitor, lived: Cast
) -> None:
    typed = {"who": "HHS or its Office for Civil Rights", "letter": letters.SUBPOENA, **DAY}
    page = text(ada.post(entry(lived), {"do": "read", **typed}))
    assert "from the letter: “Attorney for”" not in page


def test_a_letter_that_came_as_a_file_is_read_and_kept_sealed_in_the_chart(
    ada: Visitor, lived: Cast
) -> None:
    file = SimpleUploadedFile("letter.pdf", papers.pdf("SUBPOENA DUCES TECUM. You are commanded."))
    page = text(ada.post(entry(lived), {"do": "read", "file": file, **DAY}))
    assert value(page, "who") == "A lawyer or clerk, by subpoena"
    assert "letter.pdf is kept as a" in page
    record = value(page, "document")
    assert Original.objects.get().record_id == record
    address = entered(ada, lived, occasion="subpoena", instrument="clerk_subpoena", document=record)
    assert "The letter as it came" in text(ada.get(address))


def test_a_file_that_cannot_be_read_loses_nothing_that_was_typed(ada: Visitor, lived: Cast) -> None:
    file = SimpleUploadedFile("letter.pdf", b"MZ this is a program")
    answer = ada.post(entry(lived), {"do": "read", "file": file, "asker": "Owen Tate", **DAY})
    assert answer.status_code == 409
    assert value(text(answer), "asker") == "Owen Tate"
    assert not Original.objects.exists()
    assert "Document" not in text(ada.get("/today")), "no empty document is left to sign"


def test_words_that_mean_several_offer_the_others(ada: Visitor, lived: Cast) -> None:
    page = text(ada.post(entry(lived), {"do": "read", "who": "some insurer", **DAY}))
    assert "Or: " in page


@pytest.mark.parametrize("who", ["access", "amendment", "payer_audit", "press", "hhs", "coroner"])
def test_whoever_asks_is_entered_by_two_fields_and_has_a_page(
    ada: Visitor, lived: Cast, who: str
) -> None:
    form = text(ada.get(f"{entry(lived)}?who={who}"))
    address = entered(ada, lived, occasion=who, instrument=value(form, "instrument") or "letter")
    page = text(ada.get(address))
    made = whole(lived, address).determination
    assert f">{made.asker.title}</h1>" in page
    for option in made.options:
        assert option.says in page


def test_a_check_of_who_asks_opens_the_door_and_a_later_one_shuts_it(
    ada: Visitor, lived: Cast
) -> None:
    address = entered(
        ada, lived, occasion="access", instrument="client_request", purpose="client_access",
        kinds=["progress_notes"],
    )  # fmt: skip
    assert "Nobody has looked yet" in text(ada.get(address))
    assert not whole(lived, address).determination.answers["progress_notes"].open
    seen = {"how": "known", "seen": "I know his face.", "verified": "yes"}
    assert ada.post(f"{address}/identity", seen).status_code == 302
    made = whole(lived, address).determination
    assert made.facts["identity_verified"] is Trilean.YES
    assert made.answers["progress_notes"].open
    assert "Satisfied. Known to me" in text(ada.get(address))
    again = {"how": "callback", "seen": "The number is a stranger's.", "verified": "no"}
    ada.post(f"{address}/identity", again)
    made = whole(lived, address).determination
    assert not made.answers["progress_notes"].open
    assert [one.number for one in whole(lived, address).steps] == [1, 2]


def test_a_check_that_says_nothing_is_refused_and_what_was_typed_stands(
    ada: Visitor, lived: Cast
) -> None:
    address = entered(ada, lived, occasion="police", instrument="none")
    answer = ada.post(f"{address}/identity", {"seen": "Badge 4411.", "verified": "no"})
    assert answer.status_code == 409
    assert "Badge 4411." in text(answer)
    assert whole(lived, address).steps == ()


def test_what_to_look_for_is_answered_by_yes_or_no_and_then_said_to_be_missing(
    ada: Visitor, lived: Cast
) -> None:
    address = entered(ada, lived, occasion="licensing_board", instrument="letter")
    assert "Does it say on which law it rests?" in text(ada.get(address))
    ada.post(f"{address}/look", {"about": "paper.legal_basis", "value": "no"})
    page = text(ada.get(address))
    assert "It does not say on which law it rests." in page
    assert "Look on which law" not in page
    ada.post(f"{address}/look", {"about": "oversight_of_author", "value": "yes"})
    assert whole(lived, address).determination.facts["oversight_of_author"] is Trilean.YES


@pytest.mark.parametrize("about", ["paper.shoe_size", "paper.", "no_such_fact", ""])
def test_nothing_else_can_be_looked_for(ada: Visitor, lived: Cast, about: str) -> None:
    address = entered(ada, lived, occasion="licensing_board", instrument="letter")
    before = whole(lived, address).determination.asked
    assert ada.post(f"{address}/look", {"about": about, "value": "yes"}).status_code >= 400
    assert whole(lived, address).determination.asked == before


def test_the_clients_clock_stands_on_today_and_is_extended_once(ada: Visitor, lived: Cast) -> None:
    address = entered(ada, lived, occasion="access", instrument="client_request")
    assert "30 days" in text(ada.get("/today"))
    extend = {"decision": "extend", "words": "The old charts lie in a store. By January 19."}
    assert ada.post(f"{address}/decide", extend).status_code == 302
    found = whole(lived, address)
    assert found.state == "open"
    assert found.determination.clocks[0].due.isoformat() == "2027-01-19"
    assert "60 days" in text(ada.get("/today"))
    assert ada.post(f"{address}/decide", extend).status_code == 409, "there is one only"


def test_a_decision_that_is_none_of_this_askers_is_refused(ada: Visitor, lived: Cast) -> None:
    address = entered(ada, lived, occasion="press", instrument="none")
    for way in (Decision.ACCEPT, Decision.EXTEND, Decision.GIVE, Decision.BUILD):
        answer = ada.post(f"{address}/decide", {"decision": way.value, "words": "So."})
        assert answer.status_code == 409
    assert ada.post(f"{address}/decide", {"decision": "object", "words": "No."}).status_code == 302
    assert "Say nothing: neither confirm nor deny" in text(ada.get(address))


def test_a_correction_is_denied_and_the_disagreement_stands_beside_it(
    ada: Visitor, lived: Cast
) -> None:
    wish = {"wish": "I resigned; I was not fired."}
    address = entered(ada, lived, occasion="amendment", instrument="client_request", **wish)
    assert "I resigned" in text(ada.get(address))
    deny = {"decision": "deny", "words": "The entry says what was said in the session."}
    assert ada.post(f"{address}/decide", deny).status_code == 302
    assert "Give the denial in writing." in text(ada.get(address))
    empty = ada.post(f"{address}/amending", {"what": "statement", "amending": ""})
    assert empty.status_code == 409
    statement = {"what": "statement", "amending": "I disagree: I never said it so."}
    assert ada.post(f"{address}/amending", statement).status_code == 302
    page = text(ada.get(address))
    assert "I disagree: I never said it so." in page
    assert "Still owed" in page
    assert "Nothing leaves this chart until you say which entries it is about." in page
    empty = ada.post(f"{address}/amending", {"what": "about"})
    assert empty.status_code == 409
    none = {"what": "about", "none": "yes"}
    assert ada.post(f"{address}/amending", none).status_code == 302
    page = text(ada.get(address))
    assert "Nothing leaves this chart" not in page
    assert "Which entries it is about: none of the signed records" in page
    accepted = {"what": "linked", "amending": "Beside the note."}
    assert ada.post(f"{address}/amending", accepted).status_code == 409, "it was denied"


def test_a_restriction_is_written_down_where_it_binds(ada: Visitor, lived: Cast) -> None:
    address = entered(ada, lived, occasion="restriction", instrument="client_request")
    assert "Did the client pay for this service in full" in text(ada.get(address))
    ada.post(f"{address}/look", {"about": "paid_out_of_pocket", "value": "yes"})
    deny = {"decision": "deny", "words": "No."}
    assert ada.post(f"{address}/decide", deny).status_code == 409, "it was paid for"
    agree = {"decision": "accept", "words": "She paid, and asked."}
    assert ada.post(f"{address}/decide", agree).status_code == 302
    assert f"/clients/{lived.dov}/restrictions/new" in text(ada.get(address))


def test_the_answer_to_an_accounting_is_the_account(ada: Visitor, lived: Cast) -> None:
    address = entered(ada, lived, occasion="accounting", instrument="client_request")
    assert ada.post(f"{address}/decide", {"decision": "give", "words": "So."}).status_code == 302
    assert f"/clients/{lived.dov}/account" in text(ada.get(address))


def test_two_requests_of_one_client_are_told_apart_wherever_they_stand(
    lived: Cast, ada: Visitor
) -> None:
    for occasion in ("access", "amendment", "accounting", "restriction", "channel"):
        sent = {**DAY, "asker": "Dov Halpern", "occasion": occasion, "instrument": "client_request"}
        assert ada.post(entry(lived), sent).status_code == 302
    rights = ("a copy", "a correction", "an account of disclosures")
    today, listed, chart = (
        text(ada.get(path)) for path in ("/today", "/matters", f"/clients/{lived.dov}")
    )
    for one in rights:
        assert f"Client request from Dov Halpern: {one}" in today
    for one in (*rights, "a restriction", "another way to be reached"):
        assert f"client request: {one}" in listed
        assert f"Client request: {one}" in chart
