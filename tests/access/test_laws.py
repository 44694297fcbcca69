"""The laws of the gate, exhaustively, after the theorems of Cedar's authorizer.

All 585 rule sets of up to three rules, each forbidding or permitting and answering yes, no, not
known, or failing. A second evaluator, written from the sentences of the design alone, is asked the
same.
"""

from itertools import permutations, product

import pytest

from stillroom.access import (
    Act,
    Actor,
    Ask,
    Deny,
    Effect,
    Gate,
    Permit,
    Purpose,
    Request,
    Rule,
    Ward,
)
from stillroom.kernel import Trilean
from tests.access.conftest import NOW

REQUEST = Request(Actor("ada", frozenset()), Act.RECORD_READ, Purpose.TREATMENT, Ward("dov"), NOW)
ANSWERS = ("yes", "no", "unknown", "crash")
KINDS = tuple(product(Effect, ANSWERS))
RULE_SETS = [kinds for size in range(4) for kinds in product(KINDS, repeat=size)]


def _crash(request):
    raise ValueError("a rule failed")


TESTS = {answer: (lambda request, a=answer: Trilean(a)) for answer in ANSWERS[:3]}
TESTS["crash"] = _crash


def _rule(number, kind, *, wants=("more",)):
    effect, answer = kind
    return Rule(f"rule-{number}", effect, TESTS[answer], f"rule {number} says so", wants)


def _gate(kinds, **more):
    return Gate([_rule(number, kind, **more) for number, kind in enumerate(kinds)])


def _naive(kinds):
    """What should come out, sentence by sentence."""
    forbids = [answer for effect, answer in kinds if effect is Effect.FORBID]
    permits = [answer for effect, answer in kinds if effect is Effect.PERMIT]
    if "yes" in forbids or "crash" in forbids:
        return Deny
    if "yes" in permits and "unknown" not in forbids:
        return Permit
    if "yes" in permits or "unknown" in permits:
        return Ask
    return Deny


def test_there_are_585_rule_sets():
    assert len(RULE_SETS) == 585


def test_the_gate_and_a_naive_gate_agree_on_all_of_them():
    for kinds in RULE_SETS:
        assert type(_gate(kinds).decide(REQUEST)) is _naive(kinds), kinds


def test_forbid_beats_permit():
    for kinds in RULE_SETS:
        if (Effect.FORBID, "yes") in kinds:
            assert isinstance(_gate(kinds).decide(REQUEST), Deny), kinds


def test_no_permit_means_no():
    for kinds in RULE_SETS:
        if (Effect.PERMIT, "yes") not in kinds:
            assert not isinstance(_gate(kinds).decide(REQUEST), Permit), kinds


def test_a_forbid_that_does_not_know_or_fails_never_opens():
    for kinds in RULE_SETS:
        if (Effect.FORBID, "unknown") in kinds or (Effect.FORBID, "crash") in kinds:
            assert not isinstance(_gate(kinds).decide(REQUEST), Permit), kinds


def test_a_permit_that_does_not_know_or_fails_never_opens():
    for kinds in RULE_SETS:
        weakened = [k for k in kinds if k not in {(Effect.PERMIT, a) for a in ("unknown", "crash")}]
        opened = isinstance(_gate(kinds).decide(REQUEST), Permit)
        assert opened == isinstance(_gate(weakened).decide(REQUEST), Permit), kinds


def test_order_and_repetition_do_not_matter():
    for kinds in RULE_SETS:
        rules = [_rule(number, kind) for number, kind in enumerate(kinds)]
        seen = {_shown(Gate(order).decide(REQUEST)) for order in permutations(rules)}
        seen |= {_shown(Gate([*rules, *rules]).decide(REQUEST))}
        assert len(seen) == 1, kinds


def _shown(decision):
    """A decision without the identifier of its grant, which is fresh each time."""
    grant = getattr(decision, "grant", None)
    shown = (grant.person, grant.act, grant.until, grant.review) if grant else ()
    return type(decision), decision.reasons, getattr(decision, "wanting", ()), shown


def test_adding_a_forbid_never_opens_and_adding_a_permit_never_closes():
    for kinds in RULE_SETS:
        if len(kinds) == 3:
            continue
        before = isinstance(_gate(kinds).decide(REQUEST), Permit)
        for answer in ANSWERS:
            with_forbid = _gate([*kinds, (Effect.FORBID, answer)]).decide(REQUEST)
            with_permit = _gate([*kinds, (Effect.PERMIT, answer)]).decide(REQUEST)
            assert before or not isinstance(with_forbid, Permit)
            assert not before or isinstance(with_permit, Permit)


def test_learning_an_unknown_never_turns_a_settled_answer_around():
    for kinds in RULE_SETS:
        decision = _gate(kinds).decide(REQUEST)
        if isinstance(decision, Ask):
            continue
        unknown = [i for i, (_, answer) in enumerate(kinds) if answer == "unknown"]
        for learned in product(("yes", "no"), repeat=len(unknown)):
            after = list(kinds)
            for index, answer in zip(unknown, learned, strict=True):
                after[index] = (kinds[index][0], answer)
            assert type(_gate(after).decide(REQUEST)) is type(decision), kinds


def test_asking_for_more_means_that_more_could_open():
    for kinds in RULE_SETS:
        if not isinstance(_gate(kinds).decide(REQUEST), Ask):
            continue
        best = [(e, {"unknown": "yes" if e is Effect.PERMIT else "no"}.get(a, a)) for e, a in kinds]
        assert isinstance(_gate(best).decide(REQUEST), Permit), kinds


def test_where_nothing_can_be_named_that_is_wanting_it_is_a_plain_no():
    for kinds in RULE_SETS:
        decision = _gate(kinds, wants=()).decide(REQUEST)
        assert not isinstance(decision, Ask), kinds
        assert isinstance(decision, Permit) == (_naive(kinds) is Permit)


def test_every_answer_carries_the_rules_that_decided_it():
    for kinds in RULE_SETS:
        decision = _gate(kinds).decide(REQUEST)
        assert decision.reasons, kinds
        for reason in decision.reasons:
            if reason.rule == "no-permit":
                assert isinstance(decision, Deny)
                continue
            effect, answer = kinds[int(reason.rule.removeprefix("rule-"))]
            allowed = {
                Permit: {(Effect.PERMIT, "yes")},
                Deny: {(Effect.FORBID, "yes"), (Effect.FORBID, "crash")},
                Ask: {(Effect.PERMIT, "unknown"), (Effect.FORBID, "unknown")},
            }
            assert (effect, answer) in allowed[type(decision)], kinds


@pytest.mark.parametrize("junk", [True, False, None, "yes", 1, object()])
@pytest.mark.parametrize("effect", Effect)
def test_a_rule_that_gives_no_answer_at_all_never_opens(junk, effect):
    """A `True` where yes, no or unknown was meant is a mistake, and mistakes stay shut."""
    rules = [
        Rule("open", Effect.PERMIT, TESTS["yes"], "open"),
        Rule("odd", effect, lambda request: junk, "odd"),
    ]
    assert isinstance(Gate(rules).decide(REQUEST), Permit) == (effect is Effect.PERMIT)
    assert isinstance(Gate(rules[1:]).decide(REQUEST), Deny)
