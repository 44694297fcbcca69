"""The process is killed at every step of every write; then somebody starts it again (6.4).

A child does the deed and dies by SIGKILL before the nth change or commit, of the rows or of the
log (to die before a question leaves what dying before the next change leaves). The parent then opens
the files as after any power cut: they must be consistent, and a deed that is done again must go
through, or be told that it was done.
"""

import shutil
import warnings
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from stillroom.chart.models import Revision
from stillroom.kernel import StillroomError
from stillroom.phi import Log
from tests.harness.deeds import DEEDS, live
from tests.harness.evidence import Evidence
from tests.harness.faults import Fault, Strike, armed, died, worth_dying
from tests.harness.keys import cast_of
from tests.harness.ondisk import InFiles, Kept, pointed_at, reopened
from tests.harness.served import Served
from tests.harness.upright import require_upright

DEADLY = ("sign", "strike", "begin care", "end care", "revoke", "release", "admit", "begin a note")
DEADLY += (
    "send, and let it leave",
    "send a file",
    "draw a file",
    "sign a document",
    "take a file away",
)


@pytest.fixture(scope="module")
def template(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> InFiles:
    """The first story up to the moment before the packet leaves, in files."""
    return InFiles(tmp_path_factory.mktemp("template"), django_db_blocker, live)


def _killed_at(practice: Kept, deed: str, at: int) -> bool:
    """Whether the child died before it was done."""

    def child() -> None:
        fault = Fault(at, Strike.KILL)
        with reopened(practice, connect=fault.connect) as cast, fault.on_rows(), armed(fault):
            DEEDS[deed](cast, practice.ids)

    with warnings.catch_warnings():
        # Newer Pythons warn of forking beside threads; the child uses none of the parent's.
        warnings.simplefilter("ignore", DeprecationWarning)
        return died(child)


def _steps(template: InFiles, folder: Path, deed: str) -> list[int]:
    """The steps of a deed before which to die, found by letting it be done."""
    fault = Fault(-1, Strike.KILL)
    with template.copy(folder) as practice:
        with reopened(practice, connect=fault.connect) as cast, fault.on_rows(), armed(fault):
            DEEDS[deed](cast, practice.ids)
    return worth_dying(fault.names)


@pytest.mark.parametrize("deed", DEADLY)
def test_a_process_that_dies_anywhere_leaves_the_practice_whole(
    template: InFiles, tmp_path: Path, deed: str
) -> None:
    for at in _steps(template, tmp_path / "whole", deed):
        with template.copy(tmp_path / f"{at}") as practice:
            assert _killed_at(practice, deed, at), "nobody died"
            with reopened(practice) as cast:
                require_upright(cast)
                try:
                    DEEDS[deed](cast, practice.ids)
                except StillroomError as told:
                    assert told.advice, "done already, and told so"
                require_upright(cast)


def test_a_server_that_was_killed_while_three_people_wrote_left_the_practice_whole(
    evidence: Evidence, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> None:
    """The real server, over HTTP, by SIGKILL to every process; its files as it left them."""
    assert evidence.written_before_the_end >= 3, "it was killed before anything was written"
    copy = Served(tmp_path)
    shutil.copytree(evidence.life.served.root, tmp_path, dirs_exist_ok=True)
    copy.people = evidence.life.served.people
    with pointed_at(copy.home / "practice.db", django_db_blocker):
        with Log.open(copy.home / "ledger.db") as log:
            cast = cast_of(copy, log)
            require_upright(cast)
            assert Revision.objects.count() >= evidence.written_before_the_end * 2
