"""The atlas is computed: what the engine says to a standard case is what a tile says."""

from datetime import date
from typing import Any

import pytest

from stillroom.kernel import Trilean
from stillroom.law import (
    ANY,
    PROFESSIONS,
    TOPICS,
    Corpus,
    Deadline,
    Demand,
    Fact,
    Provision,
    Reading,
    Regime,
    atlas,
    reading,
    states_on_file,
)
from stillroom.law._conditions import All, IsYes, OneOf
from tests.law.small_corpora import make
from tests.web import corpus

DAY = date(2026, 11, 20)
WARN, CHILD, PRIVILEGE, KEEP = (
    next(topic for topic in TOPICS if topic.id == name)
    for name in ("warn", "child", "privilege", "keep")
)
TO = {"potential_victim": "the person", "law_enforcement": "the police"}
FACTS = {
    "recipient": Fact("recipient", "choice", TO, asks="To whom?"),
    "threat_explicit": Fact("threat_explicit", "yesno", asks="Explicit?"),
    "aa_facility": Fact("aa_facility", "yesno", asks="A facility?"),
    "aa_counsel_reads_duty": Fact("aa_counsel_reads_duty", "yesno", asks="Counsel?"),
    "client_authorization": Fact("client_authorization", "yesno", asks="Signed?"),
}
REGIMES = {
    "state_duty": Regime("state_duty", "Duty"),
    "state_confidentiality": Regime("state_confidentiality", "Confidence"),
    "privilege": Regime("privilege", "Privilege"),
    "retention": Regime("retention", "Keeping"),
}
BOTH = ("potential_victim", "law_enforcement")


def rule(name: str, modality: str, *conditions: Any, **fields: Any) -> Provision:
    """A provision of the state of AA about warning."""
    usual = {"place": "us-aa", "acts": frozenset(["warn"]), "checked": "text"}
    fields = {**usual, "condition": All(conditions), **fields}
    if modality == "permits_with_authorization":
        fields["authorization"] = ("client_authorization",)
    return make(name, fields.pop("regime", "state_duty"), modality, **fields)


def read(*rules: Provision, topic: Any = WARN, profession: str = "psychologist") -> Reading:
    law = Corpus({one.id: one for one in rules}, FACTS, REGIMES, "x")
    return reading(law, "us-aa", topic, profession, DAY)


CONFIDENCE = rule(
    "confidence", "permits_with_authorization", regime="state_confidentiality", checked="secondary"
)


def test_what_is_required_is_told_as_must_with_how_it_was_checked() -> None:
    found = read(rule("a", "requires", IsYes("threat_explicit"), checked="recalled"), CONFIDENCE)
    assert (found.kind, found.basis, found.required) == ("must", "recalled", True)
    assert [one.id for one in found.rests_on] == ["a"]


def test_a_duty_to_one_recipient_alone_says_to_whom() -> None:
    found = read(rule("a", "requires", OneOf("recipient", values=frozenset(["law_enforcement"]))))
    assert (found.kind, found.to) == ("must", "the police")
    assert read(rule("a", "requires", OneOf("recipient", values=frozenset(BOTH)))).to == ""


def test_what_is_only_allowed_is_told_as_may() -> None:
    found = read(
        CONFIDENCE, rule("a", "permits", layer="exception", regime="state_confidentiality")
    )
    assert (found.kind, found.required) == ("may", False)


def test_a_fact_that_only_this_law_knows_leaves_it_turning() -> None:
    found = read(rule("a", "requires", IsYes("aa_facility")), CONFIDENCE)
    assert (found.kind, found.required) == ("turns", True)
    assert [one.name for one in found.turns_on] == ["aa_facility"]


def test_what_is_left_to_counsel_is_told_as_unclear() -> None:
    found = read(
        CONFIDENCE,
        rule("a", "requires", IsYes("aa_counsel_reads_duty")),
        rule("b", "permits", layer="exception", regime="state_confidentiality"),
    )
    assert (found.kind, found.required) == ("unclear", True)


def test_confidence_alone_is_told_as_closed() -> None:
    assert read(CONFIDENCE).kind == "sign"
    assert read(rule("a", "forbids", regime="state_confidentiality")).kind == "no"


def test_privilege_holds_until_something_opens_it() -> None:
    guard = rule("a", "permits_with_authorization", regime="privilege", acts=frozenset(["testify"]))
    key = rule(
        "b",
        "permits",
        IsYes("aa_facility"),
        regime="privilege",
        acts=frozenset(["testify"]),
        layer="exception",
    )
    found = read(guard, key, topic=PRIVILEGE)
    assert (found.kind, found.basis) == ("sign", "text")
    assert [one.name for one in found.turns_on] == ["aa_facility"]


