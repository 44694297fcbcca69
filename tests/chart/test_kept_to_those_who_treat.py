"""One record, kept to those who treat while the chart is not (45 CFR 164.522(a); P2, P8, T03)."""

from datetime import timedelta

import pytest

from stillroom.access import Capacity
from stillroom.chart import (
    actions,
    actions_writing,
    authors,
    followups,
    glance,
    holding,
    lists,
    own,
    queries,
    queries_measures,
    queries_print,
    queries_review,
    queries_risk,
    queries_story,
    releasing,
    restricting,
    reviewing,
    sifting,
    whole,
)
from stillroom.chart.models import Record, Restricted
from stillroom.chart.rules_restricted import (
    KeptAlready,
    KeptToTreating,
    NotSaidHow,
    NotSaidWhat,
    SaidTooMuch,
    WaitsForOthers,
    require_ending,
    require_words,
)
from stillroom.chart.rules_story import story
from stillroom.chart.search import read_question
from stillroom.chart.searching import Narrowing, search
from stillroom.disclosure import queries as disclosure
from stillroom.phi import NotHere
from stillroom.practice import actions_care as practice
from stillroom.practice import actions_glass
from stillroom.practice import queries as heads
from stillroom.practice import queries_glass as glass
from stillroom.practice.actions_guests import Stand
from tests.cast import NOON, Cast
from tests.disclosure.story import measured, notes, risks

pytestmark = pytest.mark.django_db
WORDS = "He wants nobody but me to know about the quarry."


@pytest.fixture
def team(cast: Cast) -> Cast:
    """Bea covers for Ada; Sol supervises her."""
    until = NOON + timedelta(days=30)
    practice.cover(cast.here("ada"), cast.dov, cast.bea.id, until)
    return cast


def kept(cast: Cast) -> str:
    note, _ = notes(cast)
    restricting.restrict(cast.here("ada"), note, WORDS)
    return note


def lines(cast: Cast, name: str) -> list[str]:
    return [one.id for one in queries.timeline(cast.here(name), cast.dov).lines]


def found(cast: Cast, name: str, chart: str = "") -> list[str]:
    asked = search(cast.here(name), read_question("slept"), Narrowing(chart))
    return [one.record for one in asked.hits]


@pytest.mark.parametrize("name", ["bea", "sol"])
def test_whoever_covers_or_supervises_meets_it_nowhere(team: Cast, name: str) -> None:
    note, _ = notes(team)
    (measure, _), risk = measured(team), risks(team)
    them, chart = team.here(name), team.dov
    assert note in lines(team, name)
    assert note in found(team, name)
    every = [note, measure, *risk.values()]
    for one in every:
        restricting.restrict(team.here("ada"), one, WORDS)
    assert lines(team, name) == []
    assert queries.timeline(them, chart).earlier == 0
    assert whole.whole_chart(them, chart) == []
    assert queries_story.whole_story(them, chart).story == story([], None, team.at.date())
    assert queries_measures.taken(them, chart) == []
    assert queries_measures.beside(them, chart) == queries_measures.Beside()
    assert queries_risk.risk_of(them, chart) == queries_risk.Risk()
    assert queries_risk.due(them, team.at.date() + timedelta(days=99)) == []
    assert lists.beside(them, chart).plan is None
    assert sifting.choices(them, chart) == sifting.Choices((), ())
    assert authors.authors_of(them, chart) == {}
    assert found(team, name) == found(team, name, chart) == []
    for one in every:
        with pytest.raises(NotHere):
            queries.record(them, one)
        with pytest.raises(NotHere):
            queries_print.chosen_records(them, chart, [one])
        with pytest.raises(NotHere):
            actions.addend(them, one, "I saw it.")
        with pytest.raises(NotHere):
            followups.done(them, one)
        with pytest.raises(NotHere):
            restricting.steps_of(them, one)


