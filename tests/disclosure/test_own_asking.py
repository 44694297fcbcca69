"""A client asks by her own door, is answered, and takes her record along: late, confirmed, once more proven (P9, T08, T14)."""

import io
import json
import zipfile
from datetime import timedelta

import pytest

from stillroom.access import Act
from stillroom.chart import holding, own
from stillroom.chart.holding import Reason
from stillroom.disclosure import actions, own_asking, own_taking, queries, rules_own_asking
from stillroom.disclosure.models import Departure, Matter, Packet
from stillroom.disclosure.own_taking import Confirmed, NotConfirmed
from stillroom.disclosure.rules import Decision
from stillroom.disclosure.rules_own_asking import (
    KEPT,
    REQUESTS,
    STATES,
    WAIT,
    HeldSince,
    NothingAsked,
    NotNow,
    NotReady,
    TooMany,
)
from stillroom.kernel import StillroomError, Trilean
from stillroom.phi import NotHere, StepUpNeeded
from tests.cast import NOON, Cast
from tests.disclosure.story import notes, risks
from tests.harness.pdf_read import read
from tests.web import corpus

pytestmark = pytest.mark.django_db
DAY = NOON.date()
YES = Confirmed("Called the number of the sheet; it was he.", was_she=True, no_ground=True)


@pytest.fixture
def life(cast: Cast) -> Cast:
    """Notes, and Dov by his own door."""
    cast.licensed("ada", credential="")
    notes(cast)
    cast.holder("dov")
    return cast


def ada(cast: Cast, **at: float):  # type: ignore[no-untyped-def]
    return cast.here("ada", at=NOON + timedelta(**at), stepped_up=Trilean.YES)


def dov(cast: Cast, proven: Trilean = Trilean.YES, **at: float):  # type: ignore[no-untyped-def]
    return cast.here("dov", at=NOON + timedelta(**at), stepped_up=proven)


@pytest.mark.parametrize("kind", REQUESTS)
def test_each_request_is_a_matter_whose_asker_is_proven_by_the_door(life: Cast, kind: str) -> None:
    matter = own_asking.ask(dov(life), life.dov, kind, "The note of the third, please.")
    whole = queries.whole_matter(ada(life), corpus(), matter)
    assert whole.determination.asked.occasion == REQUESTS[kind].occasion
    assert whole.determination.facts["identity_verified"] is Trilean.YES
    assert [(step.kind, step.by) for step in whole.steps] == [("identity", life.people["dov"].id)]
    (mine,) = own_asking.asked_by_me(dov(life), life.dov)
    assert (mine.title, mine.state) == (REQUESTS[kind].title, "open")
    (line,) = queries.my_matters(ada(life))
    assert line.asker == "Dov Halpern"
    assert mine.due == line.due


def test_a_correction_that_is_refused_can_be_disagreed_with_and_nothing_else(life: Cast) -> None:
    here = dov(life)
    matter = own_asking.ask(here, life.dov, "amendment", "It was seven hours, not six.")
    with pytest.raises(NotNow):
        own_asking.disagree(here, matter, "I disagree.")
    actions.decide(ada(life), corpus(), matter, Decision.DENY, "It is what was said.")
    assert own_asking.one_of_mine(here, matter).disagrees
    own_asking.disagree(here, matter, "I said seven.")
    steps = queries.whole_matter(ada(life), corpus(), matter).steps
    assert steps[-1].body == {"what": "statement", "words": "I said seven."}
    assert steps[-1].by == life.people["dov"].id
    with pytest.raises(NothingAsked):
        own_asking.disagree(here, matter, " ")


def test_bad_requests_are_refused_with_a_sentence_and_many_are_too_many(life: Cast) -> None:
    here = dov(life)
    for kind, words in (("", "x"), ("everything", "x"), ("amendment", " "), ("copy", "x" * 4001)):
        with pytest.raises(NothingAsked):
            own_asking.ask(here, life.dov, kind, words)
    for _ in range(rules_own_asking.MOST_OPEN):
        own_asking.ask(here, life.dov, "accounting", "")
    with pytest.raises(TooMany):
        own_asking.ask(here, life.dov, "accounting", "")


def test_she_reads_her_own_requests_and_no_other_matter(life: Cast) -> None:
    """T14: Fay has the number; and a subpoena about Dov is nothing that he sees here."""
    from tests.disclosure.story import subpoena

    theirs = actions.enter(ada(life), life.dov, subpoena())
    mine = own_asking.ask(dov(life), life.dov, "copy", "on paper")
    assert [one.id for one in own_asking.asked_by_me(dov(life), life.dov)] == [mine]
    life.holder("fay", by="bea")
    for who, matter in (("fay", mine), ("dov", theirs), ("dov", "a" * 26)):
        with pytest.raises(NotHere):
            own_asking.one_of_mine(life.here(who), matter)
        with pytest.raises(NotHere):
            own_taking.fetch(life.here(who, stepped_up=Trilean.YES), matter)
    with pytest.raises(NotHere):
        own_asking.ask(life.here("fay"), life.dov, "copy", "x")
    with pytest.raises(NotHere):
        queries.whole_matter(dov(life), corpus(), mine)


