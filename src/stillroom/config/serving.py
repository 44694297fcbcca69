"""`stillroom serve`: one process that answers pages, and nobody else on the same data.

The server's key, if a key file gave it, is inherited by the worker in memory; it is in no argument,
environment variable or file. Without one the practice starts sealed and waits for its passphrase.
"""

import multiprocessing
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from stillroom.config.command_practice import migrate, start_django
from stillroom.config.home import Home
from stillroom.kernel import StillroomError
from stillroom.vault import SharedKey

THREADS = 4


class PortTaken(StillroomError):
    """Something else listens there."""

    what = "that address and port are taken"
    usual_advice = "Choose another with --port, or stop what listens there."


def serve_practice(path: Path, *, host: str, port: int, key_file: Path | None) -> int:
    """Serve until stopped; gives the exit code."""
    home = Home.load(path)
    server_key = home.open_server_by_file(key_file) if key_file else None
    with home.only_server():
        start_django(path)
        migrate()
        _close_connections()
        multiprocessing.set_start_method("fork", force=True)
        server = Granian(
            target="stillroom.config.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=1,
            blocking_threads=THREADS,
            backlog=256,
            websockets=False,
            log_level=LogLevels.warning,
            respawn_failed_workers=True,
        )
        print(f"Stillroom serves {home.file.name} at http://{_shown(host)}:{port}/", flush=True)
        try:
            server.serve(target_loader=_loader(home, server_key))
        except OSError:
            raise PortTaken from None
        except RuntimeError as error:
            print(f"The server stopped: {error}", file=sys.stderr)
            return 1
    return 0


def _shown(host: str) -> str:
    return "localhost" if host in ("127.0.0.1", "::1") else host


def _close_connections() -> None:
    """No database connection crosses into the worker."""
    from django.db import connections

    connections.close_all()


def _loader(home: Home, server_key: SharedKey | None) -> Callable[..., Any]:
    """What the worker runs first: the practice at rest, then, with a key, unsealed."""

    def load(*_: Any, **__: Any) -> Any:
        from django.core.handlers.wsgi import WSGIHandler

        from stillroom.config import house

        shell = house.compose(home)
        house.set_shell(shell)
        if server_key is not None:
            house.unseal(shell, server_key, at=house.now())
        return WSGIHandler()

    return load