def test_who_treats_reads_finds_and_prints_it_as_before(team: Cast) -> None:
    note = kept(team)
    ada = team.here("ada")
    assert note in lines(team, "ada")
    assert next(one for one in queries.timeline(ada, team.dov).lines if one.id == note).restricted
    assert found(team, "ada") == found(team, "ada", team.dov) == [note]
    assert queries.record(ada, note).restricted
    (printed,) = queries_print.chosen_records(ada, team.dov, [note])
    assert printed.restricted
    assert note in {one.record for one in whole.whole_chart(ada, team.dov)}
    (step,) = restricting.steps_of(ada, note)
    assert (step.words, step.begins, step.by) == (WORDS, True, team.ada.id)


def test_the_content_of_what_was_signed_is_as_it_was(team: Cast) -> None:
    note, _ = notes(team)
    before = queries.record(team.here("ada"), note).current.content_hash
    restricting.restrict(team.here("ada"), note, WORDS)
    restricting.let_read(team.here("ada"), note, "by_word", "She agreed today.")
    assert queries.record(team.here("ada"), note).current.content_hash == before


def test_it_ends_as_the_client_agrees_and_all_who_care_read_it_again(team: Cast) -> None:
    note = kept(team)
    with pytest.raises(NotSaidHow):
        restricting.let_read(team.here("ada"), note, "told", "I told her.")
    restricting.let_read(team.here("ada"), note, "in_writing", "She asked in a letter.")
    assert note in lines(team, "bea")
    assert found(team, "bea") == [note]
    first, second = restricting.steps_of(team.here("ada"), note)
    assert (first.begins, second.begins, second.how) == (True, False, "in_writing")
    with pytest.raises(KeptAlready):
        restricting.let_read(team.here("ada"), note, "by_word", "Again.")


@pytest.mark.parametrize("name", ["bea", "sol", "cal", "max", "olga", "nan"])
def test_nobody_but_who_treats_keeps_a_record_or_ends_it(team: Cast, name: str) -> None:
    note, _ = notes(team)
    with pytest.raises(NotHere):
        restricting.restrict(team.here(name), note, WORDS)
    restricting.restrict(team.here("ada"), note, WORDS)
    with pytest.raises(NotHere):
        restricting.let_read(team.here(name), note, "by_word", "She agreed.")
    assert Record.objects.get(pk=note).restricted


def test_a_private_note_is_its_authors_alone_already(team: Cast) -> None:
    _, private = notes(team)
    with pytest.raises(NotHere):
        restricting.restrict(team.here("ada"), private, WORDS)


def test_what_was_agreed_is_said_or_nothing_is_changed(team: Cast) -> None:
    note, _ = notes(team)
    for words, problem in (("  ", NotSaidWhat), ("x" * 2001, SaidTooMuch)):
        with pytest.raises(problem):
            restricting.restrict(team.here("ada"), note, words)
    assert not Restricted.objects.exists()
    assert require_words(" agreed ") == "agreed"
    assert require_ending("by_word") == "by_word"
    restricting.restrict(team.here("ada"), note, WORDS)
    with pytest.raises(KeptAlready):
        restricting.restrict(team.here("ada"), note, WORDS)


def test_an_emergency_opens_it_and_a_client_reads_what_is_hers(team: Cast) -> None:
    note = kept(team)
    team.holder("dov")
    dov = team.here("dov")
    assert note in {one.id for one in own.own_chart(dov, team.dov).lines}
    assert own.own_record(dov, note).id == note
    client = heads.chart_head(team.here("ada"), team.dov).holders[0].client
    reach = frozenset({"progress_notes", "measures"})
    team.proxy("eva", team.dov, Stand(client, Capacity.PROXY, reach))
    eva = team.here("eva")
    assert own.own_chart(eva, team.dov).lines == ()
    with pytest.raises(NotHere):
        own.own_record(eva, note)


def test_whoever_breaks_the_glass_reads_it(cast: Cast) -> None:
    note = kept(cast)
    actions_glass.lay_by(cast.here("ada"), cast.dov, cast.bea.id)
    bea = cast.here("bea")
    actions_glass.break_glass(bea, cast.dov, "He stands on the bridge now.")
    opened = glass.broken(bea, cast.dov)
    assert note in {one.record for one in whole.whole_chart(bea, cast.dov, broken=opened)}
    assert opened is not None
    assert note in {one.record for one in glance.everything(bea, cast.dov, opened)}


