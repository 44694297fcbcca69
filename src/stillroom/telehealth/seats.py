"""Who sits where right now, in the memory of the running practice alone.

Rules: a room has one seat for whoever keeps it and one for the client's side, or one for each of
several members, and a seat has one device. What somebody chose to be called in the visit stands
beside her seat, because no member's page may open what another said. A device shows itself every
few seconds; one that was silent for longer than `GONE` has left. Somebody who comes with a second
device is asked which stays, and the other is told. Nothing of this is on a disk: after a restart
the next sign of life puts everything back.
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
    name: str = ""

    def here(self, at: datetime) -> bool:
        """Whether it has shown itself lately."""
        return at - self.seen_at < GONE


class Seats:
    """The seats of all rooms."""

    def __init__(self) -> None:
        self._rooms: dict[tuple[str, int], Sitting] = {}

    def show(
        self,
        room: str,
        seat: int,
        person: str,
        device: str,
        at: datetime,
        *,
        inside: bool,
        name: str | None = None,
    ) -> bool:
        """A device shows itself; False when another has the seat. `name`: what she is called there;
        what was said before stays where it is not said."""
        there = self._rooms.get((room, seat))
        other = there is not None and (there.person, there.device) != (person, device)
        if there is not None and other and there.here(at):
            return False
        stays = there is not None and not other and there.here(at)
        since = there.since if there is not None and stays else at
        called = name if name is not None else there.name if there and not other else ""
        self._rooms[room, seat] = Sitting(person, device, since, at, inside, called)
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

    def names(self, room: str, at: datetime) -> dict[int, str]:
        """What each who is in the call chose to be called, by seat; "" for nothing."""
        there = {seat: one for (which, seat), one in list(self._rooms.items()) if which == room}
        return {seat: one.name for seat, one in there.items() if one.here(at) and one.inside}

    def leave(self, room: str, seat: int) -> None:
        """That seat is empty."""
        self._rooms.pop((room, seat), None)

    def clear(self, room: str) -> None:
        """The meeting is over."""
        for key in [one for one in list(self._rooms) if one[0] == room]:
            self._rooms.pop(key, None)
