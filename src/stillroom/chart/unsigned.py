"""One's own drafts, read for a search: few, so they are read anew each time and in no index.

Rule: a draft is its author's alone until it is signed. Whoever else searches neither opens nor
counts it (P8).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from stillroom.chart import indexing, kinds, rules
from stillroom.chart.contents import Content
from stillroom.chart.models import Record
from stillroom.chart.search import Entry, Index
from stillroom.phi import Presence, across, statements
from stillroom.practice.queries import moment_written


class SealedDraft(NamedTuple):
    """A draft as it lies on the disk: first what the vault needs to open it."""

    record: str
    version: int
    sealed: bytes
    kind: str
    at: str
    chart: str
    private: bool
    restricted: bool


Drafts = Mapping[tuple[str, str], Sequence[SealedDraft]]
"""Drafts by chart, and by the name of the index that they will stand in."""

_MINE = """
    SELECT record.id, draft.version, draft.sealed, record.kind, CAST(record.occurred_at AS text),
           record.chart, record.private, record.restricted
    FROM chart_record record JOIN chart_draft draft ON draft.record_id = record.id
    WHERE record.author = %s AND record.state = 'draft'
"""


def drafts_of(presence: Presence) -> Drafts:
    """This person's drafts, sealed; in whatever charts. Only what `across` holds is opened."""
    found: dict[tuple[str, str], list[SealedDraft]] = {}
    for row in statements.fetch_all(_MINE, (presence.person,)):
        one = SealedDraft(*row)
        shelf = indexing.RESTRICTED if one.restricted else ""
        shelf = presence.person if one.private else shelf
        found.setdefault((one.chart, shelf), []).append(one)
    return found


def index_of_drafts(
    presence: Presence, held: across.Held, drafts: Drafts
) -> tuple[Index, dict[str, Content]] | None:
    """An index of the drafts under one ring, and their words; `None` if there are none."""
    some = drafts.get((held.ward.chart, indexing.shelf(held)), ())
    if not some:
        return None
    written: dict[str, Content] = {}
    texts = []
    for row, content in across.open_rows(presence, held, "draft", some, rules.decode):
        one = SealedDraft(*row)
        kind = content.kind or one.kind
        at = int(moment_written(one.at).timestamp())
        texts.append(
            (Entry(one.record, at, kind, presence.person), indexing.passages(kind, content))
        )
        written[one.record] = content
    return Index.build(texts), written


def note_of_the_session(presence: Presence, chart_id: str, occurred_at: datetime) -> str:
    """One's own draft of a progress note about that moment; "" for none. Opens nothing: whoever
    reads it is asked then."""
    rows = Record.objects.filter(
        chart=chart_id,
        author=presence.person,
        kind=kinds.PROGRESS_NOTE.id,
        state=Record.State.DRAFT,
        occurred_at=occurred_at,
    )
    return rows.order_by("started_at", "pk").values_list("pk", flat=True).first() or ""
