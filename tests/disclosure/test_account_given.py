"""An account of disclosures that a client takes along, and that anybody can check (P9, P10)."""

import io
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker

from stillroom.access import Act, Purpose, Ward
from stillroom.disclosure import accounting, releasing, sending
from stillroom.disclosure.models import AccountGiven, Matter
from stillroom.disclosure.rules_account import (
    PART2_SINCE,
    Asking,
    Held,
    Left,
    StatementIncomplete,
    account,
    free,
    held_until,
    require_statement,
    summed,
)
from stillroom.disclosure.rules_accounting import AccountingLine, Basis
from stillroom.disclosure.rules_leaving import Wish
from stillroom.phi import NotHere, bridge, proving
from stillroom.practice import queries as practice
from tests.cast import Cast, make_cast
from tests.disclosure.leaving import TO, another, packet_for_rex, proven
from tests.web import corpus, serve

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
LINE = AccountingLine(TODAY, "Rex Dunleavy", "Towson", "Progress note", "a subpoena", "7f" * 32)
HELD = Held("State Police", "Sgt. Doe", True, TODAY, date(2027, 1, 5), "An inquiry runs.", ("1",))


def left(on: date = TODAY, of: str = "1", **line: Any) -> Left:
    return Left(of, replace(LINE, on=on, **line), 7)


# Which lines, by rule


@settings(max_examples=150)
@given(
    days=st.lists(st.integers(0, 3000), max_size=8),
    until=st.integers(0, 60),
    asked=st.integers(0, 60),
    everything=st.booleans(),
)
def test_what_is_held_back_comes_back_by_itself_and_nothing_else_moves(
    days: list[int], until: int, asked: int, everything: bool
) -> None:
    lines = [left(TODAY - timedelta(days=back), str(nth)) for nth, back in enumerate(days)]
    held = replace_held(until=TODAY + timedelta(days=until), departures=("0",))
    asked_on = TODAY + timedelta(days=asked)
    with_it = account(lines, [held], asked_on=asked_on, everything=everything)
    without = account(lines, [], asked_on=asked_on, everything=everything)
    missing = set(without) - set(with_it)
    assert {one.id for one in missing} <= {"0"}
    assert asked <= until or not missing
    assert list(without) == sorted(without, key=lambda one: (one.line.on, one.entry))
    for one in without:
        assert asked_on.replace(year=asked_on.year - 6) <= one.line.on <= asked_on


def replace_held(**changes: Any) -> Held:
    fields = {name: getattr(HELD, name) for name in HELD.__struct_fields__}
    return Held(**{**fields, **changes})


def test_a_word_of_mouth_holds_for_thirty_days_at_most() -> None:
    oral = replace_held(written=False)
    assert held_until(left(), [oral]) == TODAY + timedelta(days=30)
    assert held_until(left(), [oral, HELD]) == HELD.until
    assert held_until(left(of="2"), [HELD]) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"agency": " "},
        {"official": ""},
        {"words": ""},
        {"departures": ()},
        {"stated_on": TODAY + timedelta(days=1)},
        {"until": TODAY - timedelta(days=1)},
    ],
)
def test_a_statement_without_what_the_law_wants_holds_nothing_back(changes: Any) -> None:
    with pytest.raises(StatementIncomplete):
        require_statement(replace_held(**changes), TODAY)


def test_what_was_called_back_unopened_stands_in_no_account() -> None:
    recalled = replace(left(), recalled_at=datetime(2026, 11, 20, tzinfo=UTC))
    assert account([recalled], [], asked_on=TODAY, everything=True) == ()


def test_program_records_that_left_by_consent_are_accounted_for_over_three_years() -> None:
    consented = {"exempt_because": Basis.AUTHORIZATION.value}
    assert account([left(**consented)], [], asked_on=TODAY) == ()
    assert len(account([left(part2=True, **consented)], [], asked_on=TODAY)) == 1
    before = left(PART2_SINCE - timedelta(days=1), part2=True, **consented)
    assert account([before], [], asked_on=TODAY) == ()
    later = date(2030, 1, 10)
    old = [left(later - timedelta(days=365 * 3 + 1 + n), part2=True, **consented) for n in (0, 1)]
    assert len(account(old, [], asked_on=later)) == 1


