"""THREATS.md, 6.3: the cast acts at random on one practice, and after each step all still holds.

Care begins and ends, notes are written and read, papers taken back, a packet released, charts kept
from somebody, glasses broken, sessions locked, time passes, the server is started again, older copies
are put back. What each person is answered is held against a naive gate of plain Python, in both
directions; whatever opens, opens after an entry; keys lie with exactly those who care; no word lies on
the disk. STILLROOM_LONG=20 makes the run twenty times as long.
"""

import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase
from hypothesis import settings as how
from hypothesis.stateful import run_state_machine_as_test
from pytest_django import DjangoDbBlocker

from stillroom.phi import rings
from stillroom.vault import Keyring
from tests.harness.deeds import live
from tests.harness.machine import Practice
from tests.harness.machine_on_disk import OnDisk
from tests.harness.ondisk import InFiles

LONG = int(os.environ.get("STILLROOM_LONG", "1"))
pytestmark = [pytest.mark.long]


@pytest.fixture(scope="module")
def lived(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> InFiles:
    """The first story up to the moment before the packet leaves."""
    return InFiles(tmp_path_factory.mktemp("machine"), django_db_blocker, live)


@pytest.fixture
def nothing_opens_unlogged(lived: InFiles, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Whatever ring opens something: an entry was written since the deed began (P1)."""
    unlogged = list[str]()
    own = rings.open_log_ring(lived.cast.house).pseudonym("ledger")

    def watch(name: str) -> None:
        real = getattr(Keyring, name)

        def opening(ring: Keyring, *given: Any) -> Any:
            # The practice's own ring holds who is kept away, which is asked before there is a deed.
            log = Practice.cast.house.log
            if ring.pseudonym("ledger") != own and log.size <= Practice.size:
                unlogged.append(name)
            return real(ring, *given)

        monkeypatch.setattr(Keyring, name, opening)

    for name in ("open", "open_all", "open_rows"):
        watch(name)
    return unlogged


def test_whatever_everybody_does_in_whatever_order(
    lived: InFiles, nothing_opens_unlogged: list[str], tmp_path: Path
) -> None:
    OnDisk.template, OnDisk.base, OnDisk.lives = lived, tmp_path, 0
    Practice.size, Practice.done = -1, Counter()
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        OnDisk,
        settings=how(
            max_examples=10 * LONG,
            stateful_step_count=40,
            deadline=None,
            # What fails is made short by the long run alone: that takes minutes.
            phases=tuple(Phase) if LONG > 1 else (Phase.reuse, Phase.generate),
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert nothing_opens_unlogged == []
    for met in ("start_again", "put_an_older_copy_back", "log refused"):
        assert Practice.done[met], f"{met} did not come up"
