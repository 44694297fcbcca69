"""A restriction that stands is obeyed where a record is chosen, and again at the moment of release."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from stillroom.consent import actions as consent
from stillroom.consent import actions_restrictions as keeping
from stillroom.consent.papers import TakenBack
from stillroom.consent.queries_restrictions import restrictions
from stillroom.consent.rules import Authorization, Party, Period
from stillroom.consent.rules_restrictions import Basis, Ending, Restriction, State, agreed, ended
from stillroom.disclosure import actions, queries, releasing
from stillroom.disclosure.matters import Asked
from stillroom.disclosure.models import Packet
from stillroom.disclosure.relied import left_under
from stillroom.disclosure.rules import Decision, NoLongerLawful, NotReleasable
from stillroom.disclosure.rules import State as Chosen
from stillroom.kernel import Trilean
from stillroom.law import Corpus
from stillroom.phi import NotHere
from tests import law_on_file
from tests.cast import Cast
from tests.disclosure.story import authorization, notes, subpoena
from tests.disclosure.test_story import profile

PLAN = Party("Chesapeake Mutual", "payer")
KEEP = Restriction("", Basis.PAID, "dov", date(2026, 11, 10), "I paid for these myself.")


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return law_on_file.corpus()


def asked_by_plan() -> Asked:
    asked = subpoena()
    intake = replace(
        asked.intake,
        asker=PLAN,
        instrument="letter",
        purpose="payment",
        proceeding="none",
        signed_by=None,
        kinds=frozenset({"progress_notes"}),
    )
    return replace_asked(asked, intake)


def replace_asked(asked: Asked, intake: object) -> Asked:
    import msgspec

    return msgspec.structs.replace(asked, intake=intake)


def paper_for_plan(cast: Cast) -> Authorization:
    """Dov's paper for the plan, for payment."""
    purposes = frozenset({"payment"})
    return replace(authorization(cast), recipients=(PLAN,), purposes=purposes)


@pytest.fixture
def matter(cast: Cast, corpus: Corpus) -> str:
    """The plan asks for progress notes, Dov has signed for it, and a packet is decided on."""
    profile(cast)
    notes(cast)
    consent.take_up(cast.here("ada"), cast.dov, paper_for_plan(cast))
    found = actions.enter(cast.here("ada"), cast.dov, asked_by_plan())
    for fact, value in (("identity_verified", True), ("federal_court", False)):
        actions.answer(cast.here("ada"), corpus, found, fact, value)
    for fact in ("restriction_agreed", "paid_out_of_pocket", "part2_program"):
        actions.answer(cast.here("ada"), corpus, found, fact, False)
    actions.decide(cast.here("ada"), corpus, found, Decision.BUILD, "He has signed for these.")
    return found


def chosen(cast: Cast, corpus: Corpus, matter: str) -> dict[str, tuple[Chosen, str]]:
    bundle = releasing.choices(cast.here("ada"), corpus, matter)
    return {one.record.kind: (one.state, one.citation) for one in bundle.choices}


def keep(cast: Cast, one: Restriction, *, agree: bool = True) -> str:
    made = keeping.ask(cast.here("ada"), cast.dov, one)
    if agree and one.basis is not Basis.OBJECTION:
        keeping.change(cast.here("ada"), made, lambda r: agreed(r, date(2026, 11, 20)), "agreed")
    return made


def test_what_was_paid_for_is_kept_from_the_plan_from_the_moment_it_is_asked(
    cast: Cast, corpus: Corpus, matter: str
) -> None:
    assert chosen(cast, corpus, matter)["progress_notes"][0] is Chosen.CHOSEN
    keep(cast, KEEP, agree=False)
    made = queries.whole_matter(cast.here("ada"), corpus, matter).determination
    assert made.facts["paid_out_of_pocket"] is Trilean.YES, "an answer does not overrule it"
    assert chosen(cast, corpus, matter)["progress_notes"][0] is Chosen.NEVER


