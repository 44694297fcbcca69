"""Revocation, expiry, signature: when a paper is in force, and for whom and what."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillroom.consent.rules import (
    RECORD_KINDS,
    Authorization,
    Expiry,
    Party,
    Period,
    Release,
    Signature,
    Statements,
    consent_facts,
    covers,
    in_force,
    names,
    releases,
    serves,
    standing,
)
from stillroom.kernel import Misuse, Trilean

YES, NO, UNKNOWN = Trilean.YES, Trilean.NO, Trilean.UNKNOWN
trileans = st.sampled_from(Trilean)
BEGINS = datetime(2026, 1, 1, tzinfo=UTC)
instants = st.timedeltas(timedelta(0), timedelta(days=729)).map(lambda past: BEGINS + past)
days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
holders = st.frozensets(st.sampled_from(["dov", "eve", "fay"]), max_size=3)


@st.composite
def papers(
    draw: st.DrawFn, kinds: st.SearchStrategy[frozenset[str]] | None = None
) -> Authorization:
    """Papers of every make, mostly faulty."""
    signing = st.builds(Signature, st.sampled_from(["dov", "eve", "fay"]), st.just("x"), on=days)
    return Authorization(
        id="a",
        holders=draw(holders),
        signatures=tuple(draw(st.lists(signing, max_size=4))),
        discloser=draw(st.sampled_from(["", "Linden Row"])),
        recipients=tuple(draw(st.lists(st.just(Party("Rex", "attorney")), max_size=1))),
        description="notes",
        kinds=draw(kinds or st.frozensets(st.sampled_from(sorted(RECORD_KINDS)), max_size=3)),
        purposes=frozenset({"legal_proceeding"}),
        expires=draw(st.builds(Expiry, on=st.none() | days, happened=trileans)),
        statements=draw(st.builds(Statements, trileans, trileans, trileans)),
        conditioned=draw(trileans),
        merged=draw(trileans),
        revoked_at=draw(st.none() | instants),
        ended_at=draw(st.none() | instants),
    )


@given(papers(), instants, st.sampled_from(sorted(RECORD_KINDS)))
@settings(max_examples=150)
def test_from_the_instant_of_revocation_nothing_is_in_force(paper, at, kind):
    if paper.revoked_at is not None and at >= paper.revoked_at:
        assert in_force(paper, at) is NO
        assert standing(paper, at=at) is NO
        release = Release(Party("Rex", "attorney"), "legal_proceeding")
        assert releases(paper, kind, None, release, at=at) is NO


@given(papers(), instants, st.sampled_from(sorted(RECORD_KINDS)))
@settings(max_examples=150)
def test_from_the_instant_at_which_its_event_is_said_to_have_come_nothing_is_in_force(
    paper, at, kind
):
    if paper.ended_at is not None and at >= paper.ended_at:
        assert in_force(paper, at) is NO
        assert standing(paper, at=at) is NO
        release = Release(Party("Rex", "attorney"), "legal_proceeding")
        assert releases(paper, kind, None, release, at=at) is NO


@given(papers(), instants, st.timedeltas(timedelta(0), timedelta(days=400)))
@settings(max_examples=150)
def test_what_has_ended_never_comes_back(paper, at, later):
    """Once signed, force only ends: a later instant never knows more force than an earlier one."""
    if in_force(paper, at + later) is YES and all(s.on <= at.date() for s in paper.signatures):
        assert in_force(paper, at) is YES


@given(papers(), instants, st.sampled_from(sorted(RECORD_KINDS)))
@settings(max_examples=200)
def test_nothing_is_released_without_every_holder_and_every_statement(paper, at, kind):
    release = Release(Party("Rex", "attorney"), "legal_proceeding")
    if releases(paper, kind, None, release, at=at) is YES:
        assert paper.holders <= {s.holder for s in paper.signatures if s.on <= at.date()}
        said = paper.statements
        assert {said.may_revoke, said.conditioning, said.redisclosure} == {YES}
        assert kind in paper.kinds
        assert "psychotherapy_notes" not in paper.kinds or len(paper.kinds) == 1
        assert "sud_counseling_notes" not in paper.kinds or len(paper.kinds) == 1


def test_revoked_at_ten_is_refused_at_ten_and_a_minute_before_is_not(paper, now):
    revoked = paper(revoked_at=now)
    assert in_force(revoked, now - timedelta(minutes=1)) is YES
    assert in_force(revoked, now) is NO


def test_the_last_day_ends_where_the_practice_is(paper):
    baltimore = timezone(timedelta(hours=-5))
    last = paper(expires=Expiry(on=date(2026, 11, 24)))
    late = datetime(2026, 11, 25, 3, tzinfo=UTC)
    assert in_force(last, late, baltimore) is YES
    assert in_force(last, late, UTC) is NO


def test_a_paper_that_ends_with_an_event_counts_until_somebody_says_that_it_has_come(paper, now):
    """164.508(b)(2)(i): it is over when the practice knows that its event has come."""

    def ends(happened: Trilean) -> Trilean:
        return in_force(paper(expires=Expiry(event="the case ends", happened=happened)), now)

    assert [ends(YES), ends(NO), ends(UNKNOWN)] == [NO, YES, YES]
    over = paper(expires=Expiry(event="the case ends"), ended_at=now)
    assert in_force(over, now - timedelta(minutes=1)) is YES
    assert in_force(over, now) is NO
    assert standing(over, at=now) is NO
    both = paper(expires=Expiry(on=date(2027, 5, 1), event="the case ends"), ended_at=now)
    assert in_force(both, now) is NO, "whichever comes first"


def test_with_program_records_it_counts_only_on_a_day_on_which_somebody_looked(paper, now):
    """42 CFR 2.31 does not ask what is known: unknown is not no (P6)."""
    event = Expiry(event="the case ends")
    for kinds in ({"sud_records"}, {"sud_records", "progress_notes"}, {"sud_counseling_notes"}):
        part2 = paper(kinds=frozenset(kinds), expires=event)
        assert in_force(part2, now) is UNKNOWN
        looked = replace(part2, looked_on=now.date())
        assert in_force(looked, now) is YES
        assert in_force(looked, now + timedelta(days=1)) is UNKNOWN
        assert in_force(replace(looked, ended_at=now), now) is NO


def test_a_name_is_matched_without_guessing(paper):
    to = [Party("Rex Dunleavy", "attorney"), Party("", "payer")]
    auth = paper(recipients=tuple(to))
    assert names(auth, Party("  rex  DUNLEAVY", "attorney")) is YES
    assert names(auth, Party("R. Dunleavy", "attorney")) is UNKNOWN
    assert names(auth, Party("Rex Dunleavy", "employer")) is NO
    assert names(auth, Party("Chesapeake Mutual", "payer")) is YES
    assert names(auth, Party("Eve Halpern", "family_involved")) is NO
    assert names(paper(recipients=()), to[0]) is NO


def test_scope_is_kind_and_day_and_recipient(paper, rex):
    auth = paper()
    assert covers(auth, "progress_notes", date(2026, 12, 31), rex) is YES
    assert covers(auth, "progress_notes", date(2027, 1, 1), rex) is NO
    assert covers(auth, "progress_notes", None, rex) is UNKNOWN
    assert covers(auth, "billing", date(2026, 3, 1), rex) is NO
    assert covers(paper(period=Period()), "progress_notes", None, rex) is YES
    assert Period(date(2026, 2, 1)).holds(date(2026, 1, 31)) is NO


def test_a_purpose_that_the_paper_does_not_name_is_not_served(paper):
    assert serves(paper(), "legal_proceeding") is YES
    assert serves(paper(), "employment") is NO
    assert serves(paper(), "") is UNKNOWN
    assert serves(paper(purposes=frozenset({"other"})), "employment") is UNKNOWN


def test_psychotherapy_notes_in_a_general_paper_are_not_reached(paper, rex):
    mixed = paper(kinds=frozenset({"psychotherapy_notes", "progress_notes"}))
    assert covers(mixed, "psychotherapy_notes", date(2026, 3, 1), rex) is NO
    own = paper(kinds=frozenset({"psychotherapy_notes"}))
    assert covers(own, "psychotherapy_notes", date(2026, 3, 1), rex) is YES


def test_the_facts_tell_each_paper_apart(paper, now, to_rex):
    assert set(consent_facts((), to_rex, at=now).values()) == {NO}
    facts = consent_facts((paper(),), to_rex, at=now)
    assert facts["client_authorization"] is YES
    assert facts["psychotherapy_notes_authorization"] is NO
    assert "all_participants_authorize" not in facts
    own = paper(kinds=frozenset({"psychotherapy_notes"}))
    facts = consent_facts((own,), to_rex, at=now)
    assert facts["client_authorization"] is NO
    assert facts["psychotherapy_notes_authorization"] is YES
    sud = paper(kinds=frozenset({"sud_records"}))
    assert consent_facts((sud,), to_rex, at=now)["part2_consent"] is YES


def test_the_facts_see_kinds_days_and_joint_charts(paper, now, rex):
    asked = Release(rex, "legal_proceeding", frozenset({"billing"}))
    assert consent_facts((paper(),), asked, at=now)["client_authorization"] is NO
    early = Release(rex, "legal_proceeding", period=Period(until=date(2025, 12, 31)))
    assert consent_facts((paper(),), early, at=now)["client_authorization"] is NO
    couple = Release(rex, "legal_proceeding", joint=True)
    notes = paper(kinds=frozenset({"joint_session_notes"}), holders=frozenset({"dov", "eve"}))
    assert consent_facts((notes,), couple, at=now)["all_participants_authorize"] is NO
    both = (*notes.signatures, Signature("eve", "Eve", on=date(2026, 11, 1)))
    signed = paper(kinds=notes.kinds, holders=notes.holders, signatures=both)
    assert consent_facts((signed,), couple, at=now)["all_participants_authorize"] is YES


def test_naive_time_is_a_mistake_of_ours(paper, now):
    for ask in (in_force, lambda p, at: standing(p, at=at)):
        with pytest.raises(Misuse):
            ask(paper(revoked_at=now), now.replace(tzinfo=None))
