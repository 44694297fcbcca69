"""Who may take which seat in which room, as a line that the server marked.

Rules: a ticket names a room, a seat, how many seats there are and until when it lets somebody in;
it names no person and no chart. It is marked (HMAC-SHA256) by a key that is made when the server
starts and lives in memory alone, so a restart makes every older ticket worthless. It lets in for
two minutes; whoever is in may stay, and whoever comes back asks the pages for a new one.
"""

import hmac
import re
from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import datetime, timedelta

from stillroom.kernel import Misuse, StillroomError
from stillroom.telehealth.rules_signalling import MOST_SEATS, Ticket

LASTS = timedelta(minutes=2)
MOST_BYTES = 300
_ROOM = re.compile(r"[A-Za-z0-9_-]{16,64}\Z")
_WRITTEN = re.compile(r"1\.([A-Za-z0-9_-]{16,64})\.(\d{1,2})\.(\d{1,2})\.(\d{1,12})\.([\w-]{43})\Z")


class TicketRefused(StillroomError):
    """A ticket that is not ours, or has run out. Which of both, nobody is told."""

    what = "this ticket does not open the room"
    usual_advice = "Ask the page for another: load it again."


class Tickets:
    """Issues tickets and reads them. `mark` makes 32 bytes that only the server can make."""

    def __init__(self, mark: Callable[[bytes], bytes]) -> None:
        self._mark = mark

    def issue(self, room: str, *, seat: int, seats: int, at: datetime) -> str:
        """A ticket for two minutes. The gate was asked before this is called."""
        if not _ROOM.match(room):
            raise Misuse("a room is called by 16 to 64 letters and figures")
        if not 0 <= seat < seats <= MOST_SEATS:
            raise Misuse(f"a room has seats from 0, and at most {MOST_SEATS}")
        ticket = Ticket(room, seat, seats, int((at + LASTS).timestamp()))
        return f"{ticket.text}.{self._written_mark(ticket)}"

    def read(self, text: str, *, at: datetime) -> Ticket:
        """The ticket, proven and in time, or `TicketRefused`."""
        found = _WRITTEN.match(text) if len(text) <= MOST_BYTES and text.isascii() else None
        if found is None:
            raise TicketRefused
        ticket = Ticket(found[1], int(found[2]), int(found[3]), int(found[4]))
        if not hmac.compare_digest(self._written_mark(ticket), found[5]):
            raise TicketRefused
        if at.timestamp() >= ticket.expires or not 0 <= ticket.seat < ticket.seats <= MOST_SEATS:
            raise TicketRefused
        return ticket

    def _written_mark(self, ticket: Ticket) -> str:
        marked = self._mark(b"stillroom call ticket v1|" + ticket.text.encode("ascii"))
        return urlsafe_b64encode(marked).rstrip(b"=").decode("ascii")
