"""A document that came as a file, looked at by the client's own door: pictures that were drawn, never
the file; shut as the record is shut (P2, P5)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from stillroom.access import Capacity
from stillroom.chart.holding import Reason, hold_record
from stillroom.chart.models import Leaf
from stillroom.practice.actions_guests import Stand
from stillroom.practice.queries import chart_head
from tests.cast import Cast
from tests.chart import papers
from tests.chart.test_documents import filed, signed
from tests.disclosure.story import notes
from tests.web import Visitor, serve

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(cast: Cast) -> Cast:
    serve(cast)
    cast.holder("dov")
    return cast


def at(record: str, page: str = "") -> str:
    return reverse("portal_record", kwargs={"record_id": record}) + (page and f"?page={page}")


def looked(cast: Cast, record: str, page: str = "1", who: str = "dov") -> str:
    answer = Visitor(cast, who).get(at(record, page))
    assert answer.status_code == 200
    return answer.content.decode()


def test_she_sees_each_page_as_a_picture_and_reads_its_words(house: Cast) -> None:
    record = signed(house, papers.pdf())
    assert at(record, "1") in looked(house, record, "")
    for number, words in enumerate(papers.FRONT, start=1):
        page = looked(house, record, str(number))
        assert f"Page {number} of 2" in page
        assert 'src="data:image/png;base64,' in page
        assert words in page
    assert "Page 2 of 2" in looked(house, record, "99")
    assert "data:image" not in looked(house, record, ""), "an entry itself stays light"


def test_looking_is_one_entry_and_gives_no_file(house: Cast) -> None:
    record = signed(house, papers.with_script_and("A page"))
    size = house.house.log.size
    page = looked(house, record)
    acts = [one.entry.act for one in house.house.log.entries(size)]
    assert acts.count("chart:record:read") == 1
    assert "application/pdf" not in page
    assert "JavaScript" not in page


def test_what_is_held_private_of_a_draft_or_anothers_shows_no_page(house: Cast) -> None:
    record = signed(house, papers.pdf())
    house.holder("fay", by="bea")
    client = chart_head(house.here("ada"), house.dov).holders[0].client
    house.proxy("eva", house.dov, Stand(client, Capacity.PROXY, frozenset({"messages"})))
    for who in ("fay", "eva"):
        assert Visitor(house, who).get(at(record, "1")).status_code == 404
    assert Visitor(house, "dov").get(at(filed(house, papers.pdf()), "1")).status_code == 404
    why = Reason("danger", "He would know.", house.at.date() + timedelta(30))
    hold_record(house.here("ada"), record, why)
    assert Visitor(house, "dov").get(at(record, "1")).status_code == 404


def test_a_page_that_was_not_signed_is_not_shown(house: Cast) -> None:
    one, two = signed(house, papers.pdf()), signed(house, papers.pdf("Another", "Other"))
    Leaf.objects.filter(original__record_id=one, number=1).delete()
    assert Visitor(house, "dov").get(at(one, "1")).status_code != 200
    assert looked(house, two)


def test_a_record_without_a_file_has_no_pages(house: Cast) -> None:
    note, _ = notes(house)
    answer = Visitor(house, "dov").get(at(note, "1"))
    assert answer.status_code == 302
    assert answer.headers["Location"] == at(note)
