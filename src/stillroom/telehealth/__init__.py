"""Calls that only the two of you can hear: the line between two browsers, and how they prove it.

The practice's server carries what browsers say to each other while a call is being set up, and
nothing of the call itself. Who may enter a room comes as a ticket, issued by the pages behind the
gate and read by a process of its own that knows rooms, seats and no names.

    line = Line(tickets, port=8401)
    line.address("linden.example:8400")              # ws://linden.example:8401/line
    tickets.issue(room, seat=0, seats=2, at=at)      # what the browser shows there

What the two browsers say to each other is docs/decisions/0035; `rules_verify` is the same protocol
that `ui/src/call/verify.ts` speaks.
"""

from stillroom.telehealth.line import PATH, Line, NoLine, public_address
from stillroom.telehealth.relays import Relays
from stillroom.telehealth.rules_signalling import MOST_SEATS, Ticket
from stillroom.telehealth.tickets import TicketRefused, Tickets

__all__ = [
    "MOST_SEATS",
    "PATH",
    "Line",
    "NoLine",
    "Relays",
    "Ticket",
    "TicketRefused",
    "Tickets",
    "public_address",
]
