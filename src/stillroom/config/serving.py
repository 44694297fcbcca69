"""`stillroom serve`: one process that answers pages, and nobody else on the same data; beside it
one that carries what browsers say to each other before a call (`serving_calls`).

The server's key, if a key file gave it, is inherited by the worker in memory; it is in no argument,
environment variable or file. Without one the practice starts sealed and waits for its passphrase.
The worker ends when the process that started it ends, however that ends.
"""

import errno
import multiprocessing
import os
import socket
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from stillroom.config.agreement import RowsOlder, require_agreement, rows_of_practice
from stillroom.config.command_practice import migrate, start_django
from stillroom.config.home import Home
from stillroom.config.memory import keep_memory, let_stand
from stillroom.config.serving_calls import end_with_parent, line_beside
from stillroom.kernel import StillroomError
from stillroom.phi import Log
from stillroom.telehealth import Line, Tickets, public_address
from stillroom.vault import SharedKey

THREADS = 4
_LAST_PORT = 65535
_LOCAL = ("127.0.0.1", "::1", "localhost")


class PortTaken(StillroomError):
    """Something else listens there."""

    what = "that address and port are taken"
    usual_advice = "Choose another with --port, or stop what listens there."


class LineTaken(StillroomError):
    """Something else listens where calls are set up."""

    what = "the port for setting up calls is taken"
    usual_advice = "Choose another with --call-port, or stop what listens there."


class NotListening(StillroomError):
    """This machine cannot listen there."""

    what = "this machine cannot listen at that address and port"
    usual_advice = "Give an address of this machine with --host, and a port above 1023 with --port."


def serve_practice(
    path: Path,
    *,
    host: str,
    port: int,
    key_file: Path | None,
    call_port: int = 0,
    accept_older: bool = False,
) -> int:
    """Serve until stopped; gives the exit code. `call_port` 0 is the port after `port`.

    `accept_older`: see `RowsOlder`. The line is begun while no key of the practice is in memory.
    """
    home = Home.load(path)
    multiprocessing.set_start_method("fork", force=True)
    tickets = Tickets(SharedKey.create().mark)
    with ExitStack() as ending:
        begin_line = ending.enter_context(line_beside(tickets))
        server_key = home.open_server_by_file(key_file) if key_file else None
        ending.enter_context(home.only_server())
        address = _listenable(host, port)
        line_port = call_port or port + 1
        begin_line(_line_listenable(host, line_port), line_port)
        start_django(path)
        migrate()
        _require_agreement(home, accept_older=accept_older)
        _close_connections()
        server = Granian(
            target="stillroom.config.wsgi:application",
            address=address,
            port=port,
            interface=Interfaces.WSGI,
            workers=1,
            blocking_threads=THREADS,
            backlog=256,
            websockets=False,
            log_level=LogLevels.warning,
            respawn_failed_workers=True,
        )
        if host not in _LOCAL:
            print(_IN_THE_CLEAR, file=sys.stderr, flush=True)
        there = f"http://{_shown(host)}:{port}/"
        try:
            server.serve(target_loader=_loader(home, server_key, there, _line(line_port, tickets)))
        except OSError:
            raise PortTaken from None
        except RuntimeError as error:
            print(f"The server stopped: {error}", file=sys.stderr)
            return 1
    return 0


_IN_THE_CLEAR = (
    "Others on the network can read what passes here unless something in front speaks TLS.\n"
    "See docs/operate for how to put one there; browsers sign in over https only."
)


def _shown(host: str) -> str:
    if host in _LOCAL:
        return "localhost"
    return f"[{host}]" if ":" in host else host


def _listenable(host: str, port: int) -> str:
    """The numeric address, once it is known that nobody else listens there.

    Granian shares a port with others who would share it; so this asks for the port alone, first.
    """
    try:
        family, kind, _, _, found = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(found)
    except OSError as error:
        raise (PortTaken if error.errno == errno.EADDRINUSE else NotListening) from None
    return str(found[0])


def _line_listenable(host: str, port: int) -> str:
    """The same for the line, with advice about its own option."""
    if port > _LAST_PORT:
        raise LineTaken
    try:
        return _listenable(host, port)
    except PortTaken:
        raise LineTaken from None


def _require_agreement(home: Home, *, accept_older: bool) -> None:
    """What is wrong with the log, or between it and the rows, is said here, not by the worker."""
    with Log.open(home.log_place) as log:
        try:
            require_agreement(rows_of_practice(), log)
        except RowsOlder as error:
            if not accept_older:
                raise
            print(f"Going on, although {error}.", file=sys.stderr, flush=True)


def _close_connections() -> None:
    """No database connection crosses into the worker."""
    from django.db import connections

    connections.close_all()


def _line(port: int, tickets: Tickets) -> Line:
    """The line as the pages know it."""
    from django.conf import settings

    return Line(tickets, port, public_address(settings.STILLROOM_CALLS))


def _loader(home: Home, server_key: SharedKey | None, there: str, line: Line) -> Callable[..., Any]:
    """What the worker runs first: the practice at rest, then, with a key, unsealed."""

    def load(*_: Any, **__: Any) -> Any:
        end_with_parent()
        keep_memory()
        from django.core.handlers.wsgi import WSGIHandler

        from stillroom.config import house

        try:
            shell = house.compose(home, line)
            house.set_shell(shell)
            let_stand()
            if server_key is not None:
                house.unseal(shell, server_key, at=house.now())
        except StillroomError as error:
            print(f"Stillroom cannot start: {error}.\n{error.advice}", file=sys.stderr, flush=True)
            os._exit(1)
        state = "" if server_key is not None else ", sealed until its passphrase is given there"
        print(f"Stillroom serves {home.file.name} at {there}{state}", flush=True)
        return WSGIHandler()

    return load
