"""What the tests of threats share: one practice, lived in, watched, killed and started again."""

import fcntl
import os
import pickle
from pathlib import Path

import pytest

from tests.harness.evidence import Evidence, watched


@pytest.fixture(scope="session")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    """Seen once for all workers: whoever comes first watches, the others wait and read."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    kept = shared / "evidence.pickle"
    with (shared / "evidence.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            root = Path(tmp_path_factory.mktemp("watched"))
            with watched(root) as seen:
                kept.write_bytes(pickle.dumps(seen))
        found: Evidence = pickle.loads(kept.read_bytes())
    return found
