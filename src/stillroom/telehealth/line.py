"""Where the line is: its port, its address as a browser sees it, and the tickets for it.

Rules: behind a proxy the address is what the host says (`STILLROOM_CALLS`, a `ws:` or `wss:`
address that ends in `/line`); else it is the host that the browser asked for, at the line's own
port. A call's page may connect there and to nothing else beside the practice itself.
"""

import re
from dataclasses import dataclass

from stillroom.kernel import StillroomError
from stillroom.telehealth.tickets import Tickets

PATH = "/line"
_ADDRESS = re.compile(r"wss?://(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?(?:/[\w.-]+)*\Z")
_LAST_PORT = re.compile(r":\d+\Z")


class NoLine(StillroomError):
    """STILLROOM_CALLS is no address of a line."""

    what = "the address in STILLROOM_CALLS is none where browsers can reach the line"
    usual_advice = "Write it as wss://records.example.org/line, or leave it out."


@dataclass(frozen=True)
class Line:
    """The line of a running practice."""

    tickets: Tickets
    port: int
    public: str = ""
    """The address that the host gave; empty when the browser comes straight to the port."""

    def address(self, host: str) -> str:
        """For a browser that asked for `host` (as a request's Host header has it)."""
        return self.public or f"ws://{_LAST_PORT.sub('', host)}:{self.port}{PATH}"


def public_address(given: str) -> str:
    """What the host gave, if it is an address of a line or nothing at all. Else `NoLine`."""
    if given and not (_ADDRESS.match(given) and given.endswith(PATH)):
        raise NoLine
    return given
