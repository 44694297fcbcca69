"""Who sits where right now, in the memory of the running practice alone.

Rules: a room has one seat for whoever keeps it and one for the client's side, and a seat has one
device. A device shows itself every few seconds; one that was silent for longer than `GONE` has
left. Somebody who comes with a second device is asked which stays, and the other is told. Nothing
of this is on a disk: after a restart the next sign of life puts everything back.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

GONE: Final = timedelta(seconds=20)
KEEPER, CLIENT = 0, 1


@dataclass(frozen=True)
class Sitting:
    """One device in a seat. `inside`: in the call; else in the waiting room."""

    person: str
    device: str
    since: datetime
    seen_at: datetime
    inside: bool

    def here(self, at: datetime) -> bool:
        """Whether it has shown itself lately."""
        return at - self.seen_at < GONE


class Seats:
    """The seats of all rooms."""

    def __init__(self) -> None:
        self._rooms: dict[tuple[str, int], Sitting] = {}

    def show(
        self, room: str, seat: int, person: str, device: str, at: datetime, *, inside: bool
    ) -> bool:
        """A device shows itself; False when another has the seat."""
        there = self._rooms.get((room, seat))
        other = there is not None and (there.person, there.device) != (person, device)
        if there is not None and other and there.here(at):
            return False
        stays = there is not None and not other and there.here(at)
        since = there.since if there is not None and stays else at
        self._rooms[room, seat] = Sitting(person, device, since, at, inside)
        return True

    def take(self, room: str, seat: int, person: str, device: str, at: datetime) -> bool:
        """This device and no other, because its person says so. Nobody takes another's seat."""
        there = self._rooms.get((room, seat))
        if there is not None and there.person != person and there.here(at):
            return False
        self._rooms[room, seat] = Sitting(person, device, at, at, inside=True)
        return True

    def whose(self, room: str, seat: int, at: datetime) -> Sitting | None:
        """Who sits there now."""
        there = self._rooms.get((room, seat))
        return there if there is not None and there.here(at) else None

    def clear(self, room: str) -> None:
        """The meeting is over."""
        for seat in (KEEPER, CLIENT):
            self._rooms.pop((room, seat), None)
