"""How layers make a regime's answer, and regimes the law's: the rules, one by one."""

from datetime import date
from typing import Any

import pytest

from stillroom.kernel import Trilean
from stillroom.law import Interval, Matter, Provision, Stance
from stillroom.law._conditions import Between, IsYes, OneOf
from tests.law.small_corpora import ASK, corpus_of, make

YES, NO = Trilean.YES, Trilean.NO
F, A, P, R = Stance.FORBIDDEN, Stance.WITH_AUTHORIZATION, Stance.PERMITTED, Stance.REQUIRED


def stance(*provisions: Provision, matter: Matter = ASK, **facts: Any) -> Interval:
    return corpus_of(list(provisions)).stance(matter, facts)


def only(level: Stance) -> Interval:
    return Interval(level, level)


RULE = make("rule", "state", "forbids")
LIFT = make("lift", "state", "permits", layer="exception", condition=IsYes("signed"))
BAR = make("bar", "state", "forbids", layer="bar", condition=IsYes("danger"))
OVER = make(
    "over", "state", "permits", layer="exception", condition=IsYes("served"), lifts=("bar",)
)


def test_silence_of_every_regime_is_forbidden_and_said() -> None:
    opinion = corpus_of([make("duty-only", "state", "adds")]).opine(ASK, {})
    assert opinion.stance == only(F)
    assert opinion.silent is YES
    assert opinion.sentence == "No rule on file speaks to this, so you may not send this."
    assert opinion.weakest == "recalled"
    assert opinion.rests_on == "nothing"


def test_an_exception_lifts_the_rule_only_when_it_applies() -> None:
    assert stance(RULE, LIFT, signed=NO) == only(F)
    assert stance(RULE, LIFT, signed=YES) == only(P)
    assert stance(RULE, LIFT) == Interval(F, P)


def test_a_bar_caps_whatever_lifts() -> None:
    assert stance(RULE, LIFT, BAR, signed=YES, danger=YES) == only(F)
    assert stance(RULE, LIFT, BAR, signed=YES, danger=NO) == only(P)


def test_only_an_exception_that_names_a_bar_lifts_it() -> None:
    known = {"signed": YES, "danger": YES}
    assert stance(RULE, LIFT, BAR, OVER, **known, served=NO) == only(F)
    assert stance(RULE, LIFT, BAR, OVER, **known, served=YES) == only(P)
    assert stance(RULE, LIFT, BAR, OVER, **known) == Interval(F, P)


def test_the_strictest_of_two_rules_holds() -> None:
    assert stance(make("a", "state", "permits"), make("b", "state", "forbids")) == only(F)


def test_a_bar_alone_is_the_answer() -> None:
    assert stance(make("cap", "state", "permits_with_authorization", layer="bar",
                       authorization=("signed",)), signed=NO) == only(A)  # fmt: skip


@pytest.mark.parametrize("layer", ["rule", "exception", "bar"])
def test_authorization_turns_with_authorization_into_permitted(layer: str) -> None:
    needs = make(
        "p", "state", "permits_with_authorization", layer=layer, authorization=("signed", "served")
    )
    assert stance(needs, signed=YES, served=YES) == only(P)
    assert stance(needs, signed=YES, served=NO) == only(A)
    assert stance(needs, signed=YES) == Interval(A, P)
    assert stance(needs, served=NO) == only(A)


def test_release_is_lawful_only_as_far_as_every_governing_regime_allows() -> None:
    assert stance(make("a", "state", "permits"), make("b", "hipaa", "forbids")) == only(F)
    assert stance(make("a", "state", "permits"), make("b", "hipaa", "permits")) == only(P)


def test_a_silent_regime_does_not_hold_back() -> None:
    silent = make("b", "hipaa", "forbids", condition=IsYes("danger"))
    assert stance(make("a", "state", "permits"), silent, danger=NO) == only(P)


def test_a_requirement_binds_once_the_others_permit() -> None:
    assert stance(make("a", "state", "requires"), make("b", "hipaa", "permits")) == only(R)