def test_repeated_ones_are_summed_and_none_is_lost() -> None:
    lines = [left(TODAY - timedelta(days=n), str(n)) for n in (9, 4, 1)]
    other = left(of="o", purpose="an audit")
    first, second = summed(account([*lines, other], [], asked_on=TODAY))
    assert (first.count, first.first.line.on, first.last) == (
        3,
        TODAY - timedelta(days=9),
        TODAY - timedelta(days=1),
    )
    assert second.count == 1
    assert len(first.entries) == 3


def test_the_first_in_twelve_months_is_free() -> None:
    assert free([], TODAY)
    assert not free([date(2025, 11, 21)], TODAY)
    assert free([date(2025, 11, 20)], TODAY)


# Handed over


@pytest.fixture(scope="module")
def lived(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: Any
) -> Iterator[Cast]:
    """A packet has left for Rex on Dov's paper."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = make_cast(tmp_path_factory.mktemp("account"))
        ids = packet_for_rex(cast)
        releasing.release(proven(cast), corpus(), ids["packet"], TO)
        yield cast
        cast.house.log.close()
        transaction.set_rollback(True)


def give(cast: Cast, name: str = "ada", **asking: Any) -> str:
    shell = serve(cast)
    return accounting.give(
        cast.here(name),
        cast.dov,
        Asking(cast.at.date(), **asking),
        checkpoint=shell.checkpoint,
        log_key=shell.log_key,
    )


def unpacked(cast: Cast, given: str, folder: Path) -> str:
    """The bundle in a folder; the words of its paper."""
    _, bundle = accounting.file_of(cast.here("ada"), given)
    zipfile.ZipFile(io.BytesIO(bundle)).extractall(folder)
    pages = pypdf.PdfReader(folder / "account.pdf").pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def verified(folder: Path) -> "subprocess.CompletedProcess[str]":
    """What a stranger is told, with the files and Python alone."""
    program = [sys.executable, "-I", "verify_log.py", "checkpoint.txt", "--key", "log-key.txt"]
    program += ["--proof", "proofs.json"]
    return subprocess.run(program, cwd=folder, capture_output=True, text=True, check=False)


def test_the_account_verifies_with_its_own_files_and_nothing_of_ours(
    lived: Cast, tmp_path: Path
) -> None:
    with transaction.atomic():
        words = unpacked(lived, give(lived, everything=True), tmp_path)
        assert "To Rex Dunleavy, 1 Court Square, Towson" in words
        assert "Dov Halpern" in words
        told = verified(tmp_path)
        assert told.returncode == 0, told.stdout + told.stderr
        proofs = tmp_path / "proofs.json"
        proofs.write_text(proofs.read_text().replace("release:packet:send", "release:packet:open"))
        assert verified(tmp_path).returncode == 1, "a word of an entry is not changed unseen"
        transaction.set_rollback(True)


def test_an_authorized_packet_is_not_owed_and_an_account_of_nothing_says_so(
    lived: Cast, tmp_path: Path
) -> None:
    with transaction.atomic():
        words = unpacked(lived, give(lived), tmp_path)
        assert "Nothing was disclosed in this time" in words
        assert "Rex Dunleavy" not in words
        assert verified(tmp_path).returncode == 0
        transaction.set_rollback(True)


def test_a_line_held_back_is_nowhere_in_the_clients_file(lived: Cast, tmp_path: Path) -> None:
    with transaction.atomic():
        (line,) = accounting.whole(lived.here("ada"), lived.dov).lines
        held = replace_held(departures=(line.id,))
        with pytest.raises(NotHere):
            accounting.hold(lived.here("sol"), lived.dov, held)
        with pytest.raises(NotHere):
            accounting.hold(lived.here("ada"), lived.dov, replace_held(departures=("another",)))
        accounting.hold(lived.here("ada"), lived.dov, held)
        words = unpacked(lived, give(lived, everything=True), tmp_path)
        assert "Rex" not in words
        assert "State Police" not in words
        assert '"index"' not in (tmp_path / "proofs.json").read_text()
        after = lived.later(days=47)
        assert "Rex" in unpacked(lived, give(after, everything=True), tmp_path)
        transaction.set_rollback(True)


def test_a_fee_needs_the_clients_word_and_a_second_account(lived: Cast) -> None:
    with transaction.atomic():
        with pytest.raises(accounting.FeeNotTold):
            give(lived, fee="$10", told=True)
        give(lived)
        with pytest.raises(accounting.FeeNotTold):
            give(lived, fee="$10")
        give(lived, fee="$10", told=True)
        assert AccountGiven.objects.count() == 2
        transaction.set_rollback(True)


@pytest.mark.parametrize("name", ["bea", "sol", "cal", "max", "olga", "nan"])
def test_nobody_but_who_treats_hands_an_account_over(lived: Cast, name: str) -> None:
    with transaction.atomic():
        with pytest.raises(NotHere):
            give(lived, name)
        assert not AccountGiven.objects.exists()
        transaction.set_rollback(True)


def test_a_link_called_back_is_in_the_account_of_nobody(lived: Cast, tmp_path: Path) -> None:
    with transaction.atomic():
        ids = lived_again(lived)
        sending.begin(proven(lived), corpus(), ids, Wish(TO, way="link"))
        sending.settle(lived.later(minutes=2).here("ada"), corpus(), ids)
        sending.call_back(lived.later(minutes=3).here("ada"), ids)
        lines = accounting.whole(lived.here("ada"), lived.dov).lines
        assert [one.recalled_at is None for one in lines] == [True, False]
        words = unpacked(lived, give(lived.later(minutes=4), everything=True), tmp_path)
        assert words.count("To Rex Dunleavy") == 1
        transaction.set_rollback(True)


def lived_again(cast: Cast) -> str:
    """One more packet in the same matter."""
    return another(cast, Matter.objects.get().pk)


def test_what_left_by_mistake_is_owed_and_proven_like_the_rest(lived: Cast, tmp_path: Path) -> None:
    with transaction.atomic():
        ada = lived.here("ada")
        with pytest.raises(accounting.LineIncomplete):
            accounting.add(ada, lived.dov, replace(LINE, purpose=" "))
        with pytest.raises(accounting.LineIncomplete):
            accounting.add(ada, lived.dov, replace(LINE, on=TODAY + timedelta(days=2)))
        with pytest.raises(NotHere):
            accounting.add(lived.here("bea"), lived.dov, LINE)
        wrong = replace(LINE, recipient="A neighbour", purpose="a wrong address", digest="")
        accounting.add(ada, lived.dov, wrong)
        words = unpacked(lived, give(lived), tmp_path)
        assert "To A neighbour" in words
        assert verified(tmp_path).returncode == 0
        transaction.set_rollback(True)


def test_nobody_gets_the_proof_of_an_entry_about_another_chart(lived: Cast) -> None:
    ada = lived.here("ada")
    ward = Ward(chart=lived.dov)
    cares = practice.cares_of(ada.person, lived.dov)
    grant = bridge.ask(ada, Act.MATTER_READ, Purpose.TREATMENT, ward, cares=cares)
    (mine,) = accounting.whole(ada, lived.dov).lines
    size = lived.house.log.size
    assert '"index"' in proving.proofs_about(ada, grant, ward, [mine.entry], size)
    for index in (0, size, size + 5):
        with pytest.raises(NotHere):
            proving.proofs_about(ada, grant, ward, [mine.entry, index], size)