def test_it_goes_into_a_packet_only_where_it_is_chosen(team: Cast) -> None:
    note = kept(team)
    (one,) = [
        one
        for one in releasing.signed_records(team.here("ada"), team.dov, joint=False)
        if one.id == note
    ]
    assert one.restricted
    assert note in releasing.for_release(team.here("ada"), team.dov, [note])


def test_the_log_of_the_chart_tells_nobody_that_a_record_is_kept(team: Cast) -> None:
    from stillroom.desk.views.entries import shown
    from stillroom.identity import queries as people

    note = kept(team)
    restricting.let_read(team.here("ada"), note, "by_word", "She agreed.")
    restricting.restrict(team.here("ada"), note, WORDS)
    said = shown(disclosure.who_opened(team.here("bea"), team.dov, 50), people.colleagues())
    assert not [one.act for one in said if "those who treat" in one.act or "agreed" in one.act]
    assert "wrote down what is kept from whom" in {one.act for one in said}


def test_a_hold_on_it_is_told_to_nobody_else(team: Cast) -> None:
    from stillroom.chart.holding import Reason

    note, _ = notes(team)
    day = team.at.date() + timedelta(days=5)
    held = holding.hold_record(team.here("ada"), note, Reason("danger", "He named a plan.", day))
    restricting.restrict(team.here("ada"), note, WORDS)
    assert holding.standing(team.here("bea"), team.dov) == []
    assert holding.due(team.here("bea"), day) == []
    with pytest.raises(NotHere):
        holding.end(team.here("bea"), held)
    assert len(holding.standing(team.here("ada"), team.dov)) == 1


def test_what_waits_for_a_supervisor_is_not_taken_from_her(team: Cast) -> None:
    note, _ = notes(team)
    reviewing.send(team.here("ada"), note, [team.sol.id])
    with pytest.raises(WaitsForOthers):
        restricting.restrict(team.here("ada"), note, WORDS)
    reviewing.cosign(team.here("sol"), note, seen=2)
    restricting.restrict(team.here("ada"), note, WORDS)
    assert queries_review.for_me(team.here("sol")) == []
    actions.addend(team.here("ada"), note, "He rang.")
    assert queries_review.for_me(team.here("sol")) == []
    with pytest.raises(KeptToTreating):
        reviewing.send(team.here("ada"), note, [team.sol.id])


def test_a_draft_can_be_kept_before_anybody_sees_it(team: Cast) -> None:
    ada = team.here("ada")
    draft = actions.begin(ada, team.dov, "progress_note", occurred_at=NOON)
    restricting.restrict(ada, draft, WORDS)
    fields = {"Data": "Slept at the quarry.", "Assessment": "", "Plan": ""}
    saved = actions.save_draft(ada, draft, fields, 1)
    assert found(team, "ada") == [draft]
    actions.sign(ada, draft, saved.version)
    assert draft not in lines(team, "bea") + lines(team, "sol")
    assert found(team, "ada") == [draft]
    assert found(team, "bea") == []


def test_an_index_that_a_colleague_makes_knows_no_word_of_it(team: Cast) -> None:
    """Bea's search catches up the chart's index; the words of what is kept go into another."""
    from stillroom.chart import indexing

    note = kept(team)
    assert found(team, "bea", team.dov) == []
    kept_indexes = indexing.Kept([team.dov], ())
    assert kept_indexes.counts(team.dov, "")[1] >= 0
    _, made = kept_indexes.counts(team.dov, indexing.RESTRICTED)
    assert made == -1, "nobody who may read it has searched yet"
    assert found(team, "ada") == [note]


@pytest.mark.parametrize("name", ["ada", "bea"])
def test_no_note_begins_from_one_that_is_kept(team: Cast, name: str) -> None:
    """Nor is it hinted that there is one: the button would do it."""
    note, _ = notes(team)
    here, later = team.here(name), NOON + timedelta(hours=2)
    draft = actions.begin(here, team.dov, "progress_note", occurred_at=later)
    assert actions_writing.can_carry(queries.record(here, draft))
    restricting.restrict(team.here("ada"), note, WORDS)
    assert not actions_writing.can_carry(queries.record(here, draft))
