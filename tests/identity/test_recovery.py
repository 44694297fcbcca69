"""Lost passphrase, lost authenticator: the words on paper bring a person back, by herself."""

import re
from collections.abc import Callable

import pyotp
import pytest

from stillroom.access import Act
from stillroom.identity import doors, recovery, sessions
from stillroom.identity.doors import Opened
from stillroom.identity.keys import Welcome
from stillroom.identity.models import OneTimeCode, Session, WayIn
from stillroom.identity.refusals import SignInRefused, TooManyTries, WordsRefused
from stillroom.kernel import StillroomError
from stillroom.phi import LogUnwritable
from stillroom.vault import WeakPassphrase, WordsUnreadable, new_recovery_words, words_key
from tests.cast import NOON, PASSPHRASE, Cast
from tests.identity.conftest import Told, code_of

NEW = "brass kettle under a walnut tree"


@pytest.fixture
def words(staff: Cast) -> tuple[str, ...]:
    """Ada's recovery words, on her paper."""
    paper = new_recovery_words()
    sealed = doors.seal_identity(staff.ada.id, staff.ada.key, words_key(paper))
    WayIn.objects.filter(person_id=staff.ada.id, kind="words").update(sealed_key=sealed)
    return paper


def renew(staff: Cast, words: tuple[str, ...], name: str = "ada", passphrase: str = NEW) -> Welcome:
    return recovery.renew(staff.house, name, words, passphrase, at=NOON)


def rows_of(person: str) -> list[object]:
    ways = WayIn.objects.filter(person_id=person).order_by("pk")
    code = OneTimeCode.objects.get(person_id=person)
    return [*ways.values_list("kind", "lock", "sealed_key"), bytes(code.sealed), code.last_step]


def test_the_words_set_a_new_passphrase_and_a_new_authenticator(
    staff: Cast, words: tuple[str, ...]
) -> None:
    made = renew(staff, words)
    code = pyotp.TOTP(made.code_secret.expose().decode()).at(NOON)
    opened = doors.by_passphrase(staff.house, "ada", NEW, code, at=NOON)
    assert opened.key.public == staff.ada.key.public
    assert made.words == ()


def test_the_old_passphrase_and_the_old_authenticator_open_nothing_more(
    staff: Cast, words: tuple[str, ...]
) -> None:
    made = renew(staff, words)
    new_code = pyotp.TOTP(made.code_secret.expose().decode()).at(NOON)
    for passphrase, code in ((PASSPHRASE, new_code), (NEW, code_of(staff.ada))):
        with pytest.raises(SignInRefused):
            doors.by_passphrase(staff.house, "ada", passphrase, code, at=NOON)
    assert WayIn.objects.filter(person_id=staff.ada.id, kind="passphrase").count() == 1


def test_the_words_stay_good_and_may_be_written_as_on_paper(
    staff: Cast, words: tuple[str, ...]
) -> None:
    renew(staff, words)
    written = "\n".join(f"{n}. {word.upper()[:4]}" for n, word in enumerate(words, start=1))
    assert recovery.renew(staff.house, " Ada", [written], NEW + " too", at=NOON)


def test_all_her_sessions_end_and_nobody_elses(staff: Cast, words: tuple[str, ...]) -> None:
    for name in ("ada", "ada", "bea"):
        member = staff.people[name]
        sessions.begin(staff.house, Opened(member.id, member.key), at=NOON)
    renew(staff, words)
    assert [row.person_id for row in Session.objects.all()] == [staff.bea.id]


def test_it_stands_in_the_log_in_her_name(
    staff: Cast, words: tuple[str, ...], told: Callable[[], list[Told]]
) -> None:
    renew(staff, words)
    last = told()[-1]
    assert (last.actor, last.act) == (staff.ada.id, Act.OWN_ACCOUNT_WRITE.value)
    assert NEW not in repr(last)
    # One of the words may be a word of the log's own; a few of them are not there by chance.
    assert len(set(re.findall("[a-z]+", repr(last))) & set(words)) < 3


@pytest.mark.parametrize("name", ["ada", "nobody", ""])
def test_other_words_or_another_name_change_nothing_and_are_told_alike(
    staff: Cast, words: tuple[str, ...], told: Callable[[], list[Told]], name: str
) -> None:
    before = rows_of(staff.ada.id)
    with pytest.raises(WordsRefused) as refused:
        renew(staff, new_recovery_words(), name)
    assert str(refused.value) == WordsRefused.what
    assert rows_of(staff.ada.id) == before
    assert told()[-1].act == Act.SESSION_REFUSE.value


def test_hers_do_not_open_another(staff: Cast, words: tuple[str, ...]) -> None:
    with pytest.raises(WordsRefused):
        renew(staff, words, "bea")


def test_guessing_words_waits_like_guessing_passphrases(
    staff: Cast, words: tuple[str, ...]
) -> None:
    for _ in range(5):
        with pytest.raises(WordsRefused):
            renew(staff, new_recovery_words())
    with pytest.raises(TooManyTries):
        renew(staff, words)
    with pytest.raises(TooManyTries):
        doors.by_passphrase(staff.house, "ada", PASSPHRASE, code_of(staff.ada), at=NOON)


@pytest.mark.parametrize(
    ("typed", "passphrase", "error"),
    [
        ("hello world", NEW, WordsUnreadable),
        ("", NEW, WordsUnreadable),
        (None, "short", WeakPassphrase),
        ("abandon " * 11 + "about", "short", WeakPassphrase),
    ],
)
def test_a_slip_of_the_pen_is_told_and_not_counted(
    staff: Cast,
    words: tuple[str, ...],
    typed: str | None,
    passphrase: str,
    error: type[StillroomError],
) -> None:
    paper = words if typed is None else (typed,)
    for _ in range(8):
        with pytest.raises(error):
            renew(staff, paper, passphrase=passphrase)
    assert renew(staff, words)


def test_nothing_changes_when_it_cannot_be_written_down(
    staff: Cast, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise LogUnwritable

    sessions.begin(staff.house, Opened(staff.ada.id, staff.ada.key), at=NOON)
    before = rows_of(staff.ada.id)
    monkeypatch.setattr(staff.house.log, "append", full)
    with pytest.raises(LogUnwritable):
        renew(staff, words)
    assert rows_of(staff.ada.id) == before
    assert Session.objects.count() == 1


def test_each_way_in_works_without_the_others(staff: Cast, words: tuple[str, ...]) -> None:
    """T11: for each subset of a person's ways in, exactly the ones that are left open her key."""
    ways = {
        kind: WayIn.objects.get(person_id=staff.ada.id, kind=kind)
        for kind in ("passphrase", "words")
    }

    def opens() -> tuple[bool, bool]:
        said = []
        OneTimeCode.objects.update(last_step=0)
        for way_in in (
            lambda: doors.by_passphrase(
                staff.house, "ada", PASSPHRASE, code_of(staff.ada), at=NOON
            ),
            lambda: doors.by_words(staff.house, "ada", words, at=NOON),
        ):
            try:
                said.append(way_in().key.public == staff.ada.key.public)
            except SignInRefused:
                said.append(False)
        return said[0], said[1]

    for left in ((True, True), (True, False), (False, True), (False, False)):
        WayIn.objects.filter(person_id=staff.ada.id).delete()
        for keep, way in zip(left, ways.values(), strict=True):
            if keep:
                way.save(force_insert=True)
        assert opens() == left
