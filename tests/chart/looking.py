"""Notes written and looked for, as the tests of searching do it."""

from datetime import timedelta

from stillroom.chart import actions, kinds, rules
from stillroom.chart.contents import Content
from stillroom.chart.search import read_question
from stillroom.chart.searching import Found, Narrowing, search
from tests.cast import NOON, Cast


def write(
    cast: Cast, who: str, chart: str, text: str, kind: str = "progress_note", days: int = 0
) -> str:
    """A signed note, some days ago."""
    here = cast.here(who)
    at = NOON - timedelta(days=days)
    record = actions.begin(here, chart, kind, occurred_at=at, form="Free")
    saved = actions.save_draft(here, record, {"Note": text}, 1)
    actions.sign(here, record, saved.version)
    return record


def find(cast: Cast, who: str, typed: str, narrowing: Narrowing | None = None, **how: int) -> Found:
    """What that person finds."""
    return search(cast.here(who), read_question(typed), narrowing, **how)


def names(found: Found) -> list[str]:
    """The records on the page."""
    return [hit.record for hit in found.hits]


def note(text: str) -> Content:
    """A note of one part."""
    return rules.written(kinds.PROGRESS_NOTE, "Free", {"Note": text})
