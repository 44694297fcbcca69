"""The page that cuts: by words, paragraph, part, selection and suggestion; and nothing typed is lost."""

import html
import re
from dataclasses import replace

import pytest
from django.urls import reverse

from stillroom.chart.documents.facts import FILE_HEADING
from stillroom.desk.cuts_posted import ReasonNotOpen, changed, posted, read_value, value_of
from stillroom.desk.views.cutting import parts
from stillroom.disclosure.models import PacketDraft
from stillroom.disclosure.packet import Leaf, Section
from stillroom.disclosure.packet.cuts import CutMisplaced, Reason, Removal
from stillroom.disclosure.packet.painting import Box
from stillroom.disclosure.rules_draft import Cuts, applied, reasons_for
from tests.cast import Cast
from tests.chart import papers
from tests.disclosure.conftest import note
from tests.disclosure.test_cutting import told  # noqa: F401 - a fixture
from tests.web import Visitor, serve

PAGE = note(["Calls with Ines.\n\nSlept better."])
NONE = Cuts("as it stands")


@pytest.mark.parametrize(
    "one", [Removal("0.1.2", 3, 9, Reason.PERSON), Box(2, 0, 10, 990, 1000, Reason.OUTSIDE)]
)
def test_a_cut_travels_through_a_page(one: Removal | Box) -> None:
    assert read_value(value_of(one), tuple(Reason)) == one


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0.0:1:2:PERSON",
        "0.0.0:1:2",
        "0.0.0:-1:2:PERSON",
        "box:1:2:3:4:PERSON",
        "0.0.0:1:2:PERSON x",
        "٠.0.0:1:2:PERSON",
    ],
)
def test_what_is_no_cut_is_refused(text: str) -> None:
    with pytest.raises(CutMisplaced):
        read_value(text, tuple(Reason))


def test_a_reason_that_is_not_open_is_refused() -> None:
    open_ones = reasons_for("client_access")
    assert Reason.CHOICE not in open_ones
    for why in ("", "CHOICE", "nonsense"):
        with pytest.raises(ReasonNotOpen):
            changed(NONE, PAGE, posted({"do": "whole:0.0.0", "why": why}, [], open_ones))


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"do": "words", "words": "Cal"}, "stand nowhere"),
        ({"do": "words", "words": "  "}, "stand nowhere"),
        ({"do": "words", "words": "Ine"}, "stand nowhere"),
        ({"do": "suggested"}, "nothing was ticked"),
        ({"do": "selected"}, "no words were selected"),
        ({"do": "selected", "spot": "0.0.0", "start": "2", "end": "99"}, "not where it was"),
        ({"do": "box", "page": "1", "left": "a"}, "not where it was"),
        ({"do": "nonsense"}, "not where it was"),
        ({}, "not where it was"),
    ],
)
def test_what_cannot_be_cut_is_told_in_a_sentence(fields: dict[str, str], says: str) -> None:
    with pytest.raises(CutMisplaced, match=says):
        changed(NONE, PAGE, posted({"why": "PERSON", **fields}, [], tuple(Reason)))


def test_a_record_is_cut_by_every_way_the_page_has(cast: Cast, told: dict[str, str]) -> None:  # noqa: F811
    serve(cast)
    ada = Visitor(cast, "ada")
    at = reverse("packet_cut", kwargs={"matter_id": told["matter"], "record_id": told["record"]})
    assert 'data-spot="0.0.1"' in (page := ada.get(at).content.decode())
    assert "Setbacks follow calls with Ines Quell." in html.unescape(page)

    def does(do: str, **more: object) -> str:
        answer = ada.post(at, {"do": do, "why": "PERSON", **more})
        assert answer.status_code == 302, answer.content.decode()
        return html.unescape(ada.get(at).content.decode())

    assert "Put back “Quell”" in does("words", words="quell")
    assert "Put back “Quell”" not in does("back:0.0.0:32:37:PERSON")
    assert "Put back “Setbacks”" in does("selected", spot="0.0.0", start="0", end="8")
    assert "“410-555-0199”" in (page := does("back:0.0.0:0:8:PERSON"))
    both = does("suggested", suggested=["0.0.0:27:37:PERSON", "0.0.0:52:64:CONTACT"])
    assert both.count("[removed: ") == 2
    assert "Put back “Tuesday.”" in does("whole:1", why="OUTSIDE")
    refused = ada.post(at, {"do": "words", "words": "Nobody there", "why": "PERSON"})
    assert refused.status_code == 409
    assert 'value="Nobody there"' in refused.content.decode()

    build = reverse("packet_build", kwargs={"matter_id": told["matter"]})
    page = html.unescape(ada.get(build).content.decode())
    assert "3 places are cut." in page
    form = {"do": f"cut:{told['record']}", "records": [told["record"]], "address": "1 Court Square"}
    assert ada.post(build, form).headers["Location"] == at
    page = ada.get(build).content.decode()
    assert "1 Court Square" in page
    printed = ada.post(build, {"records": [told["record"]], "address": ""})
    proof = ada.get(printed.headers["Location"]).content.decode()
    assert re.search(r'class="figure"[^>]*>3<', proof)


def test_words_are_cut_in_every_record_that_was_chosen(cast: Cast, told: dict[str, str]) -> None:  # noqa: F811
    serve(cast)
    ada = Visitor(cast, "ada")
    at = reverse("packet_cut", kwargs={"matter_id": told["matter"], "record_id": told["record"]})
    more = {"everywhere": "yes", "why": "CHOICE"}
    assert ada.post(at, {"do": "words", "words": "six hours", **more}).status_code == 302
    build = reverse("packet_build", kwargs={"matter_id": told["matter"]})
    assert ada.get(build).content.decode().count("1 place is cut.") == 2
    assert ada.post(at, {"do": "words", "words": "countertransference", **more}).status_code == 409


def test_what_may_not_leave_leads_back_to_why_and_others_find_nothing(
    cast: Cast,
    told: dict[str, str],  # noqa: F811
) -> None:
    serve(cast)
    shut = {"matter_id": told["matter"], "record_id": told["private"]}
    build = reverse("packet_build", kwargs={"matter_id": told["matter"]})
    assert Visitor(cast, "ada").get(reverse("packet_cut", kwargs=shut)).headers["Location"] == build
    at = reverse("packet_cut", kwargs={"matter_id": told["matter"], "record_id": told["record"]})
    for name in ("bea", "cal", "olga"):
        assert Visitor(cast, name).get(at).status_code == 404
        assert Visitor(cast, name).post(at, {"do": "whole:0", "why": "PERSON"}).status_code == 404
    assert not PacketDraft.objects.exists()


def test_what_is_shown_of_a_painted_document_is_what_leaves_of_it() -> None:
    says = "Its one page follows. Its SHA-256 is d969c348."
    leaf = Leaf("png", 400, 520, papers.picture("PNG", (400, 520)), "Ines")
    page = replace(note(), sections=(Section(FILE_HEADING, (says,)),), leaves=(leaf,))
    assert parts(page, NONE)[0].rows[0].pieces == (says,)
    cuts = Cuts(NONE.of, boxes=(Box(1, 0, 0, 500, 100, Reason.PERSON),))
    (shown,) = parts(page, cuts)[0].rows[0].pieces
    assert "d969c348" not in str(shown)
    assert applied(page, cuts).sections[0].passages == (shown,)
