"""T11: the practice's own key is lost, and two of three shares give it back, wherever it is killed.

The rehearsal goes as far as a therapist who reads her chart: a backup on a clean machine, two papers
of the practice, and her own twelve words. Who types what is tests/config/test_command_lost.py.
"""

import os
import shutil
import signal
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import pyotp
import pytest
from django.core.management import call_command
from pytest_django import DjangoDbBlocker

from stillroom.access import Act, Capacity, Role, gate
from stillroom.chart import queries as charts
from stillroom.config import home as homes
from stillroom.config import recovering
from stillroom.config.founding import recovery_shares
from stillroom.config.home import Home, RecoveryUnfinished, WrongKey
from stillroom.config.home_errors import SharesOfAnother
from stillroom.identity import accounts, doors
from stillroom.identity import recovery as by_words
from stillroom.identity.models import OneTimeCode, Session
from stillroom.kernel import StillroomError
from stillroom.phi import House, Log, Presence
from stillroom.phi.models import Spare, Wrap
from stillroom.practice import actions as practice
from stillroom.practice import actions_glass
from stillroom.practice.directory import Directory
from stillroom.vault import Cost, PersonKey, split
from tests import cast as casting
from tests.cast import NOON, Cast, make_cast
from tests.disclosure.story import notes
from tests.harness.faults import died
from tests.harness.ondisk import pointed_at

OLD, NEW = "four quiet herons wading", "seven brass kettles humming"
HERS = "six new geese above the mill"


@dataclass
class Lived:
    """A practice on a disk, its shares, and Uma, who treats Dov and keeps her words on paper."""

    path: Path
    shares: list[str]
    cast: Cast
    uma: str
    words: tuple[str, ...]
    note: str


