"""What all workers of one run of the tests share, made by whoever comes first.

with once_a_run(tmp_path_factory, "demonstration") as (folder, made):
    if not made:
        …                                  # put it into the folder; the others wait here
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def once_a_run(factory: pytest.TempPathFactory, name: str) -> Iterator[tuple[Path, bool]]:
    """A folder of that name, and whether another worker has filled it; one worker at a time is here.

    What fails while it is filled is not taken for made: the next one tries again.
    """
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, done = shared / name, shared / f"{name}.made"
    folder.mkdir(exist_ok=True)
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder, done.exists()
        done.touch()
