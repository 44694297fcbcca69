"""The gate is total, its grants are its own, and its lists agree with its single answers."""

import copy
import pickle
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from stillroom.access import (
    Act,
    Actor,
    Ask,
    Broken,
    Capacity,
    Care,
    Deny,
    Effect,
    Gate,
    Grant,
    Label,
    Permit,
    Purpose,
    Request,
    Role,
    Rule,
    Ward,
    gate,
)
from stillroom.kernel import Misuse, Trilean
from tests.access.conftest import GLASS, NOW, WEEK, actors, care_sets, requests, wards


def _read(actor, ward, **more):
    return Request(actor, Act.RECORD_READ, Purpose.TREATMENT, ward, NOW, **more)


@given(requests())
@settings(max_examples=300)
def test_the_gate_answers_whatever_is_asked(request):
    decision = gate.decide(request)
    assert isinstance(decision, Permit | Deny | Ask)
    assert decision.reasons


JUNK = st.none() | st.integers() | st.text(max_size=3) | st.lists(st.none(), max_size=1)


@given(JUNK, JUNK, JUNK, JUNK, JUNK)
@settings(max_examples=100)
def test_the_gate_never_raises_and_never_opens_for_nonsense(actor, act, purpose, ward, at):
    assert isinstance(gate.decide(Request(actor, act, purpose, ward, at)), Deny)


@pytest.mark.parametrize("nonsense", [None, 7, object()])
def test_what_is_no_request_is_refused(nonsense):
    assert isinstance(gate.decide(nonsense), Deny)


def test_a_moment_without_a_zone_or_at_the_end_of_time_opens_nothing(ada, note):
    for at in (datetime(2026, 3, 2, 12), datetime.max.replace(tzinfo=NOW.tzinfo)):  # noqa: DTZ001
        assert isinstance(gate.decide(replace(_read(ada, note), at=at)), Deny)


def test_a_request_by_nobody_opens_nothing(ada, note):
    nobody = replace(ada, person="")
    assert "nobody-or-no-moment" in _rules(gate.decide(_read(nobody, note)))


def _rules(decision):
    return {reason.rule for reason in decision.reasons}


# Grants


def _permit(actor, ward, **more) -> Grant:
    decision = gate.decide(_read(actor, ward, **more))
    assert isinstance(decision, Permit)
    return decision.grant


def test_only_the_gate_makes_a_grant(ada, note):
    grant = _permit(ada, note)
    fields = (grant.id, "bea", grant.act, grant.purpose, grant.ward, grant.until, False)
    for key in (None, object(), "gate"):
        with pytest.raises(Misuse):
            Grant(*fields, made_by=key)
    with pytest.raises(TypeError):
        Grant(*fields)
    with pytest.raises((Misuse, ValueError, TypeError)):
        replace(grant, person="bea")


@pytest.mark.parametrize("copied", [pickle.dumps, copy.copy, copy.deepcopy])
def test_a_grant_is_not_pickled_or_copied(ada, note, copied):
    with pytest.raises(Misuse):
        copied(_permit(ada, note))


def test_a_grant_says_for_whom_and_what_it_is(ada, note):
    grant = _permit(ada, note)
    assert (grant.person, grant.act, grant.purpose) == ("ada", Act.RECORD_READ, Purpose.TREATMENT)
    assert (grant.chart, grant.labels) == ("dov", frozenset({Label.CLINICAL}))
    assert grant.review is False
    assert grant.id != _permit(ada, note).id


def test_a_grant_is_over_when_it_is_over(ada, note):
    grant = _permit(ada, note)
    assert grant.until == NOW + timedelta(minutes=5)
    assert grant.covers(note, grant.until - timedelta(microseconds=1))
    assert not grant.covers(note, grant.until)


