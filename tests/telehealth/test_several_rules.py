"""What holds of a visit of several, by example and by law."""

from itertools import product

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillroom.telehealth import MOST_SEATS
from stillroom.telehealth import rules_several as rules
from stillroom.telehealth.rules_checks import Check, Unanswered, checked, shown_name
from stillroom.telehealth.rules_several import Came, Stands

IDS = st.text(alphabet="abcdefgh234567", min_size=4, max_size=8)


def test_where_a_member_stands_in_every_case() -> None:
    found = {
        (let_in, here, inside): rules.stands(let_in=let_in, here=here, inside=inside)
        for let_in, here, inside in product((True, False), repeat=3)
    }
    assert found[True, True, True] is Stands.INSIDE
    assert found[True, True, False] is Stands.LET_IN
    assert {found[True, False, one] for one in (True, False)} == {Stands.LET_IN}
    assert {found[False, True, one] for one in (True, False)} == {Stands.WAITS}, (
        "not let in: outside"
    )
    assert {found[False, False, one] for one in (True, False)} == {Stands.ABSENT}


@given(st.dictionaries(st.integers(1, 9), st.booleans()))
def test_one_press_lets_in_nobody_of_whom_something_is_in_doubt(waiting: dict[int, bool]) -> None:
    let_in = rules.let_in_together(waiting.items())
    assert set(let_in) == {seat for seat, doubt in waiting.items() if not doubt}


@pytest.mark.parametrize("many", [True, False])
@pytest.mark.parametrize("members", range(1, 13))
def test_four_meet_among_themselves_ten_by_a_server_and_more_not_at_all(
    members: int, many: bool
) -> None:
    why = rules.barred(members, many=many)
    if members <= 4:
        assert rules.by_server(members, many=many) is False, "a server is for what needs one"
    elif members <= 10 and many:
        assert rules.by_server(members, many=many) is True
    else:
        error = rules.NoServerForMany if members <= 10 else rules.TooManyByVideo
        count = "four" if members <= 10 else "ten"
        with pytest.raises(error, match=f"{count} members beside the clinician"):
            rules.by_server(members, many=many)
        assert isinstance(why, error)
    assert (why is None) is (members <= 4 or (many and members <= 10))


@pytest.mark.parametrize("many", [True, False])
def test_what_began_among_themselves_goes_on_so_and_takes_no_fifth(many: bool) -> None:
    assert rules.by_server(4, many=many, among=True) is False
    with pytest.raises(rules.BeganWithFewer, match="began among five at most"):
        rules.by_server(5, many=many, among=True)


def test_a_seat_for_each_on_the_line() -> None:
    assert rules.SEATS == rules.MOST + 1 <= MOST_SEATS


def test_the_note_tells_who_was_where_and_who_was_not_there() -> None:
    said = rules.attendance(
        [Came("Dov", "Maryland", True), Came("Noa", "", True), Came("Tal", "Maine", False)]
    )
    assert said == "Dov in Maryland; Noa; Tal did not come"


@given(IDS, IDS, IDS, IDS)
def test_a_pair_is_named_alike_by_both_and_unlike_any_other(
    chart: str, one: str, other: str, third: str
) -> None:
    name = rules.pair("practice", chart, one, other)
    assert name == rules.pair("practice", chart, other, one)
    if len({one, other, third}) == 3:
        assert name != rules.pair("practice", chart, one, third)
        assert name != rules.pair("practice", chart, third, other)
    assert name != rules.pair("practice", chart + "x", one, other)


@given(st.sampled_from(["called", "initials", "name", "none"]), st.text(max_size=20))
def test_the_others_read_what_was_chosen_and_nothing_else(shown: str, typed: str) -> None:
    one = Check(shown=shown, name=typed, address="12 Quarry Lane", contact="Ezra")
    read = shown_name(one, "Dov", "D.H.")
    assert read == {"called": "Dov", "initials": "D.H.", "name": typed, "none": ""}[shown]


def test_a_name_that_is_chosen_is_written() -> None:
    whole = Check(
        place="us-md", address="a", near="alone", call_back="410-555-0142", known="account"
    )
    with pytest.raises(Unanswered) as told:
        checked(msgspec.structs.replace(whole, shown="name"), frozenset({"us-md"}))
    assert set(told.value.wrong) == {"name"}
