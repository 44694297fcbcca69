"""The process beside the pages that carries what browsers say to each other before a call.

Rules: it is made before the practice's key is in memory and before anything of the practice is
open; it knows rooms, seats and the key that marks tickets. A worker of it that dies is started
again; all of it ends with the process that started it. A call that is under way does not need it.
"""

import multiprocessing
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import connection
from threading import Thread
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from stillroom.telehealth import Tickets

_PATIENCE = 5.0


@contextmanager
def line_beside(tickets: Tickets) -> Iterator[Callable[[str, int], None]]:
    """A process for the line, for as long as the block lasts. It listens once it is told where."""
    told, tell = multiprocessing.Pipe(duplex=False)
    keeper = multiprocessing.Process(target=_keep, args=(told, tell, tickets), name="line")
    keeper.start()
    told.close()
    try:
        yield lambda address, port: tell.send((address, port))
    finally:
        tell.close()
        keeper.terminate()
        keeper.join(_PATIENCE)
        if keeper.is_alive():
            keeper.kill()


def _keep(told: connection.Connection, tell: connection.Connection, tickets: Tickets) -> None:
    """The keeper: it listens, and starts its worker again when that dies."""
    tell.close()  # the other end's alone, so that its end is seen here
    end_with_parent()
    try:
        address, port = told.recv()
    except EOFError:
        return
    server = Granian(
        target="stillroom.telehealth.signalling:Signalling",
        address=address,
        port=port,
        interface=Interfaces.ASGINL,
        workers=1,
        backlog=256,
        websockets=True,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        respawn_interval=0.1,
    )
    server.serve(target_loader=_loader(tickets))


def _loader(tickets: Tickets) -> Callable[..., Any]:
    def load(*_: Any, **__: Any) -> Any:
        end_with_parent()
        from stillroom.telehealth.signalling import Signalling

        return Signalling(tickets)

    return load


def end_with_parent() -> None:
    """A worker whose parent was killed would go on holding the practice, and its key."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    sentinel = parent.sentinel

    def wait() -> None:
        connection.wait([sentinel])
        os._exit(1)

    Thread(target=wait, daemon=True, name="end-with-parent").start()
