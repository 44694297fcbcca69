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

EACH = {1: 100, 16: 60, 64: 30}
"""So many writers, and how many entries each of them writes in one turn."""

ROUNDS = 7 if QUICK else 15
AUDITED = 100_000 if QUICK else 1_000_000
PROVEN = 1_000_000 if QUICK else 10_000_000
PROOFS = 500
PAGES = 100

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
    """Entries a second, of one writer and of crowds, beside pages a second."""
    disk = Disk(folder / "pages", PAGES)
    crowds = {str(writers): Crowd(log, writers, each) for writers, each in EACH.items()}
    spent = take_turns({"disk": disk, **crowds}, ROUNDS)
    disk.close()
    pace = PAGES / spent["disk"]
    found: list[Row] = []
    for (writers, each), goal in zip(EACH.items(), ("≥ 0.8", None, "≥ 3"), strict=True):
        who = f"{writers} writers at once" if writers > 1 else "one writer"
        ours = writers * each / spent[str(writers)]
        found.append(rate(who, "entries/s", ours, pace, DISK, goal))
    last = quantiles(crowds["16"].waits, n=100)[98] * 1000
    return [*found, smaller("p99 of 16 writers", "ms", last, 30, "the limit of 30 ms", "≤ 1")]


def _beside_peers(folder: Path, log: Log) -> list[Row]:
    """Microseconds for an entry, of a lone writer and of each of a crowd's entries.

    A lone writer has nobody to share a flush with, nor have the peers: there is no goal for it.
    """
    found: list[Row] = []
    with Auditlog(folder) as auditlog:
        for writers, goals in ((1, (None, None)), (64, ("≥ 3", "≥ 4"))):
            ours, merkle, audit = _side_by_side(folder, log, auditlog, writers)
            who = f"an entry of {writers} writers at once" if writers > 1 else "an entry"
            found += [
                times(who, "µs", ours, merkle, PYMERKLE, goals[0]),
                times(who, "µs", ours, audit, AUDITLOG, goals[1]),
            ]
    return found


def _side_by_side(
    folder: Path, log: Log, auditlog: Auditlog, writers: int
) -> tuple[float, float, float]:
    each = EACH[writers]
    few = max(each // 6, 1)  # of the slowest; what it took is divided by as many
    pymerkle = Pymerkle(folder / f"pymerkle-{writers}.db", writers, each)
    runs: dict[str, Callable[[], object]] = {
        "ours": Crowd(log, writers, each),
        "pymerkle": pymerkle,
        "auditlog": lambda: auditlog.ask(writers, few),
    }
    spent = take_turns(runs, ROUNDS, rest={"auditlog": 3})
    pymerkle.close()
    entries = {"ours": each, "pymerkle": each, "auditlog": few}
    ours, merkle, audit = (spent[name] * 1e6 / (writers * count) for name, count in entries.items())
    return ours, merkle, audit


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
