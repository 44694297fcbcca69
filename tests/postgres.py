"""A private PostgreSQL for tests: a cluster in a temporary folder, on a Unix socket, for one run.

    from tests.postgres import running_cluster

    with running_cluster().database() as address:       # postgresql:///t1?host=…

or the same as a fixture, `from tests.postgres import cluster_fixture  # noqa: F401`, which a test
asks for by the name `cluster`.

The server refuses to run as root, so root starts it as `nobody` or `postgres`. Without the
programs the tests that ask for it are skipped, and only then.
"""

import atexit
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

_SETTINGS = {
    "listen_addresses": "",
    "max_connections": "40",
    "shared_buffers": "32MB",
    "max_wal_size": "256MB",
    "autovacuum": "off",
}


_ROOM = 4 * 2**30


@dataclass(eq=False)
class Cluster:
    """A running server. Its databases vanish with it."""

    programs: Path
    folder: Path
    user: str
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def address(self, database: str = "postgres") -> str:
        """How to reach a database of it."""
        return f"postgresql:///{database}?host={self.folder}&user={self.user}"

    def create_database(self, like: str = "template1") -> str:
        """A fresh database as another is (an empty one); gives its address."""
        name = f"t{next(self.numbers)}"
        made = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        with psycopg.connect(self.address(), autocommit=True) as connection:
            connection.execute(made.format(sql.Identifier(name), sql.Identifier(like)))
        return self.address(name)

    @contextmanager
    def database(self, like: str = "template1") -> Iterator[str]:
        """A fresh database for a while: its files lie in memory, and a run has hundreds of them."""
        address = self.create_database(like)
        try:
            yield address
        finally:
            dropped = sql.SQL("DROP DATABASE {} WITH (FORCE)")
            with psycopg.connect(self.address(), autocommit=True) as connection:
                connection.execute(dropped.format(sql.Identifier(name_of(address))))

    def start(self, **settings: str) -> None:
        """Start the server and wait until it answers."""
        chosen = {**_SETTINGS, **settings}
        options = " ".join(f"-c {name}={value!r}" for name, value in chosen.items())
        self.run(
            "pg_ctl", "-w", "-t", "300", "-D", str(self.data), "-l", str(self.folder / "server.log"),
            "-o", f"-k {self.folder} {options}", "start",
        )  # fmt: skip

    def stop(self, mode: str = "fast") -> None:
        """Stop the server; `immediate` is as if the power had failed."""
        self.run("pg_ctl", "-w", "-D", str(self.data), "-m", mode, "stop")

    @property
    def data(self) -> Path:
        """The server's own folder."""
        return self.folder / "data"

    def run(self, program: str, *arguments: str) -> None:
        """One of PostgreSQL's programs, as the server's user."""
        subprocess.run(
            [self.programs / program, *arguments],
            user=self.user if os.geteuid() == 0 else None,
            cwd=self.folder,
            check=True,
            stdout=subprocess.DEVNULL,
            env={**os.environ, "LC_ALL": "C", "HOME": str(self.folder)},
        )


def name_of(address: str) -> str:
    """The database that an address of a cluster leads to."""
    return address.partition("///")[2].partition("?")[0]


def find_programs() -> Path | None:
    """The folder of `initdb`: on the path, or where Debian keeps it."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    homes = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return homes[-1].parent if homes else None


def in_memory() -> str | None:
    """Where files lie in memory, if there is room: every flush is still asked for, and costs nothing.
    A killed server's files stay there as on a disk; only a machine that fails would lose them."""
    shared = Path("/dev/shm")
    usable = shared.is_dir() and os.access(shared, os.W_OK)
    return str(shared) if usable and shutil.disk_usage(shared).free > _ROOM else None


def start_cluster(programs: Path) -> Cluster:
    """A new cluster, running. Call `stop_cluster` at the end."""
    user = _unprivileged() if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    folder = Path(tempfile.mkdtemp(prefix="stillroom-pg-", dir=in_memory()))
    if os.geteuid() == 0:
        shutil.chown(folder, user)
    made = Cluster(programs, folder, user)
    made.run("initdb", "-D", str(made.data), "-A", "trust", "-E", "UTF8", "--no-sync", "-U", user)
    made.start()
    return made


def stop_cluster(cluster: Cluster) -> None:
    """Stop the server and remove its folder."""
    try:
        cluster.stop("immediate")
    finally:
        shutil.rmtree(cluster.folder, ignore_errors=True)


def _unprivileged() -> str:
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in names)


@cache
def running_cluster() -> Cluster:
    """The one cluster of this run; the calling test is skipped when there is no PostgreSQL here."""
    programs = find_programs()
    if programs is None:
        pytest.skip("PostgreSQL's programs are not installed here")
    made = start_cluster(programs)
    widow = _watch(made)
    atexit.register(widow.communicate)
    return made


def _watch(cluster: Cluster) -> "subprocess.Popen[bytes]":
    """Ends the cluster when this process ends, however that ends: a pipe to it is closed then."""
    stop = f"{cluster.programs}/pg_ctl -D {cluster.data} -m immediate stop"
    return subprocess.Popen(
        ["sh", "-c", f"read _; {stop} >/dev/null 2>&1; rm -rf {cluster.folder}"],
        user=cluster.user if os.geteuid() == 0 else None,
        cwd="/",
        stdin=subprocess.PIPE,
        start_new_session=True,
    )


@pytest.fixture(scope="session", name="cluster")
def cluster_fixture() -> Cluster:
    """One cluster for the whole run; ask it for a fresh database. Import it where it is used."""
    return running_cluster()
