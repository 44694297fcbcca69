"""The engine against the naive evaluator: exact in every part of its answer."""

from typing import Any

from hypothesis import given, settings

from stillroom.kernel import Trilean
from stillroom.law import RECORD_KINDS, Corpus, Matter, RegimeAnswer
from stillroom.law._weighing import quick
from tests.law.naive import PERMITTED, Brute, brute, chambers_of, completions, true_of
from tests.law.small_corpora import questions

Question = tuple[Corpus, Matter, dict[str, Any]]
SOME = settings(max_examples=50, deadline=None)


@SOME
@given(questions())
def test_the_stance_on_every_kind_is_what_all_completions_say(question: Question) -> None:
    corpus, matter, facts = question
    opinion, slow = corpus.opine(matter, facts), brute(corpus, matter, facts)
    assert opinion.exact
    for kind in RECORD_KINDS:
        found = opinion.reach.by_kind[kind]
        assert (found.low, found.high) == slow.by_kind(kind), kind
    assert (opinion.stance.low, opinion.stance.high) == slow.overall()
    assert corpus.stance(matter, facts) == opinion.stance


@SOME
@given(questions())
def test_wanting_is_exactly_what_can_change_the_answer(question: Question) -> None:
    corpus, matter, facts = question
    opinion, slow = corpus.opine(matter, facts), brute(corpus, matter, facts)
    assert {want.fact for want in opinion.wanting} == slow.wanting(facts)


@SOME
@given(questions())
def test_every_possible_answer_leads_where_it_says(question: Question) -> None:
    corpus, matter, facts = question
    for want in corpus.opine(matter, facts).wanting:
        assert 0 <= want.decisiveness <= 1
        if corpus.facts[want.fact].type == "set":
            continue  # an answer about one member is not yet a value of the set
        for answer in want.answers:
            for value in answer.values:
                then = corpus.opine(matter, {**facts, want.fact: value})
                assert then.stance == answer.stance
                assert (not then.wanting) is answer.settles


@SOME
@given(questions())
def test_a_provision_applies_when_it_does_in_every_completion(question: Question) -> None:
    corpus, matter, facts = question
    worlds = list(completions(corpus, matter, facts))
    for finding in corpus.opine(matter, facts).findings:
        seen = {true_of(finding.rule.condition, world) for world in worlds}
        assert finding.applies is Trilean.of(None if len(seen) > 1 else seen == {True})


@SOME
@given(questions())
def test_regimes_silence_and_conflicts_are_exact_too(question: Question) -> None:
    corpus, matter, facts = question
    opinion, slow = corpus.opine(matter, facts), brute(corpus, matter, facts)
    silent = {all(says[k]["silent"] for k in slow.asked) for _, says in slow.worlds}
    assert opinion.silent is Trilean.of(None if len(silent) > 1 else silent == {True})
    conflict = slow.every("conflict", slow.asked)
    assert bool(opinion.conflicts) is (True in conflict)
    for kind in slow.asked:
        found = [c for c in opinion.conflicts if kind in c.kinds]
        seen = slow.every("conflict", [kind])
        assert bool(found) is (True in seen)
        if found:
            assert found[0].certain is Trilean.of(True if seen == {True} else None)
    for answer in opinion.regimes:
        state = _state_of(corpus, matter, answer)
        levels = _levels(slow, answer.regime, state, answer.statute)
        spoken = {level for level in levels if level is not None}
        assert (answer.stance is None) is (not spoken)
        if answer.stance is not None:
            assert (answer.stance.low, answer.stance.high) == (min(spoken), max(spoken))


def _state_of(corpus: Corpus, matter: Matter, answer: RegimeAnswer) -> str:
    """A state whose law this answer is: any without provisions of its own, for the nation's."""
    if answer.place != "us":
        return answer.place
    laws = chambers_of(corpus, matter)
    return next(
        state
        for (regime, state, _), own in laws.items()
        if regime == answer.regime and all(p.place == "us" or p.modality == "adds" for p in own)
    )


def _levels(slow: Brute, regime: str, state: str, statute: str) -> set[int | None]:
    """The most that a regime allows on any kind asked for, in each completion."""
    found = set()
    for _, says in slow.worlds:
        levels = [says[kind]["regimes"].get((regime, state, statute)) for kind in slow.asked]
        found.add(max((level for level in levels if level is not None), default=None))
    return found


@SOME
@given(questions())
def test_the_quick_answer_is_never_wrong_only_wide(question: Question) -> None:
    corpus, matter, facts = question
    law = corpus.live(matter)
    slow = brute(corpus, matter, facts)
    for number, (low, high) in quick(law, law.read(facts), law.every_class).items():
        for kind in law.classes[number].kinds:
            least, greatest = slow.by_kind(kind)
            assert low <= least <= greatest <= high


@SOME
@given(questions())
def test_a_door_that_is_shown_really_opens(question: Question) -> None:
    """Some way the rest may turn out is shut without what it needs, and open with it."""
    corpus, matter, facts = question
    for opening in corpus.opine(matter, facts).opens:
        needs = dict(opening.needs)
        could = {n for o in corpus.opine(matter, facts).opens for n, _ in o.needs} | _attainable
        open_facts = {n: v for n, v in facts.items() if n not in could}
        slow = brute(corpus, matter, open_facts)
        for kind in opening.kinds:
            shut_and_open: dict[Any, set[bool]] = {}
            for world, says in slow.worlds:
                rest = repr(sorted((n, repr(v)) for n, v in world.items() if n not in needs))
                keyed = all(world.get(n, v) == v for n, v in needs.items())
                is_open = says[kind]["stance"] >= PERMITTED
                if is_open is keyed:
                    shut_and_open.setdefault(rest, set()).add(keyed)
            assert {True, False} in shut_and_open.values()
        if opening.alone:
            after = corpus.opine(matter, {**facts, **needs})
            assert after.reach.surely & set(opening.kinds)


_attainable = {"signed", "served", "danger"}
