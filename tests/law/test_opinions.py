"""What an opinion holds: reasons, doors, duties, notices, and its JSON."""

import json
from datetime import date

import pytest

from stillroom.kernel import Misuse, Trilean
from stillroom.law import (
    AnswerDiffers,
    Deadline,
    Demand,
    DigestDiffers,
    Stance,
    replay,
)
from stillroom.law._conditions import All, Between, IsYes, OneOf
from stillroom.law._conditions import Any as Some
from stillroom.law._duties import due_day
from tests.law.small_corpora import ASK, corpus_of, make

YES, NO = Trilean.YES, Trilean.NO
RULE = make("rule", "state", "forbids", checked="text")
ORDER = make(
    "order",
    "state",
    "permits",
    layer="exception",
    condition=All((OneOf("paper", values=frozenset(["order"])), IsYes("signed"))),
    opens="with an order that a judge signed",
    notice="Not to be passed on.",
    checked="recalled",
    demands=(
        Demand(
            "tell", "client", "Tell the client.", Deadline("within 30 days", 30, "day", "on"), ""
        ),
        Demand("note", "", "Write it down.", Deadline("promptly"), "Code 9"),
    ),
)
CORPUS = corpus_of([RULE, ORDER])


def test_a_finding_names_the_facts_on_which_it_turned() -> None:
    def turned(**facts: object) -> tuple[str, ...]:
        opinion = CORPUS.opine(ASK, facts)  # type: ignore[arg-type]
        return next(f for f in opinion.findings if f.provision == "order").turned_on

    assert turned(paper="order", signed=YES) == ("signed", "paper")
    assert turned(paper="none", signed=YES) == ("paper",)
    assert turned(paper="none", signed=NO) == ("signed", "paper")
    assert turned(paper="order") == ("signed",)


def test_what_decides_comes_first_and_says_on_what_it_rests() -> None:
    held = CORPUS.opine(ASK, {"signed": NO})
    assert [(f.provision, f.decides) for f in held.findings] == [("rule", True), ("order", False)]
    assert (held.rests_on, held.weakest) == ("text", "text")
    opened = CORPUS.opine(ASK, {"signed": YES, "paper": "order"})
    assert [(f.provision, f.decides) for f in opened.findings] == [("order", True), ("rule", False)]
    assert (opened.rests_on, opened.weakest) == ("recalled", "recalled")


def test_the_next_question_says_what_each_answer_does() -> None:
    wants = CORPUS.opine(ASK, {}).wanting
    assert [want.fact for want in wants] == ["paper", "signed"]
    paper = wants[0]
    assert [(a.label, str(a.stance), a.settles) for a in paper.answers] == [
        ("none or subpoena", "FORBIDDEN", True),
        ("order", "FORBIDDEN..PERMITTED", False),
    ]
    assert paper.decisiveness == pytest.approx(2 / 3, abs=1e-3)


def test_ranges_are_asked_by_the_ages_that_matter() -> None:
    minor = make("m", "state", "permits", condition=Between("age", at_least=12, below=18))
    (want,) = corpus_of([minor]).opine(ASK, {}).wanting
    assert [a.label for a in want.answers] == [
        "below 12 years or 18 years or more",
        "12 to below 18 years",
    ]


def test_a_closed_door_names_its_key() -> None:
    (opening,) = CORPUS.opine(ASK, {"signed": NO}).opens
    assert opening.text == "with an order that a judge signed"
    assert dict(opening.needs) == {"signed": YES, "paper": "order"}


def test_what_cannot_be_brought_about_is_no_key() -> None:
    assert CORPUS.opine(ASK, {"signed": NO, "paper": "none"}).opens == ()


def test_an_open_door_names_no_key() -> None:
    assert CORPUS.opine(ASK, {"signed": YES, "paper": "order"}).opens == ()


def test_a_key_that_opens_nothing_is_not_shown() -> None:
    bar = make("bar", "state", "forbids", layer="bar")
    assert corpus_of([RULE, ORDER, bar]).opine(ASK, {"signed": NO}).opens == ()


def test_of_two_doors_that_must_both_open_both_are_shown() -> None:
    doors = [
        make(f"{regime}-key", regime, "permits_with_authorization", authorization=(fact,),
             opens=f"with what {regime} wants")
        for regime, fact in (("state", "signed"), ("duty", "served"))
    ]  # fmt: skip
    shut = corpus_of(doors).opine(ASK, {"signed": NO, "served": NO})
    assert [(o.provision, o.alone) for o in shut.opens] == [
        ("duty-key", False),
        ("state-key", False),
    ]
    half = shut.supposing({"served": YES})
    assert [(o.provision, o.alone) for o in half.opens] == [("state-key", True)]


def test_a_bar_opens_by_stepping_aside() -> None:
    proof = make("proof", "state", "forbids", layer="bar", condition=IsYes("served", False),
                 opens="once proof is there")  # fmt: skip
    corpus = corpus_of([make("p", "state", "permits"), proof])
    (opening,) = corpus.opine(ASK, {"served": NO}).opens
    assert (opening.text, dict(opening.needs)) == ("once proof is there", {"served": YES})
    assert corpus.opine(ASK, {"served": YES}).opens == ()


