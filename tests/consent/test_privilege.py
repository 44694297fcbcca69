"""Privilege: each holder's stands alone, and nothing counts as given up that surely is not."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillroom.consent import privileges
from stillroom.consent.rules import ORDINARY_KINDS, Period
from stillroom.consent.rules_privilege import ALL, STANDS_IN, By, Event, How, Scope, What, faults
from stillroom.consent.rules_privilege_standing import (
    PRIVILEGE_FACTS,
    Status,
    is_at_issue,
    is_waived,
    privilege_facts,
    standing,
)
from stillroom.kernel import Trilean

TODAY = date(2026, 11, 24)
NOTES = Scope(frozenset({"progress_notes"}), Period(date(2026, 1, 1), date(2026, 12, 31)), "H v. H")
HOLDERS = ("dov", "eve", "fay")
WAIVED = Event(1, "dov", What.WAIVED, date(2026, 3, 1), By.HOLDER, "Dov", How.WRITING, "file 3")
CONDUCT = replace(
    WAIVED,
    what=What.CONDUCT,
    by=By.OTHER_PARTY,
    how=How.TESTIMONY,
    paper="",
    words="She testified.",
)
AT_ISSUE = replace(
    WAIVED, what=What.AT_ISSUE, how=How.PLEADING, citation="§ 9-109(d)(3)", condition=True
)

days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
scopes = st.builds(
    Scope,
    st.sets(st.sampled_from(sorted(ORDINARY_KINDS)), max_size=3).map(frozenset),
    st.sampled_from([Period(), Period(date(2026, 2, 1), date(2026, 6, 1)), NOTES.period]),
    st.sampled_from(["", "H v. H", "Another"]),
)
events = st.builds(
    Event,
    st.integers(1, 9),
    st.sampled_from(HOLDERS),
    st.sampled_from(What),
    days,
    st.sampled_from(By),
    how=st.sampled_from(How),
    paper=st.sampled_from(["", "file 3"]),
    scope=scopes,
    citation=st.sampled_from(["", "§ 1"]),
    condition=st.booleans(),
    words=st.just("as said"),
    about=st.integers(0, 9),
)
histories = st.lists(events, max_size=7, unique_by=lambda one: one.number).map(tuple)


@given(histories, scopes)
@settings(max_examples=150)
def test_no_member_waives_for_another(history, asked):
    """Whatever anybody else does, one member who did nothing keeps the joint record shut."""
    others = tuple(one for one in history if one.holder != "eve")
    for fact in (is_waived, is_at_issue):
        assert fact(others, HOLDERS, asked, TODAY) is not Trilean.YES
    assert standing(others, "eve", TODAY).status is Status.INTACT
    assert standing(history, "eve", TODAY) == standing(
        [one for one in history if one.holder == "eve"], "eve", TODAY
    )


def test_a_joint_waiver_takes_every_member_and_nobody_less():
    """Exhaustive over who of three has waived, and who claims it."""
    for states in product(("waives", "claims", "silent"), repeat=3):
        history = [
            replace(WAIVED, number=n, holder=who)
            if state == "waives"
            else replace(WAIVED, number=n, holder=who, what=What.ASSERTED)
            for n, (who, state) in enumerate(zip(HOLDERS, states, strict=True), start=1)
            if state != "silent"
        ]
        expected = Trilean.UNKNOWN
        if set(states) == {"waives"}:
            expected = Trilean.YES
        elif "claims" in states:
            expected = Trilean.NO
        assert is_waived(history, HOLDERS, NOTES, TODAY) is expected, states


@given(histories, scopes)
@settings(max_examples=150)
def test_only_a_paper_of_who_may_ever_waives(history, asked):
    """Without a written waiver by the holder or who stands in for her, or conduct that counsel or
    the court confirmed, the law is never told that the privilege is gone."""
    if is_waived(history, ("dov",), asked, TODAY) is not Trilean.YES:
        return
    own = [one for one in history if one.holder == "dov"]
    papers = [
        one
        for one in own
        if one.what is What.WAIVED
        and one.by in STANDS_IN
        and one.how is How.WRITING
        and one.paper
        and one.scope.holds(asked) is Trilean.YES
    ]
    confirmed = {one.about for one in own if one.what is What.CONFIRMED}
    conduct = [one for one in own if one.what is What.CONDUCT and one.number in confirmed]
    assert papers or conduct


def test_conduct_is_unknown_until_counsel_has_said_so():
    confirmed = Event(2, "dov", What.CONFIRMED, date(2026, 4, 1), By.COUNSEL, about=1)
    dismissed = replace(confirmed, number=3, what=What.DISMISSED, on=date(2026, 5, 1), about=1)
    for history, answer, status in (
        ([CONDUCT], Trilean.UNKNOWN, Status.CONDUCT),
        ([CONDUCT, confirmed], Trilean.YES, Status.WAIVED),
        ([CONDUCT, confirmed, replace(dismissed, about=2)], Trilean.UNKNOWN, Status.CONDUCT),
        ([CONDUCT, dismissed], Trilean.UNKNOWN, Status.INTACT),
    ):
        assert is_waived(history, ("dov",), NOTES, TODAY) is answer
        assert standing(history, "dov", TODAY).status is status


def test_a_claim_of_waiver_beside_an_assertion_leaves_it_open():
    """She claims it, the other side says that she gave it up: nobody here knows better."""
    claimed = replace(WAIVED, number=2, what=What.ASSERTED)
    assert is_waived([claimed], ("dov",), NOTES, TODAY) is Trilean.NO
    assert is_waived([claimed, CONDUCT], ("dov",), NOTES, TODAY) is Trilean.UNKNOWN


def test_a_waiver_reaches_no_further_than_its_words():
    for scope, answer in (
        (ALL, Trilean.YES),
        (NOTES, Trilean.YES),
        (replace(NOTES, proceeding="h  V. h"), Trilean.YES),
        (replace(NOTES, proceeding="Another case"), Trilean.UNKNOWN),
        (replace(NOTES, kinds=frozenset({"billing"})), Trilean.UNKNOWN),
        (replace(NOTES, period=Period(date(2026, 3, 1))), Trilean.UNKNOWN),
    ):
        assert is_waived([replace(WAIVED, scope=scope)], ("dov",), NOTES, TODAY) is answer, scope
    assert is_waived([WAIVED], ("dov",), NOTES, date(2026, 2, 1)) is Trilean.UNKNOWN


def test_a_waiver_taken_back_is_no_waiver_from_that_day():
    back = Event(2, "dov", What.WITHDRAWN, date(2026, 6, 1), By.HOLDER, about=1)
    assert is_waived([WAIVED, back], ("dov",), NOTES, date(2026, 5, 31)) is Trilean.YES
    assert is_waived([WAIVED, back], ("dov",), NOTES, TODAY) is Trilean.UNKNOWN


def test_after_a_death_only_the_personal_representative_waives():
    died = Event(2, "dov", What.DIED, date(2026, 6, 1), By.OTHER_PARTY)
    late = replace(WAIVED, number=3, on=date(2026, 7, 1))
    by = {one: replace(late, by=one) for one in STANDS_IN}
    assert is_waived([WAIVED, died], ("dov",), NOTES, TODAY) is Trilean.YES
    assert is_waived([died, by[By.HOLDER]], ("dov",), NOTES, TODAY) is Trilean.UNKNOWN
    assert is_waived([died, by[By.GUARDIAN]], ("dov",), NOTES, TODAY) is Trilean.UNKNOWN
    assert is_waived([died, by[By.REPRESENTATIVE]], ("dov",), NOTES, TODAY) is Trilean.YES


def test_at_issue_needs_its_rule_and_not_the_word_of_the_other_side():
    assert privilege_facts([AT_ISSUE], ("dov",), NOTES, TODAY) == {
        "condition_at_issue": Trilean.YES
    }
    for spoiled in (
        replace(AT_ISSUE, by=By.OTHER_PARTY),
        replace(AT_ISSUE, citation=""),
        replace(AT_ISSUE, condition=False),
    ):
        assert privilege_facts([spoiled], ("dov",), NOTES, TODAY) == {}
    assert privilege_facts([], ("dov",), NOTES, TODAY) == {}
    assert privilege_facts([WAIVED], (), NOTES, TODAY) == {}


@pytest.mark.parametrize(
    ("event", "field"),
    [
        (replace(WAIVED, holder="somebody"), "holder"),
        (replace(WAIVED, by=By.THERAPIST), "by"),
        (replace(WAIVED, how=How.SPOKEN), "how"),
        (replace(WAIVED, paper=" "), "paper"),
        (replace(CONDUCT, words=""), "words"),
        (replace(AT_ISSUE, citation=""), "citation"),
        (Event(5, "dov", What.CONFIRMED, TODAY, By.THERAPIST, about=2), "by"),
        (Event(5, "dov", What.CONFIRMED, TODAY, By.COUNSEL, about=1), "about"),
        (Event(5, "eve", What.WITHDRAWN, TODAY, By.HOLDER, about=1), "about"),
        (Event(5, "dov", What.WITHDRAWN, date(2026, 1, 1), By.HOLDER, about=1), "on"),
    ],
)
def test_what_is_wrong_with_an_entry_is_named_with_what_to_do(event, field):
    before = (WAIVED, replace(CONDUCT, number=2, holder="dov"))
    found = faults(event, before, ("dov", "eve"))
    assert [one.field for one in found] == [field]
    assert found[0].says.endswith(".")


def test_a_sound_entry_has_no_fault():
    before = (WAIVED, replace(CONDUCT, number=2))
    for event in (
        WAIVED,
        CONDUCT,
        AT_ISSUE,
        Event(5, "dov", What.WITHDRAWN, TODAY, By.HOLDER, about=1),
        Event(5, "dov", What.CONFIRMED, TODAY, By.COURT, about=2),
        Event(5, "dov", What.DIED, TODAY, By.OTHER_PARTY),
    ):
        assert faults(event, before, ("dov",)) == ()


@given(events)
@settings(max_examples=50)
def test_what_is_sealed_is_what_was_entered(event):
    assert privileges.decode(privileges.encode(event, b"salt"), event.number) == event


def test_a_death_is_told_to_the_law_of_a_single_clients_chart_and_never_guessed():
    died = Event(2, "dov", What.DIED, date(2026, 6, 1), By.OTHER_PARTY)
    told = privilege_facts([died], ("dov",), NOTES, TODAY)
    assert told == {"client_deceased": Trilean.YES}
    assert privilege_facts([died], ("dov", "eve"), NOTES, TODAY) == {}
    assert privilege_facts([died], ("dov",), NOTES, date(2026, 5, 31)) == {}


@given(histories, scopes)
@settings(max_examples=60)
def test_what_is_told_to_the_law_is_sure_and_of_its_own_names(history, asked):
    told = privilege_facts(history, ("dov",), asked, TODAY)
    assert set(told) <= PRIVILEGE_FACTS
    assert Trilean.UNKNOWN not in told.values()
