"""One practice, running: what every request of it shares, and the person who makes a request.

Rules: a `House` starts sealed and holds no key; `unseal` gives it the server's key, which opens
front sheets and nothing clinical; `seal` forgets it. A `Presence` is a signed-in person here and
now; her key, and the rings that it opened, exist in it for the length of one request (P3).
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from stillroom.access import Gate, Role
from stillroom.kernel import Trilean
from stillroom.phi._errors import Sealed
from stillroom.phi._log import Log
from stillroom.vault import Cost, Keyring, PersonKey, PublicKey, SharedKey

SERVER = "server"
RECOVERY = "recovery"
OUTSIDE = "outside"
"""The actor of an entry that a packet's recipient caused, who is nobody of the practice."""


class House:
    """The shared parts of one practice."""

    def __init__(
        self,
        practice: str,
        name: str,
        gate: Gate,
        log: Log,
        recovery: PublicKey | None = None,
        cost: Cost = Cost.INTERACTIVE,
    ) -> None:
        self.practice = practice
        self.name = name
        self.gate = gate
        self.log = log
        self.recovery = recovery
        self.cost = cost
        self._server: SharedKey | None = None
        self.log_ring: Keyring | None = None
        """Seals the details of entries about no chart; opened once an unsealing, by `rings`."""
        self.apart: dict[str, Any] = {}
        """Rows of `apart` that were opened since the unsealing; theirs alone to look at."""
        self.unsealed_at: datetime | None = None

    @property
    def sealed(self) -> bool:
        """Whether the house holds no key."""
        return self._server is None

    @property
    def server(self) -> SharedKey:
        """The server's key. `Sealed` while nobody has unsealed the house."""
        if self._server is None:
            raise Sealed
        return self._server

    def unseal(self, key: SharedKey, *, at: datetime) -> None:
        """Take the server's key; the caller has proven that it is the right one."""
        self._server, self.log_ring, self.apart = key, None, {}
        self.unsealed_at = at

    def seal(self) -> None:
        """Forget the keys. Every page says *sealed* until somebody unseals again."""
        self._server = self.log_ring = None
        self.apart = {}
        self.unsealed_at = None


@dataclass(frozen=True)
class Presence:
    """A signed-in person, here and now. Made by `identity` alone, once a request."""

    house: House
    person: str
    name: str
    roles: frozenset[Role]
    key: PersonKey
    at: datetime
    session: str = ""
    stepped_up: Trilean = Trilean.NO
    veil: str = ""
    language: str = ""
    rings: dict[tuple[str, str, str], Keyring] = field(
        init=False, default_factory=dict, repr=False, compare=False
    )
    """Rings opened in this request by ward, kind and author, so that each is opened once."""

    @property
    def guest(self) -> bool:
        """Whether this is a client, or who stands for one, by their own door."""
        return Role.CLIENT in self.roles

    @property
    def today(self) -> date:
        """The calendar day in the practice's own zone, whatever day it is in Greenwich."""
        return timezone.localtime(self.at).date()
