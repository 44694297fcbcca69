"""What a colleague says of her own work: kept with its day, hers alone, and in the log."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from stillroom.access import Act
from stillroom.practice import queries
from stillroom.practice.actions_work import say_of_work
from stillroom.practice.rules_work import (
    MOST_WORDS,
    SaidOfWork,
    read_work,
    said_anew,
    write_work,
)
from tests.cast import Cast

DAY = date(2026, 11, 20)
LATER = DAY + timedelta(days=400)
facts = st.sampled_from(["federal_land", "long_term_care", "listed"])
answers = st.dictionaries(facts, st.tuples(st.sampled_from(["", "yes", "no"]), st.text()))


@given(answers, answers)
def test_what_is_said_last_holds_and_what_was_not_asked_stays(
    first: dict[str, tuple[str, str]], then: dict[str, tuple[str, str]]
) -> None:
    before = said_anew((), first, DAY)
    after = {one.fact: one for one in said_anew(before, then, LATER)}
    for one in before:
        if one.fact not in then:
            assert after[one.fact] == one
    for fact, (value, words) in then.items():
        assert (fact in after) == bool(value)
        if value:
            assert after[fact].value == value
            assert after[fact].words == words.strip()[:MOST_WORDS]


@given(answers)
def test_an_answer_that_stays_keeps_its_day_and_survives_storage(
    told: dict[str, tuple[str, str]],
) -> None:
    before = said_anew((), told, DAY)
    assert said_anew(before, told, LATER) == before
    assert read_work(write_work(before)) == before


def test_it_is_hers_alone_and_the_log_says_that_she_said_it(cast: Cast) -> None:
    before = cast.house.log.size
    say_of_work(cast.here("ada"), {"federal_land_or_facility": ("no", "")})
    ada, bea = (queries.staff_profile(cast.people[name].id) for name in ("ada", "bea"))
    assert ada
    assert ada.work == (SaidOfWork("federal_land_or_facility", "no", cast.at.date(), ""),)
    assert not bea or not bea.work
    assert [one.entry.act for one in cast.house.log.entries(before)] == [
        Act.OWN_ACCOUNT_WRITE.value
    ]
