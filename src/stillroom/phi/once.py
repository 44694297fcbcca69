"""One look a page: what the gate is told at each question of a page is read once for all of them.

Rules: only while a page is shown (a GET), never while something is done; what was seen is forgotten
with the answer, so the next request finds what has changed meanwhile. A question over many charts
at once is one look too, from the first of its answers to the last. The gate is still asked each
time, and decides each time; and what is opened still waits for its entry.

    with once.look():
        once.seen(("cares", person, chart), read)     # the second time, without reading
    once.seen(("cares", person, chart), read)         # outside of a look always reads
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")

_LOOK: ContextVar[dict[Hashable, Any] | None] = ContextVar("look", default=None)


@contextmanager
def look() -> Iterator[None]:
    """From here to the end of the `with`, in this thread, one look; within another, the same."""
    outer = _LOOK.get()
    token = _LOOK.set({} if outer is None else outer)
    try:
        yield
    finally:
        _LOOK.reset(token)


def seen(what: Hashable, read: Callable[[], T]) -> T:
    """What `read` gives; what it gave already, if this was read in the same look."""
    found = _LOOK.get()
    if found is None:
        return read()
    if what not in found:
        found[what] = read()
    return found[what]  # type: ignore[no-any-return]
