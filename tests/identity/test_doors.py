"""The door tells nobody who exists, counts a code once, slows guesses, and writes refusals down."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stillroom.access import Act
from stillroom.identity import doors
from stillroom.identity.doors import Opened
from stillroom.identity.models import Attempt, OneTimeCode, Person, WayIn
from stillroom.identity.refusals import SignInRefused, TooManyTries, WordsRefused
from stillroom.vault import PassphraseLock, new_recovery_words
from tests.cast import NOON, PASSPHRASE, Cast
from tests.identity.conftest import Told, code_of

SignIn = Callable[..., Opened]
WRONG = "quick stream over eight fords"
STEP = timedelta(seconds=30)


def fail(
    staff: Cast, name: str, passphrase: str = WRONG, code: str = "", at: datetime = NOON
) -> Exception:
    """A refused try; gives what was said."""
    with pytest.raises((SignInRefused, TooManyTries)) as refused:
        doors.by_passphrase(staff.house, name, passphrase, code, at=at)
    return refused.value


def test_name_passphrase_and_code_together_open_her_own_key(staff: Cast, sign_in: SignIn) -> None:
    opened = sign_in("ada")
    assert opened.person == staff.ada.id
    assert opened.key.public == staff.ada.key.public


def test_the_name_may_be_typed_in_any_case(staff: Cast) -> None:
    code = code_of(staff.ada)
    assert doors.by_passphrase(staff.house, "  ADA ", PASSPHRASE, code, at=NOON)


WRONGS = {
    "an unknown name": ("nobody", PASSPHRASE, True),
    "a wrong passphrase": ("ada", WRONG, True),
    "a wrong code": ("ada", PASSPHRASE, False),
    "all wrong": ("ada", WRONG, False),
    "a closed account": ("bea", PASSPHRASE, True),
    "a name that is none": ("\ud800", PASSPHRASE, True),
    "no name": ("", PASSPHRASE, True),
}


@pytest.mark.parametrize("what", WRONGS)
def test_whatever_is_wrong_is_told_alike_and_takes_alike_work(
    staff: Cast, argon2: list[int], told: Callable[[], list[Told]], what: str
) -> None:
    """P8: the sentence, the Argon2 work, the queries and the entry are those of a wrong code."""
    Person.objects.filter(pk=staff.bea.id).update(active=False)
    fail(staff, "somebody else first", PASSPHRASE)

    def measure(name: str, passphrase: str, code: str) -> tuple[str, str, list[int], int, int]:
        argon2.clear()
        before = len(told())
        with CaptureQueriesContext(connection) as queries:
            said = fail(staff, name, passphrase, code)
        work = list(argon2)
        return str(said), getattr(said, "advice", ""), work, len(queries), len(told()) - before

    name, passphrase, code_right = WRONGS[what]
    member = staff.people.get(name, staff.ada)
    code = code_of(member) if code_right else "000000"
    assert measure(name, passphrase, code) == measure("olga", PASSPHRASE, "000000")


def test_the_work_for_an_unknown_name_is_that_of_a_real_lock(
    staff: Cast, argon2: list[int]
) -> None:
    fail(staff, "nobody")
    real = WayIn.objects.get(person_id=staff.ada.id, kind="passphrase")
    assert argon2 == [PassphraseLock.from_bytes(bytes(real.lock)).memory_kib]


def test_the_sealed_details_of_a_refusal_are_of_one_size(staff: Cast) -> None:
    for name in ("ada", "nobody", "", "x" * 300):
        fail(staff, name)
    log = staff.house.log
    sizes = {len(one.entry.canonical()) for one in log.entries(log.size - 4, log.size)}
    assert len(sizes) == 1


@pytest.mark.parametrize("drift", [-1, 0, 1])
def test_a_code_of_a_step_beside_is_taken(staff: Cast, sign_in: SignIn, drift: int) -> None:
    assert sign_in(code=code_of(staff.ada, NOON + drift * STEP))


@pytest.mark.parametrize("drift", [-2, 2, 2880])
def test_a_code_of_any_other_step_is_not(staff: Cast, sign_in: SignIn, drift: int) -> None:
    with pytest.raises(SignInRefused):
        sign_in(code=code_of(staff.ada, NOON + drift * STEP))


def test_a_code_counts_once_and_so_does_every_older_one(staff: Cast, sign_in: SignIn) -> None:
    sign_in(code=code_of(staff.ada, NOON))
    for used in (NOON, NOON - STEP):
        with pytest.raises(SignInRefused):
            sign_in(code=code_of(staff.ada, used))
    assert sign_in(code=code_of(staff.ada, NOON + STEP))


def test_a_code_typed_with_a_wrong_passphrase_is_not_used_up(staff: Cast, sign_in: SignIn) -> None:
    """Else whoever stands behind her could use up every code she shows."""
    fail(staff, "ada", WRONG, code_of(staff.ada))
    assert sign_in("ada")


def test_another_persons_code_is_no_code(staff: Cast, sign_in: SignIn) -> None:
    with pytest.raises(SignInRefused):
        sign_in("ada", code=code_of(staff.bea))


def test_an_authenticator_altered_on_disk_makes_no_code_right(staff: Cast, sign_in: SignIn) -> None:
    row = OneTimeCode.objects.get(person_id=staff.ada.id)
    OneTimeCode.objects.filter(pk=row.pk).update(sealed=bytes(row.sealed)[:-1] + b"x")
    with pytest.raises(SignInRefused):
        sign_in("ada")


@pytest.mark.parametrize("name", ["ada", "nobody"])
def test_failures_close_the_name_for_twice_as_long_each_time(
    staff: Cast, argon2: list[int], name: str
) -> None:
    """Whether it exists or not; while it is closed nothing is computed."""
    at = NOON
    for _ in range(4):
        assert isinstance(fail(staff, name, at=at), SignInRefused)
    for wait in (30, 60, 120, 240, 480, 900, 900):
        assert isinstance(fail(staff, name, at=at), SignInRefused)
        argon2.clear()
        almost = at + timedelta(seconds=wait, microseconds=-1)
        assert isinstance(fail(staff, name, at=at), TooManyTries)
        assert isinstance(fail(staff, name, at=almost), TooManyTries)
        assert argon2 == []
        at += timedelta(seconds=wait)


def test_a_closed_name_refuses_also_what_is_right(staff: Cast, sign_in: SignIn) -> None:
    for _ in range(5):
        fail(staff, "ada")
    with pytest.raises(TooManyTries):
        sign_in("ada")
    assert sign_in("bea")
    assert sign_in("ada", at=NOON + timedelta(seconds=30))


def test_success_forgets_the_failures(staff: Cast, sign_in: SignIn) -> None:
    for _ in range(4):
        fail(staff, "ada")
    sign_in("ada")
    assert not Attempt.objects.exists()
    for _ in range(4):
        assert isinstance(fail(staff, "ada"), SignInRefused)


def test_a_day_of_peace_forgets_the_failures_of_every_name(staff: Cast) -> None:
    for name in ("ada", "nobody", "somebody"):
        for _ in range(5):
            fail(staff, name)
    fail(staff, "ada", at=NOON + timedelta(days=1, minutes=1))
    row = Attempt.objects.get()
    assert row.failures == 1


def test_a_clock_set_back_closes_no_name_for_longer(staff: Cast) -> None:
    for _ in range(5):
        fail(staff, "ada", at=NOON)
    assert isinstance(fail(staff, "ada", at=NOON - timedelta(days=300)), SignInRefused)


def test_the_table_of_failures_names_nobody(staff: Cast) -> None:
    fail(staff, "ada")
    (row,) = Attempt.objects.all()
    assert "ada" not in row.name_mark
    assert row.name_mark.isalnum()


def test_a_refusal_is_written_down_without_what_was_typed(
    staff: Cast, told: Callable[[], list[Told]]
) -> None:
    fail(staff, "ada", WRONG, "123456")
    fail(staff, PASSPHRASE, "ada", "")
    known, unknown = told()[-2:]
    assert (known.actor, known.act) == (unknown.actor, unknown.act)
    assert known.act == Act.SESSION_REFUSE.value
    assert known.details["person"] == staff.ada.id
    assert unknown.details["person"] == ""
    assert known.details["mark"] != unknown.details["mark"]
    for entry in (known, unknown):
        for typed in (WRONG, "123456", PASSPHRASE, "slow"):
            assert typed not in repr(entry)


def test_the_log_itself_does_not_tell_whose_name_was_tried(staff: Cast) -> None:
    fail(staff, "ada")
    log = staff.house.log
    (last,) = log.entries(log.size - 1, log.size)
    assert staff.ada.id.encode() not in last.entry.canonical()
    # Three letters may stand in random bytes by chance; what is written on purpose holds none.
    written = (last.entry.actor, last.entry.act, last.entry.subject, last.entry.opinion)
    assert not any("ada" in field for field in written)
    fail(staff, "somebody-unheard-of")
    (last,) = log.entries(log.size - 1, log.size)
    assert b"somebody-unheard-of" not in last.entry.canonical()


def test_the_same_name_can_be_seen_to_be_tried_again(
    staff: Cast, told: Callable[[], list[Told]]
) -> None:
    for name in ("nobody", "NOBODY ", "somebody"):
        fail(staff, name)
    first, again, other = (entry.details["mark"] for entry in told()[-3:])
    assert first == again != other


def test_recovery_words_are_told_and_counted_alike_for_unknown_names(
    staff: Cast, argon2: list[int]
) -> None:
    words = new_recovery_words()

    def attempt(name: str) -> tuple[str, int, list[int]]:
        argon2.clear()
        with CaptureQueriesContext(connection) as queries, pytest.raises(WordsRefused) as refused:
            doors.by_words(staff.house, name, words, at=NOON)
        return str(refused.value), len(queries), list(argon2)

    fail(staff, "somebody else first")
    assert attempt("ada") == attempt("nobody")
    for name in ("ada", "nobody"):
        for _ in range(4):
            attempt(name)
        with pytest.raises(TooManyTries):
            doors.by_words(staff.house, name, words, at=NOON)