def test_hipaa_yields_to_a_requirement_of_the_regime_it_names() -> None:
    held = make("b", "hipaa", "forbids")
    opinion = corpus_of([make("a", "duty", "requires"), held]).opine(ASK, {})
    assert opinion.stance == only(R)
    assert opinion.conflicts == ()
    assert {a.regime: a.gives_way for a in opinion.regimes} == {"hipaa": YES, "duty": NO}


def test_hipaa_yields_to_no_mere_permission() -> None:
    assert stance(make("a", "duty", "permits"), make("b", "hipaa", "forbids")) == only(F)


def test_hipaa_yields_to_no_regime_that_it_does_not_name() -> None:
    opinion = corpus_of([make("a", "state", "requires"), make("b", "hipaa", "forbids")])
    assert opinion.stance(ASK, {}) == only(F)
    assert [c.certain for c in opinion.opine(ASK, {}).conflicts] == [YES]


def test_a_requirement_that_another_regime_forbids_is_a_conflict_in_any_order() -> None:
    one, other = make("a", "state", "requires"), make("b", "duty", "forbids")
    for order in ([one, other], [other, one]):
        opinion = corpus_of(order).opine(ASK, {})
        assert opinion.stance == only(F)
        (conflict,) = opinion.conflicts
        assert (conflict.required_by, conflict.held_by) == (("a",), ("b",))
        assert conflict.text.startswith("Required: Cite a. Not allowed: Cite b.")
        assert opinion.sentence.startswith("The rules conflict")


def test_a_requirement_capped_by_a_bar_of_its_own_regime_is_a_conflict() -> None:
    demand = make("a", "state", "requires", layer="exception")
    for level, bar in ((F, "forbids"), (P, "permits")):
        opinion = corpus_of([RULE, demand, make("cap", "state", bar, layer="bar")]).opine(ASK, {})
        assert opinion.stance == only(level)
        (conflict,) = opinion.conflicts
        assert conflict.required_by == ("a",)
        assert "cap" in conflict.held_by


def test_a_conflict_that_may_be_is_not_called_certain() -> None:
    bar = make("cap", "state", "forbids", layer="bar", condition=IsYes("danger"))
    opinion = corpus_of([make("a", "state", "requires"), bar]).opine(ASK, {})
    assert [c.certain for c in opinion.conflicts] == [Trilean.UNKNOWN]
    assert opinion.supposing({"danger": NO}).conflicts == ()


def test_ethics_neither_opens_nor_closes() -> None:
    for modality in ("forbids", "permits", "requires"):
        assert stance(RULE, make("code", "ethics", modality)) == only(F)
        permitted = make("p", "state", "permits")
        assert stance(permitted, make("code", "ethics", modality)) == only(P)
    opinion = corpus_of([make("code", "ethics", "requires")]).opine(ASK, {})
    assert opinion.silent is YES
    assert [(a.regime, a.governs, a.stance) for a in opinion.regimes] == [
        ("ethics", False, only(R))
    ]


def test_a_provision_weighs_only_on_the_kinds_it_reaches() -> None:
    notes = frozenset(["psychotherapy_notes"])
    bar = make("bar", "hipaa", "forbids", layer="bar", kinds=notes)
    opinion = corpus_of([make("p", "hipaa", "permits"), bar]).opine(ASK, {})
    assert opinion.reach.never == notes
    assert opinion.stance == only(P)
    asked = opinion.supposing({"records_asked": notes})
    assert asked.stance == only(F)
    assert asked.asked == ("psychotherapy_notes",)


def test_the_law_of_both_places_must_be_met() -> None:
    here = make("a", "state", "forbids", place="us-aa")
    there = make("b", "state", "permits", place="us-bb", layer="exception")
    both = Matter("disclose", ("us-bb", "us-aa"), "psychologist", date(2026, 11, 23))
    opinion = corpus_of([here, there]).opine(both, {})
    assert opinion.stance == only(F)
    assert [(a.place, a.stance) for a in opinion.regimes] == [
        ("us-aa", only(F)),
        ("us-bb", only(P)),
    ]


