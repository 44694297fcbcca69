"""The search page and the palette: what they show, to whom, and what they leave nowhere (P8)."""

import re

import pytest
from django.urls import reverse

from stillroom.chart.models import Record
from stillroom.practice.models import CareRelationship
from tests.cast import Cast
from tests.chart.looking import write
from tests.harness.matrix import bare, undone
from tests.web import Visitor, serve

ADDRESS = "/search"


@pytest.fixture
def ada(cast: Cast) -> Visitor:
    """Ada in her browser, with the practice running."""
    serve(cast)
    return Visitor(cast, "ada")


def text(answer: object) -> str:
    """What stands on a page."""
    return answer.content.decode()  # type: ignore[attr-defined]


def test_a_hit_says_what_it_is_whose_when_and_shows_the_words_around(
    cast: Cast, ada: Visitor
) -> None:
    record = write(cast, "ada", cast.dov, "We walked the second bridge.", days=8)
    page = text(ada.post(ADDRESS, {"q": "bridge"}))
    assert "1 record<" in page
    assert f'href="{reverse("record", kwargs={"record_id": record})}"' in page
    assert "We walked the second <mark>bridge</mark>." in page
    for part in ("Dov Halpern", "D.H.", "Nov 12, 2026", "Ada Merrow", "under “Note”"):
        assert part in page, part


def test_to_a_script_the_found_part_alone_is_given(cast: Cast, ada: Visitor) -> None:
    write(cast, "ada", cast.dov, "bridge")
    part = text(ada.post(ADDRESS, {"q": "bridge"}, headers={"HX-Request": "true"}))
    assert part.strip().startswith('<section id="hits"')
    assert "<html" not in part


def test_words_that_were_written_as_markup_stay_words(cast: Cast, ada: Visitor) -> None:
    write(cast, "ada", cast.dov, '<script>alert("bridge")</script> & <b>bridge</b>')
    page = text(ada.post(ADDRESS, {"q": '<script> "bridge'}))
    assert "&lt;script&gt;" in page or "&lt;<mark>script</mark>&gt;" in page
    assert "alert(" in page
    assert "<script>alert" not in page
    assert "<b>" not in page.split('id="hits"')[1].split("</section>")[0]


@pytest.mark.parametrize(
    ("kind", "state", "says"),
    [
        ("psychotherapy_note", "", "yours alone"),
        ("progress_note", Record.State.IN_ERROR, "entered in error"),
    ],
)
def test_a_hit_says_what_must_be_known_of_it(
    cast: Cast, ada: Visitor, kind: str, state: str, says: str
) -> None:
    record = write(cast, "ada", cast.dov, "bridge", kind)
    if state:
        Record.objects.filter(pk=record).update(state=state)
    assert says in text(ada.post(ADDRESS, {"q": "bridge"}))


def test_filters_come_back_as_they_were_and_narrow(cast: Cast, ada: Visitor) -> None:
    write(cast, "ada", cast.dov, "bridge", days=30)
    write(cast, "ada", cast.dov, "bridge", days=2)
    sent = {"q": "bridge", "chart": cast.dov, "since": "2026-11-01", "until": "2026-11-18"}
    page = text(ada.post(ADDRESS, sent))
    assert "1 record<" in page
    assert f'<option value="{cast.dov}" selected>Dov Halpern' in page
    assert 'value="2026-11-18"' in page
    on_its_day = {**sent, "since": "2026-11-18"}
    assert "1 record<" in text(ada.post(ADDRESS, on_its_day)), "from and until are inclusive"
    assert "No record<" in text(ada.post(ADDRESS, {**sent, "until": "2026-11-17"}))


def test_a_day_that_is_none_is_said_and_what_was_typed_stays(cast: Cast, ada: Visitor) -> None:
    answer = ada.post(ADDRESS, {"q": "bridge", "since": "2026-02-30"})
    page = text(answer)
    assert answer.status_code == 409
    assert "One of the dates is none" in page
    assert 'value="bridge"' in page
    assert 'value="2026-02-30"' in page


def test_more_than_a_page_is_leafed_through(cast: Cast, ada: Visitor) -> None:
    for nth in range(23):
        write(cast, "ada", cast.dov, f"bridge n{nth}", days=nth)
    first = text(ada.post(ADDRESS, {"q": "bridge"}))
    assert "23 records" in first
    assert 'name="from" value="20"' in first
    rest = text(ada.post(ADDRESS, {"q": "bridge", "from": "20"}))
    assert "21 to 23" in rest
    assert "<mark>bridge</mark> n22" in rest
    assert "There are no more." in text(ada.post(ADDRESS, {"q": "bridge", "from": "40"}))


def test_no_address_holds_what_was_typed(cast: Cast, ada: Visitor) -> None:
    write(cast, "ada", cast.dov, "bridge")
    page = text(ada.post(ADDRESS, {"q": "bridge"}))
    assert not re.findall(r'(?:href|action|hx-\w+|src)="[^"]*bridge', page)
    assert "<mark>" not in text(ada.get(f"{ADDRESS}?q=bridge"))


