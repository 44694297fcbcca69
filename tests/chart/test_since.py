"""What changed since last time: everything that did, nothing that did not, nothing lost."""

from hypothesis import given
from hypothesis import strategies as st

from stillroom.chart.contents import Answer
from stillroom.chart.kinds import KINDS
from stillroom.chart.risk import RISK_KINDS
from stillroom.chart.since import MOST_WORDS, Piece, changes, items, words

PROSE = st.lists(
    st.sampled_from(["he", "slept", "six", "hours", "not", "👩‍👧", "שלום"]), max_size=30
)


def put_together(pieces: tuple[Piece, ...], without: str) -> str:
    return " ".join(one.text for one in pieces if one.kind != without)


@given(PROSE, PROSE)
def test_old_and_new_prose_can_be_put_together_again(old: list[str], new: list[str]) -> None:
    pieces = words(" ".join(old), " ".join(new))
    assert put_together(pieces, "new").split() == old
    assert put_together(pieces, "gone").split() == new
    assert all(one.text for one in pieces)


@given(PROSE)
def test_the_same_words_in_other_lines_are_the_same(said: list[str]) -> None:
    assert {one.kind for one in words(" ".join(said), "\n  ".join(said))} <= {"same"}


def test_prose_as_long_as_a_book_is_shown_whole_and_not_compared() -> None:
    old, new = "word " * (MOST_WORDS + 1), "word " * MOST_WORDS
    assert [one.kind for one in words(old, new)] == ["gone", "new"]


def test_choices_and_rows_are_told_one_by_one() -> None:
    assert items(["a", "b"], ["b", "c"]) == (
        Piece("same", "b"),
        Piece("gone", "a"),
        Piece("new", "c"),
    )


def test_only_the_fields_that_say_something_else_are_told_in_the_order_of_the_sheet() -> None:
    before = [
        Answer("ideation", "method"),
        Answer("plan", "yes"),
        Answer("raises", chosen=("loss", "alone")),
        Answer("attempts", rows=({"when": "2019", "what": "pills", "after": "hospital"},)),
        Answer("reasons", text="A plan, and the means at home."),
    ]
    now = [
        Answer("reasons", text="A plan, and the means away from home."),
        Answer("attempts", rows=({"what": " pills", "when": "2019", "after": "hospital "}, {})),
        Answer("raises", chosen=("alone", "loss")),
        Answer("ideation", "wish"),
    ]
    found = changes(KINDS["suicide_risk"], before, now)
    assert [one.field for one in found] == ["ideation", "plan", "reasons"]
    assert found[0].pieces == (
        Piece("gone", "Thoughts, with a way in mind"),
        Piece("new", "Wishes not to live, or not to wake up"),
    )
    assert found[1].pieces == (Piece("gone", "Yes"),)
    assert Piece("new", "away from") in found[2].pieces


def test_a_record_beside_itself_shows_no_change() -> None:
    for kind in (KINDS[name] for name in RISK_KINDS):
        same = [
            Answer(
                one.name,
                text="said",
                chosen=("yes",),
                rows=({one.columns[0].name: "a"} if one.columns else {},),
            )
            for part in kind.sheet
            for one in part.fields
        ]
        assert changes(kind, same, same) == ()


def test_in_a_draft_what_is_blank_is_not_asked_yet_and_no_change() -> None:
    before = [Answer("plan", "yes"), Answer("level", "high")]
    now = [Answer("plan", ""), Answer("level", "low")]
    kind = KINDS["suicide_risk"]
    assert [one.field for one in changes(kind, before, now, unfinished=True)] == ["level"]
    found = changes(kind, before, now)
    assert [(one.field, one.left_blank) for one in found] == [("plan", True), ("level", False)]
