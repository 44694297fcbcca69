"""A threat told at two, a child's bruises: opened, tried, accounted for, handed over, and closed."""

from datetime import timedelta

import pytest

from stillroom.access import Capacity
from stillroom.chart import actions as chart
from stillroom.disclosure import actions, happening, queries, reporting, watching
from stillroom.disclosure.happened.attempts import NotAnAttempt
from stillroom.disclosure.happened.standing import Standing
from stillroom.disclosure.models import Departure, Step, Watch
from stillroom.disclosure.rules import Decision
from stillroom.phi import NotHere
from stillroom.practice import actions as practice
from tests.cast import NOON, Cast
from tests.desk.test_risk_pages import VIOLENCE
from tests.web import corpus

THREAT = {**VIOLENCE, "violent_before": "yes"}
ABUSE = {
    "suspicion": "child_abuse",
    "person": "A boy, his nephew",
    "age": "9",
    "heard": "“He fell again.”",
    "seen": "Bruises on the arm, in a photograph",
    "in_practice": "yes",
    "reasonable": "yes",
    "reasons": "Two falls, and a photograph.",
    "did_words": "Rang the agency.",
}


@pytest.fixture
def lived(cast: Cast) -> Cast:
    return cast.licensed()


def signed(cast: Cast, kind: str, fields: dict[str, str]) -> str:
    ada = cast.here("ada")
    record = chart.begin(ada, cast.dov, kind, occurred_at=NOON)
    chart.save_draft(ada, record, fields, 1, kind=kind)
    chart.sign(ada, record, 2)
    return record


def opened(cast: Cast, occasion: str, kind: str, fields: dict[str, str]) -> str:
    ada = cast.here("ada")
    return happening.open_matter(ada, corpus(), cast.dov, occasion, signed(cast, kind, fields))


@pytest.fixture
def threat(lived: Cast) -> str:
    return opened(lived, "danger_to_others", "violence_risk", THREAT)


def stands(cast: Cast, matter: str, who: str = "ada") -> Standing:
    return happening.read(cast.here(who), corpus(), matter)


def tried(cast: Cast, matter: str, deed: str, result: str = "told", **more: str) -> None:
    typed = {"deed": deed, "result": result, **more}
    happening.attempt(cast.here("ada", at=NOON + timedelta(minutes=9)), corpus(), matter, typed)


def test_what_the_record_says_is_filled_in_with_where_it_came_from(
    lived: Cast, threat: str
) -> None:
    found = stands(lived, threat)
    facts = found.whole.determination.facts
    assert facts["threat_kind"] == "serious_physical_harm_or_death"
    assert facts["victim"] == "identified"
    assert found.source.fields is not None
    assert found.source.fields["victim"] == ("target",)
    assert found.source.learned == NOON
    assert [one.act for one in found.open if one.ways] == ["protect"]


def test_calls_close_the_duty_and_the_bar_says_so(lived: Cast, threat: str) -> None:
    (bar,) = watching.open_for(lived.here("ada"))
    assert (bar.count, bar.since) == (1, NOON)
    tried(lived, threat, "warn_victim", "no_answer")
    assert stands(lived, threat).open
    tried(lived, threat, "notify_law_enforcement", whom="Dispatcher 14", told="The words as spoken")
    assert not stands(lived, threat).open
    assert watching.open_for(lived.here("ada")) == []


def test_only_what_was_told_stands_in_the_account(lived: Cast, threat: str) -> None:
    tried(lived, threat, "warn_victim", "message")
    assert not Departure.objects.exists()
    tried(lived, threat, "notify_law_enforcement", whom="Dispatcher 14", told="The words as spoken")
    ((line, entry),) = queries.departures(lived.here("ada"), lived.dov)
    assert (line.recipient, line.owed) == ("Dispatcher 14", True)
    assert "164.512(j)" in line.purpose
    assert Step.objects.filter(entry=entry).exists(), "the line and the step share their entry"
    tried(lived, threat, "hospitalize_voluntary", whom="The ward")
    lines = [one for one, _ in queries.departures(lived.here("ada"), lived.dov)]
    assert [one.owed for one in lines] == [True, False], "treatment is left out of what is owed"


def test_nothing_of_a_danger_stands_in_the_clear(lived: Cast, threat: str) -> None:
    tried(lived, threat, "notify_law_enforcement", whom="Dispatcher 14")
    row = Watch.objects.get()
    clear = {row.person, row.offered, str(row.count), str(row.since), str(row.due)}
    assert not [one for one in clear if "danger" in one or "Dispatcher" in one]
    sealed = [bytes(one.sealed) for one in Step.objects.all()]
    sealed += [bytes(one.sealed) for one in Departure.objects.all()]
    assert not [words for words in sealed if b"Dispatcher" in words]


