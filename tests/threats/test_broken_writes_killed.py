"""The process is killed at every step of every write; then somebody starts it again (6.4).

A child does the deed and dies by SIGKILL before the nth statement or commit, of the rows or of the
log. The parent then opens the files as after any power cut: they must be consistent, and a deed
that is done again must go through, or be told that it was done.
"""

import warnings
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from stillroom.kernel import StillroomError
from tests.harness.deeds import DEEDS, live
from tests.harness.faults import Fault, Strike, armed, died, worth_breaking
from tests.harness.ondisk import InFiles, Kept, reopened
from tests.harness.upright import require_upright

DEADLY = ("sign", "strike", "begin care", "end care", "revoke", "release", "admit", "begin a note")


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
    return worth_breaking(fault.names) if deed == "release" else list(range(len(fault.names)))


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
