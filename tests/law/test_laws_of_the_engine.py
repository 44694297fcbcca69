"""The laws every opinion keeps, whatever the corpus."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from stillroom.kernel import Trilean
from stillroom.law import ASKED, Corpus, Matter
from tests.law.small_corpora import FACTS, VALUES, corpus_of, make, questions

Question = tuple[Corpus, Matter, dict[str, Any]]
SOME = settings(max_examples=40, deadline=None)


@SOME
@given(questions(), st.randoms(use_true_random=False))
def test_order_of_provisions_facts_and_places_does_not_matter(
    question: Question, dice: Any
) -> None:
    corpus, matter, facts = question
    provisions, places = list(corpus.provisions.values()), list(matter.places)
    items = list(facts.items())
    for shuffled in (provisions, places, items):
        dice.shuffle(shuffled)
    again = Matter(matter.act, tuple(places), matter.profession, matter.on)
    other = corpus_of(provisions)
    assert other.digest == corpus.digest
    assert other.opine(again, dict(items)).to_json() == corpus.opine(matter, facts).to_json()


@SOME
@given(questions(), st.data())
def test_learning_a_fact_only_narrows(question: Question, data: st.DataObject) -> None:
    corpus, matter, facts = question
    name = data.draw(st.sampled_from(sorted(set(FACTS))))
    facts = {n: v for n, v in facts.items() if n != name}
    before = corpus.opine(matter, facts)
    learned = data.draw(VALUES[name].filter(lambda value: value is not Trilean.UNKNOWN))
    after = before.supposing({name: learned})
    for kind, found in after.reach.by_kind.items():
        assert found.within(before.reach.by_kind[kind])
    assert before.reach.surely <= after.reach.surely
    assert before.reach.never <= after.reach.never
    assert after.reach.possibly <= before.reach.possibly
    assert {w.fact for w in after.wanting} <= {w.fact for w in before.wanting} - {name}
    if name != ASKED:  # that one says what the question is about
        assert after.stance.within(before.stance)


@SOME
@given(questions())
def test_a_fact_that_is_not_wanting_changes_nothing(question: Question) -> None:
    corpus, matter, facts = question
    opinion = corpus.opine(matter, facts)
    wanted = {want.fact for want in opinion.wanting}
    for name in ("signed", "served", "danger"):
        if name not in wanted and facts.get(name, Trilean.UNKNOWN) is Trilean.UNKNOWN:
            for value in (Trilean.YES, Trilean.NO):
                after = opinion.supposing({name: value})
                assert after.stance == opinion.stance
                for kind in opinion.asked:
                    assert after.reach.by_kind[kind] == opinion.reach.by_kind[kind]


@SOME
@given(questions())
def test_ethics_never_weighs(question: Question) -> None:
    corpus, matter, facts = question
    lawful = [p for p in corpus.provisions.values() if corpus.regimes[p.regime].governs]
    for number, place in enumerate(matter.states):  # so that no place falls silent altogether
        lawful.append(make(f"duty{number}", "ethics", "adds", place=place))
    opinion = corpus.opine(matter, facts)
    without = corpus_of(lawful).opine(matter, facts)
    assert without.reach.by_kind == opinion.reach.by_kind
    assert without.stance == opinion.stance
    assert {w.fact for w in without.wanting} == {w.fact for w in opinion.wanting}


@SOME
@given(questions())
def test_an_opinion_can_be_given_again(question: Question) -> None:
    corpus, matter, facts = question
    opinion = corpus.opine(matter, facts)
    assert corpus.opine(matter, dict(facts)) == opinion
    assert hash(corpus.opine(matter, facts)) == hash(opinion)


@SOME
@given(questions())
def test_what_decides_is_in_play_and_reach_is_a_partition(question: Question) -> None:
    corpus, matter, facts = question
    opinion = corpus.opine(matter, facts)
    order = [not finding.decides for finding in opinion.findings]
    assert order == sorted(order)
    assert all(f.applies is not Trilean.NO for f in opinion.findings if f.decides)
    assert len({f.provision for f in opinion.findings}) == len(opinion.findings)
    reach = opinion.reach
    assert len(reach.surely) + len(reach.possibly) + len(reach.never) == 13
    assert reach.surely | reach.possibly | reach.never == set(reach.by_kind)