def test_whoever_does_not_care_learns_of_nothing(lived: Cast, threat: str) -> None:
    assert watching.open_for(lived.here("bea")) == []
    assert watching.of_chart(lived.here("bea"), lived.dov) == []
    for deed in (
        lambda: stands(lived, threat, "bea"),
        lambda: happening.open_matter(lived.here("bea"), corpus(), lived.dov, "child_abuse"),
        lambda: happening.attempt(
            lived.here("bea"), corpus(), threat, {"deed": "warn_victim", "result": "told"}
        ),
    ):
        with pytest.raises(NotHere):
            deed()
    assert Step.objects.count() == 1


def test_a_bad_attempt_leaves_nothing_behind(lived: Cast, threat: str) -> None:
    with pytest.raises(NotAnAttempt):
        tried(lived, threat, "warn_victim", "perhaps")
    assert Step.objects.count() == 1


@pytest.mark.parametrize("who", ["bea", "sol", "ada"])
def test_only_whoever_treats_or_covers_is_offered_it(lived: Cast, threat: str, who: str) -> None:
    """Bea does not care for him, Sol supervises, and Ada holds it already."""
    with pytest.raises(happening.NotTheirs):
        happening.offer(lived.here("ada"), corpus(), threat, lived.people[who].id)


def test_it_stays_until_whoever_covers_takes_it(lived: Cast, threat: str) -> None:
    bea = lived.people["bea"].id
    practice.begin_care(
        lived.here("ada"), lived.dov, bea, Capacity.COVERING, NOON + timedelta(days=7)
    )
    happening.offer(lived.here("ada"), corpus(), threat, bea)
    assert watching.open_for(lived.here("ada")), "it stays with its holder until taken"
    (waits,) = watching.open_for(lived.here("bea"))
    assert waits.offered
    with pytest.raises(happening.NotOffered):
        happening.take(lived.here("ada"), corpus(), threat)
    happening.take(lived.here("bea"), corpus(), threat)
    assert watching.open_for(lived.here("ada")) == []
    (hers,) = watching.open_for(lived.here("bea"))
    assert not hers.offered
    assert stands(lived, threat).holder == bea


def test_telling_nobody_is_signed_against_the_opinion_and_ends_the_bar(
    lived: Cast, threat: str
) -> None:
    ada = lived.here("ada")
    actions.decide(ada, corpus(), threat, Decision.HOLD, "He is in hospital since noon.")
    happening.watch(ada, corpus(), threat)
    found = stands(lived, threat)
    assert found.whole.decisions[-1].signed.against
    assert watching.open_for(ada) == []
    assert any(one.open for one in found.duties), "the page still says what is owed"


def test_telling_when_a_rule_asks_for_it_is_not_against_it(lived: Cast, threat: str) -> None:
    actions.decide(lived.here("ada"), corpus(), threat, Decision.TELL, "He named the man.")
    assert not stands(lived, threat).whole.decisions[-1].signed.against


def test_a_suspicion_is_reported_by_telephone_then_in_writing(lived: Cast) -> None:
    matter = opened(lived, "child_abuse", "abuse_suspicion", ABUSE)
    assert {one.act for one in stands(lived, matter).open} >= {"report_orally", "report_in_writing"}
    tried(lived, matter, "report_orally", whom="Screener Ono, 2291")
    after = stands(lived, matter)
    assert "report_orally" not in {one.act for one in after.open}
    assert after.due == NOON + timedelta(hours=48)
    odd = NOON + timedelta(microseconds=620021)
    happening.keep_report(
        lived.here("ada", at=odd),
        corpus(),
        matter,
        {"part.person": "A boy of nine", "part.seen": "Bruises"},
    )
    kept = stands(lived, matter).report
    assert kept is not None
    assert kept.parts["seen"] == "Bruises"
    first, again = (reporting.printed(lived.here("ada"), stands(lived, matter)) for _ in range(2))
    assert first.pdf == again.pdf, "the same file, whenever it is looked at"


def test_a_threat_has_no_written_report(lived: Cast, threat: str) -> None:
    with pytest.raises(NotHere):
        happening.keep_report(lived.here("ada"), corpus(), threat, {"part.person": "Somebody"})


def test_a_record_of_another_chart_opens_no_matter(lived: Cast) -> None:
    record = signed(lived, "violence_risk", THREAT)
    with pytest.raises(NotHere):
        happening.open_matter(lived.here("bea"), corpus(), lived.fay, "danger_to_others", record)
