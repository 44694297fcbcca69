"""P8 and the look-up: found by beginnings, others' clients change nothing, renewing forgets."""

from hypothesis import given
from hypothesis import strategies as st

from stillroom.practice.rules import FrontSheet, NameIndex, fold, words_of

NAMES = st.sampled_from(["Ada", "Adán", "Ana", "Bo", "Bea", "Lee", "Le", "Anne Marie", "O'Neil"])
PHONES = st.sampled_from(["410-555-0142", "443-555-0187", ""])
SHEETS = st.builds(FrontSheet, given=NAMES, family=NAMES, phone=PHONES)
TYPED = st.sampled_from(["a", "an", "b", "le", "ad l", "le a", "0142", "410 a", "zz", "a zz", ""])
CHARTS = ("c0", "c1", "c2")
PEOPLE = st.lists(st.tuples(st.sampled_from(CHARTS), SHEETS), max_size=8)


def indexed(people: list[tuple[str, FrontSheet]]) -> NameIndex:
    """Clients p0, p1 … each with one chart."""
    index = NameIndex()
    for nth, (chart, sheet) in enumerate(people):
        index.put(f"p{nth}", (chart,), sheet)
    return index


def fits(sheet: FrontSheet, typed: str) -> bool:
    """The rule, said plainly: each word typed begins one of the sheet's."""
    parts = fold(typed).replace(",", " ").split()
    return bool(parts) and all(any(w.startswith(p) for w in words_of(sheet)) for p in parts)


@given(PEOPLE, TYPED)
def test_everybody_whom_the_words_fit_is_found_once(
    people: list[tuple[str, FrontSheet]], typed: str
) -> None:
    found = [hit.client for hit in indexed(people).find(typed)]
    assert len(found) == len(set(found))
    assert set(found) == {f"p{n}" for n, (_, sheet) in enumerate(people) if fits(sheet, typed)}


@given(PEOPLE, PEOPLE, TYPED)
def test_clients_of_others_change_neither_the_answer_nor_its_order(
    mine: list[tuple[str, FrontSheet]], others: list[tuple[str, FrontSheet]], typed: str
) -> None:
    alone, among = indexed(mine), indexed(mine)
    for nth, (_, sheet) in enumerate(others):
        among.put(f"other-{nth}", ("not-mine",), sheet)
    within = frozenset(CHARTS)
    assert among.find(typed, within=within) == alone.find(typed, within=within)
    assert not among.find(typed, within=frozenset())


@given(PEOPLE, SHEETS, TYPED)
def test_a_renewed_front_sheet_is_found_by_its_new_words_alone(
    people: list[tuple[str, FrontSheet]], renewed: FrontSheet, typed: str
) -> None:
    people = [("c0", FrontSheet("Bo", "Lee", phone="410-555-0142")), *people]
    index = indexed(people)
    index.find(typed)  # the words are in order by now
    index.put("p0", ("c1",), renewed)
    anew = indexed([("c1", renewed), *people[1:]])
    assert index.find(typed) == anew.find(typed)
    assert index.find(typed, within=["c1"]) == anew.find(typed, within=["c1"])
    assert len(index) == len(people)


def test_a_joint_chart_outside_ones_care_is_not_among_the_charts_told() -> None:
    index = NameIndex()
    index.put("p0", ("mine", "theirs"), FrontSheet("Dov", "Halpern"))
    assert [hit.charts for hit in index.find("dov", within={"mine"})] == [("mine",)]
    assert [hit.charts for hit in index.find("dov")] == [("mine", "theirs")]


def test_no_more_are_told_than_were_asked_for() -> None:
    index = indexed([("c0", FrontSheet("Bo", f"Lee{n}")) for n in range(30)])
    assert len(index.find("bo")) == 20
    assert len(index.find("bo", within={"c0"}, most=7)) == 7