@pytest.mark.parametrize("typed", ["bridge", '"second bridge"', "brigde", "zzz", "Halpern"])
def test_a_colleague_is_answered_as_if_he_had_never_come(cast: Cast, typed: str) -> None:
    """Not a hit, not a count, not a line more: the very page."""
    write(cast, "ada", cast.dov, "Dov Halpern on the second bridge")
    write(cast, "bea", cast.fay, "second bridge")
    serve(cast)
    bea = Visitor(cast, "bea")
    sent = {"q": typed}
    bea.post(ADDRESS, sent)

    def answers() -> list[object]:
        page = bare(bea.post(ADDRESS, sent))
        script = bea.post("/find", {"q": typed, "records": True}, content_type="application/json")
        return [_without_the_log(page), script.json()]

    with_him = answers()
    with undone():
        CareRelationship.objects.filter(chart=cast.dov).delete()
        Record.objects.filter(chart=cast.dov).update(chart="gone")
        assert answers() == with_him


def _without_the_log(page: tuple[int, object, bytes]) -> object:
    """Without the length of the log, which stands at the foot of each page."""
    status, headers, body = page
    kept = [pair for pair in headers if pair[0] != "Content-Length"]  # type: ignore[attr-defined]
    return status, kept, re.sub(rb"Log of [\d,]+ entries", b"", body)


def test_the_palette_gives_records_when_asked_and_ways_to_look_further(
    cast: Cast, ada: Visitor
) -> None:
    record = write(cast, "ada", cast.dov, "We walked the second bridge.")

    def asked(**body: object) -> list[dict[str, str]]:
        found: list[dict[str, str]] = ada.post(
            "/find", body, content_type="application/json"
        ).json()
        return found

    (line,) = asked(q="bridge", records=True)
    assert line["href"].endswith(record)
    assert line["label"] == "We walked the second bridge."
    assert (line["short"], line["note"]) == ("Progress note", "D.H., Nov 20, 2026")
    further = [one for one in asked(q="bridge") if one["kind"] == "Look further"]
    assert [(one["href"], one["posts"]) for one in further] == [
        ("/search", "q"),
        ("/law/search", "q"),
    ]
    assert asked(q="br", records=True) == []
    assert asked(q="bridge", records="yes") == asked(q="bridge")


def test_the_palette_opens_nothing_until_records_are_asked_for(cast: Cast, ada: Visitor) -> None:
    write(cast, "ada", cast.dov, "bridge")

    def acts(**body: object) -> list[str]:
        before = cast.house.log.size
        ada.post("/find", body, content_type="application/json")
        return [one.entry.act for one in cast.house.log.entries(before)]

    assert "chart:record:read" not in acts(q="bridge")
    assert "chart:record:read" in acts(q="bridge", records=True)


def test_whoever_cares_for_nobody_is_told_that(cast: Cast) -> None:
    write(cast, "ada", cast.dov, "bridge")
    serve(cast)
    for name in ("cal", "max", "nan"):
        page = text(Visitor(cast, name).post(ADDRESS, {"q": "bridge"}))
        assert "You care for nobody here" in page
        assert (
            Visitor(cast, name)
            .post("/find", {"q": "bridge", "records": True}, content_type="application/json")
            .json()
            == []
        )


def test_a_chart_has_a_field_that_searches_it(cast: Cast, ada: Visitor) -> None:
    write(cast, "ada", cast.dov, "bridge")
    page = text(ada.get(f"/clients/{cast.dov}"))
    assert 'aria-keyshortcuts="/"' in page
    assert f'name="chart" value="{cast.dov}"' in page
    ada.post(ADDRESS, {"q": "absent", "chart": cast.dov})
    assert "searched the record" in text(ada.get(f"/clients/{cast.dov}"))


@pytest.mark.parametrize(
    "typed",
    [
        "bridge " * 300_000,
        "b" * 2_000_000,
        '"' * 500,
        "\x00bridge\x00",
        "🙂👩🏽‍🚀",
        "שָׁלוֹם \u202e bridge",
        "希望希望希望",
        "%s %d {0} {{ q }} ' OR 1=1 --",
        "\ud83d",
        "*?+()[]{}|^$.\\",
    ],
    ids=[
        "long",
        "one long word",
        "quotes",
        "nul",
        "emoji",
        "right to left",
        "han",
        "sql",
        "half",
        "pattern",
    ],
)
def test_whatever_is_typed_is_answered(cast: Cast, ada: Visitor, typed: str) -> None:
    write(cast, "ada", cast.dov, "bridge 🙂 希望 שלום")
    sent = {"q": typed.encode("utf-8", "surrogatepass").decode("utf-8", "replace")}
    answer = ada.post(ADDRESS, sent)
    assert answer.status_code == 200
    script = ada.post("/find", {**sent, "records": True}, content_type="application/json")
    assert script.status_code == 200


def test_a_client_that_nobody_could_name_is_not_here(cast: Cast, ada: Visitor) -> None:
    for chart in ("x" * 100_000, "../../etc", "\x00", "' OR 1=1"):
        answer = ada.post(ADDRESS, {"q": "bridge", "chart": chart, "from": "-1", "kind": "<b>"})
        assert answer.status_code == 404
    assert ada.post(ADDRESS, {"q": "bridge", "from": "9" * 99, "kind": "<b>"}).status_code == 200
