"""The threat, and never the treatment: what is said aloud holds the chosen facts and no more."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillroom.chart.contents import Answer
from stillroom.chart.kinds import KINDS
from stillroom.disclosure.happened import report, saying
from stillroom.disclosure.happened.saying import SAYABLE, Caller, Fact, script

ADA = Caller("Ada Merrow", "psychologist", "Maryland", "410-555-0100")
CLIENT = {
    "client_name": "Dov Halpern",
    "client_age": "41",
    "client_address": "12 Quarry Lane, Baltimore",
    "client_phone": "410-555-0142",
}
KIND_OF = {
    "danger_to_others": "violence_risk",
    "danger_to_self": "suicide_risk",
    "child_abuse": "abuse_suspicion",
    "adult_abuse": "abuse_suspicion",
}
CASES = [(one, listener) for one in KIND_OF for listener in saying.listeners(one)]
TREATMENT = frozenset(
    [
        "before",
        "now",
        "ahead",
        "changed",
        "protects",
        "why",
        "scenarios",
        "level",
        "reasons",
        "did",
        "did_words",
        "consulted",
        "client_told",
        "follow_up",
        "ideation_words",
        "worst",
        "self_harm",
        "kin",
        "warning",
        "raises_words",
        "lowers_words",
        "state_words",
        "resources",
        "foreseeable",
        "safer",
        "told_whom",
        "other",
        "learned",
        "intent_words",
        "frequency",
        "duration",
        "control",
        "occasion_words",
        "attempts",
    ]
)


def said(sentences: tuple[saying.Sentence, ...]) -> str:
    return " ".join("".join(run.words for run in one) for one in sentences)


def record(kind: str) -> list[Answer]:
    """Every field of a sheet answered with a word that says which field it was."""
    return [Answer(name, f"[{name}]") for name in KINDS[kind].fields]


def spoken(occasion: str, listener: str, chosen: frozenset[str] | None = None) -> str:
    kind = KIND_OF[occasion]
    facts = saying.sayable(kind, record(kind), CLIENT)
    picked = frozenset(one.id for one in facts) if chosen is None else chosen
    return said(script(occasion, listener, kind, ADA, facts, picked))


@pytest.mark.parametrize(("occasion", "listener"), CASES)
def test_with_everything_chosen_no_field_of_treatment_is_heard(
    occasion: str, listener: str
) -> None:
    """All that can be chosen is chosen; a word of any other field would be heard."""
    kind = KIND_OF[occasion]
    heard = spoken(occasion, listener)
    allowed = SAYABLE[kind].keys()
    for name in KINDS[kind].fields:
        assert (f"[{name}]" in heard) is (name in allowed and listener != "machine"), name


@pytest.mark.parametrize("kind", sorted(SAYABLE))
def test_what_can_be_said_is_a_field_of_the_sheet_and_none_of_treatment(kind: str) -> None:
    assert SAYABLE[kind].keys() <= KINDS[kind].fields.keys()
    assert TREATMENT.isdisjoint(SAYABLE[kind])


@settings(max_examples=60)
@given(st.sampled_from(CASES), st.data())
def test_a_fact_that_was_not_chosen_is_not_heard(
    case: tuple[str, str], data: st.DataObject
) -> None:
    occasion, listener = case
    kind = KIND_OF[occasion]
    facts = saying.sayable(kind, record(kind), CLIENT)
    chosen = data.draw(st.frozensets(st.sampled_from([one.id for one in facts])))
    spoken = script(occasion, listener, kind, ADA, facts, chosen)
    fills = [run.words for one in spoken for run in one if run.fill]
    allowed = {one.words for one in facts if one.id in chosen} | {ADA.name, ADA.number}
    assert set(fills) <= allowed
    if listener != "machine":
        assert {one.words for one in facts if one.id in chosen} <= set(fills)


@pytest.mark.parametrize("occasion", sorted(KIND_OF))
def test_a_machine_hears_a_name_and_a_number(occasion: str) -> None:
    everything = frozenset({*CLIENT, *SAYABLE[KIND_OF[occasion]]})
    assert spoken(occasion, "machine", everything) == (
        "My name is Ada Merrow. Please call me now at 410-555-0100."
    )


def test_the_person_threatened_hears_little_unless_more_is_chosen() -> None:
    facts = saying.sayable("violence_risk", record("violence_risk"), CLIENT)
    chosen = saying.usual("danger_to_others", "potential_victim", facts)
    assert chosen == {"client_name", "statement", "when"}
    heard = said(
        script("danger_to_others", "potential_victim", "violence_risk", ADA, facts, chosen)
    )
    assert "you may be in danger" in heard
    assert "410-555-0142" not in heard


def test_a_report_of_abuse_does_not_name_the_client_unless_chosen() -> None:
    """The client is often the one who told, or the parent; the agency asks where it needs to."""
    facts = saying.sayable("abuse_suspicion", record("abuse_suspicion"), CLIENT)
    assert not {one for one in saying.usual("child_abuse", "agency", facts) if "client" in one}


def test_the_account_says_what_was_told_and_not_its_words() -> None:
    facts = [
        Fact("statement", "The words as spoken", "tonight", ""),
        Fact("when", "How soon", "x", ""),
    ]
    assert saying.told_of(facts, frozenset({"statement"})) == "The words as spoken"


def test_the_written_report_is_filled_by_what_was_seen_and_heard() -> None:
    made = report.filled("child_abuse", record("abuse_suspicion"), {"to": "The agency"})
    told = "\n".join(words for _, words in made.shown)
    for name in ("person", "heard", "seen", "alleged", "injured", "at_risk_words"):
        assert f"[{name}]" in told
    for name in ("other", "did_words", "consulted", "client_told", "reasons", "follow_up"):
        assert f"[{name}]" not in told
    assert report.read(report.written(made)) == made


def test_an_empty_report_is_refused_with_what_to_do() -> None:
    with pytest.raises(report.NothingToReport):
        report.typed("child_abuse", {"part.to": "The agency"})
    with pytest.raises(report.TooLong):
        report.typed("child_abuse", {"part.person": "x" * 8001})
