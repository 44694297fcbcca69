"""Beside GNU Health: reading a note, writing one, admitting a client, opening a chart.

Each program does it by its own interface inside one process, on SQLite in WAL mode with commits
flushed to the disk. Ours asks the gate, appends to the ledger, seals and signs; theirs runs its own
access rules. They take turns.

    python -m tests.bench.section health
"""

import statistics
import time
from collections.abc import Callable
from typing import Any

from tests.bench.gnuhealth import NoPeer, Peer, prepared
from tests.bench.place import start
from tests.bench.rows import QUICK, Row, times, unmeasured

NOTES = 30 if QUICK else 200
ROUNDS = 4 if QUICK else 15
TOGETHER = 4
_ROWS: tuple[tuple[str, str, str | None], ...] = (
    ("read", "a note read whole: ours opened, logged, its signature checked", "≥ 5"),
    ("note", "a note created: ours begun, logged, its words sealed and saved", "≥ 8"),
    ("signed", "a note from nothing to signed: ours in three acts, theirs in two", None),
    ("client", "a client admitted", "≥ 8"),
    ("chart", "a chart opened: whose it is and its latest 25 notes", "≥ 3"),
)
_BESIDE = "GNU Health 5 by proteus"


def rows() -> list[Row]:
    """`ratio` = theirs / ours; without GNU Health the rows say why."""
    try:
        folder = prepared()
        with start() as place, Peer(folder, NOTES) as peer:
            return _compared(_doings(place), peer)
    except NoPeer as error:
        return [unmeasured(what, "ms", str(error), goal) for _, what, goal in _ROWS]


def _compared(doings: dict[str, Callable[[], Any]], peer: Peer) -> list[Row]:
    ours: dict[str, list[float]] = {name: [] for name in doings}
    theirs: dict[str, list[float]] = {name: [] for name in doings}
    for _ in range(ROUNDS):
        for name, do in doings.items():
            ours[name] += _spent(do)
            theirs[name] += peer.spent(name, TOGETHER)
    found = []
    for name, what, goal in _ROWS:
        mine, other = (statistics.median(side[name]) * 1000 for side in (ours, theirs))
        found.append(times(what, "ms", mine, other, _BESIDE, goal))
    return found


def _spent(do: Callable[[], Any]) -> list[float]:
    spent = []
    for _ in range(TOGETHER):
        begun = time.perf_counter()
        do()
        spent.append(time.perf_counter() - begun)
    return spent


def _doings(place: Any) -> dict[str, Callable[[], Any]]:
    """What ours does, each as a request would: with the person's key opened anew."""
    from dataclasses import replace
    from itertools import cycle

    from stillroom.access import Capacity
    from stillroom.chart import actions, kinds, queries
    from stillroom.chart.importing import import_notes
    from stillroom.practice import actions as practice
    from stillroom.practice import queries as practising
    from stillroom.vault import PersonKey
    from tests.bench import notes
    from tests.cast import DOV, make_cast

    cast = make_cast(place)
    secret = cast.here("ada").key.to_secret()
    ids = cycle(import_notes(cast.here("ada"), cast.dov, notes.imported(NOTES, cast.at)))
    carers = [practice.Carer(cast.ada.id, Capacity.TREATING)]
    fields = {part.name: part.text for part in notes.content(1).sections}

    def here() -> Any:
        return replace(cast.here("ada"), key=PersonKey.from_secret(secret))

    def write() -> tuple[str, int]:
        kind = kinds.PROGRESS_NOTE.id
        record = actions.begin(here(), cast.dov, kind, occurred_at=cast.at)
        return record, actions.save_draft(here(), record, fields, 1).version

    def sign() -> None:
        record, version = write()
        actions.sign(here(), record, version)

    def chart() -> None:
        one = here()
        practising.chart_head(one, cast.dov)
        if len(queries.timeline(one, cast.dov).lines) != queries.PAGE:
            raise AssertionError("the chart is not what it should be")

    return {
        "read": lambda: queries.record(here(), next(ids)),
        "note": write,
        "signed": sign,
        "client": lambda: practice.admit(here(), cast.directory, [DOV], carers),
        "chart": chart,
    }
