"""The demonstration's supervision: notes that a supervisor co-signed, returned, or has yet to read.

Through the same doors as in a real practice, at the moment of the demonstration: what was signed
elsewhere and brought in is sent now, and co-signed now.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from stillroom.chart import actions as charting
from stillroom.chart import queries, reviewing
from stillroom.config.demo.people import Chart
from stillroom.config.demo.records import Note
from stillroom.phi import Presence

MOST = 6
"""Notes of each chart that are sent, the newest ones: enough to see how it goes."""


def supervisors(here: Mapping[str, Presence], chart: Chart, at: datetime) -> list[Presence]:
    """Who supervises a chart of the demonstration at its moment."""
    return [
        here[care.person]
        for care in chart.cares
        if care.capacity == "supervising"
        and care.begins_at <= at
        and (care.ends_at is None or care.ends_at > at)
    ]


def send_signed(
    author: Presence,
    above: Sequence[Presence],
    chart_id: str,
    signed: Sequence[tuple[str, Note]],
) -> None:
    """Send an author's newest signed notes, and co-sign those of which the story says so. The last
    one of somebody under supervision is left waiting."""
    if not above:
        return
    every = bool(reviewing.will_ask(author, chart_id, private=False))
    newest = signed[-MOST:]
    for nth, (record, note) in enumerate(newest, start=1):
        if not (every or note.cosigned_by):
            continue
        reviewing.send(author, record, [above[0].person])
        if note.cosigned_at is not None and not (every and nth == len(newest)):
            reviewing.cosign(above[0], record, seen=_last(above[0], record))


def return_draft(author: Presence, above: Sequence[Presence], record: str, words: str) -> None:
    """A draft is signed, sent, and comes back; its author has begun to change it."""
    charting.sign(author, record, 2)
    last = _last(author, record)
    if last == 1:
        reviewing.send(author, record, [above[0].person])
    reviewing.give_back(above[0], record, words, seen=2)
    reviewing.begin_changes(author, record)


def _last(presence: Presence, record: str) -> int:
    return queries.record(presence, record).course.last