def test_silence_is_told_as_silence_and_a_missing_state_as_missing() -> None:
    other = rule("a", "requires", acts=frozenset(["report"]))
    assert read(other).kind == "silent"
    assert read(other, profession="physician", topic=CHILD).kind == "must"
    law = Corpus({other.id: other}, FACTS, REGIMES, "x")
    assert reading(law, "us-bb", WARN, ANY, DAY).kind == "absent"


def test_what_is_not_in_force_says_nothing() -> None:
    assert read(rule("a", "requires", in_force=(date(2027, 1, 1), None))).kind == "silent"


def test_professions_that_differ_are_told_each() -> None:
    narrow = rule("a", "requires", professions=frozenset(["psychologist", "physician"]))
    found = read(narrow, CONFIDENCE, profession=ANY)
    assert (found.kind, found.basis) == ("differs", "secondary")
    told = dict(found.by)
    assert told["must"] == ("physician", "psychologist")
    assert set(told["sign"]) == set(PROFESSIONS) - {"physician", "psychologist"}
    same = read(rule("a", "requires"), profession=ANY)
    assert (same.kind, same.by) == ("must", (("must", PROFESSIONS),))


def test_a_span_of_keeping_is_read_from_the_duty() -> None:
    keep = Demand("keep_record", "", "Keep it.", Deadline("7 years after the last session"), "")
    fields = {"acts": frozenset(["destroy"]), "regime": "retention"}
    found = read(rule("a", "forbids", demands=(keep,), **fields), topic=KEEP)
    assert (found.kind, found.years) == ("must", "7")
    ask = Demand("ask_board", "", "Ask your board.", None, "")
    weak = read(rule("a", "forbids", demands=(ask,), **fields), topic=KEEP)
    assert (weak.kind, weak.years) == ("unclear", ""), "nobody has confirmed a span"


# The corpus on file


def on_file(place: str, topic: str, profession: str, on: date = DAY) -> Reading:
    chosen = next(one for one in TOPICS if one.id == topic)
    return reading(corpus(), place, chosen, profession, on)


@pytest.mark.parametrize(
    ("place", "profession", "on", "kind"),
    [
        ("us-md", "psychologist", DAY, "must"),
        ("us-ca", "psychologist", DAY, "must"),
        ("us-tx", "psychologist", DAY, "may"),
        ("us-ks", "psychologist", DAY, "unclear"),
        (
            "us-nv",
            "psychologist",
            date(2014, 1, 1),
            "turns",
        ),  # in a facility NRS 433A.360 binds too
        ("us-nv", "psychologist", date(2016, 1, 1), "must"),
        ("us-nv", "social_worker", DAY, "turns"),
        ("us-wy-nowhere", "psychologist", DAY, "absent"),
    ],
)
def test_states_whose_answer_is_known(place: str, profession: str, on: date, kind: str) -> None:
    assert on_file(place, "warn", profession, on).kind == kind


def test_every_state_answers_every_topic_for_everybody() -> None:
    law = corpus()
    for topic in TOPICS:
        for place, found in atlas(law, states_on_file(law), topic, ANY, DAY).items():
            assert found.place == place
            assert found.kind != "absent"
            if found.kind in ("must", "may", "turns", "unclear", "sign"):
                assert found.basis in ("text", "secondary", "recalled"), (place, topic.id)
                assert found.rests_on, (place, topic.id)
            if found.kind == "differs":
                assert len(found.by) > 1


def test_nothing_is_told_as_must_that_the_engine_does_not_require() -> None:
    """The whole law is asked too, the nation's joined: a duty of the state stays a requirement of
    its regime."""
    from stillroom.law import Matter, Stance
    from stillroom.law._topics import declared

    law = corpus()
    for place, found in atlas(law, states_on_file(law), WARN, "psychologist", DAY).items():
        ask = next((one for one in WARN.asks if one.to == found.to), WARN.asks[0])
        matter = Matter("warn", (place,), "psychologist", DAY)
        opinion = law.opine(matter, declared(ask.facts, law.facts))
        duty = [one for one in opinion.regimes if one.regime == "state_duty"]
        required = any(
            one.stance is not None
            and one.stance.low is Stance.REQUIRED
            and one.silent is Trilean.NO
            for one in duty
        )
        assert required is (found.kind == "must"), place
