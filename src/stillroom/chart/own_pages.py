"""The pages of a document that came as a file, as its client looks at them: pictures that were
drawn once, never the file.

Rules: a page is part of its record, so it is read by the one way in for clients (`chart.own`): what
is held, private or of a kind that was not given stays shut, and one entry has both. A page is shown
only if it is the one that was signed, by its digest (P5).
"""

from dataclasses import dataclass

from stillroom.chart import own
from stillroom.chart.documents.facts import Page
from stillroom.chart.documents.holding import NoFile
from stillroom.chart.documents.reading import Beside
from stillroom.chart.own import OwnRecord
from stillroom.phi import Presence

__all__ = ["NoFile", "OwnPage", "own_page"]


@dataclass(frozen=True)
class OwnPage:
    """Page `number` of a record."""

    record: OwnRecord
    number: int
    page: Page


def own_page(presence: Presence, record_id: str, number: int) -> OwnPage:
    """One page; a number outside the document is brought into it. `NotHere` for whatever this
    reader may not read, `NoFile` for a record without a file."""
    beside = Beside(number)
    found = own.opened(presence, record_id, beside)
    if not found.record.pages:
        raise NoFile
    (page,) = beside.shown(found.first, found.beside)
    return OwnPage(found.record, beside.first, page)
