"""Statements asked of SQLite's own driver answer as Django's cursor does, and fail as it does."""

from contextlib import nullcontext
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from stillroom.kernel import Misuse, new_id
from stillroom.phi import statements
from stillroom.practice.models import Chart

_AT = datetime(2026, 11, 20, 17, 0, 3, 250, tzinfo=UTC)
_SOME = "SELECT id, number, kind, opened_at, closed_at FROM practice_chart WHERE number > %s"
_OF_NOBODY = "INSERT INTO practice_holder (chart_id, client_id) VALUES (%s, %s)"
_CHANGE = "UPDATE practice_chart SET kind = %s WHERE number > %s"


def _charts(*numbers: int) -> None:
    for number in numbers:
        Chart.objects.create(id=new_id(), number=number, kind=Chart.Kind.COUPLE, opened_at=_AT)


def test_the_answer_is_the_one_that_djangos_cursor_gives(db: None) -> None:
    _charts(1, 2, 3)
    ours = statements.fetch_all(_SOME, (1,))
    with connection.cursor() as cursor:
        cursor.execute(_SOME, (1,))
        theirs = list(cursor.fetchall())
    assert ours == theirs
    assert len(ours) == 2
    assert list(statements.fetch_each(_SOME, (1,))) == theirs
    assert statements.fetch_one(_SOME, (2,)) in theirs
    assert statements.fetch_one(_SOME, (3,)) is None


def test_rows_among_several_are_those_of_each_and_among_none_nothing_is_asked(db: None) -> None:
    _charts(1, 2, 3)
    among = "SELECT number FROM practice_chart WHERE number IN ({}) AND kind = %s ORDER BY number"
    assert statements.fetch_among(among, [3, 1, 9], "couple") == [(1,), (3,)]
    with CaptureQueriesContext(connection) as seen:
        assert statements.fetch_among(among, [], "couple") == []
    assert len(seen) == 0


def test_whoever_counts_statements_sees_them(db: None) -> None:
    _charts(1)
    with CaptureQueriesContext(connection) as seen:
        counted = statements.fetch_all(_SOME, (0,)), list(statements.fetch_each(_SOME, (0,)))
        statements.carry_out(_CHANGE, ("couple", 0))
        statements.carry_out_each(_CHANGE, [("group", 0)])
    assert len(seen) == 4
    assert counted[0] == counted[1]


def test_what_is_changed_is_counted(db: None) -> None:
    _charts(1, 2, 3)
    assert statements.carry_out(_CHANGE, ("group", 1)) == 2
    assert statements.carry_out(_CHANGE, ("group", 7)) == 0
    statements.carry_out_each(_CHANGE, iter([("couple", 2), ("couple", 2)]))
    assert [row[2] for row in statements.fetch_all(_SOME, (0,))] == ["couple", "group", "couple"]


def test_a_change_goes_with_the_transaction_it_stands_in(db: None) -> None:
    _charts(1)

    class Regret(Exception):
        pass

    with pytest.raises(Regret), transaction.atomic():
        statements.carry_out(_CHANGE, ("group", 0))
        raise Regret
    ((_, _, kind, _, _),) = statements.fetch_all(_SOME, (0,))
    assert kind == "couple"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("watched", [False, True], ids=["directly", "by django"])
def test_what_stands_together_stands_or_falls_together(db: None, watched: bool) -> None:
    _charts(1, 2)
    seen = CaptureQueriesContext(connection) if watched else nullcontext()
    with seen:
        with statements.all_or_none():
            statements.carry_out(_CHANGE, ("group", 0))
        with pytest.raises(IntegrityError), statements.all_or_none():
            statements.carry_out(_CHANGE, ("couple", 0))
            statements.carry_out("INSERT INTO practice_chart (id) VALUES (%s)", (new_id(),))
        with pytest.raises(IntegrityError), statements.all_or_none():
            statements.carry_out(_CHANGE, ("couple", 0))
            statements.carry_out(_OF_NOBODY, (new_id(), new_id()))  # told when it is to stand
    assert [row[2] for row in statements.fetch_all(_SOME, (0,))] == ["group", "group"]
    assert connection.get_autocommit()
    with transaction.atomic():
        pass


def test_within_a_transaction_it_goes_with_that(db: None) -> None:
    _charts(1)

    class Regret(Exception):
        pass

    with pytest.raises(Regret), transaction.atomic():
        with statements.all_or_none():
            statements.carry_out(_CHANGE, ("group", 0))
        raise Regret
    assert [row[2] for row in statements.fetch_all(_SOME, (0,))] == ["couple"]


def test_errors_are_told_as_django_tells_them(db: None) -> None:
    _charts(1)
    ((same, *_),) = statements.fetch_all(_SOME, (0,))
    with pytest.raises(IntegrityError), transaction.atomic():
        statements.carry_out_each("INSERT INTO practice_chart (id) VALUES (%s)", [(same,)])
    with pytest.raises(DatabaseError), transaction.atomic():
        statements.fetch_all("SELECT nothing FROM nowhere")
    with pytest.raises(DatabaseError), transaction.atomic():
        list(statements.fetch_each("SELECT nothing FROM nowhere"))


def test_after_a_failure_a_transaction_is_asked_nothing_more(db: None) -> None:
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(TransactionManagementError):
            statements.fetch_all(_SOME, (0,))


def test_another_percent_than_a_mark_is_a_mistake_of_ours(db: None) -> None:
    with pytest.raises(Misuse, match="no value's mark"):
        statements.fetch_all("SELECT id FROM practice_chart WHERE id LIKE 'a%'")
