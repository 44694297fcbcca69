"""Who stands for a client: as far as the law on file lets, by a decision, and until a day (NEEDS 11)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker

from stillroom.access import REACHES, Act, Capacity, Purpose, Ward
from stillroom.config.paths import provisions
from stillroom.kernel import Trilean
from stillroom.law import RECORD_KINDS, states_on_file
from stillroom.phi import NotHere, Presence, bridge, rings
from stillroom.practice import actions_guests, actions_proxies, queries, queries_guests
from stillroom.practice import rules_proxies as rules
from stillroom.practice.actions_proxies import BasisAltered, Decided
from stillroom.practice.majority import birthday, majority
from stillroom.practice.models import Standing
from stillroom.practice.rules_proxies import About, Asked, Custody, Ground
from tests.cast import Cast
from tests.family import SAM, lived
from tests.web import corpus

YES, NO, OPEN = Trilean.YES, Trilean.NO, Trilean.UNKNOWN
TODAY = date(2026, 11, 20)
ABOUT = About(SAM.born, "us-md", "psychologist", TODAY)
GROWN = replace(ABOUT, born=date(1985, 3, 2))
CONSENTED_BY_PARENT = {
    "minor_consented_to_care": NO,
    "parent_agreed_to_confidentiality": NO,
    "client_emancipated": NO,
    "representative_endangers": NO,
}
MOTHER = Asked("Eva Okonjo", "mother", Ground.PARENT, answers=CONSENTED_BY_PARENT)


def proposed(asked: Asked = MOTHER, about: About = ABOUT) -> rules.Proposal:
    return rules.propose(rules.opinion(corpus(), asked, about), asked)


# The law proposes


def test_a_parent_who_consented_is_proposed_the_record_and_neither_private_notes_nor_the_log() -> (
    None
):
    found = proposed()
    assert {"progress_notes", "treatment_plan", "messages"} <= found.ticked
    assert not found.ticked & {"psychotherapy_notes", "sud_records", "account"}


def test_what_the_minor_consented_to_alone_is_left_out_until_somebody_chooses_it() -> None:
    alone = replace(MOTHER, answers=CONSENTED_BY_PARENT | {"minor_consented_to_care": YES})
    assert proposed(alone).ticked == frozenset()
    assert "telling_parent_harms_or_deters" in proposed(alone).wanting
    harmed = replace(alone, answers={**alone.answers, "telling_parent_harms_or_deters": YES})
    assert set(rules.KINDS) <= proposed(harmed).closed


def test_what_nobody_said_is_not_proposed() -> None:
    assert proposed(replace(MOTHER, answers={})).ticked == frozenset()


def test_in_no_state_and_with_no_answer_is_more_ticked_than_the_law_surely_opens() -> None:
    """Over all answers of the first two questions, in states whose laws differ."""
    places = ("us-al", "us-ca", "us-md", "us-ms", "us-ne", "us-ny", "us-tx")
    for place, alone, agreed in product(places, (YES, NO, OPEN), (YES, NO)):
        answers = CONSENTED_BY_PARENT | {
            "minor_consented_to_care": alone,
            "parent_agreed_to_confidentiality": agreed,
        }
        asked, about = replace(MOTHER, answers=answers), replace(ABOUT, place=place)
        found = rules.opinion(corpus(), asked, about)
        made = rules.propose(found, asked)
        assert not made.ticked & found.reach.never
        assert made.ticked & {*rules.KINDS} <= found.reach.surely
        assert made.ticked | made.open | made.closed == {*rules.KINDS, *rules.WAYS}


def test_weak_ground_is_told() -> None:
    assert proposed(about=replace(ABOUT, place="us-ne")).weak
    assert not proposed().weak


def test_a_helper_and_a_guardian_of_somebody_grown() -> None:
    helper = Asked("Ivo", "brother", Ground.HELPER, paper="authorization of November 2")
    assert "progress_notes" in proposed(helper, GROWN).ticked
    guardian = Asked("Ivo", "brother", Ground.GUARDIAN, paper="order", answers={})
    assert rules.facts_asked(guardian, GROWN)[0] == "personal_representative_verified"
    assert rules.facts_asked(guardian, ABOUT)[0] == "minor_consented_to_care"


# Who is not let in


@pytest.mark.parametrize(
    ("asked", "about", "refused"),
    [
        (replace(MOTHER, custody=Custody.EXCLUDED), ABOUT, rules.ShutOut),
        (
            replace(MOTHER, answers=CONSENTED_BY_PARENT | {"representative_endangers": YES}),
            ABOUT,
            rules.Endangers,
        ),
        (MOTHER, GROWN, rules.OfAge),
        (MOTHER, replace(ABOUT, born=None), rules.BornUnknown),
        (replace(MOTHER, ground=Ground.HELPER, paper="x"), ABOUT, rules.NotOfAge),
        (replace(MOTHER, ground=Ground.GUARDIAN), ABOUT, rules.NotSaid),
        (replace(MOTHER, custody=Custody.BOTH), ABOUT, rules.NotSaid),
        (replace(MOTHER, name=" "), ABOUT, rules.NotSaid),
        (replace(MOTHER, relation=""), ABOUT, rules.NotSaid),
    ],
)
def test_who_is_not_let_in_is_told_why(
    asked: Asked, about: About, refused: type[Exception]
) -> None:
    with pytest.raises(refused):
        rules.require(asked, about, proposed(), frozenset({"forms"}), "Because.")


def test_what_the_law_closes_nobody_gives_and_nobody_gives_without_words() -> None:
    closed = replace(proposed(), closed=frozenset({"diagnosis"}))
    with pytest.raises(rules.BeyondTheLaw):
        rules.require(MOTHER, ABOUT, closed, frozenset({"diagnosis"}), "Because.")
    for reach, words in ((frozenset({"forms"}), " "), (frozenset[str](), "Because.")):
        with pytest.raises(rules.NotSaid):
            rules.require(MOTHER, ABOUT, proposed(), reach, words)
    with pytest.raises(rules.NotSaid):
        rules.require(MOTHER, ABOUT, proposed(), frozenset({"psychotherapy_notes"}), "Because.")


def test_an_order_for_the_other_parent_proposes_nothing() -> None:
    assert proposed(replace(MOTHER, custody=Custody.OTHER_ONE)).ticked == frozenset()


# Until when


def test_majority_is_what_the_law_on_file_says_in_every_state() -> None:
    """Read where the provisions speak of it; eighteen where they say nothing."""
    later = {"us-al": 19, "us-ne": 19, "us-ms": 21}
    for place in states_on_file(corpus()):
        assert majority(place).age == later.get(place, 18)
        text = (provisions() / place / "minors.yaml").read_text("utf-8")
        said = re.findall(r"[Mm]ajority (?:is|at|is taken as) (\d\d)", " ".join(text.split()))
        said += re.findall(r"age of majority is (\d\d)", " ".join(text.split()))
        assert all(int(one) == majority(place).age for one in said), (place, said)
        assert said or place not in later


@pytest.mark.parametrize(
    ("place", "wished", "ends"),
    [
        ("us-md", None, date(2029, 4, 9)),
        ("us-md", date(2035, 1, 1), date(2029, 4, 9)),
        ("us-md", date(2027, 6, 1), date(2027, 6, 1)),
        ("us-al", None, date(2029, 4, 9)),
        ("us-al", date(2035, 1, 1), date(2030, 4, 9)),
        ("us-ms", date(2040, 1, 1), date(2032, 4, 9)),
    ],
)
def test_a_minors_proxy_ends_by_itself(place: str, wished: date | None, ends: date) -> None:
    assert rules.last_day(MOTHER, replace(ABOUT, place=place), wished) == ends


def test_an_order_that_ends_ends_it_and_one_of_the_past_lets_nobody_in() -> None:
    until = date(2027, 3, 1)
    assert rules.last_day(replace(MOTHER, order_ends=until), ABOUT, None) == until
    with pytest.raises(rules.Over):
        rules.require_time(TODAY, TODAY)


@settings(max_examples=60)
@given(
    st.dates(date(1999, 1, 1), TODAY),
    st.sampled_from(["us-md", "us-al", "us-ne", "us-ms", "us-ca"]),
    st.none() | st.dates(TODAY, date(2070, 1, 1)),
    st.none() | st.dates(TODAY, date(2070, 1, 1)),
)
def test_no_proxy_of_a_minor_outlasts_her_majority_or_the_order(
    born: date, place: str, wished: date | None, order: date | None
) -> None:
    about = replace(ABOUT, born=born, place=place)
    ends = rules.last_day(replace(MOTHER, order_ends=order), about, wished)
    if about.minor:
        assert ends is not None
        assert ends <= birthday(born, majority(place).age)
    assert order is None or ends is None or ends <= order


# Decided, signed, kept


@pytest.fixture(scope="module")
def standing(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Cast, str]]:
    """One family for all that is tried."""
    with lived(django_db_blocker, tmp_path_factory.mktemp("proxies")) as family:
        yield family


@pytest.fixture
def ada(standing: tuple[Cast, str]) -> Presence:
    return standing[0].here("ada")


def decided(ada: Presence, chart: str, **more: object) -> Decided:
    client = queries.chart_head(ada, chart).holders[0].client
    made = Decided(client, MOTHER, ABOUT, frozenset({"forms"}), "She brought him here.")
    return replace(made, **more)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_a_decision_is_sealed_signed_read_again_and_ends_by_itself(
    standing: tuple[Cast, str], ada: Presence
) -> None:
    _, chart = standing
    offered = actions_proxies.let_in(ada, corpus(), chart, decided(ada, chart))
    row = Standing.objects.get(person=offered.person)
    assert (row.reach, str(row.ends_at)) == (["forms"], "2029-04-09 04:00:00+00:00")
    assert b"brought him" not in bytes(row.sealed)
    basis = actions_proxies.read(chart, actions_proxies.door_of(ada, chart, offered.person).words)
    assert basis is not None
    assert (basis.name, basis.words, basis.by) == (
        "Eva Okonjo", "She brought him here.", ada.person,
    )  # fmt: skip


@pytest.mark.django_db
def test_what_was_not_signed_is_not_believed(standing: tuple[Cast, str], ada: Presence) -> None:
    _, chart = standing
    offered = actions_proxies.let_in(ada, corpus(), chart, decided(ada, chart))
    words = actions_proxies.door_of(ada, chart, offered.person).words
    for other in (words.replace(b"Eva", b"Eve"), words):
        with pytest.raises(BasisAltered):
            actions_proxies.read(chart if other != words else "another", other)


@pytest.mark.django_db
def test_a_changed_decision_keeps_the_one_before_and_holds_at_once(
    standing: tuple[Cast, str], ada: Presence
) -> None:
    _, chart = standing
    offered = actions_proxies.let_in(ada, corpus(), chart, decided(ada, chart))
    narrower = decided(ada, chart, given=frozenset({"appointments"}), words="Sam asked for less.")
    actions_proxies.change(ada, corpus(), chart, offered.person, narrower)
    cares = queries.cares_of(offered.person, chart)
    assert [care.reach for care in cares] == [frozenset({"appointments"})]
    basis = actions_proxies.read(chart, actions_proxies.door_of(ada, chart, offered.person).words)
    assert basis is not None
    assert [one.words for one in basis.before] == ["She brought him here."]


@pytest.mark.django_db
def test_a_mother_of_two_signs_in_once(standing: tuple[Cast, str], ada: Presence) -> None:
    cast, chart = standing
    eva = cast.here("eva")
    found = actions_proxies.known_elsewhere(ada, cast.dov)
    assert eva.person in {one.person for one in found}
    client = queries.chart_head(ada, cast.dov).holders[0].client
    helper = Asked("Eva", "sister", Ground.HELPER, paper="authorization of November 2")
    one = Decided(client, helper, GROWN, frozenset({"appointments"}), "He asked for it.")
    actions_proxies.let_in_known(ada, corpus(), cast.dov, eva.person, one)
    assert {each.chart for each in queries_guests.stands(eva)} == {chart, cast.dov}
    assert rings.open_ring(eva, cast.dov, rings.Kind.CHART)
    with pytest.raises(NotHere):
        actions_proxies.let_in_known(ada, corpus(), cast.dov, cast.people["bea"].id, one)


@pytest.mark.django_db
def test_only_who_treats_decides(standing: tuple[Cast, str], ada: Presence) -> None:
    cast, chart = standing
    one = decided(ada, chart)
    for name in ("bea", "sol", "cal", "max", "olga", "nan", "sam", "eva"):
        with pytest.raises(NotHere):
            actions_proxies.let_in(cast.here(name), corpus(), chart, one)
        with pytest.raises(NotHere):
            actions_proxies.change(cast.here(name), corpus(), chart, cast.people["ivo"].id, one)


@pytest.mark.django_db
def test_a_danger_is_shut_out_at_once_and_nobody_else_is_touched(
    standing: tuple[Cast, str], ada: Presence
) -> None:
    cast, chart = standing
    actions_guests.end_standing(ada, chart, cast.people["ivo"].id)
    assert not rings.holds(cast.people["ivo"].id, chart, rings.Kind.CHART)
    assert queries_guests.own_stand(cast.here("eva"), chart)
    with pytest.raises(NotHere):
        queries_guests.own_stand(cast.here("ivo"), chart)


@pytest.mark.django_db
def test_two_parents_have_each_their_own_reach(standing: tuple[Cast, str]) -> None:
    """Exhaustive over what can be given: each opens what was given to her, and nothing of his."""
    cast, chart = standing
    needs = {"messages": Act.THREAD_READ, "appointments": Act.APPOINTMENT_READ}
    for name, (reach, act) in product(("eva", "ivo"), needs.items()):
        who = cast.here(name)
        cares = queries.cares_of(who.person, chart)
        ward = Ward(chart=chart, shared_with=frozenset({who.person}))
        had = bridge.may(who, act, Purpose.OWN, ward, cares=cares)
        assert had is (reach in Standing.objects.get(person=who.person).reach)
    assert {*rules.WAYS} == REACHES
    assert set(rules.KINDS) <= set(RECORD_KINDS)
    assert Capacity.PROXY.value == "proxy"


def test_a_day_later_than_a_leap_day_is_no_day_longer() -> None:
    assert birthday(date(2012, 2, 29), 18) == date(2030, 2, 28)
    assert About(date(2012, 2, 29), "us-md", "", date(2030, 2, 28) - timedelta(days=1)).minor
