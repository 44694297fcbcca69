"""From a built tree to the first page, and what a practice holds in memory.

python -m tests.bench.section start
"""

import shutil

from tests.bench.demonstrations import LARGE, SMALL, WHO, demonstration, made_in, person
from tests.bench.rows import PLACE, Row, alone
from tests.bench.server import Server, get, stillroom
from tests.ports import free_port

PAGES = 200


def rows() -> list[Row]:
    """Seconds until a browser would see the first page; MiB of the server."""
    return [*_run_demo(), *_memory()]


def _run_demo() -> list[Row]:
    """`make run` on a built tree: with no demonstration yet, and with one."""
    PLACE.mkdir(parents=True, exist_ok=True)
    folder = PLACE.absolute() / "run"
    shutil.rmtree(folder, ignore_errors=True)
    found = []
    for what in ("no practice yet: makes one of 60 clients", "a practice that is there"):
        port = free_port()
        command = [stillroom(), "run-demo", "--home", str(folder), "--port", str(port)]
        with Server(command, port, asks="/signin") as server:
            found.append(alone(f"make run to the first page, {what}", "s", server.started_in))
    shutil.rmtree(folder)
    return found


def _memory() -> list[Row]:
    """Each server alone, after a person has looked at pages."""
    found, own = [], {}
    for clients in (SMALL, LARGE):
        home = demonstration(clients)
        with Server.of(home) as server:
            cookie = server.sign_in(*person(home, WHO))
            for _ in range(PAGES):
                get(server.port, "/today", cookie)
            own[clients], whole = server.memory()
            what = f"{clients:,} clients"
            found.append(alone(f"memory of the server's own, {what}", "MiB", own[clients]))
            found.append(alone(f"memory with pages of its files, {what}", "MiB", whole))
            found.append(
                alone(f"stillroom serve to the first page, {what}", "s", server.started_in)
            )
    seconds, day = made_in(demonstration(LARGE))
    found.append(alone(f"stillroom demo --clients {LARGE}", "s", seconds, f"made {day}"))
    growth = (own[LARGE] - own[SMALL]) * 1024 / (LARGE - SMALL)
    found.append(alone("memory that one client more takes", "KiB", growth))
    return found