def test_a_bar_with_an_authorization_opens_by_it_and_only_where_it_applies() -> None:
    bar = make("bar", "state", "permits_with_authorization", layer="bar", authorization=("signed",),
               condition=IsYes("danger"), opens="with a signature")  # fmt: skip
    corpus = corpus_of([make("p", "state", "permits"), bar])
    (opening,) = corpus.opine(ASK, {"danger": YES, "signed": NO}).opens
    assert dict(opening.needs) == {"signed": YES}
    assert corpus.opine(ASK, {"danger": NO, "signed": NO}).opens == ()


def test_duties_and_notices_attach_while_a_provision_applies_or_may() -> None:
    sure = CORPUS.opine(ASK, {"signed": YES, "paper": "order"})
    assert [(d.act, d.citation, d.applies) for d in sure.duties] == [
        ("note", "Code 9", YES),
        ("tell", "Cite order", YES),
    ]
    assert [(n.text, n.applies) for n in sure.notices] == [("Not to be passed on.", YES)]
    assert {d.applies for d in CORPUS.opine(ASK, {}).duties} == {Trilean.UNKNOWN}
    assert CORPUS.opine(ASK, {"signed": NO}).duties == ()


@pytest.mark.parametrize(
    ("amount", "unit", "due"),
    [
        (30, "day", date(2026, 3, 2)),
        (2, "week", date(2026, 2, 14)),
        (1, "month", date(2026, 2, 28)),
        (1, "year", date(2027, 1, 31)),
        (12, "business day", None),
        (48, "hour", None),
    ],
)
def test_a_due_day_is_reckoned_or_left_to_people(amount: int, unit: str, due: date | None) -> None:
    by = Deadline("", amount, unit, "served_on")
    assert due_day(by, {"served_on": date(2026, 1, 31)}) == due
    assert due_day(by, {}) is None


def test_an_opinion_is_plain_json_and_can_be_replayed() -> None:
    opinion = CORPUS.opine(ASK, {"signed": NO, "records_asked": frozenset(["billing"]), "age": 17})
    record = json.loads(json.dumps(opinion.to_json()))
    assert record["answer"]["stance"] == {"low": "FORBIDDEN", "high": "FORBIDDEN", "settled": True}
    assert record["facts"] == {"age": 17, "records_asked": ["billing"], "signed": "no"}
    assert replay(CORPUS, record) == opinion


def test_an_opinion_is_not_replayed_under_other_law() -> None:
    record = CORPUS.opine(ASK, {}).to_json()
    with pytest.raises(DigestDiffers) as caught:
        replay(corpus_of([RULE]), record)
    assert caught.value.advice


def test_a_replay_that_differs_is_told() -> None:
    record = CORPUS.opine(ASK, {}).to_json()
    record["by_kind"]["billing"]["high"] = "REQUIRED"
    with pytest.raises(AnswerDiffers):
        replay(CORPUS, record)


def test_an_opinion_does_not_change() -> None:
    facts = {"signed": NO}
    opinion = CORPUS.opine(ASK, facts)
    facts["signed"] = YES
    assert opinion.facts == {"signed": NO}
    with pytest.raises(Misuse):
        opinion.stance = None  # type: ignore[misc, assignment]


@pytest.mark.parametrize(
    ("modality", "said"),
    [
        ("forbids", "You may not send this."),
        ("permits", "You may send this."),
        ("requires", "You must send this."),
    ],
)
def test_the_answer_is_said_first(modality: str, said: str) -> None:
    assert corpus_of([make("p", "state", modality)]).opine(ASK, {}).sentence == said


def test_an_answer_that_can_still_change_says_yet() -> None:
    assert CORPUS.opine(ASK, {}).sentence == "You may not send this yet."
    demand = make("d", "state", "requires", layer="exception", condition=IsYes("signed"))
    opinion = corpus_of([make("p", "state", "permits"), demand]).opine(ASK, {})
    assert opinion.sentence == "You may send this, and may have to."
    needs = make("p", "state", "permits_with_authorization", authorization=("signed",))
    told = corpus_of([needs]).opine(ASK, {"signed": NO}).sentence
    assert told == "You may send this only with authorization."


def test_a_condition_with_alternatives_is_met_by_any() -> None:
    either = Some((IsYes("signed"), IsYes("served")))
    opinion = corpus_of([make("p", "state", "permits", condition=either)]).opine(
        ASK, {"signed": YES}
    )
    assert opinion.stance.low is Stance.PERMITTED
    assert opinion.findings[0].turned_on == ("signed",)


def test_a_condition_met_either_way_is_met_and_says_by_what() -> None:
    known, unknown = IsYes("danger"), IsYes("signed")
    either = Some((All((known, unknown)), All((known, IsYes("signed", False)))))
    opinion = corpus_of([make("p", "state", "permits", condition=either)]).opine(
        ASK, {"danger": YES}
    )
    assert (opinion.findings[0].applies, opinion.findings[0].turned_on) == (YES, ("danger",))


def test_a_met_condition_names_no_alternative_that_is_still_open() -> None:
    either = Some((IsYes("danger"), All((IsYes("served"), IsYes("signed")))))
    opinion = corpus_of([make("p", "state", "permits", condition=either)]).opine(
        ASK, {"danger": YES, "served": YES}
    )
    assert opinion.findings[0].turned_on == ("danger",)
