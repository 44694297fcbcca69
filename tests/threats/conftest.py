"""What the tests of threats share: one practice, lived in, watched, killed and started again."""

import pickle
from pathlib import Path

import pytest

from tests.harness.evidence import Evidence, watched
from tests.once import once_a_run


@pytest.fixture(scope="session")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    """Seen once for all workers: whoever comes first watches, the others wait and read."""
    with once_a_run(tmp_path_factory, "evidence") as (folder, made):
        kept = folder / "evidence.pickle"
        if not made:
            with watched(Path(tmp_path_factory.mktemp("watched"))) as seen:
                kept.write_bytes(pickle.dumps(seen))
        found: Evidence = pickle.loads(kept.read_bytes())
    return found
