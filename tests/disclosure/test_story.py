"""The first story at the level of the rules of the house: a subpoena, an answer, a packet."""

from dataclasses import replace
from datetime import timedelta

import pypdf
import pytest
from msgspec import structs

from stillroom.access import Purpose
from stillroom.consent import actions as consent
from stillroom.disclosure import actions, queries, releasing
from stillroom.disclosure.rules import (
    Decision,
    NoLongerLawful,
    NotReleasable,
    State,
)
from stillroom.kernel import Trilean
from stillroom.law import Corpus
from stillroom.phi import NotHere, StepUpNeeded
from tests import law_on_file
from tests.cast import Cast
from tests.disclosure.story import SECRET, authorization, notes, subpoena


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return law_on_file.corpus()


def profile(cast: Cast) -> None:
    """Ada is a psychologist, licensed in Maryland."""
    cast.licensed("ada", location="Baltimore")


def test_the_law_is_not_asked_for_somebody_whose_profession_is_not_known(
    cast: Cast, corpus: Corpus
) -> None:
    matter = actions.enter(cast.here("ada"), cast.dov, subpoena())
    with pytest.raises(queries.NoProfile):
        queries.whole_matter(cast.here("ada"), corpus, matter)


@pytest.fixture
def ready(cast: Cast, corpus: Corpus) -> str:
    """The matter, decided, with Dov's paper on file."""
    profile(cast)
    notes(cast)
    matter = actions.enter(cast.here("ada"), cast.dov, subpoena())
    consent.take_up(cast.here("ada"), cast.dov, authorization(cast))
    actions.answer(cast.here("ada"), corpus, matter, "identity_verified", True)
    actions.answer(cast.here("ada"), corpus, matter, "federal_court", False)
    actions.decide(cast.here("ada"), corpus, matter, Decision.BUILD, "He has signed for these.")
    return matter


def test_a_bare_subpoena_opens_nothing_and_names_the_key(cast: Cast, corpus: Corpus) -> None:
    profile(cast)
    matter = actions.enter(cast.here("ada"), cast.dov, subpoena())
    made = queries.whole_matter(cast.here("ada"), corpus, matter).determination
    assert made.full.stance.low.name in ("FORBIDDEN", "WITH_AUTHORIZATION")
    assert made.full.wanting, "something could still change the answer"
    assert any("authorization" in one.text.casefold() for one in made.full.opens)
    build = next(one for one in made.options if one.decision is Decision.BUILD)
    assert not build.open
    with pytest.raises(actions.OptionClosed):
        actions.decide(cast.here("ada"), corpus, matter, Decision.BUILD, "I would like to.")


def test_the_packet_holds_the_note_and_cannot_hold_the_private_one(
    cast: Cast, corpus: Corpus, ready: str
) -> None:
    bundle = releasing.choices(cast.here("ada"), corpus, ready)
    states = {one.record.kind: one.state for one in bundle.choices}
    assert states == {"progress_notes": State.CHOSEN, "psychotherapy_notes": State.NEVER}
    every = [one.record.id for one in bundle.choices]
    with pytest.raises(NotReleasable):
        releasing.build(cast.here("ada"), corpus, ready, every, ["1 Court Square"])
    chosen = [one.record.id for one in bundle.choices if one.state is State.CHOSEN]
    packet = releasing.build(cast.here("ada"), corpus, ready, chosen, ["1 Court Square"])
    with pytest.raises(StepUpNeeded):
        releasing.release(cast.here("ada"), corpus, packet, "Rex Dunleavy")
    with pytest.raises(releasing.RecipientDiffers):
        releasing.release(cast.here("ada", stepped_up=Trilean.YES), corpus, packet, "Ray Dunleavy")
    left = releasing.release(
        cast.here("ada", stepped_up=Trilean.YES), corpus, packet, "rex dunleavy"
    )
    import io

    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(left.pdf)).pages)
    assert "Slept six hours" in text
    assert "countertransference" not in text
    assert SECRET.encode() not in left.pdf
    ((line, entry),) = queries.departures(cast.here("ada"), cast.dov)
    assert entry == left.entry
    assert line.recipient == "Rex Dunleavy"
    assert line.exempt_because
    with pytest.raises(releasing.AlreadyReleased):
        releasing.release(cast.here("ada", stepped_up=Trilean.YES), corpus, packet, "Rex Dunleavy")


