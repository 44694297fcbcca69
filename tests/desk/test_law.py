"""The law library in the desk: what its pages say, and that nothing of them is kept."""

import re
from datetime import date

import pytest
from django.urls import reverse

from stillroom.desk.places import STATES, letters_of, name_of, tile_of
from stillroom.desk.verdicts import legend, professions, sentence, word
from stillroom.desk.views import law_reading
from stillroom.law import (
    ANY,
    PROFESSIONS,
    TOPICS,
    Reading,
    atlas,
    holdings,
    law_of,
    reading_list,
    states_on_file,
)
from tests.cast import Cast
from tests.threats.test_t03_access_matrix import NAME_OF_DOV
from tests.web import Visitor, corpus, serve

DAY = date(2026, 11, 20)
BEGUN = {"case": "case:warn.0", "place": "us-md", "profession": "psychologist", "on": "2026-11-20"}


@pytest.fixture
def ada(cast: Cast) -> Visitor:
    """Ada, a psychologist in Maryland, at her desk."""
    cast.licensed("ada", credential="")
    serve(cast)
    return Visitor(cast, "ada")


def text_of(visitor: Visitor, name: str, query: str = "", **parts: str) -> str:
    answer = visitor.get(reverse(name, kwargs=parts or None) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def plain(page: str) -> str:
    """The page's words, each space one space."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


# The map


def test_every_state_has_a_tile_of_its_own() -> None:
    assert len(STATES) == 51
    assert len({tile_of(place) for place in STATES}) == 51
    assert len({letters_of(place) for place in STATES}) == 51
    assert [name_of(place) for place in STATES] == sorted(name_of(place) for place in STATES)


def test_the_map_says_of_every_state_what_the_atlas_says(ada: Visitor) -> None:
    page = text_of(ada, "law", "?topic=warn")
    tiles = re.findall(r'<a href="/law/(us-\w\w)\?[^"]*" data-law="(\w+)"', page)
    found = atlas(corpus(), STATES, TOPICS[0], "psychologist", DAY)
    assert dict(tiles) == {place: one.kind for place, one in found.items()}
    words = plain(page)
    for place, one in found.items():
        assert (
            f"{name_of(place)}{', your state' if place == 'us-md' else ''}: {sentence(one)}"
            in words
        )


def test_a_state_that_is_not_on_file_is_told_as_missing(ada: Visitor) -> None:
    missing = [place for place in STATES if place not in states_on_file(corpus())]
    for place in missing[:1]:
        assert f"{name_of(place)}: No law of this state is on file" in plain(text_of(ada, "law"))
        assert "No law of this place is on file" in text_of(ada, "law_place", place=place)


def test_a_day_and_a_profession_change_the_map(ada: Visitor) -> None:
    before = plain(text_of(ada, "law", "?on=2014-01-01"))
    assert "Nevada: You may tell" in before
    assert "Nevada: You must act" in plain(text_of(ada, "law", "?on=2016-01-01"))
    every = plain(text_of(ada, "law", "?profession=any"))
    assert "Nevada: It depends on the profession" in every
    assert "That is no day" in plain(text_of(ada, "law", "?on=2014-02-30"))


def test_every_word_of_every_map_has_a_meaning() -> None:
    for topic in TOPICS:
        for profession in (*PROFESSIONS, ANY):
            found = atlas(corpus(), STATES, topic, profession, DAY)
            told = legend(found.values())
            assert sum(one.count for one in told) == 51
            assert all(sentence(one) and word(one) for one in found.values())


def test_what_is_not_read_in_text_looks_different(ada: Visitor) -> None:
    page = text_of(ada, "law", "?topic=warn")
    found = atlas(corpus(), STATES, TOPICS[0], "psychologist", DAY)
    for place, one in found.items():
        mark = f'data-basis="{one.basis}"' if one.basis else ""
        tile = re.search(rf'<a href="/law/{place}\?.*?</a>', page, re.DOTALL)
        assert tile is not None
        assert mark in tile[0]


def test_professions_are_told_in_few_words() -> None:
    assert professions(PROFESSIONS) == "every profession"
    assert professions(PROFESSIONS[1:]) == "every profession but psychiatrists"
    assert professions(["psychologist", "counselor"]) == "psychologists, counselors"
    silent = Reading("us-md", "privilege", "silent")
    assert sentence(silent) == "No privilege of this profession is on file"


# Places and provisions


def test_every_place_on_file_has_a_page_with_every_provision(ada: Visitor) -> None:
    for one in holdings(corpus()):
        page = text_of(ada, "law_place", place=one.place)
        for rule in law_of(corpus(), one.place):
            assert f'/law/provision/{rule.id}"' in page, rule.id


def test_every_provision_has_a_page_with_all_that_is_known_of_it(ada: Visitor) -> None:
    rules = list(corpus().provisions.values())
    for rule in rules[::7]:
        words = plain(text_of(ada, "law_provision", provision_id=rule.id))
        page = text_of(ada, "law_provision", provision_id=rule.id)
        assert f'data-basis="{rule.checked}"' in page
        warned = "Read it before you lean on it." in words
        assert warned is (rule.checked != "text"), rule.id
        assert ("Cases" in words) is True
        for demand in rule.demands:
            assert demand.text[:20].split("'")[0].split("&")[0] in words


def test_a_provision_is_told_in_full(ada: Visitor) -> None:
    words = plain(text_of(ada, "law_provision", provision_id="us-md.cjp.5-609"))
    assert "Md. Code, Cts. &amp; Jud. Proc. § 5-609" in words
    assert "Who told you of the threat? The client." in words
    assert "requires warning of a danger" in words
    assert "Enough is: hospitalize involuntary; or treatment plan; or" in words
    assert "Applies. A client known for violence says he will hurt his brother tonight." in words
    assert "May apply; not known yet. Whether he is prone to violence" in words
    assert "Later amendments were not checked." in words


def test_what_is_not_on_file_is_not_here(ada: Visitor) -> None:
    for address in ("/law/atlantis", "/law/provision/us-md.nothing"):
        assert ada.get(address).status_code == 404


def test_a_search_posts_and_finds(ada: Visitor) -> None:
    answer = ada.post(reverse("law_search"), {"q": "explicit threat nevada"})
    assert "/law/provision/us-nv.nrs.629-550" in answer.content.decode()
    assert "is no answer" in ada.post(reverse("law_search"), {"q": "zyzzyva"}).content.decode()
    assert "zyzzyva" not in ada.get("/law/search?q=zyzzyva").content.decode()


def test_two_states_and_two_days(ada: Visitor) -> None:
    words = plain(text_of(ada, "law_compare", "?a=us-md&b=us-tx"))
    assert "Maryland and Texas" in words
    before, _, after = words.partition("Where the answer is the same")
    assert "Duty to warn or protect" in before
    assert "How long a record is kept" in after
    words = plain(text_of(ada, "law_changes", "?place=us-nv&from=2014-01-01&to=2016-01-01"))
    assert "Answers that changed" in words
    assert "You must act" in words
    assert "no provision on file is known" not in words.casefold()
    turned = plain(text_of(ada, "law_changes", "?place=us-nv&from=2016-01-01&to=2014-01-01"))
    assert "turned round" in turned


def test_a_matter_leads_to_the_provisions_it_rests_on(ada: Visitor) -> None:
    page = ada.post(reverse("law_ask"), BEGUN).content.decode()
    assert '<a href="/law/provision/us-md.cjp.5-609">' in page


# What if


def state(page: str) -> dict[str, list[str]]:
    """The hidden fields of the sheet's question or, where none is left, of what is supposed."""
    form = re.search(r"<form[^>]*(?:data-question|hx-post).*?</form>", page, re.DOTALL)
    assert form is not None
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form[0]):
        found.setdefault(name, []).append(value)
    return found


