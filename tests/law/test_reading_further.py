"""An opinion told in sentences says what the opinion says; what is on file is counted honestly."""

from datetime import date

from hypothesis import given

from stillroom.kernel import Trilean
from stillroom.law import PROFESSIONS, Matter, coverage, narrative, topic_of
from tests.law.small_corpora import ASK, corpus_of, make
from tests.law.test_exactness import SOME, Question, questions
from tests.web import corpus

WARN = Matter("warn", ("us-nv",), "psychologist", date(2026, 11, 28))
DANGER = {
    "recipient": "law_enforcement",
    "threat_communicated": Trilean.YES,
    "threat_communicated_by": "client",
    "threat_explicit": Trilean.YES,
    "threat_imminent": Trilean.YES,
    "threat_kind": "serious_physical_harm_or_death",
    "victim": "identified",
    "intent_and_ability": Trilean.YES,
}


@SOME
@given(questions())
def test_every_reason_is_told_with_its_citation_and_its_grounds(question: Question) -> None:
    law, matter, facts = question
    opinion = law.opine(matter, facts)
    told = "\n".join(narrative(opinion, law.facts))
    assert opinion.sentence in told
    asked = frozenset(opinion.asked)
    for found in opinion.findings:
        shown = f" {found.citation} (" in told
        if found.applies is Trilean.YES and found.rule.kinds & asked:
            assert shown
        if found.applies is Trilean.NO:
            assert not shown
    assert ("No other fact can change this answer." in told) is (not opinion.wanting)


def test_a_duty_is_told_with_its_deadline_and_every_way_to_meet_it() -> None:
    opinion = corpus().opine(WARN, DANGER)
    told = "\n".join(narrative(opinion, corpus().facts))
    assert "Nev. Rev. Stat. § 629.550" in told
    assert "By when: in a timely manner." in told
    assert "Any one of these meets it: hospitalize involuntary; or warn victim and" in told
    assert "Was the threat explicit? Yes." in told


def test_an_answer_that_nobody_read_says_so_before_its_reasons() -> None:
    weak = corpus_of([make("weak", "state", "permits", checked="recalled", says="It is so.")])
    lines = narrative(weak.opine(ASK, {}), weak.facts)
    grounds = next(n for n, line in enumerate(lines) if "nobody here has read" in line)
    assert grounds < next(n for n, line in enumerate(lines) if "It is so." in line)


def test_every_place_topic_and_profession_is_counted_once_and_gaps_are_counted_as_nought() -> None:
    found = coverage(corpus().provisions)
    keys = [(one.place, one.topic, one.profession) for one in found]
    assert len(keys) == len(set(keys))
    counted = dict(zip(keys, found, strict=True))
    for provision in corpus().provisions.values():
        for profession in provision.professions:
            one = counted[provision.place, topic_of(provision), profession]
            assert getattr(one, provision.checked) > 0
    whole = sum(len(one.professions) for one in corpus().provisions.values())
    assert sum(one.whole for one in found) == whole
    states = {one.place for one in found if "-" in one.place}
    assert all((state, "duty_to_warn", who) in counted for state in states for who in PROFESSIONS)