@pytest.fixture(scope="module")
def lived(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Lived:
    """Lived once; each test has a copy."""
    path = tmp_path_factory.mktemp("recovering") / "practice"
    made = homes.create(path, "Linden Row", passphrase=OLD, cost=Cost.TEST)
    home = made.home

    def house(_: Path) -> House:
        found = House(
            home.practice, "Linden Row", gate, Log.open(home.log_place), home.recovery, Cost.TEST
        )
        found.unseal(made.server, at=NOON)
        return found

    with pointed_at(path / "practice.db", django_db_blocker), pytest.MonkeyPatch.context() as patch:
        call_command("migrate", verbosity=0)
        patch.setattr(casting, "make_house", house)
        cast = make_cast(path)
        uma = accounts.found(cast.house, "uma", "Uma Reyes", {Role.CLINICIAN}, at=NOON)
        told = accounts.make_keys(cast.house, uma, HERS, at=NOON)
        practice.begin_care(cast.here("ada"), cast.dov, uma, Capacity.TREATING)
        actions_glass.lay_by(cast.here("ada"), cast.dov, cast.people["bea"].id)
        note, _ = notes(cast)
        cast.house.log.close()
    return Lived(path, recovery_shares(made), cast, uma, told.words, note)


@pytest.fixture
def clean(
    lived: Lived,
    tmp_path: Path,
    django_db_blocker: DjangoDbBlocker,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Path]:
    """The backup on a clean machine: the folder, and nothing that opens it."""
    path = tmp_path / "clean"
    shutil.copytree(lived.path, path)
    monkeypatch.setenv("STILLROOM_HOME", str(path))
    umask = os.umask(0o077)
    try:
        with pointed_at(path / "practice.db", django_db_blocker):
            yield path
    finally:
        os.umask(umask)


def _recover(path: Path, shares: list[str]) -> recovering.Recovered:
    return recovering.recover(path, shares, passphrase=NEW, cost=Cost.TEST)


def _unsealed(path: Path) -> House:
    home = Home.load(path)
    log = Log.open(home.log_place)
    house = House(home.practice, "Linden Row", gate, log, home.recovery, Cost.TEST)
    house.unseal(home.open_server(NEW), at=NOON)
    return house


def _reads_her_chart(lived: Lived, house: House) -> None:
    """Uma comes in by her words, signs in by what she made then, and reads."""
    told = by_words.renew(house, "uma", lived.words, HERS, at=NOON)
    code = pyotp.TOTP(told.code_secret.expose().decode()).at(int(NOON.timestamp()))
    key = doors.by_passphrase(house, "uma", HERS, code, at=NOON).key
    here = Presence(house, lived.uma, "Uma Reyes", frozenset({Role.CLINICIAN}), key, NOON)
    whole = charts.record(here, lived.note)
    assert "Slept six hours" in repr(whole.revisions[0].content)


def test_a_backup_two_papers_and_her_own_words_open_a_chart_on_a_clean_machine(
    lived: Lived, clean: Path
) -> None:
    done = _recover(clean, lived.shares[:2])
    assert "Uma Reyes" in done.people
    assert done.rings == Wrap.objects.filter(recipient="server").count() > 2
    house = _unsealed(clean)
    try:
        names = Directory()
        names.fill(house)
        assert names.find("halp", within=None), "the front desk finds people again"
        _reads_her_chart(lived, house)
        house.log.audit()
        acts = [one.entry.act for one in house.log.entries()]
        assert acts.count(Act.HOUSE_RECOVER.value) == 1
    finally:
        house.log.close()


def test_what_only_the_lost_key_opened_is_taken_away(lived: Lived, clean: Path) -> None:
    assert Spare.objects.exists()
    assert OneTimeCode.objects.exists()
    assert _recover(clean, lived.shares[1:]).spares == 1
    assert not Spare.objects.exists()
    assert not OneTimeCode.objects.exists()
    assert not Session.objects.exists()
    with pytest.raises(WrongKey):
        Home.load(clean).open_server(OLD)


def test_any_two_shares_do_and_no_other_number_or_mixture(lived: Lived) -> None:
    home = Home.load(lived.path)
    for two in combinations(lived.shares, 2):
        recovering.recovery_key(home, two)
        recovering.recovery_key(home, [one.lower().replace("I", "1") for one in two])
    recovering.recovery_key(home, lived.shares)
    for share in lived.shares:
        for too_few in ([], [share], [share, share]):
            with pytest.raises(StillroomError):
                recovering.recovery_key(home, too_few)
    others = split(PersonKey.create().to_secret(), shares=3, threshold=2)
    strange = [one.to_text() for one in others]
    with pytest.raises(SharesOfAnother):
        recovering.recovery_key(home, strange[:2])
    with pytest.raises(StillroomError):
        recovering.recovery_key(home, [lived.shares[0], strange[1]])


def _killing(real: Callable[..., Any], *, after: bool) -> Callable[..., Any]:
    """The process dies as it is about to do this, or when it has just done it."""

    def die(*given: Any, **named: Any) -> None:
        if after:
            real(*given, **named)
        os.kill(os.getpid(), signal.SIGKILL)

    return die


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("step", ["make_lock", "mark_recovering", "_give_back", "rekey"])
def test_wherever_it_is_killed_it_says_so_and_two_shares_begin_it_anew(
    lived: Lived, clean: Path, monkeypatch: pytest.MonkeyPatch, step: str, after: bool
) -> None:
    def child() -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(recovering, step, _killing(getattr(recovering, step), after=after))
            _recover(clean, lived.shares[:2])

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of forking beside threads
        assert died(child)
    begun = (step, after) not in {("make_lock", False), ("make_lock", True)}
    if (step, after) == ("rekey", True):
        Home.load(clean).open_server(NEW)
    elif begun and (step, after) != ("mark_recovering", False):
        with pytest.raises(RecoveryUnfinished):
            Home.load(clean)
    else:
        Home.load(clean).open_server(OLD)
    _recover(clean, lived.shares[1:])
    house = _unsealed(clean)
    try:
        _reads_her_chart(lived, house)
    finally:
        house.log.close()


def test_a_killed_transaction_leaves_the_rows_as_they_were(
    lived: Lived, clean: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the first ring and the commit: the old key still holds every one of its rings."""
    from stillroom.phi import recovering as of_rings

    before = list(Wrap.objects.order_by("pk").values_list("pk", "sealed"))
    real = of_rings.take_spares_away

    def broken() -> int:
        real()
        raise OSError

    monkeypatch.setattr(of_rings, "take_spares_away", broken)
    with pytest.raises(OSError):
        _recover(clean, lived.shares[:2])
    assert list(Wrap.objects.order_by("pk").values_list("pk", "sealed")) == before
    assert Spare.objects.exists()
    with pytest.raises(RecoveryUnfinished):
        Home.load(clean)
