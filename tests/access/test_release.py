"""What must hold at the moment at which something leaves (P9, T17)."""

from dataclasses import replace
from itertools import product

import pytest

from stillroom.access import (
    Act,
    Actor,
    Ask,
    Capacity,
    Care,
    Deny,
    Label,
    Permit,
    Purpose,
    Release,
    Request,
    Role,
    Ward,
    gate,
)
from stillroom.kernel import Trilean
from tests.access.conftest import KINDS, NOW, WEEK

YES, NO, UNKNOWN = Trilean.YES, Trilean.NO, Trilean.UNKNOWN
DECIDED = Release("PERMITTED", "ada", YES, frozenset({"progress_notes"}))


@pytest.fixture
def send(ada, note):
    """Ada, proven, sends Dov's note under what was decided."""
    proven = replace(ada, stepped_up=YES)
    return Request(proven, Act.RELEASE_SEND, Purpose.RELEASE, note, NOW, DECIDED)


def _with(send, **changes):
    return gate.decide(replace(send, release=replace(DECIDED, **changes)))


def _rules(decision):
    return {reason.rule for reason in decision.reasons}


def test_a_lawful_decided_authorized_and_proven_release_leaves(send):
    assert isinstance(gate.decide(send), Permit)
    assert isinstance(_with(send, stance="REQUIRED"), Permit)


def test_without_anything_decided_the_gate_says_what_is_wanting(send):
    decision = gate.decide(replace(send, release=None))
    assert isinstance(decision, Ask)
    assert decision.wanting == ("authorization", "decision", "opinion")


@pytest.mark.parametrize("stance", ["FORBIDDEN", "UNSETTLED", "permitted", "", "SILENT"])
def test_a_stance_that_is_not_permitted_or_required_never_leaves(send, stance):
    assert _rules(_with(send, stance=stance)) == {"release-not-lawful"}


def test_with_authorization_is_not_yet_permitted(send):
    decision = _with(send, stance="WITH_AUTHORIZATION")
    assert isinstance(decision, Ask)
    assert decision.wanting == ("opinion",)


def test_nothing_leaves_that_no_named_person_decided(send):
    decision = _with(send, decided_by="")
    assert isinstance(decision, Ask)
    assert decision.wanting == ("decision",)


def test_an_authorization_withdrawn_while_the_packet_was_made_stops_it(send):
    decision = _with(send, authorization=NO)
    assert isinstance(decision, Deny)
    assert _rules(decision) == {"authorization-not-in-force"}


def test_an_authorization_that_nobody_looked_up_stops_it_too(send):
    decision = _with(send, authorization=UNKNOWN)
    assert isinstance(decision, Ask)
    assert decision.wanting == ("authorization",)


@pytest.mark.parametrize("authorization", Trilean)
def test_what_the_law_requires_without_authorization_needs_none(send, authorization):
    decision = _with(
        send, stance="REQUIRED", authorization=authorization, rests_on_authorization=False
    )
    assert isinstance(decision, Permit)


@pytest.mark.parametrize(("stepped_up", "answer"), [(NO, Deny), (UNKNOWN, Ask), (YES, Permit)])
def test_a_release_asks_for_a_fresh_proof_of_who_releases(send, stepped_up, answer):
    actor = replace(send.actor, stepped_up=stepped_up)
    assert type(gate.decide(replace(send, actor=actor))) is answer


def _send_ward(send, labels, kinds, author="ada"):
    ward = Ward("dov", "note-1", frozenset(labels), author)
    release = replace(DECIDED, kinds=frozenset(kinds))
    return gate.decide(replace(send, ward=ward, release=release))


@pytest.mark.parametrize(
    ("labels", "kinds"),
    [
        ({Label.FRONT}, {"demographics"}),
        ({Label.FRONT}, {"appointments"}),
        ({Label.CLINICAL}, {"treatment_plan"}),
        ({Label.CLINICAL, Label.PART2}, {"sud_records"}),
        ({Label.CLINICAL, Label.JOINT}, {"joint_session_notes"}),
        ({Label.BILLING}, {"billing"}),
        ({Label.BILLING, Label.PART2}, {"billing", "sud_records"}),
        ({Label.PRIVATE}, {"psychotherapy_notes"}),
        ({Label.PRIVATE, Label.PART2}, {"sud_counseling_notes"}),
    ],
)
def test_words_leave_only_if_their_kind_may(send, labels, kinds):
    assert isinstance(_send_ward(send, labels, kinds), Permit)
    for missing in kinds:
        if len(kinds) > 1 or labels != {Label.FRONT}:
            assert not isinstance(_send_ward(send, labels, kinds - {missing}), Permit)


def test_every_other_kind_together_does_not_carry_a_private_note_out():
    """Exhaustive over all sets of kinds: one kind, and only that one, opens each private label."""
    own = {
        frozenset({Label.PRIVATE}): "psychotherapy_notes",
        frozenset({Label.PRIVATE, Label.PART2}): "sud_counseling_notes",
    }
    for labels, chosen in product(own, product((False, True), repeat=len(KINDS))):
        kinds = frozenset(kind for kind, taken in zip(KINDS, chosen, strict=True) if taken)
        ward = Ward("dov", "private-1", labels, "ada")
        request = Request(
            _proven_ada(),
            Act.RELEASE_SEND,
            Purpose.RELEASE,
            ward,
            NOW,
            replace(DECIDED, kinds=kinds),
        )
        assert isinstance(gate.decide(request), Permit) == (own[labels] in kinds)


def _proven_ada():
    care = Care(NOW - WEEK, None, Capacity.TREATING)
    return Actor("ada", frozenset({Role.CLINICIAN}), (care,), YES)


def test_a_colleagues_private_note_does_not_leave_by_my_hand(send):
    decision = _send_ward(send, {Label.PRIVATE}, {"psychotherapy_notes"}, author="cov")
    assert _rules(decision) == {"another-authors-note"}


def test_words_of_an_unknown_kind_do_not_leave(send):
    assert isinstance(_send_ward(send, set(), set(KINDS)), Deny)


def test_nothing_leaves_without_law_decision_authorization_and_proof(send):
    """Exhaustive, against one plain sentence."""
    stances = ("FORBIDDEN", "WITH_AUTHORIZATION", "PERMITTED", "REQUIRED", "?")
    for stance, decided_by, authorization, rests, proven, kinds in product(
        stances, ("ada", ""), Trilean, (True, False), Trilean, ({"progress_notes"}, set())
    ):
        release = Release(stance, decided_by, authorization, frozenset(kinds), rests)
        actor = replace(send.actor, stepped_up=proven)
        left = isinstance(gate.decide(replace(send, actor=actor, release=release)), Permit)
        assert left == (
            stance in {"PERMITTED", "REQUIRED"}
            and decided_by == "ada"
            and (authorization is YES or not rests)
            and proven is YES
            and kinds == {"progress_notes"}
        )
