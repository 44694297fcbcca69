"""Phrases over HTTP: sentences of what was pressed, the practice's book and one's own snippets."""

import json

import pytest

from stillroom.chart import actions
from stillroom.chart.models import Phrasebook
from tests.cast import NOON, Cast
from tests.web import Visitor, serve


@pytest.fixture
def ada(cast: Cast) -> Visitor:
    """Ada at her desk."""
    serve(cast)
    return Visitor(cast, "ada")


def begin(cast: Cast) -> str:
    """A draft of Ada's about Dov."""
    return actions.begin(cast.here("ada"), cast.dov, "progress_note", occurred_at=NOON)


def test_sentences_are_made_of_what_was_pressed_and_name_nobody(cast: Cast, ada: Visitor) -> None:
    before = cast.house.log.size
    pressed = {"set": "danger", "pressed": {"self": {"yes": [], "no": ["a plan", "intent"]}}}
    sent = {"voice": "he/him", "sets": [pressed, {"set": "no such", "pressed": {}}]}
    answer = ada.post("/writing/compose", json.dumps(sent), content_type="application/json")
    assert json.loads(answer.content) == {
        "words": "When asked, the client denied a plan and intent."
    }
    assert cast.house.log.size == before


@pytest.mark.parametrize(
    "body", ["", "[]", '{"voice": "she"}', '{"voice": "", "sets": [1]}', "{" * 9000]
)
def test_a_request_for_sentences_that_cannot_be_read_has_a_sentence(
    cast: Cast, ada: Visitor, body: str
) -> None:
    answer = ada.post("/writing/compose", body, content_type="application/json")
    assert answer.status_code == 409
    assert "could not be read" in answer.content.decode()


BOOK = """sets:
  - set: walk
    title: The walk
    sections: [Data]
    groups:
      - {id: how, title: Walked, says: "<They> walked <list>.", choices: [slowly]}
snippets:
  - {key: bye, says: Until Monday.}
"""


def test_the_practices_book_is_at_everybodys_hand_and_every_version_is_kept(
    cast: Cast, ada: Visitor
) -> None:
    olga = Visitor(cast, "olga")
    assert olga.post("/writing", {"text": BOOK, "checks": ["times"]}).status_code == 302
    page = ada.get(f"/records/{begin(cast)}").content.decode()
    assert 'id="press-walk"' in page
    assert 'data-key="bye"' in page
    assert "Before you sign: 1 of 1 open" in page, "the checks that were switched off are not asked"
    assert olga.post("/writing", {"text": BOOK, "checks": ["times"]}).status_code == 302
    assert Phrasebook.objects.count() == 1, "the same again is no version"
    olga.post("/writing", {"text": "", "checks": ["times"]})
    assert "Until Monday." in olga.get("/writing?version=1").content.decode()
    assert 'data-key="bye"' not in ada.get(f"/records/{begin(cast)}").content.decode()


def test_a_book_with_mistakes_is_not_kept_and_nothing_typed_is_lost(
    cast: Cast, ada: Visitor
) -> None:
    text = BOOK.replace("[Data]", "[Date]")
    answer = Visitor(cast, "olga").post("/writing", {"text": text})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Line 4: no note has a section `Date`" in page
    assert "[Date]" in page
    assert Phrasebook.objects.count() == 0


def test_ones_own_snippets_are_seen_by_nobody_else(cast: Cast, ada: Visitor) -> None:
    ada.post("/account/snippets", {"text": "snippets: [{key: mine, says: <They> left.}]"})
    page = ada.get(f"/records/{begin(cast)}").content.decode()
    assert '<li data-key="mine">Client left.</li>' in page
    assert "mine" not in Visitor(cast, "bea").get("/account/snippets").content.decode().replace(
        "mine alone", ""
    )
