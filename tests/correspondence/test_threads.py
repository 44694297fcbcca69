"""Messages: each thread is of whoever writes in it and of those who care, and of nobody else (P3, P8)."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from stillroom.access import Act, Purpose, Ward
from stillroom.config.agreement import rows_of_practice
from stillroom.correspondence import actions, models, queries, rules
from stillroom.phi import NotHere, Presence, bridge
from stillroom.practice import queries as practice
from stillroom.practice import queries_guests as guests
from tests.cast import Cast
from tests.family import MAJORITY, lived

pytestmark = pytest.mark.django_db
ASKED = "Could we begin at four on Thursday? My mother drives me."
ALONE = "Please do not tell my father that I asked."


@pytest.fixture(scope="module")
def standing(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Cast, str]]:
    """One family for all that is tried."""
    with lived(django_db_blocker, tmp_path_factory.mktemp("threads")) as family:
        yield family


@pytest.fixture
def sam(standing: tuple[Cast, str]) -> Presence:
    return standing[0].here("sam")


@pytest.fixture
def eva(standing: tuple[Cast, str]) -> Presence:
    return standing[0].here("eva")


@pytest.fixture
def ada(standing: tuple[Cast, str]) -> Presence:
    return standing[0].here("ada")


@pytest.fixture
def chart(standing: tuple[Cast, str]) -> str:
    return standing[1]


def words(thread: rules.Thread) -> list[str]:
    return [one.words for one in thread.messages]


def test_a_message_is_read_answered_and_read_again(
    sam: Presence, ada: Presence, chart: str
) -> None:
    actions.write(sam, chart, f"  {ASKED}\r\n")
    (line,) = queries.threads_of(ada, chart)
    assert (line.waits, line.person) == (1, "")
    seen = queries.thread(ada, line.id)
    assert words(seen) == [ASKED]
    actions.answer(ada, line.id, "Yes, at four.", seen=seen.last)
    own = queries.own_thread(sam, chart)
    assert words(own) == [ASKED, "Yes, at four."]
    assert [one.from_team for one in own.messages] == [False, True]
    assert not queries.waiting(ada)


def test_a_proxys_thread_and_the_young_clients_are_apart(
    sam: Presence, eva: Presence, ada: Presence, chart: str
) -> None:
    actions.write(sam, chart, ALONE)
    mine = actions.write(eva, chart, ASKED)
    assert words(queries.own_thread(eva, chart)) == [ASKED]
    assert words(queries.own_thread(sam, chart)) == [ALONE]
    assert [one.person for one in queries.threads_of(ada, chart)] == ["", eva.person]
    actions.answer(ada, mine, "We can.", seen=1)
    assert words(queries.own_thread(sam, chart)) == [ALONE]


def test_what_a_proxy_is_shown_does_not_depend_on_what_the_client_wrote(
    sam: Presence, eva: Presence, chart: str
) -> None:
    before = queries.own_thread(eva, chart)
    with transaction.atomic():
        actions.write(sam, chart, ALONE)
        assert queries.own_thread(eva, chart) == before
        transaction.set_rollback(True)


def test_who_was_not_given_messages_reads_and_writes_none(
    standing: tuple[Cast, str], chart: str
) -> None:
    ivo = standing[0].here("ivo")
    for tried in (
        lambda: queries.own_thread(ivo, chart),
        lambda: actions.write(ivo, chart, "May I?"),
    ):
        with pytest.raises(NotHere):
            tried()
    assert not models.Thread.objects.filter(person=ivo.person).exists()


def test_nobody_comes_to_anothers_thread_by_its_number(
    standing: tuple[Cast, str], sam: Presence, eva: Presence, chart: str
) -> None:
    cast, _ = standing
    thread = actions.write(sam, chart, ALONE)
    for name in ("eva", "ivo", "sam", "bea", "cal", "max", "olga", "nan"):
        with pytest.raises(NotHere):
            queries.thread(cast.here(name), thread)
        with pytest.raises(NotHere):
            actions.answer(cast.here(name), thread, "Hm.", seen=9)
    row = models.Thread.objects.get(pk=thread)
    cares = practice.cares_of(eva.person, chart)
    ward = queries.ward_of(row, eva.at)
    assert ward.shared_with == {sam.person}
    with pytest.raises(NotHere):
        bridge.ask(eva, Act.THREAD_READ, Purpose.OWN, ward, cares=cares)
    with pytest.raises(NotHere):
        bridge.ask(eva, Act.THREAD_READ, Purpose.OWN, Ward(chart=chart), cares=cares)


def test_a_supervisor_reads_and_does_not_answer(
    standing: tuple[Cast, str], sam: Presence, chart: str
) -> None:
    sol = standing[0].here("sol")
    thread = actions.write(sam, chart, ASKED)
    assert words(queries.thread(sol, thread)) == [ASKED]
    with pytest.raises(NotHere):
        actions.answer(sol, thread, "Yes.", seen=1)
    assert not queries.waiting(sol)


def test_what_comes_while_an_answer_is_written_still_waits(
    sam: Presence, ada: Presence, chart: str
) -> None:
    thread = actions.write(sam, chart, ASKED)
    seen = queries.thread(ada, thread).last
    actions.write(sam, chart, "And could it be by telephone?")
    actions.answer(ada, thread, "Yes, at four.", seen=seen)
    (line,) = queries.waiting(ada)
    assert (line.id, line.waits) == (thread, 1)
    actions.settle(ada, thread, seen=queries.thread(ada, thread).last)
    assert not queries.waiting(ada)


def test_a_thread_goes_with_the_chart_to_whoever_covers(
    standing: tuple[Cast, str], sam: Presence, ada: Presence, chart: str
) -> None:
    from stillroom.practice import actions as practising

    bea = standing[0].here("bea")
    thread = actions.write(sam, chart, ASKED)
    assert not [one for one in queries.waiting(bea) if one.chart == chart]
    practising.cover(ada, chart, bea.person, ada.at + timedelta(days=7))
    assert [one.id for one in queries.waiting(bea) if one.chart == chart] == [thread]
    actions.answer(bea, thread, "I cover for Ada this week.", seen=9)
    assert words(queries.own_thread(sam, chart))[-1] == "I cover for Ada this week."


def test_a_new_account_of_the_same_client_has_her_thread_and_at_majority_a_proxys_is_shut(
    standing: tuple[Cast, str], sam: Presence, eva: Presence, chart: str
) -> None:
    from stillroom.practice import actions_guests
    from stillroom.practice.actions_guests import Stand

    cast, _ = standing
    actions.write(sam, chart, ALONE)
    client = guests.own_stand(sam, chart).client
    actions_guests.end_standing(cast.here("ada"), chart, sam.person)
    anew = cast._guest("sam2", chart, Stand(client), "ada")
    cast.people["sam2"] = anew
    assert words(queries.own_thread(cast.here("sam2"), chart)) == [ALONE]
    with pytest.raises(NotHere):
        queries.own_thread(sam, chart)
    with pytest.raises(NotHere):
        queries.own_thread(cast.here("eva", at=MAJORITY), chart)


def test_the_team_writes_first_to_whoever_comes_in_now(
    eva: Presence, ada: Presence, chart: str
) -> None:
    actions.write_to(ada, chart, eva.person, "The form is ready.")
    assert words(queries.own_thread(eva, chart)) == ["The form is ready."]
    for nobody in ("", ada.person, "abc"):
        with pytest.raises(rules.NobodyToWriteTo):
            actions.write_to(ada, chart, nobody, "Hello?")


@pytest.mark.parametrize(
    ("typed", "refused"),
    [("", rules.NothingWritten), (" \n ", rules.NothingWritten), ("a" * 6001, rules.TooLong)],
)
def test_what_is_no_message_is_refused_and_begins_nothing(
    sam: Presence, chart: str, typed: str, refused: type[Exception]
) -> None:
    with pytest.raises(refused):
        actions.write(sam, chart, typed)
    assert not models.Thread.objects.exists()


def test_nothing_of_the_words_stands_in_the_clear_and_every_look_is_in_the_log(
    sam: Presence, ada: Presence, chart: str
) -> None:
    size = len(list(ada.house.log.entries(0)))
    thread = actions.write(sam, chart, ASKED)
    queries.thread(ada, thread)
    queries.own_thread(sam, chart)
    acts = [one.entry.act for one in ada.house.log.entries(size)]
    assert acts == ["chart:thread:write", "chart:thread:read", "chart:thread:read"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM correspondence_message")
        assert ASKED.encode() not in repr(cursor.fetchall()).encode()
    told = queries.told_of_log(10)
    assert [(one.acts, one.actor) for one in told] == [(frozenset({Act.THREAD_WRITE}), sam.person)]
    assert set(told) <= set(rows_of_practice().told)


def test_a_long_thread_shows_its_newest_messages_and_says_how_many_are_older(
    sam: Presence, chart: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "MOST", 3)
    for nth in range(5):
        actions.write(sam, chart, f"message {nth}")
    own = queries.own_thread(sam, chart)
    assert words(own) == ["message 2", "message 3", "message 4"]
    assert own.earlier == 2


def test_the_practice_says_how_it_answers_and_the_last_word_holds(
    standing: tuple[Cast, str],
) -> None:
    cast, _ = standing
    assert queries.manner() == ""
    actions.say_manner(cast.here("olga"), "We answer within two working days.", "")
    assert queries.manner("es") == "We answer within two working days."
    actions.say_manner(cast.here("olga"), "Within three.", "En tres días.")
    assert (queries.manner(), queries.manner("es")) == ("Within three.", "En tres días.")
    for name in ("ada", "cal", "nan", "sam"):
        with pytest.raises(NotHere):
            actions.say_manner(cast.here(name), "Never.", "")
