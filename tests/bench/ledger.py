"""The ledger beside the disk's own pace, beside two peers, and at sizes a practice reaches late.

All that is compared is compared in turns, in one sitting, on one disk: every commit of ours and of
the peers is flushed before the next. The disk's own pace is one page appended and flushed.

    python -m tests.bench.section ledger
"""

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from tempfile import mkdtemp
from time import perf_counter

from stillroom.ledger import verify_inclusion
from stillroom.phi import Log
from tests.bench.ledger_large import audited, fill, leaf, plant_tree
from tests.bench.ledger_peers import Auditlog, Pymerkle
from tests.bench.ledger_writers import Crowd, Disk
from tests.bench.rows import PLACE, QUICK, Row, alone, rate, smaller, take_turns, times

WRITERS, EACH = 16, 40
ROUNDS = 5 if QUICK else 15
AUDITED = 100_000 if QUICK else 1_000_000
PROVEN = 1_000_000 if QUICK else 10_000_000
PROOFS = 500
ENOUGH = 100
"""Entries in one turn of a lone writer."""

DISK = "one page appended and fdatasync, again and again"
PYMERKLE = "pymerkle SqliteTree with WAL and synchronous=FULL"
AUDITLOG = "django-auditlog with WAL and synchronous=FULL"


def rows() -> list[Row]:
    """Appending, auditing, proving."""
    return [*_appending(), *_auditing(), *_proving()]


@contextmanager
def _folder() -> Iterator[Path]:
    PLACE.mkdir(parents=True, exist_ok=True)
    folder = Path(mkdtemp(dir=PLACE, prefix="ledger-")).absolute()
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def _appending() -> list[Row]:
    with _folder() as folder, Log.open(folder / "ledger.db") as log:
        return [*_beside_the_disk(folder, log), *_beside_peers(folder, log)]


def _beside_the_disk(folder: Path, log: Log) -> list[Row]:
    disk = Disk(folder / "pages", ENOUGH)
    crowds = {"one": Crowd(log, 1, ENOUGH), "many": Crowd(log, WRITERS, EACH)}
    spent = take_turns({"disk": disk, **crowds}, ROUNDS)
    disk.close()
    pace = ENOUGH / spent["disk"]
    waits = [wait * 1000 for wait in crowds["many"].waits]
    last = quantiles(waits, n=100)[98]
    together = WRITERS * EACH / spent["many"]
    return [
        rate("one writer", "entries/s", ENOUGH / spent["one"], pace, DISK, "≥ 0.8"),
        rate(f"{WRITERS} writers at once", "entries/s", together, pace, DISK, "≥ 3"),
        smaller(f"p99 of {WRITERS} writers", "ms", last, 30, "the limit of 30 ms", "≤ 1"),
    ]


def _beside_peers(folder: Path, log: Log) -> list[Row]:
    """Microseconds for an entry, of a lone writer and of each of a crowd's entries."""
    found: list[Row] = []
    with Auditlog(folder) as auditlog:
        for writers, each in ((1, ENOUGH), (WRITERS, EACH)):
            pymerkle = Pymerkle(folder / f"pymerkle-{writers}.db", writers, each)
            few = max(each // 4, 1)
            runs: dict[str, Callable[[], object]] = {
                "ours": Crowd(log, writers, each),
                "pymerkle": pymerkle,
                "auditlog": lambda writers=writers, few=few: auditlog.ask(writers, few),
            }
            spent = take_turns(runs, ROUNDS, rest={"auditlog": 3})
            pymerkle.close()
            ours, merkle = (spent[name] * 1e6 / (writers * each) for name in ("ours", "pymerkle"))
            audit = spent["auditlog"] * 1e6 / (writers * few)
            goals = ("≥ 3", "≥ 4") if writers > 1 else (None, None)
            who = f"an entry of {writers} writers at once" if writers > 1 else "an entry"
            found += [
                times(who, "µs", ours, merkle, PYMERKLE, goals[0]),
                times(who, "µs", ours, audit, AUDITLOG, goals[1]),
            ]
    return found


def _auditing() -> list[Row]:
    with _folder() as folder:
        fill(folder / "ledger.db", AUDITED)
        pure, whole = (_best(folder / "ledger.db", what) for what in ("entries", "store"))
    limit = 5 * AUDITED / 1_000_000
    what, beside = f"audit of {AUDITED:,} entries", f"the limit of {limit:g} s"
    return [
        smaller(what, "s", pure["seconds"], limit, beside, "≤ 1"),
        smaller(f"{what}, head, tree and index", "s", whole["seconds"], limit, beside),
        alone(
            f"{what}: memory at the peak", "MB", whole["grown"] / 1e6, "growth over a fresh start"
        ),
    ]


def _best(file: Path, what: str) -> dict[str, float]:
    """The quickest of three audits: whatever else the machine does can only slow them down."""
    return min((audited(file, what) for _ in range(3)), key=lambda told: told["seconds"])


def _proving() -> list[Row]:
    """Inclusion proofs from the file, any entry of all, each checked; the median of them."""
    dice = random.Random(2026)
    with _folder() as folder:
        plant_tree(folder / "ledger.db", PROVEN)
        spent: list[float] = []
        with Log.open(folder / "ledger.db", read_only=True) as log:
            root = log.root()
            for _ in range(PROOFS):
                index = dice.randrange(PROVEN - 256)
                begun = perf_counter()
                path = log.inclusion(index)
                spent.append((perf_counter() - begun) * 1000)
                verify_inclusion(leaf(index), index, PROVEN, path, root)
    what = f"a proof in a log of {PROVEN:,} entries"
    return [smaller(what, "ms", median(spent), 1, "the limit of 1 ms", "≤ 1")]
