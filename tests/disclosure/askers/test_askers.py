"""Everybody who may ask: found by plain words, with what to look for, a clock and ways to decide."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillroom.consent.rules import Party
from stillroom.disclosure.askers import ANYBODY, ASKERS, GROUPS, SEEN, amending, asker, found, named
from stillroom.disclosure.askers.deciding import GROUNDS, Standing, options, said, state_after
from stillroom.disclosure.askers.identity import HOW, Check, NothingChecked, body, read, standing
from stillroom.disclosure.askers.lacks import lacks
from stillroom.disclosure.askers.shapes import BY_THE_PAPER
from stillroom.disclosure.askers.spans import due, extension, wound
from stillroom.disclosure.occasions import OCCASIONS
from stillroom.disclosure.rules import Answer, Clock, Decision, Intake, Level, Signer
from stillroom.disclosure.rules_intake import ATTACHMENTS
from stillroom.disclosure.rules_options import BUILDING
from stillroom.kernel import Trilean
from tests.web import corpus

CAME = date(2026, 11, 2)
SHUT = {"progress_notes": Answer(Level.FORBIDDEN, Level.REQUIRED)}
OPEN = {"progress_notes": Answer(Level.PERMITTED, Level.PERMITTED)}
OWED = {"progress_notes": Answer(Level.REQUIRED, Level.REQUIRED)}


def intake(who: str = "access", **more: object) -> Intake:
    one = ASKERS[who]
    instrument = one.instruments[0] if one.instruments else ""
    plain = Intake(Party("Somebody", one.recipient or "anyone_else"), CAME, instrument)
    return replace(plain, **more)


def standing_on(day: date, answers=SHUT, extended: bool = False, who: str = "access", **answered):
    one = ASKERS[who]
    return Standing(answers, answered, extension(one, intake(who), day, extended=extended))


def ways(who: str, now: Standing) -> dict[Decision, bool]:
    return {one.decision: one.open for one in options(ASKERS[who], now)}


# The data


@pytest.mark.parametrize("one", ASKERS.values(), ids=list(ASKERS))
def test_each_asker_speaks_the_words_of_the_law(one):
    facts = corpus().facts
    known = facts.keys() | BY_THE_PAPER | ATTACHMENTS
    assert one.group in GROUPS
    assert one.id == ANYBODY or one.recipient in facts["recipient"].values
    assert set(one.instruments) <= facts["instrument"].values.keys()
    assert not one.purpose or one.purpose in facts["purpose"].values
    assert set(one.facts) <= facts.keys()
    assert all(must.about in known | SEEN.keys() for must in one.musts)
    assert set(one.checks) <= HOW.keys()
    assert one.ways, "whoever asks is answered somehow"
    assert one.id in OCCASIONS
    assert OCCASIONS[one.id].act == one.act


def test_what_is_not_marked_as_recalled_rests_on_a_section_that_the_corpus_cites():
    cited = " ".join(
        f"{one.citation} {' '.join(d.citation or '' for d in one.demands)}"
        for one in corpus().provisions.values()
    )
    sections = set(re.findall(r"\b\d+\.\d+\b", cited))
    for one in ASKERS.values():
        for said_ in (*one.musts, *one.notes):
            if said_.citation and said_.checked != "recalled":
                wanted = set(re.findall(r"\b\d+\.\d+\b", said_.citation))
                assert wanted <= sections, (one.id, said_.citation)


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("the lawyer of her husband", "attorney_letter"),
        ("subpoena", "subpoena"),
        ("detective", "police"),
        ("OCR", "hhs"),
        ("her new psychiatrist", "treating_provider"),
        ("a reporter called", "press"),
        ("medical examiner", "coroner"),
        ("widow", "family_after_death"),
        ("work injury", "workers_comp"),
        ("peer review", "medical_director"),
        ("attorney for Eve Halpern", "attorney_letter"),
        ("somebody with a power of attorney", "access_representative"),
    ],
)
def test_an_asker_is_found_by_plain_words(typed: str, who: str):
    assert who in [one.id for one in found(typed)[:2]]


def test_a_title_or_a_plain_word_names_one_asker_and_half_a_word_none():
    for one in ASKERS.values():
        assert named(one.title.upper()) == one
    assert named("  Grand   jury ") is ASKERS["grand_jury"]
    assert named("grand j") is None
    assert found("") == list(ASKERS.values())
    assert asker("danger_to_others").id == ANYBODY


# What is missing


def test_a_subpoena_lacks_a_judge_and_proof_and_its_sender_is_to_be_verified():
    gaps = lacks(ASKERS["subpoena"], intake("subpoena", signed_by=Signer.CLERK), {})
    about = [one.about for one in gaps]
    assert about[:2] == ["judge_signed", "satisfactory_assurances"]
    assert {one.about: one.state for one in gaps}["identity_verified"] is Trilean.UNKNOWN
    assert len(about) == len(set(about))


def test_a_client_owes_no_reason_no_dates_and_no_list_for_her_own_record():
    about = {one.about for one in lacks(ASKERS["access"], intake(), {})}
    assert about == {"identity_verified", *GROUNDS}


def test_an_agencys_demand_to_the_police_is_held_against_the_three_tests_and_a_call_is_not():
    demand = intake("police", instrument="administrative_demand")
    call = intake("police", instrument="none")
    three = "demand_meets_three_tests"
    assert three in {one.about for one in lacks(ASKERS["police"], demand, {})}
    assert three not in {one.about for one in lacks(ASKERS["police"], call, {})}
    met = lacks(ASKERS["police"], demand, {three: "yes"})
    assert three not in {one.about for one in met}
    failed = [one for one in lacks(ASKERS["police"], demand, {three: "no"}) if one.about == three]
    assert failed[0].state is Trilean.NO
    assert failed[0].citation == "45 CFR 164.512(f)(1)(ii)(C)"


@given(st.sampled_from(sorted(ASKERS)), st.data())
def test_an_answer_never_adds_something_that_was_not_asked_for(who, data):
    one = ASKERS[who]
    about = [must.about for must in one.musts]
    answered = data.draw(st.dictionaries(st.sampled_from(about), st.booleans())) if about else {}
    before = {gap.about for gap in lacks(one, intake(who), {})}
    after = {gap.about for gap in lacks(one, intake(who), answered)}
    assert after <= before
    settled = {name for name, value in answered.items() if value and name not in BY_THE_PAPER}
    assert not settled & after


# By when


@pytest.mark.parametrize(
    ("who", "first", "last"),
    [("access", 30, 60), ("amendment", 60, 90), ("accounting", 60, 90)],
)
def test_the_rights_run_from_receipt_and_are_extended_once(who: str, first: int, last: int):
    one, asked = ASKERS[who], intake(who)
    assert due(one, asked, extended=False) == CAME + timedelta(days=first)
    assert due(one, asked, extended=True) == CAME + timedelta(days=last)
    last_day = CAME + timedelta(days=first)
    assert extension(one, asked, last_day, extended=False).open
    assert not extension(one, asked, last_day + timedelta(days=1), extended=False).open
    assert not extension(one, asked, CAME, extended=True).open


def test_the_papers_own_day_counts_where_it_is_nearer():
    near = intake(return_date=date(2026, 11, 9))
    assert due(ASKERS["access"], near, extended=False) == date(2026, 11, 9)
    assert due(ASKERS["press"], intake("press"), extended=False) is None


def test_a_states_shorter_clock_is_not_moved_by_the_federal_extension():
    state = Clock("Give access", date(2026, 11, 16), "Nev. Rev. Stat. 629.061", "10 business days")
    federal = Clock("Give access", date(2026, 12, 2), "45 CFR 164.524(b)-(c)", "30 days")
    clocks = wound((state, federal), ASKERS["access"], intake(), extended=True)
    assert [one.due for one in clocks] == [state.due, CAME + timedelta(days=60)]
    assert "Extended once" in clocks[1].basis


# What may be decided


def test_access_is_denied_only_on_a_ground_and_psychotherapy_notes_stay_back_without_one():
    assert not ways("access", standing_on(CAME))[Decision.DENY]
    for ground in GROUNDS:
        assert ways("access", standing_on(CAME, **{ground: "yes"}))[Decision.DENY]
        assert not ways("access", standing_on(CAME, **{ground: "no"}))[Decision.DENY]


def test_a_restriction_on_what_was_paid_for_cannot_be_refused():
    paid = standing_on(CAME, who="restriction", paid_out_of_pocket="yes")
    assert not ways("restriction", paid)[Decision.DENY]
    assert ways("restriction", standing_on(CAME, who="restriction"))[Decision.DENY]


@given(st.sampled_from(sorted(ASKERS)), st.sampled_from(list(Level)), st.sampled_from(list(Level)))
def test_words_leave_by_no_way_that_the_law_does_not_open_today(who, low, high):
    answers = {"progress_notes": Answer(min(low, high), max(low, high))}
    for one in options(ASKERS[who], standing_on(CAME, answers, who=who)):
        if one.decision in BUILDING:
            assert one.open is (min(low, high) >= Level.PERMITTED)
        assert one.says
        assert one.why


def test_whoever_asks_some_way_is_always_open():
    for who in ASKERS:
        for answers in (SHUT, OPEN, OWED):
            long_past = standing_on(CAME + timedelta(days=400), answers, who=who)
            open_ways = [one for one, is_open in ways(who, long_past).items() if is_open]
            assert open_ways or who.startswith("access") or who == "accounting", who


def test_an_extension_leaves_the_matter_open_and_a_denied_amendment_waits_for_disagreement():
    assert state_after(ASKERS["access"], Decision.EXTEND) == ""
    assert state_after(ASKERS["access"], Decision.DENY) == "closed"
    assert state_after(ASKERS["amendment"], Decision.DENY) == "decided"


def test_old_decisions_keep_their_words():
    assert said(ASKERS[ANYBODY], "object") == "Send nothing, and object in writing"
    assert said(ASKERS["access"], "object") == "Send nothing, and object in writing"
    assert said(ASKERS["access"], "build").startswith("Give access")


# Who it is


def test_the_latest_check_stands_and_none_is_not_known():
    yes, no = Check(("callback",), "Called back.", True), Check(("photo",), "Not alike.", False)
    assert standing([]) is Trilean.UNKNOWN
    assert standing([yes]) is Trilean.YES
    assert standing([yes, no]) is Trilean.NO
    assert standing([no, yes]) is Trilean.YES


@pytest.mark.parametrize(
    "check",
    [
        Check((), "I know her.", True),
        Check(("hearsay",), "He says so.", True),
        Check(("known",), " ", True),
    ],
)
def test_a_check_says_how_and_what_was_seen(check: Check):
    with pytest.raises(NothingChecked):
        body(check)


@given(st.lists(st.sampled_from(sorted(HOW)), min_size=1, unique=True), st.booleans())
def test_a_check_is_read_as_it_was_written(how, verified):
    check = Check(tuple(how), "Badge 4411, Baltimore.", verified)
    assert read(body(check)) == check


# A correction, to its end


def test_an_accepted_correction_owes_three_things_and_a_denied_one_its_writing():
    assert [amending.owed(one, []) for one in (Decision.ACCEPT, Decision.DENY)] == [
        tuple(amending.TO_DO[name] for name in ("linked", "client", "others")),
        (amending.TO_DO["denial"],),
    ]
    assert "statement" in amending.open_ways(Decision.DENY)
    assert "statement" not in amending.open_ways(Decision.ACCEPT)
    assert amending.open_ways(Decision.EXTEND) == {}


@given(st.lists(st.sampled_from(sorted(amending.WHAT))))
def test_what_is_written_down_is_read_again_and_is_owed_no_more(names):
    done = [amending.read(amending.body(amending.Done(name, "On Tuesday."))) for name in names]
    for decision in (Decision.ACCEPT, Decision.DENY):
        left = amending.owed(decision, done)
        assert not {amending.TO_DO[name] for name in names if name in amending.TO_DO} & set(left)


@pytest.mark.parametrize(("what", "words"), [("", "So."), ("linked", " "), ("burned", "So.")])
def test_a_step_of_a_correction_says_what_and_in_words(what: str, words: str):
    with pytest.raises(amending.SaysNothing):
        amending.body(amending.Done(what, words))
