"""A small practice on the disk with plain tables beside it, for benches that ask no server.

Call `start` once, before anything of Django's tables is imported.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from stillroom.config.memory import keep_memory
from tests.bench.rows import PLACE


@contextmanager
def start() -> Iterator[Path]:
    """A folder with an empty database; gone afterwards."""
    keep_memory()  # as a worker does; both sides of every row live in this process
    PLACE.mkdir(parents=True, exist_ok=True)
    folder = Path(mkdtemp(dir=PLACE, prefix="tables-")).absolute()
    os.environ["STILLROOM_BENCH_FOLDER"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.clear.settings"
    import django
    from django.core.management import call_command
    from django.db import connections

    django.setup()
    call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
    try:
        yield folder
    finally:
        connections.close_all()
        shutil.rmtree(folder)