def test_a_part_is_kept_back_and_the_rest_may_go(cast: Cast, corpus: Corpus, matter: str) -> None:
    elsewhen = replace(KEEP, period=Period(date(2020, 1, 1), date(2020, 12, 31)))
    keep(cast, elsewhen)
    assert chosen(cast, corpus, matter)["progress_notes"][0] is Chosen.CHOSEN
    keep(cast, replace(KEEP, kinds=frozenset({"progress_notes"})))
    state, citation = chosen(cast, corpus, matter)["progress_notes"]
    assert (state, citation) == (Chosen.NEVER, "45 CFR 164.522(a)(1)(vi)")
    bundle = releasing.choices(cast.here("ada"), corpus, matter)
    kept = [one.record.id for one in bundle.choices if one.record.kind == "progress_notes"]
    with pytest.raises(NotReleasable):
        releasing.build(cast.here("ada"), corpus, matter, kept, [])


Change = Callable[[Cast], object]


@pytest.mark.parametrize("basis", [Basis.PAID, Basis.AGREED])
def test_a_restriction_after_the_proof_stops_the_release(
    cast: Cast, corpus: Corpus, matter: str, basis: Basis
) -> None:
    """T17's order for restrictions: agreed first, nothing leaves; ended again, it may."""
    bundle = releasing.choices(cast.here("ada"), corpus, matter)
    ids = [one.record.id for one in bundle.choices if one.state is Chosen.CHOSEN]
    packet = releasing.build(cast.here("ada"), corpus, matter, ids, [])
    made = keep(cast, replace(KEEP, basis=basis, kinds=frozenset({"progress_notes"})))
    sure = cast.here("ada", stepped_up=Trilean.YES)
    with pytest.raises(NoLongerLawful):
        releasing.release(sure, corpus, packet, "Chesapeake Mutual")
    assert queries.departures(cast.here("ada"), cast.dov) == []
    over = lambda r: ended(r, date(2026, 11, 20), Ending.IN_WRITING, "He wrote so.")  # noqa: E731
    keeping.change(cast.here("ada"), made, over, "ended")
    assert releasing.release(sure, corpus, packet, "Chesapeake Mutual").pdf


def test_what_left_under_a_paper_is_told_with_it(cast: Cast, corpus: Corpus, matter: str) -> None:
    """164.508(b)(5)(i): what was done in reliance on a paper stands when it is taken back."""
    ada, bundle = cast.here("ada"), releasing.choices(cast.here("ada"), corpus, matter)
    ids = [one.record.id for one in bundle.choices if one.state is Chosen.CHOSEN]
    packet = releasing.build(ada, corpus, matter, ids, [])
    other = consent.take_up(ada, cast.dov, paper_for_plan(cast))
    (paper,) = Packet.objects.get(pk=packet).papers
    assert left_under(ada, cast.dov, paper) == []
    sure = cast.here("ada", stepped_up=Trilean.YES)
    left = releasing.release(sure, corpus, packet, PLAN.name)
    consent.revoke(ada, paper, TakenBack("Dov Halpern", "in writing", "No more."))
    ((line, entry),) = left_under(ada, cast.dov, paper)
    assert (line.recipient, entry) == (PLAN.name, left.entry)
    assert left_under(ada, cast.dov, other) == [], "and with no other"
    with pytest.raises(NotHere):
        left_under(cast.here("bea"), cast.dov, paper)


def test_what_was_agreed_does_not_stop_a_court(cast: Cast, corpus: Corpus) -> None:
    """164.522(a)(1)(v): the law, not the restriction, says whom it binds."""
    profile(cast)
    notes(cast)
    consent.take_up(cast.here("ada"), cast.dov, authorization(cast))
    found = actions.enter(cast.here("ada"), cast.dov, subpoena())
    for fact, value in (("identity_verified", True), ("federal_court", False)):
        actions.answer(cast.here("ada"), corpus, found, fact, value)
    keep(cast, replace(KEEP, basis=Basis.AGREED))
    assert chosen(cast, corpus, found)["progress_notes"][0] is Chosen.CHOSEN


def test_whoever_treats_answers_and_nobody_else_knows_of_it(cast: Cast, corpus: Corpus) -> None:
    made = keep(cast, KEEP, agree=False)
    for who in ("bea", "cal", "olga", "sol"):
        with pytest.raises(NotHere):
            keeping.change(cast.here(who), made, lambda r: agreed(r, date(2026, 11, 20)), "agreed")
    for who in ("bea", "cal", "max"):
        with pytest.raises(NotHere):
            restrictions(cast.here(who), cast.dov)
    (one,) = restrictions(cast.here("sol"), cast.dov)
    assert one.state is State.ASKED
    with pytest.raises(NotHere):
        keeping.change(cast.here("ada"), "x" * 26, lambda r: r, "agreed")
