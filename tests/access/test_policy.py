"""Promises of the house's policy over everything that may be asked, likely or not (P3, P4)."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings

from stillroom.access import (
    RULES,
    Act,
    Actor,
    Care,
    Effect,
    Label,
    Permit,
    Purpose,
    Request,
    Role,
    Ward,
    gate,
)
from stillroom.access._fitting import CHART_ACTS, CONTENT_ACTS, LABELS, PRIVATE_ACTS, PURPOSES
from stillroom.kernel import Trilean
from tests.access.conftest import CARING, GLASS, NOW, STAFF_ROLES, WEEK, requests

EVERY_ROLE = frozenset(STAFF_ROLES)
CLINICAL_WORDS = {Label.CLINICAL, Label.PRIVATE, Label.PART2, Label.JOINT, Label.RESTRICTED}
LABEL_SETS = [
    frozenset(),
    *(frozenset({label}) for label in Label),
    frozenset({Label.CLINICAL, Label.PART2}),
    frozenset({Label.PRIVATE, Label.PART2}),
    frozenset({Label.BILLING, Label.PART2}),
    frozenset(Label),
]
LEDGER_ONLY = {
    Act.GATE_REFUSE,
    Act.LAW_ENACT,
    Act.RELEASE_OPENED,
    Act.SESSION_BEGIN,
    Act.SESSION_END,
    Act.SESSION_PROVE,
    Act.SESSION_REFUSE,
}


def permitted(request: Request) -> bool:
    return isinstance(gate.decide(request), Permit)


def test_no_role_alone_opens_a_clinical_word():
    """Exhaustive. Permits only grow with roles (below), so all roles at once stand for each."""
    actor = Actor("max", EVERY_ROLE, (), Trilean.YES)
    for act, purpose, labels, author in product(Act, Purpose, LABEL_SETS, ("max", "ada", "")):
        if purpose is Purpose.EMERGENCY or not labels & CLINICAL_WORDS:
            continue
        ward = Ward("dov", "note-1", labels, author)
        opened = permitted(Request(actor, act, purpose, ward, NOW))
        # A biller may see that a bill is of a Part 2 program: an account, not a clinical word.
        is_bill = act in {Act.BILLING_READ, Act.BILLING_WRITE} and purpose is Purpose.PAYMENT
        assert not opened or is_bill, (act, purpose, labels, author)


def test_care_alone_without_a_role_opens_nothing():
    cares = tuple(Care(NOW - WEEK, None, capacity) for capacity in CARING)
    actor = Actor("fired", frozenset(), cares, Trilean.YES)
    for act, purpose, labels in product(Act, Purpose, LABEL_SETS):
        for chart in ("dov", ""):
            request = Request(actor, act, purpose, Ward(chart, "", labels, ""), NOW)
            assert not permitted(request), (act, purpose, labels)


@given(requests())
@settings(max_examples=300)
def test_another_role_never_closes_a_door(request):
    if permitted(request) and Role.CLIENT not in request.actor.roles:
        for role in STAFF_ROLES:
            actor = replace(request.actor, roles=request.actor.roles | {role})
            assert permitted(replace(request, actor=actor))


def test_private_notes_open_to_their_author_alone():
    """Exhaustive over acts, purposes, capacities and kinds, for a person of every role (P4)."""
    cares = tuple(Care(NOW - WEEK, None, capacity) for capacity in CARING)
    for act, purpose, labels in product(Act, Purpose, LABEL_SETS):
        if Label.PRIVATE not in labels:
            continue
        for author in ("ada", "bea", ""):
            ward = Ward("dov", "private-1", labels, author)
            actor = Actor("bea", EVERY_ROLE, cares, Trilean.YES)
            request = Request(
                actor, act, purpose, ward, NOW, reason="found unconscious", broken=GLASS
            )
            assert not permitted(request) or author == "bea", (act, purpose, labels, author)


@given(requests())
@settings(max_examples=400)
def test_whoever_opens_words_cares_now_or_has_broken_the_glass_or_bills(request):
    if request.act not in CONTENT_ACTS or not permitted(request):
        return
    cares = any(care.runs(NOW) for care in request.actor.cares)
    glass = request.purpose is Purpose.EMERGENCY and request.broken == GLASS
    bills = request.act in {Act.BILLING_READ, Act.BILLING_WRITE}
    assert cares or glass or (bills and Role.BILLER in request.actor.roles)


@given(requests())
@settings(max_examples=400)
def test_a_colleague_kept_away_is_kept_away_from_everything(request):
    kept = replace(request.ward, restricted_from=frozenset({request.actor.person}))
    assert not permitted(replace(request, ward=kept))


@given(requests())
@settings(max_examples=400)
def test_nobody_opens_their_own_chart_by_the_door_for_staff(request):
    own = replace(request.ward, holders=frozenset({request.actor.person}))
    assert not permitted(replace(request, ward=own))


@pytest.mark.parametrize("act", Act)
def test_the_purpose_must_fit_the_act(act):
    cares = tuple(Care(NOW - WEEK, None, capacity) for capacity in CARING)
    actor = Actor("ada", EVERY_ROLE, cares, Trilean.YES)
    for purpose, labels, chart in product(Purpose, LABEL_SETS, ("dov", "")):
        ward = Ward(chart, "", labels, "ada")
        request = Request(actor, act, purpose, ward, NOW, reason="found unconscious", broken=GLASS)
        if permitted(request):
            assert purpose in PURPOSES[act]
            assert labels <= LABELS.get(act, frozenset())
            assert chart or act not in CHART_ACTS


def test_every_act_is_permitted_to_somebody_or_is_for_the_ledger_only():
    permitting = {act for rule in RULES if rule.effect is Effect.PERMIT for act in rule.acts}
    assert set(Act) - permitting == LEDGER_ONLY
    assert set(PURPOSES) == permitting
    assert PRIVATE_ACTS < CONTENT_ACTS < CHART_ACTS


def test_the_vocabulary_is_alphabetical_and_of_one_grammar():
    words = [act.value for act in Act]
    assert words == sorted(words)
    for word in words:
        parts = word.split(":")
        assert len(parts) == 3
        assert all(part.isalpha() and part.islower() for part in parts)


def test_every_rule_has_a_name_of_its_own_and_says_something():
    ids = [rule.id for rule in RULES]
    assert len(ids) == len(set(ids))
    for rule in RULES:
        assert rule.id == rule.id.lower()
        assert " " not in rule.id
        assert len(rule.reason.split()) >= 3
        assert not rule.reason.endswith(".")


def test_an_administrator_obtains_no_grant_on_any_chart():
    """T04: whatever Max asks, with whatever purpose and reason, about a chart."""
    actor = Actor("max", frozenset({Role.ADMINISTRATOR}), (), Trilean.YES)
    for act, purpose, labels in product(Act, Purpose, LABEL_SETS):
        ward = Ward("dov", "", labels, "max")
        request = Request(actor, act, purpose, ward, NOW, reason="found unconscious", broken=GLASS)
        if permitted(request):
            assert act not in CHART_ACTS
            assert not labels
