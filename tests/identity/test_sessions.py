"""Sessions: the key is sealed under the cookie and the server, for a while, for one person."""

from datetime import datetime, timedelta

import pytest

from stillroom.identity import doors, rules, sessions
from stillroom.identity.doors import Opened
from stillroom.identity.models import OneTimeCode, Person, Session, WayIn
from stillroom.identity.refusals import SignInRefused
from stillroom.identity.sessions import Locked
from stillroom.kernel import Secret, StillroomError, Trilean
from stillroom.phi import Presence, Sealed
from stillroom.vault import SharedKey
from tests.cast import NOON, Cast

MINUTE = timedelta(minutes=1)


def opened(staff: Cast, name: str = "ada") -> Opened:
    return Opened(staff.people[name].id, staff.people[name].key)


def begin(staff: Cast, name: str = "ada", at: datetime = NOON) -> Secret:
    return sessions.begin(staff.house, opened(staff, name), at=at)


def resume(staff: Cast, cookie: Secret, at: datetime = NOON) -> Presence | Locked | None:
    return sessions.resume(staff.house, cookie, at=at)


def row_of(cookie: Secret) -> Session:
    return Session.objects.get(pk=rules.session_keys(cookie)[0])


def test_the_person_comes_back_with_her_own_key(staff: Cast) -> None:
    here = resume(staff, begin(staff))
    assert isinstance(here, Presence)
    assert here.person == staff.ada.id
    assert here.key.public == staff.ada.key.public
    assert here.roles == staff.ada.roles
    assert here.stepped_up is Trilean.YES


def test_the_database_with_every_key_of_the_house_opens_no_session(staff: Cast) -> None:
    """P3: the row, the server's key, another person's session and her key: all but the cookie."""
    row = row_of(begin(staff))
    others = begin(staff, "max")
    at_hand = [
        staff.house.server,
        staff.house.server.derive(b"stillroom sessions v2"),
        rules.session_keys(others)[1],
        SharedKey.from_secret(others),
    ]
    context = sessions._context(row.pk, row.person_id)
    inner = at_hand[1].unwrap(bytes(row.sealed_key), context)
    for key in at_hand:
        with pytest.raises(StillroomError):
            key.unwrap(inner.expose(), context)
    for lock in (rules.session_keys(others)[1], *at_hand):
        with pytest.raises(StillroomError):
            sessions._open(staff.house.server, row, lock)


def test_a_stolen_machine_with_its_browsers_cookies_opens_nothing_while_sealed(
    staff: Cast,
) -> None:
    """T01: browsers that restore their tabs keep the cookie on the same disk as the row."""
    cookie = begin(staff)
    row, lock = row_of(cookie), rules.session_keys(cookie)[1]
    for thief in (SharedKey.create(), lock, SharedKey.from_secret(cookie)):
        with pytest.raises(StillroomError):
            sessions._open(thief, row, lock)
    context = sessions._context(row.pk, row.person_id)
    with pytest.raises(StillroomError):
        lock.unwrap(bytes(row.sealed_key), context)
    staff.house.seal()
    with pytest.raises(Sealed):
        resume(staff, cookie)
    assert Session.objects.filter(pk=row.pk).exists()


def test_no_row_holds_the_cookie_or_the_key_in_the_clear(staff: Cast) -> None:
    cookie = begin(staff)
    raw = cookie.expose()
    row = row_of(cookie)
    kept = bytes(row.sealed_key) + row.pk.encode()
    for secret in (raw, raw[-32:], raw.hex().encode(), staff.ada.key.to_secret().expose()[-32:]):
        assert secret not in kept


@pytest.mark.parametrize("at_byte", [0, 1, 20, -1])
def test_an_altered_row_signs_out(staff: Cast, at_byte: int) -> None:
    cookie = begin(staff)
    row = row_of(cookie)
    altered = bytearray(row.sealed_key)
    altered[at_byte] ^= 1
    Session.objects.filter(pk=row.pk).update(sealed_key=bytes(altered))
    assert resume(staff, cookie) is None
    assert not Session.objects.filter(pk=row.pk).exists()


def test_a_row_given_to_another_person_on_disk_signs_out(staff: Cast) -> None:
    """Whoever can write the database does not become Ada in her own session."""
    cookie = begin(staff, "max")
    Session.objects.filter(person_id=staff.max.id).update(person_id=staff.ada.id)
    assert resume(staff, cookie) is None


def test_a_sealed_key_moved_to_another_row_signs_out(staff: Cast) -> None:
    hers, mine = begin(staff, "ada"), begin(staff, "max")
    Session.objects.filter(person_id=staff.max.id).update(
        sealed_key=row_of(hers).sealed_key, person_id=staff.ada.id
    )
    assert resume(staff, mine) is None


@pytest.mark.parametrize("cookie", [b"", b"x", b"shared\x01" + bytes(31), bytes(39)])
def test_a_cookie_that_is_none_is_nobody(staff: Cast, cookie: bytes) -> None:
    assert resume(staff, Secret(cookie)) is None
    assert resume(staff, SharedKey.create().to_secret()) is None


def test_left_alone_for_a_quarter_of_an_hour_the_row_is_emptied(staff: Cast) -> None:
    cookie = begin(staff)
    almost = NOON + 15 * MINUTE - timedelta(seconds=1)
    assert isinstance(resume(staff, cookie, almost), Presence)
    assert isinstance(resume(staff, cookie, almost + 14 * MINUTE), Presence)
    found = resume(staff, cookie, almost + 29 * MINUTE)
    assert found == Locked(staff.ada.id, "ada", "Ada Merrow")
    assert bytes(row_of(cookie).sealed_key) == b""
    # Coming back in time, by a clock set back, finds no key any more.
    assert isinstance(resume(staff, cookie, almost), Locked)


