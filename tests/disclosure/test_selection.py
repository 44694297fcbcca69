"""T07, T17, P4: what is not surely reached is never in a packet, whatever else is true."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillroom.consent.rules import (
    PRIVATE_KINDS,
    RECORD_KINDS,
    Authorization,
    Expiry,
    Party,
    Period,
    Release,
    Signature,
    Statements,
    releases,
)
from stillroom.disclosure.rules import (
    Answer,
    Candidate,
    Ground,
    Level,
    NoLongerLawful,
    NotReleasable,
    Rests,
    Selection,
    State,
    by_kind,
    preselect,
    select,
    still_lawful,
)
from stillroom.kernel import Misuse, Trilean
from stillroom.law import Interval, Stance
from tests.disclosure.conftest import NOW, OPEN, RELEASE, REX, opinion

YES, NO, UNKNOWN = Trilean.YES, Trilean.NO, Trilean.UNKNOWN
kinds = st.sampled_from(sorted(RECORD_KINDS))
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
mostly_yes = st.sampled_from([YES, YES, YES, UNKNOWN, NO])
intervals = st.tuples(st.sampled_from(Stance), st.sampled_from(Stance)).map(
    lambda pair: Interval(min(pair), max(pair))
)
opinions = st.dictionaries(kinds, intervals).map(opinion)
candidates = st.lists(
    st.builds(Candidate, st.integers(0, 99).map(str), kinds, st.none() | days),
    max_size=6,
    unique_by=lambda c: c.id,
)


# Made once: a strategy that is made at each draw is looked through at each.
IDS = st.sampled_from("abc")
WHOM = st.sampled_from([REX, Party("", "attorney"), Party("Eve", "")])
ONE_OR_TWO, ANY_KINDS = st.frozensets(kinds, min_size=1, max_size=2), st.frozensets(kinds)
SINCE = st.none() | days
REVOKED = st.none() | days.map(lambda d: datetime(d.year, d.month, 1, tzinfo=UTC))


@st.composite
def papers(draw: st.DrawFn) -> Authorization:
    """Mostly sound papers, for one kind or a few."""
    return Authorization(
        id=draw(IDS),
        holders=frozenset({"dov"}),
        signatures=(Signature("dov", "Dov", on=draw(days)),),
        discloser="Linden Row",
        recipients=(draw(WHOM),),
        description="notes",
        kinds=draw(ONE_OR_TWO),
        purposes=frozenset({"legal_proceeding"}),
        expires=Expiry(on=draw(days)),
        period=Period(draw(SINCE), None),
        statements=Statements(YES, YES, draw(mostly_yes)),
        conditioned=NO,
        merged=NO,
        revoked_at=draw(REVOKED),
    )


PAPERS = st.lists(papers(), max_size=3)


@st.composite
def grounds(draw: st.DrawFn) -> Ground:
    """Any two opinions, any papers, any request."""
    held = tuple(draw(PAPERS))
    full, bare = draw(opinions), draw(opinions)
    reached = {kind: draw(mostly_yes) for kind in RECORD_KINDS}
    release = Release(REX, "legal_proceeding", draw(ANY_KINDS), Period(draw(days)))
    return Ground(by_kind(full, bare, reached), by_kind(bare, bare, {}), release, held, NOW)


@given(candidates, grounds())
@settings(max_examples=200)
def test_nothing_is_choosable_that_is_not_surely_reached(records, ground):
    for choice in preselect(records, ground):
        if choice.state is not State.NEVER:
            assert ground.answers[choice.record.kind].low >= Level.PERMITTED
            covered = any(
                releases(
                    a, choice.record.kind, choice.record.occurred_on, ground.release, at=ground.at
                )
                is YES
                for a in ground.authorizations
            )
            assert covered or ground.bare[choice.record.kind].low >= Level.PERMITTED


@given(candidates, grounds())
@settings(max_examples=200)
def test_private_notes_never_leave_without_a_paper_of_their_own(records, ground):
    held = {a.id: a for a in ground.authorizations}
    for choice in preselect(records, ground):
        if choice.record.kind in PRIVATE_KINDS and choice.state is not State.NEVER:
            own = [a for a in held.values() if a.kinds == {choice.record.kind}]
            assert own
            assert choice.paper


@given(candidates, grounds(), st.data())
@settings(max_examples=150)
def test_a_selection_never_holds_a_record_that_may_not_leave(records, ground, data):
    choices = preselect(records, ground)
    picked = data.draw(st.lists(st.sampled_from([c.id for c in records] or ["x"]), max_size=4))
    try:
        chosen = select(choices, picked, ground.release)
    except NotReleasable:
        return
    assert {c.state for c in chosen.choices} <= {State.CHOSEN, State.MAY}
    still_lawful(chosen, ground)


@given(opinions, opinions, st.dictionaries(kinds, mostly_yes))
@settings(max_examples=100)
def test_a_paper_that_does_not_reach_a_kind_opens_nothing_there(full, bare, reached):
    alone = by_kind(bare, bare, {})
    for kind, answer in by_kind(full, bare, reached).items():
        if answer.open and not alone[kind].open:
            assert reached[kind] is YES
            assert answer.rests is Rests.PAPER


def test_an_answer_that_could_become_permitted_is_shut_today():
    soon = opinion({"progress_notes": Interval(Stance.FORBIDDEN, Stance.REQUIRED)})
    answers = by_kind(soon, soon, {})
    ground = Ground(answers, answers, RELEASE, (), NOW)
    (choice,) = preselect([Candidate("1", "progress_notes", date(2026, 3, 1))], ground)
    assert choice.state is State.NEVER
    assert "still missing" in choice.why


def test_an_open_interval_outside_the_reach_stays_shut():
    """A law that says PERMITTED but does not list the kind as surely reached is not believed."""
    odd = opinion({"billing": Interval(Stance.PERMITTED, Stance.PERMITTED)})
    odd = replace(odd, reach=replace(odd.reach, surely=frozenset()))
    assert not by_kind(odd, odd, {})["billing"].open


def test_a_kind_of_which_no_opinion_speaks_is_shut():
    (choice,) = preselect([Candidate("1", "billing", None)], Ground({}, {}, RELEASE, (), NOW))
    assert choice.state is State.NEVER


def _ground(authorizations=(), *, bare=True, **release):
    answers = {"progress_notes": OPEN, "billing": OPEN, "psychotherapy_notes": OPEN}
    asked = replace(RELEASE, **release)
    return Ground(answers, answers if bare else {}, asked, tuple(authorizations), NOW)


def test_only_what_was_asked_is_chosen_and_only_asked_days_may_leave():
    asked = {"period": Period(date(2026, 10, 6), date(2026, 10, 27))}
    records = [
        Candidate("asked", "progress_notes", date(2026, 10, 6)),
        Candidate("unasked", "billing", date(2026, 10, 6)),
        Candidate("early", "progress_notes", date(2026, 10, 5)),
        Candidate("undated", "progress_notes", None),
    ]
    states = [c.state for c in preselect(records, _ground(**asked))]
    assert states == [State.CHOSEN, State.MAY, State.NEVER, State.MAY]


def test_a_psychotherapy_note_stays_even_where_the_law_would_let_it_out(paper):
    secret = Candidate("p", "psychotherapy_notes", date(2026, 10, 6))
    asked = {"kinds": frozenset({"psychotherapy_notes", "progress_notes"})}
    (choice,) = preselect([secret], _ground(**asked))
    assert (choice.state, choice.citation) == (State.NEVER, "45 CFR 164.508(a)(2)")
    mixed = paper(kinds=frozenset({"psychotherapy_notes", "progress_notes"}))
    (choice,) = preselect([secret], _ground([mixed], **asked))
    assert choice.state is State.NEVER
    own = paper(kinds=frozenset({"psychotherapy_notes"}))
    (choice,) = preselect([secret], _ground([own], **asked))
    assert (choice.state, choice.paper) == (State.CHOSEN, "a1")


def test_revoked_while_the_packet_is_prepared_and_nothing_leaves(paper):
    record = Candidate("1", "progress_notes", date(2026, 10, 6))
    before = _ground([paper()], bare=False)
    chosen = select(preselect([record], before), ["1"], before.release)
    still_lawful(chosen, before)
    revoked = paper(revoked_at=NOW + timedelta(minutes=1))
    after = replace(before, authorizations=(revoked,), at=NOW + timedelta(minutes=1))
    with pytest.raises(NoLongerLawful):
        still_lawful(chosen, after)
    still_lawful(chosen, replace(after, at=NOW))


def test_a_selection_for_one_recipient_does_not_serve_another(paper):
    record = Candidate("1", "progress_notes", date(2026, 10, 6))
    ground = _ground()
    chosen = select(preselect([record], ground), ["1"], ground.release)
    other = replace(ground, release=replace(ground.release, recipient=Party("Eve", "attorney")))
    with pytest.raises(NoLongerLawful):
        still_lawful(chosen, other)


def test_nobody_makes_a_selection_by_hand():
    ground = _ground()
    record = Candidate("1", "progress_notes", date(2026, 10, 6))
    chosen = select(preselect([record], ground), ["1"], ground.release)
    with pytest.raises(Misuse):
        Selection(chosen.choices, chosen.release)
    with pytest.raises(Misuse):
        replace(chosen, choices=())


@pytest.mark.parametrize("picked", [[], ["2"], ["1", "1"], ["1", "never"]])
def test_picking_nothing_a_stranger_twice_or_a_shut_record_is_refused(picked):
    records = [
        Candidate("1", "progress_notes", date(2026, 10, 6)),
        Candidate("never", "psychotherapy_notes", date(2026, 10, 6)),
    ]
    ground = _ground()
    with pytest.raises(NotReleasable):
        select(preselect(records, ground), picked, ground.release)


def test_a_private_note_forged_as_chosen_is_refused():
    ground = _ground()
    (choice,) = preselect([Candidate("p", "psychotherapy_notes", None)], ground)
    with pytest.raises(NotReleasable):
        select([replace(choice, state=State.CHOSEN)], ["p"], ground.release)


def test_an_unknown_reach_of_a_paper_leaves_the_answer_open_above_only():
    full = opinion({"billing": Interval(Stance.PERMITTED, Stance.PERMITTED)})
    bare = opinion({"billing": Interval(Stance.WITH_AUTHORIZATION, Stance.WITH_AUTHORIZATION)})
    answer = by_kind(full, bare, {"billing": UNKNOWN})["billing"]
    assert answer == Answer(Level.WITH_AUTHORIZATION, Level.PERMITTED)
    assert by_kind(full, bare, {"billing": YES})["billing"].rests is Rests.PAPER
