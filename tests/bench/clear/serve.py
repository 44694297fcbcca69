"""Serve the plain pages as `stillroom serve` does its own.

python -m tests.bench.clear.serve PORT
"""

import multiprocessing
import os
import sys
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from stillroom.config.memory import keep_memory
from stillroom.config.serving import THREADS


def _load(*_: Any, **__: Any) -> Any:
    keep_memory()
    import django
    from django.core.handlers.wsgi import WSGIHandler

    django.setup()
    return WSGIHandler()


def main() -> None:
    """One worker, the same threads, the same backlog."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.clear.settings"
    multiprocessing.set_start_method("fork", force=True)
    server = Granian(
        target="tests.bench.clear.serve:main",
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        backlog=256,
        websockets=False,
        log_level=LogLevels.warning,
    )
    server.serve(target_loader=_load)


if __name__ == "__main__":
    main()