@pytest.mark.parametrize(
    "change",
    [
        {"chart": "fay"},
        {"record": "note-2"},
        {"record": ""},
        {"labels": frozenset({Label.CLINICAL, Label.PART2})},
        {"labels": frozenset({Label.PRIVATE})},
        {"labels": frozenset({Label.FRONT})},
    ],
)
def test_a_grant_covers_nothing_beside_what_was_asked(ada, note, change):
    assert not _permit(ada, note).covers(replace(note, **change), NOW)


def test_a_grant_for_a_chart_covers_its_records(ada, note):
    grant = _permit(ada, replace(note, record=""))
    assert grant.covers(note, NOW)
    assert not grant.covers(replace(note, labels=frozenset({Label.PRIVATE})), NOW)


def test_a_grant_for_my_private_notes_does_not_cover_a_colleagues(ada):
    mine = Ward("dov", "", frozenset({Label.PRIVATE}), "ada")
    request = Request(ada, Act.PRIVATE_READ, Purpose.TREATMENT, mine, NOW)
    grant = gate.decide(request).grant
    assert grant.covers(mine, NOW)
    assert not grant.covers(replace(mine, author="cov"), NOW)


ANOTHERS = (
    Request(
        Actor("cal", frozenset()),
        Act.MATTER_READ,
        Purpose.OPERATIONS,
        Ward("", author="cal"),
        NOW,
    ),
    Ward("", author="ada"),
)
"""Her own matter about no chart, and a colleague's: one grant must not do for both."""


@given(requests(), wards)
@settings(max_examples=1500)
@example(*ANOTHERS)
def test_no_grant_covers_a_ward_that_would_be_refused_for_its_kind_or_author(request, other):
    """Whatever a grant covers beyond its own ward, the gate would have permitted as well."""
    decision = gate.decide(request)
    if isinstance(decision, Permit) and decision.grant.covers(other, NOW):
        careful = replace(other, holders=request.ward.holders)
        careful = replace(careful, restricted_from=request.ward.restricted_from)
        careful = replace(careful, closed=request.ward.closed)
        if careful.labels or not request.ward.labels:
            assert isinstance(gate.decide(replace(request, ward=careful)), Permit)


# Broken glass


def _emergency(actor, ward, reason="found unconscious at home", act=Act.RECORD_READ, broken=GLASS):
    return gate.decide(
        Request(actor, act, Purpose.EMERGENCY, ward, NOW, reason=reason, broken=broken)
    )


BEA = Actor("bea", frozenset({Role.CLINICIAN}))


def test_broken_glass_is_short_and_says_that_it_must_be_reviewed(note):
    grant = _emergency(BEA, note).grant
    assert grant.review is True
    assert grant.until <= NOW + timedelta(minutes=60)
    assert grant.purpose is Purpose.EMERGENCY


def test_broken_glass_without_a_reason_asks_for_one(note):
    decision = _emergency(BEA, note, reason="", act=Act.GLASS_BREAK)
    assert isinstance(decision, Ask)
    assert decision.wanting == ("reason",)


def test_a_reason_alone_reads_nothing_while_the_glass_is_whole(note):
    assert isinstance(_emergency(BEA, note, broken=None), Deny)


@pytest.mark.parametrize(
    ("begins", "ends", "reads"),
    [(-60, 0, False), (-59, 1, True), (0, 60, True), (1, 61, False), (-1, 60, False)],
)
def test_broken_glass_is_read_through_for_an_hour_and_no_longer(note, begins, ends, reads):
    """Also when somebody puts a later end beside it: then not at all."""
    broken = Broken(NOW + timedelta(minutes=begins), NOW + timedelta(minutes=ends))
    assert isinstance(_emergency(BEA, note, broken=broken), Permit) is reads


def test_nobody_reviews_the_glass_that_she_broke(note):
    owner = Actor("own", frozenset({Role.OWNER, Role.CLINICIAN}))

    def review(author):
        ward = Ward("dov", author=author)
        return gate.decide(Request(owner, Act.GLASS_REVIEW, Purpose.AUDIT, ward, NOW))

    assert isinstance(review("bea"), Permit)
    assert isinstance(review("own"), Deny)
    assert isinstance(review(""), Deny), "who broke it must be known"


