"""T11: one person lost every way in. Two shares, and three days in which the living can stop it.

She comes back by a new account to the charts in whose care she was, and to nothing else; what only her
old keys opened stays shut. What is typed at the machine is tests/config/test_command_lost.py.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
from django.db import transaction

from stillroom.access import Act, Capacity, Role, gate
from stillroom.chart import queries as charts
from stillroom.identity import accounts, doors, readmission, replacing, sessions
from stillroom.identity.models import Person, Session
from stillroom.identity.refusals import NobodyToReadmit, NotBegun, StillWaiting
from stillroom.identity.rules import READMISSION_WAITS
from stillroom.kernel import StillroomError
from stillroom.phi import House, NotHere, Presence, rings
from stillroom.phi.models import Spare, Wrap
from stillroom.phi.recovering import ByRecovery
from stillroom.practice import actions as practice
from stillroom.practice import actions_glass
from stillroom.practice.models import Appointment, CareRelationship, Staff
from stillroom.practice.taking_over import take_over
from stillroom.vault import Cost, PersonKey, WeakPassphrase
from tests import cast as casting
from tests.cast import NOON, PASSPHRASE, Cast, make_cast
from tests.disclosure.story import notes

NEW = "seven brass kettles humming"
OVER = NOON + READMISSION_WAITS


@pytest.fixture
def recovery() -> PersonKey:
    """What two shares give back."""
    return PersonKey.create()


@pytest.fixture
def alone(
    db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, recovery: PersonKey
) -> Iterator[Cast]:
    """Ada treats Dov and covers Fay; nobody else holds Dov's chart."""
    real = casting.make_house

    def house(folder: Path) -> House:
        made = real(folder)
        found = House(made.practice, made.name, gate, made.log, recovery.public, Cost.TEST)
        found.unseal(casting.SharedKey.create(), at=NOON)
        return found

    monkeypatch.setattr(casting, "make_house", house)
    cast = make_cast(tmp_path)
    ada = cast.here("ada")
    practice.begin_care(
        cast.here("bea"), cast.fay, cast.ada.id, Capacity.COVERING, NOON + timedelta(days=7)
    )
    practice.end_care(ada, cast.dov, cast.sol.id)
    practice.book(ada, cast.dov, cast.ada.id, OVER + timedelta(days=1), OVER + timedelta(days=1.05))
    Staff.objects.create(person=cast.ada.id, profession="psychologist", place="us-md")
    yield cast
    cast.house.log.close()


def _readmitted(cast: Cast, recovery: PersonKey) -> tuple[Presence, int]:
    """The whole ceremony, and she comes in by her new words."""
    readmission.begin(cast.house, "ada", at=NOON)
    with transaction.atomic():
        lost = readmission.require_ready("ada", at=OVER)
        told = replacing.replace(cast.house, lost, NEW, at=OVER)
        charts_given = take_over(ByRecovery(cast.house, recovery), lost, told.person, at=OVER)
    key = doors.by_words(cast.house, "ada", told.words, at=OVER).key
    roles = frozenset({Role.CLINICIAN})
    return Presence(cast.house, told.person, told.name, roles, key, OVER), charts_given


def test_she_reads_again_what_she_treats_and_what_she_signed_is_still_hers(
    alone: Cast, recovery: PersonKey
) -> None:
    note, _ = notes(alone)
    here, given = _readmitted(alone, recovery)
    assert given == 2
    whole = charts.record(here, note)
    assert "Slept six hours" in repr(whole.revisions[0].content)
    # Reading checks chain and signatures, by the key with which she signed.
    assert whole.revisions[0].signer == alone.ada.id
    cares = CareRelationship.objects.filter(person=here.person)
    assert sorted(cares.values_list("capacity", "ends_at")) == [
        ("covering", NOON + timedelta(days=7)),
        ("treating", None),
    ]
    assert Appointment.objects.get(starts_at__gte=OVER).person == here.person
    assert Staff.objects.get(person=here.person).profession == "psychologist"


def test_what_only_her_old_keys_opened_stays_shut(alone: Cast, recovery: PersonKey) -> None:
    _, private = notes(alone)
    here, _ = _readmitted(alone, recovery)
    with pytest.raises(NotHere):
        charts.record(here, private)
    with pytest.raises(NotHere):
        rings.open_ring(here, alone.dov, rings.Kind.PRIVATE, author=alone.ada.id)