def test_what_if_answers_as_the_engine_does(ada: Visitor) -> None:
    words = plain(ada.post(reverse("law_ask"), BEGUN).content.decode())
    assert "You must give this warning." in words
    assert "Do one of three, each enough by itself" in words
    assert "Nothing that is not known could change this." in words


def test_what_if_asks_and_takes_back_and_carries_everything_in_the_form(ada: Visitor) -> None:
    sheet = ada.post(reverse("law_ask"), BEGUN).content.decode()
    back = ada.post(reverse("law_ask"), {**state(sheet), "forget": "threat_imminent"})
    page = back.content.decode()
    assert "Do you believe in good faith that it is imminent?" in plain(page)
    carried = state(page)
    assert "known.threat_imminent" not in carried
    no = ada.post(
        reverse("law_ask"), {**carried, "fact": "threat_imminent", "value": "no"}
    ).content.decode()
    assert "You must give this warning." not in plain(no)
    again = ada.post(
        reverse("law_ask"), {**carried, "fact": "threat_imminent", "value": "unknown"}
    ).content.decode()
    assert state(again)["left"] == ["threat_imminent"]
    assert "You could not tell." in plain(again)


def test_what_if_in_two_places_shows_both_and_the_stricter(ada: Visitor) -> None:
    words = plain(ada.post(reverse("law_ask"), {**BEGUN, "other": "us-tx"}).content.decode())
    assert "Each place by itself, with federal law" in words
    assert "Texas the stricter here" in words
    turned = {**BEGUN, "place": "us-tx", "other": "us-md"}
    assert "Texas the stricter here" in plain(ada.post(reverse("law_ask"), turned).content.decode())
    assert "Two rules pull apart" in words


