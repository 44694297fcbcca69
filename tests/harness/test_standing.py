"""The cast that is put back before each test is the cast that was made, whatever the last test did."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import transaction

from stillroom.access import Capacity, Role
from stillroom.chart import actions, queries
from stillroom.identity import doors
from stillroom.identity.models import Person
from stillroom.phi import NotHere
from stillroom.practice import actions as practice
from stillroom.practice.queries import chart_head
from tests.cast import FAY, NOON, PASSPHRASE, Cast
from tests.identity.conftest import code_of
from tests.standing import Kept, filled

pytestmark = pytest.mark.django_db


@contextmanager
def _put_back(kept: Kept, folder: Path) -> Iterator[Cast]:
    """One test's cast: what was done to the rows is undone afterwards, as after each test."""
    folder.mkdir()
    with transaction.atomic():
        cast = kept.put_back(folder)
        yield cast
        cast.house.log.close()
        transaction.set_rollback(True)


def test_the_rows_and_the_log_are_those_that_were_made(kept_cast: Kept, tmp_path: Path) -> None:
    with _put_back(kept_cast, tmp_path / "one") as cast:
        rows = dict(filled())
        assert {table: rows[table] for table, _ in kept_cast.tables} == dict(kept_cast.tables)
        assert {"identity_person", "practice_chart", "phi_wrap"} <= dict(kept_cast.tables).keys()
        assert cast.house.log.audit().size == cast.house.log.size > len(cast.people)


def test_everybody_comes_in_and_reads_what_was_theirs(kept_cast: Kept, tmp_path: Path) -> None:
    with _put_back(kept_cast, tmp_path / "one") as cast:
        for name, member in cast.people.items():
            opened = doors.by_passphrase(
                cast.house, name, PASSPHRASE, code_of(member, NOON), at=NOON
            )
            assert opened.key.public == member.key.public
        assert chart_head(cast.here("ada"), cast.dov).holders[0].sheet.family == "Halpern"
        with pytest.raises(NotHere):
            chart_head(cast.here("bea"), cast.dov)
        assert [hit.charts for hit in cast.directory.find("halp", within=None)] == [(cast.dov,)]


def test_nothing_that_a_test_does_to_the_cast_is_there_in_the_next(
    kept_cast: Kept, tmp_path: Path
) -> None:
    with _put_back(kept_cast, tmp_path / "one") as cast:
        size = cast.house.log.size
        cast.people["bea"].roles = frozenset({Role.OWNER})
        Person.objects.filter(pk=cast.bea.id).update(name="Somebody else")
        practice.begin_care(cast.here("ada"), cast.dov, cast.bea.id, Capacity.TREATING)
        record = actions.begin(cast.here("ada"), cast.dov, "progress_note", occurred_at=NOON)
        carer = practice.Carer(cast.ada.id, Capacity.TREATING)
        practice.admit(cast.here("ada"), cast.directory, [FAY], [carer], place="us-md")
        cast.holder("dov")
        cast.house.seal()
        cast.directory.forget()
    with _put_back(kept_cast, tmp_path / "two") as cast:
        assert dict(filled()).items() >= dict(kept_cast.tables).items()
        assert cast.house.log.size == size
        assert not cast.house.sealed
        assert cast.bea.roles == {Role.CLINICIAN}
        assert "dov" not in cast.people
        assert len(cast.directory) == 2
        with pytest.raises(NotHere):
            queries.record(cast.here("ada"), record)


@pytest.mark.django_db(transaction=True)
def test_it_is_put_back_where_every_statement_is_its_own_transaction(
    kept_cast: Kept, tmp_path: Path
) -> None:
    cast = kept_cast.put_back(tmp_path)
    assert dict(filled()).items() >= dict(kept_cast.tables).items()
    cast.house.log.close()
