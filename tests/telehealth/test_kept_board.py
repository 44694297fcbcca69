"""A whiteboard of two is kept only by the client's yes to exactly these strokes, and as a picture
that the practice draws itself: nothing that a browser made is believed (P1, P8, T12)."""

import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from stillroom.chart import queries as charts
from stillroom.chart.documents import reading
from stillroom.chart.models import Leaf, Original, Piece, Record
from stillroom.telehealth import board_picture, queries, rules_board, rules_kept
from stillroom.telehealth import rules_facts as facts
from stillroom.telehealth.rules_board import HIGH, LONGEST, MOST, WIDE, NoBoard
from stillroom.telehealth.rules_facts import Fact
from tests.cast import NOON, Cast
from tests.couple import book, make_couple
from tests.telehealth.test_couple_pages import DOV
from tests.telehealth.test_kept import at, room, say  # noqa: F401 - a fixture
from tests.web import Visitor, serve

DRAWN = "100,100 400,400\n500,100 800,400 810,390"

with_pages = pytest.mark.django_db


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n",
        "1,2\n",
        "1,2 ",
        " 1,2",
        "1000,2",
        "1,625",
        "-1,2",
        "1.5,2",
        "1,2;3,4",
        "1,2\r\n3,4",
        "١,٢",
        "<svg onload=alert(1)>",
        " ".join(["1,1"] * (LONGEST + 1)),
        "\n".join([" ".join(["1,1"] * LONGEST)] * (MOST // LONGEST + 1)),
        "1" * 2_000_000,
    ],
    ids=lambda text: text[:12],
)
def test_what_is_no_board_is_refused_as_a_whole(text: str) -> None:
    with pytest.raises(NoBoard):
        rules_board.board(text)


points = st.tuples(st.integers(0, WIDE - 1), st.integers(0, HIGH - 1))


@given(st.lists(st.lists(points, min_size=1, max_size=5), min_size=1, max_size=5))
def test_every_board_of_a_page_is_read_as_it_was_drawn(
    strokes: list[list[tuple[int, int]]],
) -> None:
    text = "\n".join(" ".join(f"{x},{y}" for x, y in one) for one in strokes)
    assert [list(one) for one in rules_board.board(text).strokes] == strokes


def test_the_picture_shows_the_strokes_and_nothing_else_of_the_file() -> None:
    made = board_picture.picture(rules_board.board("100,100 400,100\n700,500"))
    with Image.open(io.BytesIO(made)) as seen:
        assert (seen.format, seen.size, seen.info) == ("PNG", (WIDE * 2, HIGH * 2), {})
        dark = {point: seen.getpixel((point[0] * 2, point[1] * 2)) for point in
                ((100, 100), (250, 100), (400, 100), (700, 500), (250, 110), (410, 100), (690, 500))}  # fmt: skip
    assert [one for one, tone in dark.items() if tone < 128] == [
        (100, 100),
        (250, 100),
        (400, 100),
        (700, 500),
    ]
    assert made == board_picture.picture(rules_board.board("100,100 400,100\n700,500"))


def test_a_yes_to_words_is_none_to_a_board_of_the_same_letters() -> None:
    named = rules_kept.digest(DRAWN)
    words = Fact(1, facts.KEEPS, rules_kept.yes(named), "dov", NOON)
    board = Fact(2, facts.KEEPS, rules_kept.yes(named, rules_kept.DRAWN), "dov", NOON)
    with pytest.raises(rules_kept.NotAgreed):
        rules_kept.agreed_to([words], DRAWN, rules_kept.DRAWN)
    with pytest.raises(rules_kept.NotAgreed):
        rules_kept.agreed([board], DRAWN)
    assert rules_kept.agreed_to([words, board], DRAWN, rules_kept.DRAWN) is board
    said = rules_kept.as_document(board, date(2026, 7, 22))
    assert said["title"] == "Whiteboard of the visit by video, 2026-07-22"


def documents(cast: Cast) -> int:
    return Record.objects.filter(chart=cast.dov, kind="document").count()


@with_pages
def test_what_both_agreed_to_is_a_document_to_be_signed(cast: Cast, room: str) -> None:  # noqa: F811
    dov, ada, here = Visitor(cast, "dov"), Visitor(cast, "ada"), cast.here("ada")
    before = documents(cast)
    named = rules_kept.digest(DRAWN)
    said = say(dov, "portal_call_say", room, do="keeps", words=named, what="board")
    assert said[0] == 200
    status, kept = say(ada, "call_note", room, do="kept", board=DRAWN)
    assert status == 200
    record = kept["record"].rpartition("/")[2]
    assert "Whiteboard of the visit" in str(charts.record(here, record).draft)
    original = Original.objects.get(record_id=record)
    assert (original.pages, original.drawn) == (1, 1), (
        "it was looked at and drawn: it can be signed"
    )
    page = reading.file_of_draft(here, record).page
    assert page is not None
    with Image.open(io.BytesIO(page.picture)) as seen:
        assert seen.convert("L").getextrema()[0] < 100, "something is drawn on it"
    for row in (*Piece.objects.filter(original=original), *Leaf.objects.filter(original=original)):
        assert b"PNG" not in bytes(row.sealed)[:64]
    assert say(ada, "call_note", room, do="kept", board=DRAWN) == (200, kept), "kept once"
    assert documents(cast) == before + 1
    assert "Kept, both agreeing: the whiteboard." in ada.get(at("call", room)).content.decode()


@with_pages
def test_without_her_yes_to_this_very_board_nothing_is_kept(cast: Cast, room: str) -> None:  # noqa: F811
    dov, ada, here = Visitor(cast, "dov"), Visitor(cast, "ada"), cast.here("ada")
    before = documents(cast)
    assert say(ada, "call_note", room, do="kept", board=DRAWN)[0] == 409
    named = rules_kept.digest(DRAWN)
    say(dov, "portal_call_say", room, do="keeps", words=named)
    assert say(ada, "call_note", room, do="kept", board=DRAWN)[0] == 409, "that was a yes to words"
    say(dov, "portal_call_say", room, do="keeps", words=named, what="board")
    more = f"{DRAWN}\n1,1 2,2"
    assert say(ada, "call_note", room, do="kept", board=more)[0] == 409
    assert say(ada, "call_note", room, do="kept", board="<svg/>")[0] == 409
    assert documents(cast) == before
    found = queries.facts_of(here, queries.meeting(here, room))
    assert facts.KEPT not in [one.kind for one in found]


@with_pages
def test_a_couples_whiteboard_is_nobodys_to_keep(cast: Cast) -> None:
    serve(cast)
    several = make_couple(cast)
    whole = book(cast, several.couple)
    dov, ada = Visitor(cast, "dov-too"), Visitor(cast, "ada")
    dov.post(at("portal_call", whole), {**DOV, "shown": "called"})
    ada.post(at("call_together_do", whole), {"do": "open"})
    said = {"do": "keeps", "words": rules_kept.digest(DRAWN), "what": "board"}
    assert say(dov, "portal_call_say", whole, **said)[0] == 409
    assert say(ada, "call_together_note", whole, do="kept", board=DRAWN)[0] == 409
