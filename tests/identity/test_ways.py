"""One's own ways in: changing the passphrase, removing a passkey, ending other sessions."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count

import pytest

from stillroom.access import Act
from stillroom.identity import doors, sessions, ways
from stillroom.identity.doors import Opened
from stillroom.identity.models import Session, WayIn
from stillroom.identity.refusals import (
    PassphraseWrong,
    SignInRefused,
    TooFewWaysIn,
    TooManyTries,
    WordsRefused,
)
from stillroom.identity.sessions import Locked
from stillroom.kernel import Secret, Trilean
from stillroom.phi import NotHere, Presence, StepUpNeeded
from stillroom.vault import WeakPassphrase
from tests.cast import NOON, PASSPHRASE, Cast
from tests.identity.conftest import Told, code_of

NEW = "brass kettle under a walnut tree"
_number = count()


def here(staff: Cast, name: str = "ada", *, fresh: bool = True) -> Presence:
    return staff.here(name, stepped_up=Trilean.of(fresh))


def begin(staff: Cast, name: str = "ada") -> Secret:
    member = staff.people[name]
    return sessions.begin(staff.house, Opened(member.id, member.key), at=NOON)


def present(staff: Cast, cookie: Secret, minutes: int = 0) -> Presence:
    found = sessions.resume(staff.house, cookie, at=NOON + timedelta(minutes=minutes))
    assert isinstance(found, Presence)
    return found


def a_passkey(staff: Cast, name: str = "ada") -> int:
    """A row as a passkey leaves it; what opens it is tested with the passkeys."""
    return WayIn.objects.create(
        person_id=staff.people[name].id,
        kind="passkey",
        lock=b"",
        sealed_key=b"",
        credential=f"{name}{next(_number)}".encode(),
        created_at=NOON,
    ).pk


def test_a_new_passphrase_opens_the_same_key_and_the_old_one_nothing(staff: Cast) -> None:
    ways.change_passphrase(here(staff), PASSPHRASE, NEW)
    with pytest.raises(SignInRefused):
        doors.by_passphrase(staff.house, "ada", PASSPHRASE, code_of(staff.ada), at=NOON)
    opened = doors.by_passphrase(staff.house, "ada", NEW, code_of(staff.ada), at=NOON)
    assert opened.key.public == staff.ada.key.public
    assert WayIn.objects.filter(person_id=staff.ada.id, kind="passphrase").count() == 1


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        (NEW, NEW, PassphraseWrong),
        ("", NEW, PassphraseWrong),
        (PASSPHRASE, "short", WeakPassphrase),
    ],
)
def test_a_passphrase_that_is_refused_changes_nothing(
    staff: Cast, old: str, new: str, error: type[Exception]
) -> None:
    """A hand at an open screen does not know the old one."""
    cookie = begin(staff)
    with pytest.raises(error):
        ways.change_passphrase(present(staff, cookie), old, new)
    assert doors.by_passphrase(staff.house, "ada", PASSPHRASE, code_of(staff.ada), at=NOON)
    assert Session.objects.count() == 1


def test_guessing_the_old_passphrase_waits_and_is_written_down(
    staff: Cast, told: Callable[[], list[Told]]
) -> None:
    for _ in range(5):
        with pytest.raises(PassphraseWrong):
            ways.change_passphrase(here(staff), NEW, NEW)
    assert [entry.act for entry in told()[-5:]] == [Act.SESSION_REFUSE.value] * 5
    with pytest.raises(TooManyTries):
        ways.change_passphrase(here(staff), PASSPHRASE, NEW)


def test_a_new_passphrase_ends_the_other_sessions_and_not_this_one(
    staff: Cast, told: Callable[[], list[Told]]
) -> None:
    mine, other, beas = begin(staff), begin(staff), begin(staff, "bea")
    ways.change_passphrase(present(staff, mine), PASSPHRASE, NEW)
    assert sessions.resume(staff.house, other, at=NOON) is None
    assert present(staff, mine)
    assert present(staff, beas)
    acts = [(entry.actor, entry.act) for entry in told()[-2:]]
    assert acts == [
        (staff.ada.id, Act.OWN_ACCOUNT_WRITE.value),
        (staff.ada.id, Act.SESSION_END.value),
    ]
    assert NEW not in repr(told())


def test_a_person_sees_her_own_sessions_and_which_is_this_one(staff: Cast) -> None:
    mine, locked, gone = begin(staff), begin(staff), begin(staff)
    begin(staff, "bea")
    sessions.lock(locked)
    Session.objects.filter(pk=present(staff, gone).session).update(
        began_at=NOON - timedelta(hours=12)
    )
    shown = sessions.running(present(staff, mine))
    assert sorted((one.here, one.locked) for one in shown) == [(False, True), (True, False)]


def test_a_session_left_alone_is_shown_as_locked_although_nobody_came_back(staff: Cast) -> None:
    begin(staff)
    mine = begin(staff)
    present(staff, mine, 10)
    shown = sessions.running(present(staff, mine, 20))
    assert {one.here: one.locked for one in shown} == {True: False, False: True}


def test_ending_one_other_session_leaves_the_rest(staff: Cast) -> None:
    mine, other, third = begin(staff), begin(staff), begin(staff)
    wanted = present(staff, other).session
    assert sessions.end_others(present(staff, mine), wanted) == 1
    assert sessions.resume(staff.house, other, at=NOON) is None
    assert present(staff, mine)
    assert present(staff, third)


def test_ending_all_others_ends_neither_this_one_nor_anybody_elses(staff: Cast) -> None:
    mine, beas = begin(staff), begin(staff, "bea")
    others = [begin(staff), begin(staff)]
    sessions.lock(others[0])
    assert sessions.end_others(present(staff, mine)) == 2
    assert [sessions.resume(staff.house, one, at=NOON) for one in others] == [None, None]
    assert present(staff, mine)
    assert present(staff, beas)


def test_nobody_ends_another_persons_session_by_its_name(staff: Cast) -> None:
    mine, beas = begin(staff), begin(staff, "bea")
    assert sessions.end_others(present(staff, mine), present(staff, beas).session) == 0
    assert present(staff, beas)


def test_a_passkey_is_removed_by_its_owner(staff: Cast, told: Callable[[], list[Told]]) -> None:
    passkey = a_passkey(staff)
    assert [one.id for one in ways.passkeys(here(staff))] == [passkey]
    ways.remove_passkey(here(staff), passkey)
    assert ways.passkeys(here(staff)) == []
    assert told()[-1].act == Act.OWN_ACCOUNT_WRITE.value


def test_two_ways_in_are_always_left(staff: Cast) -> None:
    WayIn.objects.filter(person_id=staff.ada.id, kind="passphrase").delete()
    first, second = a_passkey(staff), a_passkey(staff)
    ways.remove_passkey(here(staff), first)
    with pytest.raises(TooFewWaysIn):
        ways.remove_passkey(here(staff), second)
    assert [one.id for one in ways.passkeys(here(staff))] == [second]


def test_nobody_removes_another_persons_passkey_or_another_kind_of_way(staff: Cast) -> None:
    beas = a_passkey(staff, "bea")
    words = WayIn.objects.get(person_id=staff.ada.id, kind="words").pk
    for strange in (beas, words, 10**6):
        with pytest.raises(NotHere):
            ways.remove_passkey(here(staff), strange)
    assert WayIn.objects.filter(pk__in=[beas, words]).count() == 2


def test_a_screen_left_open_takes_no_way_in_away(staff: Cast) -> None:
    passkey = a_passkey(staff)
    with pytest.raises(StepUpNeeded):
        ways.remove_passkey(here(staff, fresh=False), passkey)
    assert ways.passkeys(here(staff))


def test_a_locked_session_stays_locked_after_another_was_ended(staff: Cast) -> None:
    mine, locked = begin(staff), begin(staff)
    sessions.lock(locked)
    sessions.end_others(present(staff, mine), "0" * 64)
    assert isinstance(sessions.resume(staff.house, locked, at=NOON), Locked)


# Recovery words


def test_new_words_open_the_same_key_and_the_old_paper_nothing(staff: Cast) -> None:
    old = ways.new_words(here(staff), PASSPHRASE)
    new = ways.new_words(here(staff), PASSPHRASE)
    assert len(set(new)) > 1
    with pytest.raises(WordsRefused):
        doors.by_words(staff.house, "ada", old, at=NOON)
    opened = doors.by_words(staff.house, "ada", new, at=NOON)
    assert opened.key.public == staff.ada.key.public


def test_without_the_passphrase_the_paper_stays_good(staff: Cast) -> None:
    old = ways.new_words(here(staff), PASSPHRASE)
    with pytest.raises(PassphraseWrong):
        ways.new_words(here(staff), NEW)
    assert doors.by_words(staff.house, "ada", old, at=NOON).person == staff.ada.id


def test_new_words_leave_the_other_ways_in_as_they_are_and_the_log_says_who(
    staff: Cast, told: Callable[[], list[Told]]
) -> None:
    before = set(WayIn.objects.exclude(kind="words").values_list("pk", "lock"))
    ways.new_words(here(staff), PASSPHRASE)
    assert set(WayIn.objects.exclude(kind="words").values_list("pk", "lock")) == before
    assert WayIn.objects.filter(person_id=staff.ada.id, kind="words").count() == 1
    assert told()[-1].details["did"] == "made new recovery words"
