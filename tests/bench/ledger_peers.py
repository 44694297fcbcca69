"""The peers: pymerkle's SqliteTree and django-auditlog, both with a write-ahead log that is flushed
at each commit, as ours is.

    python -m tests.bench.ledger_peers FOLDER     django-auditlog, with settings of its own
"""

import subprocess
import sys
from pathlib import Path
from time import perf_counter
from types import TracebackType
from typing import Self

from pymerkle import SqliteTree

from tests.bench.ledger_writers import entry, in_threads

_DURABLE = ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL")


class Pymerkle:
    """A tree of leaves in SQLite; the same entries, the same bytes."""

    def __init__(self, path: Path, writers: int, each: int) -> None:
        self.tree = SqliteTree(str(path))
        for setting in _DURABLE:
            self.tree.con.execute(setting)
        self.writers = writers
        self.leaves = [entry(number).canonical() for number in range(each)]

    def __call__(self) -> None:
        in_threads(self.writers, self._write)

    def _write(self) -> None:
        for leaf in self.leaves:
            self.tree.append_entry(leaf)

    def close(self) -> None:
        """Let the file go."""
        self.tree.close()


class Auditlog:
    """django-auditlog in another process: `ask` has it write so many entries and tells the time."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.ledger_peers", str(folder)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.ask(1, 1)

    def ask(self, writers: int, each: int) -> float:
        """Seconds for `writers` threads to write `each` entries."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{writers} {each}\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self.process.communicate()


def _settle(folder: Path) -> None:
    """A project whose only purpose is to have its audit log written."""
    import django
    from django.conf import settings

    options = {"init_command": ";".join(_DURABLE), "transaction_mode": "IMMEDIATE", "timeout": 60}
    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "auditlog.db"),
                "OPTIONS": options}  # fmt: skip
    settings.configure(
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "auditlog"],
        DATABASES={"default": database},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
    )
    django.setup()


def main(folder: str) -> None:
    """Answer each line "WRITERS EACH" with the seconds it took: somebody looked at a row."""
    _settle(Path(folder))
    from auditlog.registry import auditlog
    from auditlog.signals import accessed
    from django.contrib.auth.models import Group
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    auditlog.register(Group)
    looked_at = Group.objects.create(name="looked at")

    def look(each: int, close: bool) -> None:
        for _ in range(each):
            accessed.send(sender=Group, instance=looked_at)
        if close:
            connection.close()

    for line in sys.stdin:
        writers, each = map(int, line.split())
        begun = perf_counter()
        in_threads(writers, lambda: look(each, writers > 1))
        print(perf_counter() - begun, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