def test_a_revocation_before_the_release_stops_it(cast: Cast, corpus: Corpus, ready: str) -> None:
    bundle = releasing.choices(cast.here("ada"), corpus, ready)
    chosen = [one.record.id for one in bundle.choices if one.state is State.CHOSEN]
    packet = releasing.build(cast.here("ada"), corpus, ready, chosen, [])
    paper = bundle.whole.determination.around.authorizations[0].id
    consent.revoke(cast.here("ada"), paper)
    with pytest.raises(NoLongerLawful):
        releasing.release(cast.here("ada", stepped_up=Trilean.YES), corpus, packet, "Rex Dunleavy")
    assert queries.departures(cast.here("ada"), cast.dov) == []


def test_nobody_without_care_sees_a_matter_or_a_packet(
    cast: Cast, corpus: Corpus, ready: str
) -> None:
    bundle = releasing.choices(cast.here("ada"), corpus, ready)
    chosen = [one.record.id for one in bundle.choices if one.state is State.CHOSEN]
    packet = releasing.build(cast.here("ada"), corpus, ready, chosen, [])
    for name in ("bea", "cal", "max", "nan"):
        with pytest.raises(NotHere):
            queries.whole_matter(cast.here(name), corpus, ready)
        with pytest.raises(NotHere):
            releasing.find_packet(cast.here(name), "nothing")
        with pytest.raises(NotHere):
            releasing.open_packet(cast.here(name), releasing.find_packet(cast.here(name), packet))


def test_a_decision_can_be_given_again_years_later(cast: Cast, corpus: Corpus, ready: str) -> None:
    from stillroom.law import replay

    whole = queries.whole_matter(cast.later(days=900).here("ada"), corpus, ready)
    signed = whole.decisions[0].signed
    assert signed.corpus == corpus.digest
    assert replay(corpus, dict(signed.opinion)).stance.low.name in ("PERMITTED", "REQUIRED")
    assert timedelta(0) < cast.later(days=900).at - whole.decisions[0].signed_at
    assert Purpose.RELEASE


def test_another_place_brings_its_law_and_a_strange_one_is_refused(
    cast: Cast, corpus: Corpus, ready: str
) -> None:
    ada = cast.here("ada")
    with pytest.raises(actions.NoSuchPlace):
        actions.also_governed(ada, corpus, ready, "us-zz")
    actions.also_governed(ada, corpus, ready, "us-tx")
    both = queries.whole_matter(ada, corpus, ready).determination
    assert set(both.record["matter"]["places"]) == {"us", "us-md", "us-tx"}
    assert any(one.citation.startswith("Tex.") for one in both.full.findings)
    actions.also_governed(ada, corpus, ready, "")
    alone = queries.whole_matter(ada, corpus, ready).determination
    assert set(alone.record["matter"]["places"]) == {"us", "us-md"}


def test_a_psychotherapy_note_leaves_alone_by_its_own_authorization(
    cast: Cast, corpus: Corpus
) -> None:
    """What leaves is private; that something left stands in the chart's own account (P4, P9)."""
    profile(cast)
    _, private = notes(cast)
    ada = cast.here("ada", stepped_up=Trilean.YES)
    asked = subpoena()
    letter = replace(asked.intake, instrument="letter", proceeding="none", signed_by=None)
    letter = replace(letter, kinds=frozenset({"psychotherapy_notes"}))
    matter = actions.enter(ada, cast.dov, structs.replace(asked, intake=letter))
    own = replace(authorization(cast), kinds=frozenset({"psychotherapy_notes"}))
    consent.take_up(ada, cast.dov, replace(own, description="psychotherapy notes of 2026"))
    actions.answer(ada, corpus, matter, "identity_verified", True)
    actions.answer(ada, corpus, matter, "federal_court", False)
    actions.decide(ada, corpus, matter, Decision.BUILD, "He wants her to know what was said.")
    packet = releasing.build(ada, corpus, matter, [private], ["1 Court Square"])
    left = releasing.release(ada, corpus, packet, "Rex Dunleavy")
    ((line, entry),) = queries.departures(cast.here("sol"), cast.dov)
    assert entry == left.entry
    assert line.recipient == "Rex Dunleavy"