def test_everything_leaves_late_confirmed_and_without_what_is_held(life: Cast) -> None:
    """T08: whoever has the telephone asks, and has nothing: not before the wait, not unconfirmed."""
    written = risks(life)
    held = written["threat"]
    holding.hold_record(
        ada(life), held, Reason("danger", "He would know.", NOON.date() + timedelta(30))
    )
    with pytest.raises(StepUpNeeded):
        own_asking.ask_along(dov(life, Trilean.NO), life.dov)
    matter = own_asking.ask_along(dov(life), life.dov)
    long = {"hours": 73}
    with pytest.raises(NotReady):
        own_taking.fetch(dov(life, **long), matter)
    for bad in (
        Confirmed("", True, True),
        Confirmed("x", False, True),
        Confirmed("x", True, False),
    ):
        with pytest.raises(NotConfirmed):
            own_taking.confirm(ada(life), corpus(), matter, bad)
    own_taking.confirm(ada(life), corpus(), matter, YES)
    with pytest.raises(NotReady):
        own_taking.fetch(dov(life, hours=71), matter)
    with pytest.raises(StepUpNeeded):
        own_taking.fetch(dov(life, Trilean.NO, **long), matter)
    file = own_taking.fetch(dov(life, **long), matter)
    with zipfile.ZipFile(io.BytesIO(file)) as both:
        pages = read(both.read(next(n for n in both.namelist() if n.endswith(".pdf")))).pypdf
        fhir = json.loads(both.read(next(n for n in both.namelist() if n.endswith(".json"))))
    assert "Slept six hours." in pages
    assert "Psychotherapy notes are not in it" in " ".join(pages.split())
    assert "countertransference" not in pages
    assert "Violence" not in pages
    assert fhir["resourceType"] == "Bundle"
    (left,) = queries.departures(ada(life), life.dov)
    assert left[0].exempt_because == "made to the client"
    acts = [one.entry.act for one in life.house.log.for_actor(life.people["dov"].id, 9, None)]
    assert Act.OWN_TAKE.value in acts
    (now,) = own_taking.takings(dov(life), life.dov)
    assert now.ready_at == NOON + WAIT
    over = dov(life, seconds=(WAIT + KEPT).total_seconds())
    with pytest.raises(NotReady):
        own_taking.fetch(over, matter)


def test_what_is_held_after_it_was_made_ready_is_not_had_any_more(life: Cast) -> None:
    """In three days much may come to light: a hold that is placed then is honoured at the door."""
    written = risks(life)
    matter = own_asking.ask_along(dov(life), life.dov)
    own_taking.confirm(ada(life), corpus(), matter, YES)
    why = Reason("danger", "He would know.", NOON.date() + timedelta(30))
    holding.hold_kind(ada(life), life.dov, "letter", why)
    assert own_taking.fetch(dov(life, hours=73), matter), "none of what is held since is in it"
    holding.hold_record(life.later(hours=72).here("ada"), written["threat"], why)
    with pytest.raises(HeldSince):
        own_taking.fetch(dov(life, hours=73), matter)


def test_whoever_does_not_treat_confirms_nothing_and_nothing_is_half_done(life: Cast) -> None:
    matter = own_asking.ask_along(dov(life), life.dov)
    for name in ("bea", "sol", "cal", "olga", "dov"):
        with pytest.raises(StillroomError):
            own_taking.confirm(life.here(name, stepped_up=Trilean.YES), corpus(), matter, YES)
    with pytest.raises(StepUpNeeded):
        own_taking.confirm(life.here("ada"), corpus(), matter, YES)
    assert not Packet.objects.exists()
    assert not Departure.objects.exists()
    assert Matter.objects.get(pk=matter).state == "open"


def test_the_rows_of_what_was_asked_and_held_agree_with_the_log(life: Cast) -> None:
    """T15: what the newest rows name is in the log, as what they say, by whom they say."""
    note = own.own_chart(dov(life), life.dov).lines[0].id
    holding.hold_record(ada(life), note, Reason("danger", "He would know.", DAY + timedelta(30)))
    own_asking.ask(dov(life), life.dov, "copy", "On paper.")
    own_asking.ask_along(dov(life), life.dov)
    told = [*queries.told_of_log(9), *holding.told_of_log(9)]
    assert len(told) == 3
    for one in told:
        entry = next(life.house.log.entries(one.entry, one.entry + 1)).entry
        assert entry.act in {act.value for act in one.acts}
        assert entry.actor == one.actor


def test_how_a_request_stands_is_said_for_every_decision_and_state() -> None:
    """Exhaustive: over what may be signed and what a matter's row may say."""
    for decision in ("", *(one.value for one in Decision)):
        for state in Matter.State:
            decisions = (decision,) if decision else ()
            assert rules_own_asking.state_of(decisions, state.value) in STATES
