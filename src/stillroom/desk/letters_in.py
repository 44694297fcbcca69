"""A letter that came as a file: kept sealed as a document of the chart, its words read out.

Rules: the file goes the way of every document (looked into by a program of its own, drawn page by
page, kept as it came); it is a draft until whoever entered it signs the document. A scan has no
words, and none are made up for it.
"""

from dataclasses import dataclass
from typing import Protocol

from stillroom.chart import actions as chart
from stillroom.chart.documents import arriving, reading
from stillroom.kernel import StillroomError
from stillroom.phi import Presence, streams

CAME_IN = "letter_came_in"
"""The step that names the document in which a matter's letter lies."""
PORTION = 2 << 20
_STEPS = 20
"""Steps of drawing after which the rest is left to the document's own page."""
_PAGES = 8
"""Pages whose words are read; what a letter wants stands on the first."""


class Sent(Protocol):
    """A file of a form."""

    @property
    def name(self) -> str | None: ...
    @property
    def size(self) -> int | None: ...
    def read(self, num_bytes: int | None = None, /) -> bytes:
        """The next bytes of it."""
        ...


@dataclass(frozen=True)
class Brought:
    """A letter in the chart: its document, its name, and its words as far as the file has any."""

    record: str
    name: str
    words: str


def bring_in(presence: Presence, chart_id: str, sent: Sent, *, clamd: str) -> Brought:
    """Keep the file as a draft document of the chart and read its words.

    A file that is refused leaves no empty document behind.
    """
    record = chart.begin(presence, chart_id, "document", occurred_at=presence.at)
    try:
        _take_in(presence, record, sent, clamd)
    except StillroomError:
        chart.discard(presence, record)
        raise
    return Brought(record, sent.name or "", _words(presence, record))


def _take_in(presence: Presence, record: str, sent: Sent, clamd: str) -> None:
    """The whole file, looked into and drawn, as far as that goes in one answer."""
    size = int(sent.size or 0)
    upload = arriving.begin(presence, record, sent.name or "", size)
    for at in range(0, size, PORTION):
        words, last = sent.read(PORTION), at + PORTION >= size
        arriving.take(presence, record, upload, at // streams.PIECE, words, last=last)
    arriving.look(presence, record, upload, clamd=clamd)
    for _ in range(_STEPS):
        if arriving.draw(presence, record, upload).done:
            return


def _words(presence: Presence, record: str) -> str:
    first = reading.file_of_draft(presence, record, 1)
    total = first.state.pages if first.state else 0
    rest = range(2, min(total, _PAGES) + 1)
    pages = [first.page, *(reading.file_of_draft(presence, record, nth).page for nth in rest)]
    return "\n\n".join(page.words for page in pages if page is not None and page.words)
