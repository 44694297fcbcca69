"""The machine under the practice: disk, swap, network, law on file, versions."""

import os
import platform
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from stillroom.config.doctor_finding import Finding, look, remark, well
from stillroom.config.home import Home
from stillroom.config.paths import provisions
from stillroom.law import Corpus

RESERVE = 1 << 30
"""Bytes. If the log cannot be written nothing opens, also at night before a crisis call."""

_LOCAL = {"", "localhost", "127.0.0.1", "[::1]", "::1", "testserver"}


def space(path: Path) -> Iterator[Finding]:
    """Room on the disk that holds the log."""
    free = shutil.disk_usage(path).free
    if free < RESERVE:
        yield look(
            f"Only {free >> 20} MiB are free on the practice's disk; without room nothing opens.",
            "Free some space now: the log must be written before a chart is shown.",
        )
    else:
        yield well(f"{free >> 30} GiB are free on the practice's disk.")


def swap(system: Path = Path("/")) -> Iterator[Finding]:
    """Memory that is written to a disk in the clear: swap, and the image of a hibernation (T01)."""
    listed = system / "proc/swaps"
    if not listed.exists():
        yield remark(
            "How this system swaps cannot be seen here.",
            "See that the whole disk is encrypted, swap and hibernation included.",
        )
        return
    names = [line.split()[0] for line in listed.read_text("ascii").splitlines()[1:] if line.strip()]
    clear = [name for name in names if not _is_safe_swap(name, system)]
    if clear:
        yield remark(
            f"Memory may be written to {', '.join(clear)}, which does not look encrypted.",
            "Encrypt the disk or switch swap off; then a stolen machine shows no open chart.",
        )
    else:
        yield well("No memory is swapped to a disk in the clear.")


def _is_safe_swap(name: str, system: Path) -> bool:
    """Memory that stays memory (zram), or a device that the kernel encrypts (dm-crypt)."""
    device = Path(os.path.realpath(system / name.lstrip("/"))).name
    uuid = system / "sys/block" / device / "dm/uuid"
    if device.startswith("zram"):
        return True
    return uuid.exists() and uuid.read_text("ascii").startswith("CRYPT-")


def transport() -> Iterator[Finding]:
    """Who may reach the pages, and whether what passes is encrypted."""
    hosts = set(os.environ.get("STILLROOM_HOSTS", "").split(",")) - _LOCAL
    origins = os.environ.get("STILLROOM_ORIGINS", "").split(",")
    if not hosts:
        yield well("Pages answer to this machine's own name only.")
    elif all(origin.startswith("https://") for origin in origins):
        yield remark(
            f"Pages answer to {', '.join(sorted(hosts))}, over https.",
            "See that the program in front passes on nothing that came without TLS.",
        )
    else:
        yield look(
            f"Pages answer to {', '.join(sorted(hosts))}, and no https address is named for them.",
            "Put TLS in front of it, and name the https address in STILLROOM_ORIGINS.",
        )


def backups(home: Home) -> Iterator[Finding]:
    """Nobody can see from here whether a copy lies elsewhere."""
    yield remark(
        "Whether there is a backup elsewhere cannot be seen from here.",
        f"Copy {_kept(home)} to another place daily, the key to a third, and rehearse a restore.",
    )


def _kept(home: Home) -> str:
    if home.file.database:
        return "practice.json, the folder law and a dump of the PostgreSQL database"
    return "practice.json, the folder law, practice.db and ledger.db (by SQLite's own backup)"


def provisions_on_file() -> Iterator[Finding]:
    """The law on file can be read; its digest is what determinations name."""
    corpus = Corpus.load(provisions())
    yield well(f"The law on file is sound: {len(corpus.provisions)} provisions, {corpus.digest}.")


def versions() -> Iterator[Finding]:
    """What it runs on, for whoever is asked for help."""
    yield well(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}.")