def test_what_if_says_what_is_missing(ada: Visitor) -> None:
    bad = ada.post(reverse("law_ask"), {**BEGUN, "case": "act:disclose"})
    assert bad.status_code == 409
    assert "who would receive it" in plain(bad.content.decode())
    for wrong in ({"place": "us-zz"}, {"profession": "seer"}, {"case": "case:warn.9"}):
        assert ada.post(reverse("law_ask"), {**BEGUN, **wrong}).status_code == 409
    known = {**state(ada.post(reverse("law_ask"), BEGUN).content.decode())}
    for wrong in ({"known.client_age": "old"}, {"known.nothing": "yes"}, {"fact": "nothing"}):
        assert ada.post(reverse("law_ask"), {**known, **wrong}).status_code == 409


def test_a_part_comes_alone_when_a_part_is_asked_for(ada: Visitor) -> None:
    answer = ada.post(reverse("law_ask"), BEGUN, headers={"HX-Request": "true"})
    assert answer.content.decode().lstrip().startswith('<div id="what-if">')


def test_reading_and_asking_write_nothing(cast: Cast, ada: Visitor) -> None:
    size = cast.house.log.size
    for name in ("law", "law_search", "law_ask", "law_compare", "law_changes", "law_about"):
        page = ada.get(reverse(name)).content
        assert not [word for word in NAME_OF_DOV if word in page]
    ada.post(reverse("law_ask"), BEGUN)
    ada.post(reverse("law_search"), {"q": "warn"})
    assert cast.house.log.size == size


# What a lawyer would read first


def test_the_reading_list_names_each_unread_provision_once_and_none_that_was_read(
    ada: Visitor,
    cast: Cast,
) -> None:
    page = text_of(ada, "law_reading", place="us-md")
    law = [one for one in law_of(corpus(), "us-md") if one.in_force_on(cast.at.date())]
    unread = {one.id for one in law if one.checked != "text"}
    shown = re.findall(r'<h3><a href="[^"]*/provision/([^"]+)"', page)
    assert len(shown) == len(unread) > 0
    assert set(shown) == unread
    assert f"{len(law) - len(unread)} of {len(law)} that are law here today" in plain(page)


def test_the_reading_list_says_which_answers_rest_on_each(ada: Visitor, cast: Cast) -> None:
    page = plain(text_of(ada, "law_reading", place="us-md"))
    first = reading_list(corpus(), "us-md", cast.at.date())[0]
    assert first.questions
    assert f"{len(first.questions)} standard answers rest on it {first.questions[0]}" in page
    assert page.index(first.rule.title) < page.index("No standard answer rests on these")


def test_a_place_of_which_everything_was_read_is_not_said_to_be_current(
    ada: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(law_reading, "reading_list", lambda *_: ())
    page = text_of(ada, "law_reading", place="us-md")
    assert "That they still stand so, their source says" in plain(page)


def test_there_is_no_reading_list_of_a_place_that_does_not_exist(ada: Visitor) -> None:
    assert ada.get(reverse("law_reading", kwargs={"place": "us-zz"})).status_code == 404


def test_each_source_is_a_line_with_what_is_said_of_it(ada: Visitor) -> None:
    rule = next(
        one
        for one in corpus().provisions.values()
        if one.source.startswith("https://") and " (" in one.source.split("; ")[0]
    )
    address, _, said = rule.source.split("; ")[0].partition(" ")
    page = text_of(ada, "law_provision", provision_id=rule.id)
    listed = page[page.index('class="lines sources"') :].split("</ul>")[0]
    assert plain(listed.split("<li>")[1]) == f"{address} {said}"
    assert listed.count("<li>") == len(rule.source.split("; "))
