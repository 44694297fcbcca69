"""Letters by their pages: looked at, signed, kept, sent; and the answer that confirms nothing."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse
from msgspec import structs

from stillroom.access import Capacity
from stillroom.chart import queries as charts
from stillroom.chart import reviewing
from stillroom.chart.models import Draft, Record
from stillroom.consent.rules import Party
from stillroom.desk.letters_out import against_wishes, wished_address
from stillroom.disclosure import actions, lettering, queries
from stillroom.disclosure.matters import Asked
from stillroom.disclosure.models import Departure
from stillroom.disclosure.packet import ProofChanged
from stillroom.disclosure.rules import Intake
from stillroom.disclosure.steps import StepAltered
from stillroom.practice import actions as practice
from stillroom.practice.queries import chart_head
from stillroom.practice.rules_wishes import POST, Reach, Way
from tests.cast import DOV, Cast
from tests.disclosure.story import SECRET, notes, subpoena
from tests.disclosure.test_letter_forms import SAID
from tests.web import Visitor, corpus, serve


@pytest.fixture
def ada(cast: Cast) -> Visitor:
    serve(cast)
    cast.licensed("ada", "bea", "sol", location="Baltimore")
    return Visitor(cast, "ada")


@pytest.fixture
def matter(cast: Cast) -> str:
    return actions.enter(cast.here("ada"), cast.dov, subpoena())


@pytest.fixture
def access(cast: Cast) -> str:
    """Dov himself asked, on November 2."""
    asker = Party("Dov Halpern", "client")
    intake = Intake(asker, date(2026, 11, 2), instrument="client_request", purpose="client_access")
    return actions.enter(cast.here("ada"), cast.dov, Asked(intake, "", {}))


def at(name: str, matter: str, **parts: object) -> str:
    return reverse(name, kwargs={"matter_id": matter, **parts})


def seen_in(page: str) -> str:
    found = re.search(r'name="seen" value="([0-9a-f]{64})"', page)
    assert found, page[:2000]
    return found[1]


def write(visitor: Visitor, matter: str, form: str, **typed: object) -> str:
    """Look at a letter, then sign it; gives the address of the signed one."""
    address = at("letter_write", matter, form_id=form)
    looked = visitor.post(address, {"do": "look", **typed})
    assert looked.status_code == 200, looked.content.decode()[:2000]
    page = looked.content.decode()
    signed = visitor.post(address, {"do": "sign", "seen": seen_in(page), **typed})
    assert signed.status_code == 302, signed.content.decode()[:2000]
    return signed.headers["Location"]


def test_a_letter_is_looked_at_signed_and_kept_in_chart_and_matter(
    ada: Visitor, cast: Cast, matter: str
) -> None:
    """P5, P9: what was shown is what was signed; the record and the file say the same."""
    address = write(ada, matter, "objection", address="1 Court Square\nTowson")
    whole = queries.whole_matter(cast.here("ada"), corpus(), matter)
    (kept,) = lettering.letters_of(whole.steps)
    assert address.endswith(f"/letters/{kept.number}")
    assert kept.kept.letter.to.lines == ("1 Court Square", "Towson")
    record = charts.record(cast.here("ada"), kept.kept.record)
    told = record.current.content.answer("words").text
    assert "neither confirm nor deny" in told
    assert record.kind.id == "letter"
    once, again = (ada.get(address + "/file").content for _ in range(2))
    assert once == again
    assert lettering.printed_again(kept).pdf == once
    page = ada.get(at("matter", matter)).content.decode()
    assert "Objection to a demand for records" in page


def test_nothing_is_signed_that_was_not_looked_at(ada: Visitor, cast: Cast, matter: str) -> None:
    address = at("letter_write", matter, form_id="objection")
    for seen in ("", "0" * 64):
        answer = ada.post(address, {"do": "sign", "seen": seen, "address": "1 Court Square"})
        assert answer.status_code == 409
        assert "no longer the letter that was shown" in answer.content.decode()
        assert "1 Court Square" in answer.content.decode()
    shown = seen_in(ada.post(address, {"do": "look"}).content.decode())
    answer = ada.post(address, {"do": "sign", "seen": shown, "address": "Elsewhere"})
    assert answer.status_code == 409
    assert not queries.whole_matter(cast.here("ada"), corpus(), matter).steps


def test_what_a_denial_lacks_is_named_and_nothing_typed_is_lost(ada: Visitor, access: str) -> None:
    address = at("letter_write", access, form_id="denial")
    answer = ada.post(address, {"do": "look", "part": "The notes of May 3."})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Choose the ground; without one there is no denial." in page
    assert "telephone number; the letter must say it." in page
    assert "The notes of May 3." in page
    assert "It needs no line in the account of disclosures." in page
    assert "f-grounds&#39;" not in page, "only words stand on a page"


def test_a_denial_to_the_client_is_signed_sent_and_needs_no_line_of_the_account(
    ada: Visitor, cast: Cast, access: str
) -> None:
    """45 CFR 164.528(a)(1)(ii): what goes to the client is not accounted."""
    assert "What fits this paper" in ada.get(at("letter_choose", access)).content.decode()
    address = write(ada, access, "denial", grounds=["endanger"], **SAID)
    sent = {"way": "hand", "on": "2026-11-20", "to": "Dov Halpern"}
    assert ada.post(address + "/sent", sent).status_code == 302
    assert "By hand to Dov Halpern" in ada.get(address).content.decode()
    assert not Departure.objects.exists()


def test_a_claim_that_speaks_of_a_record_stands_in_the_account_once_it_was_sent(
    ada: Visitor, cast: Cast, matter: str
) -> None:
    address = write(ada, matter, "assertion", named="yes", own="I ask to be heard.")
    assert not Departure.objects.exists()
    refused = ada.post(address + "/sent", {"way": "pigeon", "on": "2026-11-20", "to": "Rex"})
    assert refused.status_code == 409
    sent = {"way": "court", "on": "2026-11-20", "to": "Clerk of the Court"}
    for early in ("2026-11-19", "soon"):
        assert ada.post(address + "/sent", {**sent, "on": early}).status_code == 409
    assert ada.post(address + "/sent", sent).status_code == 302
    ((line, _),) = queries.departures(cast.here("ada"), cast.dov)
    assert line.recipient == "Clerk of the Court"
    assert "letter of november 20, 2026" in line.description.lower()
    assert "heard" not in line.description
    assert line.owed


def test_a_claim_that_names_nobody_needs_no_line(ada: Visitor, cast: Cast, matter: str) -> None:
    address = write(ada, matter, "assertion", own="This must not stand there.")
    sent = {"way": "court", "on": "2026-11-20", "to": "Clerk of the Court"}
    assert ada.post(address + "/sent", sent).status_code == 302
    assert not Departure.objects.exists()
    (kept,) = lettering.letters_of(queries.whole_matter(cast.here("ada"), corpus(), matter).steps)
    assert "must not stand" not in str(kept.kept.letter)


def test_letters_that_tell_nothing_are_one_letter_in_two_charts(ada: Visitor, cast: Cast) -> None:
    """T07: the same demand about Ada's couple in another state, and about Dov. The law of the
    chart's place, its holders and its Part 2 marks do not show."""
    joss = [structs.replace(DOV, given="Joss", family="Feld")]
    carers = [practice.Carer(cast.people["ada"].id, Capacity.TREATING)]
    other = practice.admit(cast.here("ada"), cast.directory, joss, carers, place="us-ca")
    made = {}
    for chart in (cast.dov, other):
        matter = actions.enter(cast.here("ada"), chart, subpoena())
        whole = queries.whole_matter(cast.here("ada"), corpus(), matter)
        for form in ("objection", "assertion", "assurances", "neither"):
            draft = lettering.draft(cast.here("ada"), corpus(), whole, form, {}, {})
            made.setdefault(form, set()).add(lettering.proof(cast.here("ada"), draft).digest)
    assert {form: len(digests) for form, digests in made.items()} == dict.fromkeys(made, 1)


