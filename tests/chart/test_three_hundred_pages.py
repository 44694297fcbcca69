"""Three hundred pages in one file: kept whole, shown page by page, and never held in memory at once."""

import tracemalloc
from collections.abc import Callable, Iterator
from hashlib import sha256

import pytest

from stillroom.chart import actions, queries
from stillroom.chart.documents import arriving, reading
from stillroom.phi import streams
from tests.cast import Cast
from tests.chart import papers
from tests.chart.test_documents import draft

pytestmark = pytest.mark.long

PAGES = 300
MOST_HELD = 8 << 20
"""Bytes that the server may hold at once for a file, whatever its length: two portions of two
megabytes on their way into their seals, and a few pages. The file here is three times as large."""


@pytest.fixture(scope="module")
def file() -> bytes:
    """Three hundred pages of words, and what weighs as much as scans of them would."""
    words = [f"Page {nth} of the file" for nth in range(1, PAGES + 1)]
    return papers.large(3 * MOST_HELD, *words)


@pytest.fixture
def held() -> Iterator[Callable[[str], None]]:
    """Says that since it was last asked, no more than `MOST_HELD` was held at once."""
    tracemalloc.start()
    tracemalloc.reset_peak()
    before = tracemalloc.get_traced_memory()[0]

    def require(what: str) -> None:
        nonlocal before
        now, peak = tracemalloc.get_traced_memory()
        print(f"{what}: {(peak - before) / (1 << 20):.1f} MB")
        assert peak - before < MOST_HELD, f"{what} held {(peak - before) >> 20} MB at once"
        tracemalloc.reset_peak()
        before = now

    yield require
    tracemalloc.stop()


def test_three_hundred_pages_are_kept_shown_and_given_back_without_being_held_at_once(
    cast: Cast, file: bytes, held: Callable[[str], None]
) -> None:
    assert len(file) > 3 * MOST_HELD
    ada, record = cast.here("ada"), draft(cast)
    upload = arriving.begin(ada, record, "file.pdf", len(file))
    portion = 8 * streams.PIECE
    for at in range(0, len(file), portion):
        last = at + portion >= len(file)
        words = file[at : at + portion]
        arriving.take(ada, record, upload, at // streams.PIECE, words, last=last)
    held("taking it in")
    state = arriving.look(ada, record, upload)
    held("looking into it")
    assert (state.pages, state.drawn) == (PAGES, 0)
    steps = 0
    while not state.done:
        drawn = state.drawn
        state = arriving.draw(ada, record, upload)
        assert state.drawn > drawn, "each step keeps what it drew"
        steps += 1
        held(f"drawing to page {state.drawn}")
    actions.sign(ada, record, 2)
    held("signing it")
    for first in (1, 149, PAGES):
        sheaf = reading.sheaf(ada, record, first=first, most=3)
        assert sheaf.total == PAGES
        assert sheaf.pages[0].words.strip() == f"Page {first} of the file"
        held(f"showing page {first}")
    came = sha256()
    for words in reading.untouched(ada, record).read():
        came.update(words)
    held("giving it back")
    assert came.digest() == sha256(file).digest()
    content = queries.record(ada, record).revisions[0].content
    assert len(set(content.answer("leaves").chosen)) == PAGES, "each page was signed, by its digest"
    assert f"Page {PAGES} of the file" in content.answer("words").text