def test_a_closed_chart_is_not_for_the_desk_and_still_for_who_cares(ada):
    front = Ward("dov", labels=frozenset({Label.FRONT}), closed=True)
    cal = Actor("cal", frozenset({Role.FRONT_DESK, Role.BILLER}))
    for act in (Act.FRONT_READ, Act.APPOINTMENT_READ, Act.APPOINTMENT_WRITE):
        for purpose in (Purpose.SCHEDULING, Purpose.PAYMENT):
            ask = Request(cal, act, purpose, front, NOW)
            assert isinstance(gate.decide(ask), Deny)
        assert isinstance(gate.decide(Request(ada, act, Purpose.TREATMENT, front, NOW)), Permit)
    books = Request(ada, Act.APPOINTMENT_WRITE, Purpose.SCHEDULING, front, NOW)
    assert isinstance(gate.decide(books), Permit)


def test_whoever_cares_needs_no_glass_and_cannot_stay_unreviewed_by_it(ada, note):
    assert _permit(ada, note).review is False
    assert _emergency(ada, note).grant.review is True


@given(actors, wards, st.sampled_from(Act))
@settings(max_examples=300)
def test_broken_glass_never_opens_private_notes_and_never_writes(actor, ward, act):
    private = replace(ward, labels=ward.labels | {Label.PRIVATE})
    assert not isinstance(_emergency(actor, private, act=act), Permit)
    if act not in {Act.RECORD_READ, Act.FRONT_READ, Act.GLASS_BREAK}:
        assert not isinstance(_emergency(actor, ward, act=act), Permit)


def test_an_ordinary_rule_beside_the_glass_needs_no_review(note):
    usual = Rule("usual", Effect.PERMIT, lambda request: Trilean.YES, "usual")
    glass = Rule("glass", Effect.PERMIT, usual.test, "glass", lasts=timedelta(hours=1), review=True)
    for rules in ([usual, glass], [glass, usual]):
        grant = Gate(rules).decide(_read(BEA, note)).grant
        assert (grant.review, grant.until) == (False, NOW + timedelta(minutes=5))


# Lists


@given(
    actors,
    st.sampled_from(Act),
    st.sampled_from(Purpose),
    st.lists(st.tuples(wards, care_sets), max_size=6),
)
@settings(max_examples=300)
def test_a_list_shows_exactly_what_would_be_permitted_one_by_one(actor, act, purpose, listed):
    one_by_one = [
        ward
        for ward, cares in listed
        if isinstance(
            gate.decide(Request(replace(actor, cares=cares), act, purpose, ward, NOW)), Permit
        )
    ]
    assert list(gate.visible_to(actor, act, purpose, listed, NOW)) == one_by_one


def test_a_list_does_not_look_at_cares_for_another_chart(ada, note):
    """`actor.cares` belongs to one chart; in a list each ward brings its own."""
    fays = replace(note, chart="fay")
    listed = [(note, ada.cares), (fays, ())]
    seen = gate.visible_to(ada, Act.RECORD_READ, Purpose.TREATMENT, listed, NOW)
    assert seen == (note,)


def test_a_failing_forbid_empties_the_list(ada, note):
    def fails(request):
        raise KeyError("gone")

    broken = Gate([*gate.rules, Rule("fails", Effect.FORBID, fails, "fails")])
    listed = [(note, ada.cares)]
    assert broken.visible_to(ada, Act.RECORD_READ, Purpose.TREATMENT, listed, NOW) == ()


def test_care_that_ended_is_not_in_the_list(ada, note):
    past = (Care(NOW - 2 * WEEK, NOW - WEEK, Capacity.TREATING),)
    assert gate.visible_to(ada, Act.RECORD_READ, Purpose.TREATMENT, [(note, past)], NOW) == ()
