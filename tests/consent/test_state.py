"""What a state asks beyond the federal elements: data beside the provisions, asked of the engine."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillroom.config.paths import provisions
from stillroom.consent import papers
from stillroom.consent.rules import (
    PARTS,
    Capacity,
    Element,
    Expiry,
    Signature,
    Standing,
    StateEnd,
    StatePart,
    defects,
    standing,
)
from stillroom.consent.state_forms import Setting, asked_of, forms, majority, standing_of
from stillroom.kernel import Trilean
from stillroom.law import Corpus, states_on_file
from tests.consent.conftest import NOW, SOUND

YES, NO, UNKNOWN = Trilean.YES, Trilean.NO, Trilean.UNKNOWN
TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return Corpus.load(provisions())


def setting(place: str, profession: str = "psychologist", **more: str) -> Setting:
    return Setting(place, profession, TODAY, **more)


def test_every_entry_is_named_for_a_provision_that_demands_a_look_at_the_paper(corpus):
    """The data rest on the corpus; an entry without its provision would be a rule out of nowhere."""
    demands = {
        rule.id: [one.text for one in rule.demands if one.act == "check_authorization"]
        for rule in corpus.provisions.values()
    }
    for form in forms().papers:
        assert demands[form.provision], form.provision
        assert set(form.parts) <= PARTS.keys()
    named = {form.provision for form in forms().papers}
    asks = {one for one, texts in demands.items() if texts and one.startswith("us-")}
    nothing_more = {
        "us-hi.hrs.323b-3-b",  # the federal parts and no more
        "us-mt.53-21-166",  # names the recipient; a lapse is recalled, not seen
        "us-ne.38-2136-hipaa",  # all the family sign: everybody who holds the chart does, anyway
        "us-nm.32a-6a-24",  # who signs at 14; the minors' provisions are asked
        "us-ok.43a-1-109",  # names, purpose, date and end: the federal parts
        "us-or.179-505",
        "us-or.192-553",
        "us-tn.code.33-3-103",  # who signs; no form is set
        "us-va.code.32-1-127-1-03-a",
        "us-wv.code.27-3-1",
    }
    assert asks - named <= nothing_more, (
        "a demand that somebody has to put into data, or say why not"
    )


def test_california_wants_its_type_its_signature_and_the_copy(corpus):
    asked = asked_of(corpus, setting("us-ca"))
    assert [one.part for one in asked.parts] == ["large_type", "own_signature", "right_to_copy"]
    assert {one.citation for one in asked.parts} == {"Cal. Civ. Code § 56.11"}
    (wanted,) = asked.wanted
    assert (wanted.checked, wanted.confidence) == ("secondary", "medium"), "its marks go along"


def test_a_state_whose_law_does_not_apply_to_this_profession_asks_nothing(corpus):
    social = asked_of(corpus, setting("us-ct", "social_worker"))
    psychologist = asked_of(corpus, setting("us-ct"))
    assert [one.day for one in social.ends] == [True]
    assert psychologist.ends == ()
    assert asked_of(corpus, setting("", "psychologist")).wanted == ()


def test_washington_ends_what_goes_to_an_employer_and_not_what_is_for_payment(corpus):
    assert asked_of(corpus, setting("us-wa", recipient="attorney")).ends == ()
    (end,) = asked_of(corpus, setting("us-wa", recipient="employer")).ends
    assert end.within == 365
    paid = asked_of(corpus, setting("us-wa", recipient="employer", purpose="payment"))
    assert paid.ends == ()


def test_a_missing_part_is_named_with_its_citation_and_shuts_the_paper():
    for there, found in ((NO, YES), (UNKNOWN, UNKNOWN)):
        parts = (StatePart("witness", "740 ILCS 110/5(b)", there),)
        (lacks,) = defects(replace(SOUND, state_parts=parts), at=NOW)
        assert (lacks.element, lacks.citation, lacks.found) == (
            Element.STATE,
            "740 ILCS 110/5(b)",
            found,
        )
        assert standing(replace(SOUND, state_parts=parts), at=NOW) is not YES
    whole = (StatePart("witness", "740 ILCS 110/5(b)", YES),)
    assert standing(replace(SOUND, state_parts=whole), at=NOW) is YES


@given(
    st.integers(0, 400),
    st.one_of(st.none(), st.integers(0, 800)),
    st.integers(1, 400),
    st.booleans(),
)
def test_no_paper_outlives_the_end_that_the_state_sets(age, ends, within, day):
    """Law: a paper that counts is no older than the limit, names no later day, and a day if asked."""
    signed_on = TODAY - timedelta(days=age)
    until = None if ends is None else TODAY + timedelta(days=ends)
    expires = Expiry(on=until) if until else Expiry(event="the case ends", happened=NO)
    paper = replace(
        SOUND,
        signatures=(Signature("dov", "Dov", on=signed_on),),
        expires=expires,
        state_ends=(StateEnd("Md. Code, Health-Gen. § 4-303(b)", day, within),),
    )
    counts = standing(paper, at=NOW) is YES
    in_time = age <= within and (until is None or (until - signed_on).days <= within)
    assert counts == (in_time and not (day and until is None))


def test_what_the_state_asked_is_kept_with_the_paper():
    paper = replace(
        SOUND,
        state_parts=(StatePart("refusal", "740 ILCS 110/5(b)", YES),),
        state_ends=(StateEnd("740 ILCS 110/5(b)", day=True),),
        signatures=(
            Signature(
                "dov", "R", Capacity.GUARDIAN, TODAY, "court", Standing(15, 18, NO, "x", "r1")
            ),
        ),
    )
    assert papers.decode(papers.encode(paper), paper_id="a1", revoked_at=None) == paper


def test_a_paper_of_before_is_read_as_it_was_kept():
    old = papers.encode(SOUND).replace(b',"state_parts":[],"state_ends":[]', b"")
    assert b"state_parts" not in old
    assert papers.decode(old, paper_id="a1", revoked_at=None) == SOUND


# Who may sign


def signed_by(capacity: Capacity, of: Standing) -> list[tuple[str, Trilean]]:
    signature = Signature("dov", "Somebody", capacity, date(2026, 11, 1), "named on the paper", of)
    lacks = defects(replace(SOUND, signatures=(signature,)), at=NOW)
    assert all(one.element is Element.SIGNER for one in lacks)
    return [(one.citation, one.found) for one in lacks]


def test_a_minor_signs_where_the_state_lets_her_decide_and_she_did(corpus):
    for age, alone, expected in (
        (12, YES, []),
        (12, NO, [YES]),
        (12, UNKNOWN, [UNKNOWN]),
        (11, YES, [UNKNOWN]),
    ):
        of = standing_of(corpus, setting("us-ca"), age, alone=alone)
        found = signed_by(Capacity.CLIENT, of)
        assert [state for _, state in found] == expected, (age, alone)


def test_where_no_provision_speaks_a_minors_signature_is_not_known_to_count(corpus):
    of = standing_of(corpus, setting("us-tx"), 15, alone=YES)
    assert of.rule == ""
    assert [state for _, state in signed_by(Capacity.CLIENT, of)] == [UNKNOWN]


def test_wisconsin_lets_her_sign_at_fourteen_whoever_consented(corpus):
    of = standing_of(corpus, setting("us-wi"), 14, alone=NO)
    assert signed_by(Capacity.CLIENT, of) == []
    assert signed_by(Capacity.PARENT, of) == []
    younger = standing_of(corpus, setting("us-wi"), 13, alone=NO)
    assert signed_by(Capacity.CLIENT, younger) != []


def test_majority_is_nineteen_in_nebraska_and_eighteen_where_nothing_else_is_said(corpus):
    assert [majority(place) for place in ("us-ne", "us-md", "")] == [19, 18, 18]
    of = standing_of(corpus, setting("us-md"), 18, alone=UNKNOWN)
    assert signed_by(Capacity.CLIENT, of) == []
    assert [state for _, state in signed_by(Capacity.PARENT, of)] == [YES]


def test_a_parent_does_not_sign_for_care_that_the_minor_chose_alone(corpus):
    of = standing_of(corpus, setting("us-md"), 15, alone=YES)
    ((cited, found),) = signed_by(Capacity.PARENT, of)
    assert found is YES
    assert "164.502(g)" in cited


def test_a_guardian_needs_the_document_on_file():
    for capacity in (Capacity.GUARDIAN, Capacity.REPRESENTATIVE):
        assert [state for _, state in signed_by(capacity, Standing())] == [YES]
        assert signed_by(capacity, Standing(document="the order's record")) == []


def test_in_every_state_somebody_of_age_signs_alone(corpus):
    for place in states_on_file(corpus):
        of = standing_of(corpus, setting(place), 40, alone=UNKNOWN)
        assert signed_by(Capacity.CLIENT, of) == []
