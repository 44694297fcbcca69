"""What all tests share: a closed network and the standing cast in a temporary folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cast import Cast, make_cast


@pytest.fixture
def cast(db: None, tmp_path: Path) -> Iterator[Cast]:
    """The standing cast in an empty database with a log of its own."""
    made = make_cast(tmp_path)
    yield made
    made.house.log.close()