def test_a_session_is_over_after_half_a_day_however_busy(staff: Cast) -> None:
    cookie = begin(staff)
    for minutes in range(10, 720, 10):
        assert isinstance(resume(staff, cookie, NOON + minutes * MINUTE), Presence)
    assert resume(staff, cookie, NOON + 720 * MINUTE) is None
    assert not Session.objects.exists()


def test_a_locked_session_is_over_after_half_a_day_too(staff: Cast) -> None:
    cookie = begin(staff)
    sessions.lock(cookie)
    assert isinstance(resume(staff, cookie, NOON + 719 * MINUTE), Locked)
    assert resume(staff, cookie, NOON + 720 * MINUTE) is None


def test_a_clock_set_back_ends_a_session_and_locks_one_seen_later(staff: Cast) -> None:
    cookie = begin(staff)
    assert isinstance(resume(staff, cookie, NOON + 10 * MINUTE), Presence)
    assert isinstance(resume(staff, cookie, NOON + 5 * MINUTE), Locked)
    assert resume(staff, cookie, NOON - 2 * MINUTE) is None


def test_sessions_that_nobody_comes_back_for_hold_no_key(staff: Cast) -> None:
    left, old = begin(staff, at=NOON), begin(staff, at=NOON - timedelta(hours=12))
    begin(staff, "bea", at=NOON + 15 * MINUTE)
    assert bytes(row_of(left).sealed_key) == b""
    with pytest.raises(Session.DoesNotExist):
        row_of(old)


def test_locking_forgets_the_key_and_keeps_the_session(staff: Cast) -> None:
    cookie = begin(staff)
    sessions.lock(cookie)
    assert bytes(row_of(cookie).sealed_key) == b""
    assert isinstance(resume(staff, cookie), Locked)


def test_ending_leaves_no_row(staff: Cast) -> None:
    cookie = begin(staff)
    sessions.end(cookie)
    assert resume(staff, cookie) is None
    assert not Session.objects.exists()


def test_unlocking_gives_the_key_again_and_proves_freshly(staff: Cast) -> None:
    cookie = begin(staff)
    sessions.lock(cookie)
    later = NOON + 40 * MINUTE
    sessions.reopen(staff.house, cookie, opened(staff), at=later)
    here = resume(staff, cookie, later)
    assert isinstance(here, Presence)
    assert here.stepped_up is Trilean.YES
    assert here.key.public == staff.ada.key.public


def test_a_proof_grows_stale_while_the_session_goes_on(staff: Cast) -> None:
    cookie = begin(staff)
    here = resume(staff, cookie, NOON + 5 * MINUTE)
    assert isinstance(here, Presence)
    assert here.stepped_up is Trilean.NO


@pytest.mark.parametrize("locked", [True, False])
def test_another_persons_proof_does_not_open_my_session(staff: Cast, locked: bool) -> None:
    cookie = begin(staff)
    if locked:
        sessions.lock(cookie)
    with pytest.raises(SignInRefused):
        sessions.reopen(staff.house, cookie, opened(staff, "max"), at=NOON)
    found = resume(staff, cookie)
    assert isinstance(found, Locked if locked else Presence)
    assert found.person == staff.ada.id


def test_a_session_that_has_ended_is_not_reopened(staff: Cast) -> None:
    cookie = begin(staff)
    sessions.end(cookie)
    with pytest.raises(SignInRefused):
        sessions.reopen(staff.house, cookie, opened(staff), at=NOON)
    assert not Session.objects.exists()


def test_two_browsers_of_one_person_lock_and_end_apart(staff: Cast) -> None:
    laptop, phone = begin(staff), begin(staff)
    sessions.lock(laptop)
    assert isinstance(resume(staff, laptop), Locked)
    assert isinstance(resume(staff, phone), Presence)
    sessions.end(phone)
    assert resume(staff, phone) is None
    sessions.reopen(staff.house, laptop, opened(staff), at=NOON)
    assert isinstance(resume(staff, laptop), Presence)


def test_an_unlock_is_not_undone_by_a_request_that_saw_it_idle(
    staff: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two tabs: one asks for a page as the other unlocks. The asking one read the row first."""
    cookie, later = begin(staff), NOON + 20 * MINUTE
    real = rules.is_idle

    def unlocked_meanwhile(seen_at: datetime, at: datetime) -> bool:
        if Session.objects.get().seen_at == NOON:
            sessions.reopen(staff.house, cookie, opened(staff), at=later)
        return real(seen_at, at)

    monkeypatch.setattr(rules, "is_idle", unlocked_meanwhile)
    assert isinstance(resume(staff, cookie, later), Locked)
    assert isinstance(resume(staff, cookie, later), Presence)


def test_a_closed_account_is_nobody_even_where_a_row_was_left(staff: Cast) -> None:
    cookie = begin(staff)
    Person.objects.filter(pk=staff.ada.id).update(active=False)
    assert resume(staff, cookie) is None


def test_one_persons_code_and_key_are_bound_to_her(staff: Cast) -> None:
    """Rows of ways in and of authenticators, moved to somebody else on disk, open nothing."""
    for table in (WayIn, OneTimeCode):
        table.objects.filter(person_id=staff.max.id).delete()
        table.objects.filter(person_id=staff.ada.id).update(person_id=staff.max.id)
    with pytest.raises(SignInRefused):
        doors.by_passphrase(staff.house, "max", "slow river under nine bridges", "000000", at=NOON)