def test_time_is_not_extended_twice(ada: Visitor, access: str) -> None:
    write(ada, access, "extension", reason="On paper.", until="2026-12-20")
    address = at("letter_write", access, form_id="extension")
    again = ada.post(address, {"do": "look", "reason": "Still.", "until": "2026-12-28"})
    assert again.status_code == 409
    assert "extended once" in again.content.decode()


def test_a_letter_altered_on_the_disk_is_not_printed(ada: Visitor, cast: Cast, matter: str) -> None:
    write(ada, matter, "neither")
    (kept,) = lettering.letters_of(queries.whole_matter(cast.here("ada"), corpus(), matter).steps)
    letter = replace(kept.kept.letter, closing=("We know her well.",))
    with pytest.raises(ProofChanged):
        lettering.printed_again(replace(kept, kept=structs.replace(kept.kept, letter=letter)))


def test_the_front_desks_answer_is_the_same_for_a_client_and_for_a_stranger(
    ada: Visitor, cast: Cast
) -> None:
    """T07, P8: whatever else is sent along, the letter is made from who asks, who writes, the day."""
    cal = Visitor(cast, "cal")
    page = cal.get(reverse("letter_neither"))
    assert page.status_code == 200
    asked = {"to": "Rex Dunleavy", "address": "1 Court Square"}
    size = cast.house.log.size
    about = [
        cal.post(reverse("letter_neither"), {**asked, "about": name, "q": name}).content
        for name in ("Dov Halpern", "Nobody Known", "")
    ]
    assert about[0].startswith(b"%PDF")
    assert len(set(about)) == 1
    assert cast.house.log.size == size, "nothing was opened, so nothing is in the log"
    refused = cal.post(reverse("letter_neither"), {"to": " ", "address": "1 Court Square"})
    assert refused.status_code == 409
    assert "1 Court Square" in refused.content.decode()