def test_her_old_account_opens_no_door_and_holds_no_chart(alone: Cast, recovery: PersonKey) -> None:
    actions_glass.lay_by(alone.here("bea"), alone.fay, alone.sol.id)
    before = set(Wrap.objects.exclude(recipient=alone.ada.id).values_list("ring", "recipient"))
    here, _ = _readmitted(alone, recovery)
    assert not Person.objects.get(pk=alone.ada.id).active
    code = pyotp.TOTP(alone.ada.code_secret).at(int(OVER.timestamp()))
    with pytest.raises(StillroomError):
        doors.by_passphrase(alone.house, "ada", PASSPHRASE, code, at=OVER)
    held = Wrap.objects.filter(recipient=alone.ada.id).values_list("ring__kind", flat=True)
    assert "chart" not in held
    after = set(Wrap.objects.exclude(recipient=alone.ada.id).values_list("ring", "recipient"))
    hers = {pair for pair in after - before if pair[1] == here.person}
    assert after - before == hers, "nobody else was given anything"
    assert before <= after, "and nobody lost anything"
    assert not Spare.objects.filter(recipient=alone.ada.id).exists()
    assert Spare.objects.filter(recipient=alone.sol.id).exists()


def test_it_is_in_the_log_chart_by_chart(alone: Cast, recovery: PersonKey) -> None:
    size = alone.house.log.size
    here, _ = _readmitted(alone, recovery)
    acts = [one.entry.act for one in alone.house.log.entries(size)]
    assert acts.count(Act.CARE_BEGIN.value) == 2
    assert acts[0] == Act.HOUSE_RECOVER.value
    alone.house.log.audit()
    assert here.person != alone.ada.id


@pytest.mark.parametrize("after", [timedelta(0), READMISSION_WAITS - timedelta(seconds=1)])
def test_before_three_days_are_over_nothing_opens(alone: Cast, after: timedelta) -> None:
    readmission.begin(alone.house, "ada", at=NOON)
    with pytest.raises(StillWaiting, match="2026"):
        readmission.require_ready("ada", at=NOON + after)
    with pytest.raises(StillWaiting):
        readmission.require_ready("ada", at=NOON - timedelta(days=30))  # a clock set back
    assert Person.objects.get(pk=alone.ada.id).active


def test_begun_twice_it_begins_once(alone: Cast) -> None:
    first = readmission.begin(alone.house, "ada", at=NOON)
    size = alone.house.log.size
    assert readmission.begin(alone.house, "Ada ", at=OVER) == first
    assert alone.house.log.size == size


def test_her_own_sign_in_stops_it(alone: Cast) -> None:
    """The thief of two shares names her; she is well, and comes to work."""
    sessions.begin(alone.house, doors.Opened(alone.ada.id, alone.ada.key), at=NOON)
    readmission.begin(alone.house, "ada", at=NOON)
    assert not Session.objects.filter(person=alone.ada.id).exists(), "so that she has to sign in"
    size = alone.house.log.size
    sessions.begin(alone.house, doors.Opened(alone.bea.id, alone.bea.key), at=NOON)
    assert readmission.waiting(), "a colleague's sign-in changes nothing"
    sessions.begin(alone.house, doors.Opened(alone.ada.id, alone.ada.key), at=NOON)
    with pytest.raises(NotBegun):
        readmission.require_ready("ada", at=OVER)
    (told,) = [one.entry for one in alone.house.log.entries(size)]
    assert (told.act, told.actor) == (Act.OWN_ACCOUNT_WRITE.value, alone.ada.id)


def test_whoever_runs_the_accounts_stops_it_and_nobody_else(alone: Cast) -> None:
    readmission.begin(alone.house, "ada", at=NOON)
    for name in ("bea", "cal", "sol"):
        with pytest.raises(NotHere):
            readmission.stop(alone.here(name), alone.ada.id)
    readmission.stop(alone.here("max"), alone.ada.id)
    with pytest.raises(NotBegun):
        readmission.require_ready("ada", at=OVER)
    with pytest.raises(NotHere):
        readmission.stop(alone.here("max"), alone.ada.id)


def test_nothing_waits_for_an_account_that_was_closed_meanwhile(alone: Cast) -> None:
    readmission.begin(alone.house, "ada", at=NOON)
    accounts.close(alone.here("max"), alone.ada.id)
    assert readmission.waiting() == []
    with pytest.raises(NobodyToReadmit):
        readmission.require_ready("ada", at=OVER)


@pytest.mark.parametrize("name", ["nobody", "", "uma"])
def test_a_name_that_nobody_has_is_told(alone: Cast, name: str) -> None:
    with pytest.raises(NobodyToReadmit):
        readmission.begin(alone.house, name, at=NOON)


def test_a_weak_passphrase_or_another_recovery_key_changes_nothing(
    alone: Cast, recovery: PersonKey
) -> None:
    readmission.begin(alone.house, "ada", at=NOON)
    before = set(Wrap.objects.values_list("ring", "recipient"))
    for passphrase, key in (("short", recovery), (NEW, PersonKey.create())):
        with pytest.raises(StillroomError) as refused, transaction.atomic():
            told = replacing.replace(alone.house, alone.ada.id, passphrase, at=OVER)
            take_over(ByRecovery(alone.house, key), alone.ada.id, told.person, at=OVER)
        assert isinstance(refused.value, WeakPassphrase) is (passphrase == "short")
        assert set(Wrap.objects.values_list("ring", "recipient")) == before
        assert Person.objects.get(pk=alone.ada.id).active
        assert readmission.waiting()
