"""What a browser tells of its own state, in the order in which it was so.

Two tellings of one browser may arrive in either order: one is still on its way when its page goes,
and the page's last word overtakes it. Each bears the browser's own moment; of those that come
within `LATE` of each other the later one holds, whenever it arrives.

Rules: moments are compared within one session alone, so that two browsers with clocks of their own
never meet; and only for a while, so that a clock that was put back is obeyed again soon. A telling
without a moment holds when it comes. Nothing of it is kept on the disk.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

LATE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Told:
    """The latest of a session: the browser's moment, and when it came."""

    moment: float
    at: datetime


def holds(last: Told | None, moment: float | None, at: datetime) -> bool:
    """Whether a telling of this moment says how it is now."""
    if last is None or moment is None or not last.at <= at < last.at + LATE:
        return True
    return moment >= last.moment


class Tellings:
    """Of every session of one running practice."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._last: dict[str, Told] = {}

    @contextmanager
    def turn(self, session: str, moment: float | None, at: datetime) -> Iterator[bool]:
        """Whether this telling holds; no other is looked at before the block is done with it."""
        with self._lock:
            here = holds(self._last.get(session), moment, at)
            if here and moment is not None:
                kept = {who: one for who, one in self._last.items() if one.at + LATE > at}
                self._last = {**kept, session: Told(moment, at)}
            yield here
