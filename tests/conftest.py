"""What all tests share: a closed network and the standing cast in a temporary folder."""

import gc
import re
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from pytest_django import DjangoDbBlocker
from xdist.scheduler import LoadFileScheduling

from tests.cast import Cast, make_cast
from tests.postgres import in_memory
from tests.standing import Kept, keep

# Tests do not time; the benches do. A busy machine is no reason to fail.
settings.register_profile("stillroom", deadline=None)
settings.load_profile("stillroom")


def pytest_configure(config: pytest.Config) -> None:
    """The tests' files lie in memory where there is room: a flush is still asked for, and is quick.

    A process that is killed leaves its files there as on a disk. `--basetemp` chooses otherwise.
    """
    if hasattr(config, "workerinput") or config.option.basetemp or not (memory := in_memory()):
        return
    config.option.basetemp = tempfile.mkdtemp(prefix="stillroom-tests-", dir=memory)
    config.add_cleanup(lambda: shutil.rmtree(config.option.basetemp, ignore_errors=True))


def pytest_collection_finish() -> None:
    """What was read to know the tests stays to their end: it is not looked through for garbage again
    and again, which took a tenth of their time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)


@pytest.fixture(scope="session")
def kept_cast(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Kept:
    """The standing cast as it was made, once a worker and before anything of a test's own."""
    with django_db_blocker.unblock():
        return keep(make_cast, tmp_path_factory.mktemp("cast"))


@pytest.fixture
def cast(kept_cast: Kept, db: None, tmp_path: Path) -> Iterator[Cast]:
    """The standing cast in an empty database with a log of its own."""
    made = kept_cast.put_back(tmp_path)
    yield made
    made.house.log.close()


class _OneWatch(LoadFileScheduling):
    """Each file goes to one worker whole; and the files about the watched practice, which takes a
    minute to live through, all to the same one; likewise those that ask whether all the law is sound."""

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        if file in CHECKING:
            return "the law checked"
        return "watched" if file in WATCHED else file


CHECKING = frozenset({"tests/law/test_corpus_on_file.py", "tests/config/test_command_law.py"})
"""The files that look at what `stillroom.law.check` finds in the law on file."""


WATCHED = frozenset(
    f"tests/threats/test_{name}.py"
    for name in (
        "broken_writes_killed",
        "t01_stolen_laptop",
        "t02_stolen_database",
        "t04_malicious_administrator",
        "t05_compromised_host",
        "t06_network",
        "t11_lost_keys",
        "t15_rollback",
    )
)
"""The files whose tests ask for `evidence`."""


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> _OneWatch:
    """How files are given to workers."""
    return _OneWatch(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Stories in a browser come last: the browser's event loop stays in the thread for as long as the
    worker lives, and Django will not work with a database beside a running loop. Among them, and
    among the rest, long modules come first, so that no worker waits for one at the end."""
    refuse_names_of_this_moment(item.nodeid for item in items)
    for item in items:
        if "evidence" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.timeout(900))
    items.sort(key=lambda item: [item.get_closest_marker("journey") is not None, not _long(item)])


def refuse_names_of_this_moment(names: Iterable[str]) -> None:
    """A test's name that holds the time of its collection differs from one worker to the next, and
    then nothing runs: it is refused, and not only when a second happens to pass between two.
    """
    day = str(int(time.time()))[:5]  # the same for a day and more; a moment beyond it slips through
    for name in names:
        if re.search(rf"{day}\d{{5}}", name):
            raise pytest.UsageError(f"{name}: its name holds this moment; give the parameter an id")


def _long(item: pytest.Item) -> bool:
    return item.get_closest_marker("long") is not None or item.location[0] in WATCHED
