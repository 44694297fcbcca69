"""What all tests share: a closed network and the standing cast in a temporary folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.cast import Cast, make_cast

# Tests do not time; the benches do. A busy machine is no reason to fail.
settings.register_profile("stillroom", deadline=None)
settings.load_profile("stillroom")


@pytest.fixture
def cast(db: None, tmp_path: Path) -> Iterator[Cast]:
    """The standing cast in an empty database with a log of its own."""
    made = make_cast(tmp_path)
    yield made
    made.house.log.close()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Stories in a browser come last: the browser's event loop stays in the thread for as long as the
    worker lives, and Django will not work with a database beside a running loop. Among them, and
    among the rest, long modules come first, so that no worker waits for one at the end."""
    items.sort(key=lambda item: [item.get_closest_marker("journey") is not None, not _long(item)])


def _long(item: pytest.Item) -> bool:
    return item.get_closest_marker("long") is not None