def test_a_state_is_read_with_the_law_of_the_nation() -> None:
    lifts = make("b", "state", "permits", place="us-bb", layer="exception")
    bb = Matter("disclose", ("us-bb",), "psychologist", date(2026, 11, 23))
    assert stance(RULE, lifts, matter=bb) == only(P)
    assert stance(RULE, lifts) == only(F)


def test_law_holds_from_its_first_day_to_its_last() -> None:
    law = make("p", "state", "permits", in_force=(date(2026, 1, 1), date(2026, 2, 15)))
    for day, found in (
        (date(2025, 12, 31), F),
        (date(2026, 1, 1), P),
        (date(2026, 2, 15), P),
        (date(2026, 2, 16), F),
    ):
        assert stance(law, matter=Matter("disclose", (), "psychologist", day)) == only(found)


def test_law_of_another_act_or_profession_is_not_asked() -> None:
    law = make("p", "state", "permits", professions=frozenset(["counselor"]))
    assert stance(law) == only(F)
    assert stance(make("p", "state", "permits", acts=frozenset(["warn"]))) == only(F)


def test_p_or_not_p_is_known_without_knowing_p() -> None:
    with_paper = make("a", "state", "permits", condition=IsYes("signed"))
    without = make("b", "state", "permits", condition=IsYes("signed", False))
    assert stance(with_paper, without) == only(P)


def test_every_value_of_a_choice_is_no_condition() -> None:
    every = OneOf("paper", values=frozenset(["none", "subpoena", "order"]))
    assert stance(make("a", "state", "permits", condition=every)) == only(P)


def test_regimes_that_share_a_fact_are_weighed_together() -> None:
    """One regime permits if signed, the other if not: never both, whatever the bounds say."""
    rules = [make("r1", "state", "forbids"), make("r2", "duty", "forbids")]
    one = make("a", "state", "permits", layer="exception", condition=IsYes("signed"))
    other = make("b", "duty", "permits", layer="exception", condition=IsYes("signed", False))
    opinion = corpus_of([*rules, one, other]).opine(ASK, {})
    assert opinion.stance == only(F)
    assert opinion.wanting == ()


def test_an_exception_that_permits_less_than_the_rule_changes_nothing() -> None:
    less = make("less", "state", "permits_with_authorization", layer="exception",
                authorization=("signed",), condition=IsYes("danger"))  # fmt: skip
    assert stance(make("p", "state", "permits"), less) == only(P)
    assert stance(make("p", "state", "permits"), less, danger=YES, signed=NO) == only(P)


def test_while_a_requirement_is_not_known_hipaa_may_yield_or_not() -> None:
    demand = make("a", "duty", "requires", condition=IsYes("danger"))
    opinion = corpus_of([demand, make("b", "hipaa", "forbids")]).opine(ASK, {})
    assert opinion.stance == Interval(F, R)
    assert {a.regime: a.gives_way for a in opinion.regimes}["hipaa"] is Trilean.UNKNOWN
    assert [want.fact for want in opinion.wanting] == ["danger"]


def test_the_stance_overall_is_weighed_over_kinds_together() -> None:
    """Notes go if signed, bills if not: something may go, whichever it is."""
    notes = make("n", "state", "permits", condition=IsYes("signed"),
                 kinds=frozenset(["progress_notes"]))  # fmt: skip
    bills = make("b", "state", "permits", condition=IsYes("signed", False),
                 kinds=frozenset(["billing"]))  # fmt: skip
    opinion = corpus_of([notes, bills]).opine(ASK, {})
    assert opinion.stance == only(P)
    assert opinion.reach.possibly == {"progress_notes", "billing"}
    assert [want.fact for want in opinion.wanting] == ["signed"]


def test_an_age_is_never_below_what_an_age_can_be() -> None:
    of_any_age = make("a", "state", "permits", condition=Between("age", at_least=0))
    unborn = make("b", "state", "requires", condition=Between("age", below=0))
    assert stance(of_any_age) == only(P)
    assert stance(of_any_age, unborn) == only(P)