def test_who_does_not_care_for_the_client_writes_and_reads_no_letter(
    ada: Visitor, cast: Cast, matter: str
) -> None:
    address = write(ada, matter, "neither")
    bea = Visitor(cast, "bea")
    for path in (address, address + "/file", at("letter_choose", matter)):
        assert bea.get(path).status_code == 404
    assert bea.get(at("letter_write", matter, form_id="neither")).status_code == 404
    assert ada.get(at("letter_write", matter, form_id="sonnet")).status_code == 404
    assert ada.get(at("letter", matter, number=99)).status_code == 404


def test_a_privilege_log_lists_the_records_that_were_asked_for_and_none_of_their_titles(
    ada: Visitor, cast: Cast, matter: str
) -> None:
    note, private = notes(cast)
    page = ada.get(at("letter_write", matter, form_id="privilege_log")).content.decode()
    for record in (note, private):
        assert re.search(rf'value="{record}"[^>]* checked', page)
    write(ada, matter, "privilege_log", by="record", records=[note, private])
    (kept,) = lettering.letters_of(queries.whole_matter(cast.here("ada"), corpus(), matter).steps)
    table = kept.kept.letter.table
    assert table
    listed = {"Clinical note", "Therapist’s separate notes"}
    assert {row[2] for row in table.rows} == listed
    assert {row[3] for row in table.rows} == {"Ada Merrow, psychologist"}
    assert all("9-109" in row[5] for row in table.rows)
    assert SECRET not in str(kept.kept.letter)
    sol = Visitor(cast, "sol").get(at("letter_write", matter, form_id="privilege_log"))
    assert private not in sol.content.decode(), "P4: who did not write it cannot list it"


def test_a_letter_whose_step_cannot_be_kept_leaves_no_record(
    ada: Visitor, cast: Cast, matter: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """6.4: record and step are one; what breaks between them undoes both."""
    address = at("letter_write", matter, form_id="neither")
    seen = seen_in(ada.post(address, {"do": "look"}).content.decode())

    def broken(*_: object) -> None:
        raise StepAltered

    monkeypatch.setattr(lettering.steps, "add", broken)
    assert ada.post(address, {"do": "sign", "seen": seen}).status_code == 409
    assert not Record.objects.filter(kind="letter").exists()
    assert not Draft.objects.exists()


def test_a_trainees_letter_is_not_sent_before_it_is_co_signed(
    ada: Visitor, cast: Cast, matter: str
) -> None:
    practice.set_profile(
        cast.ada.id, profession="supervised_trainee", credential="", place="us-md", location=""
    )
    address = write(ada, matter, "neither")
    assert "It waits for a co-signature." in ada.get(address).content.decode()
    sent = {"way": "post", "on": "2026-11-20", "to": "Rex Dunleavy"}
    assert ada.post(address + "/sent", sent).status_code == 409
    whole = queries.whole_matter(cast.here("ada"), corpus(), matter)
    (kept,) = lettering.letters_of(whole.steps)
    reviewing.cosign(cast.here("sol"), kept.kept.record, seen=2)
    assert ada.post(address + "/sent", sent).status_code == 302


def test_a_letter_to_the_client_keeps_to_where_the_client_wishes_letters() -> None:
    """45 CFR 164.522(b): the page says so before anything is printed."""
    home = Way(POST, "12 Quarry Lane, Baltimore")
    wished = Reach(ways=(home,), never=("1 Court Square",))
    assert wished_address(wished) == home.to
    assert against_wishes(wished, "12 Quarry Lane,\nBaltimore") == ""
    assert against_wishes(wished, "") == ""
    assert "never be used" in against_wishes(wished, "1 Court Square\nTowson")
    assert "12 Quarry Lane" in against_wishes(wished, "9 Elsewhere Road")
    assert "nothing be written" in against_wishes(Reach(nothing=True), "12 Quarry Lane")
    assert "no address for letters" in against_wishes(Reach(), "12 Quarry Lane")
    assert (wished_address(None), against_wishes(None, "anywhere")) == ("", "")


def test_the_page_of_a_letter_to_the_client_opens_with_the_wished_address(
    ada: Visitor, cast: Cast, access: str, matter: str
) -> None:
    sheet = structs.replace(DOV, wishes=(Reach(ways=(Way(POST, "PO Box 7, Towson"),)),))
    client = chart_head(cast.here("ada"), cast.dov).holders[0].client
    practice.change_front(cast.here("ada"), cast.directory, cast.dov, client, sheet)
    page = ada.get(at("letter_write", access, form_id="denial")).content.decode()
    assert "PO Box 7, Towson" in page
    assert "PO Box 7" not in ada.get(at("letter_write", matter, form_id="denial")).content.decode()
