"""How long a page waits for the server for many (Janus), and what is remembered of its silence.

A program that hangs is worse than one that is not there: it takes the connection and never
answers, and a page that waits for it holds one of the few threads that serve everybody.

Rules: whoever asks waits `PATIENCE` at most, for the whole conversation, whatever it is that takes
its time (a name that is looked up, a connection, an answer, drops of one). Once nothing came,
nobody asks for `REST`; then one does, and the others are told no at once until that one has heard.
A server that refuses costs no time, and is asked again whenever somebody wants it. A clock that is
put back or forward ends the rest.

    patience = Patience()
    patience.ask(lambda: open_room(…), at=at)     # what it gives, or raises SfuSilent
    patience.rests(at)                            # whether nobody asks just now
"""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock, Thread
from typing import TypeVar

from stillroom.kernel import StillroomError

PATIENCE = 1.0
"""Seconds for one whole conversation. It is on the same machine, or near."""
REST = timedelta(seconds=5)


class SfuUnreachable(StillroomError):
    """Janus does not answer, or not as it should."""

    what = "the server that carries calls of many does not answer"
    usual_advice = (
        "Groups of up to four meet without it. Tell whoever hosts: stillroom doctor says why."
    )


class SfuSilent(SfuUnreachable):
    """It takes a connection and says nothing: it hangs, or is about to."""

    what = "the server that carries calls of many takes the call and says nothing"


@dataclass(frozen=True, slots=True)
class Rest:
    """Since when nobody asks; no moment while it is well."""

    since: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Whether it is not to be asked at this moment."""
        return self.since is not None and self.since <= at < self.since + REST

    def turn(self, at: datetime) -> tuple[bool, "Rest"]:
        """Whether somebody who would ask now may, and how it stands after her turn was given: after
        a silence one asks, and all the others rest on."""
        if self.since is None:
            return True, self
        return (False, self) if self.holds(at) else (True, Rest(at))


Found = TypeVar("Found")


def within(seconds: float, work: Callable[[], Found]) -> Found:
    """What the work gives, or raises; `SfuSilent` where it takes longer. It is then left alone, and
    ends by the limits of its own socket."""
    answer: Future[Found] = Future()

    def run() -> None:
        try:
            answer.set_result(work())
        except BaseException as problem:  # noqa: BLE001 - it is raised where somebody waits for it
            answer.set_exception(problem)

    Thread(target=run, name="sfu", daemon=True).start()
    try:
        return answer.result(timeout=seconds)
    except TimeoutError:
        raise SfuSilent from None


class Patience:
    """The memory of one running practice, for its one server."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._rest = Rest()

    def rests(self, at: datetime) -> bool:
        """Whether it said nothing a moment ago, and nobody asks."""
        return self._rest.holds(at)

    def ask(self, work: Callable[[], Found], at: datetime) -> Found:
        """The conversation, if it may be begun now. `SfuSilent`, at once or after `PATIENCE`;
        whatever else the work raises."""
        with self._lock:
            may, self._rest = self._rest.turn(at)
        if not may:
            raise SfuSilent
        try:
            found = within(PATIENCE, work)
        except SfuSilent:
            with self._lock:
                self._rest = Rest(at)
            raise
        except SfuUnreachable:
            self._heard()  # a refusal is an answer
            raise
        self._heard()
        return found

    def _heard(self) -> None:
        with self._lock:
            self._rest = Rest()
