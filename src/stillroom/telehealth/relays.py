"""What helps a call along where two browsers do not reach each other, or where many meet.

A relay (TURN) passes on what it cannot read; a server for many (an SFU) passes on what it cannot
open. A practice may have both, one or neither; without them calls go directly, to five people.

    relays.ice_servers(mark=new_id(), at=at)      # for RTCPeerConnection; [] without a relay
    relays.carries_many                            # whether more than five can meet
    relays.ticket(room, seat=3, at=at)             # makes the room, lets that seat into it
    relays.forget(room, at=at)                     # the room is gone
    relays.trouble(at=at)                          # why many cannot be carried just now, if so
"""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from stillroom.kernel import Misuse, Secret
from stillroom.telehealth.sfu import pass_for
from stillroom.telehealth.sfu_patience import Patience, SfuUnreachable
from stillroom.telehealth.sfu_rooms import close_room, greet, open_room
from stillroom.telehealth.turn import credentials


@dataclass(frozen=True, slots=True)
class Sfu:
    """Janus: where browsers find it, where rooms are made, and both secrets."""

    address: str
    rooms: str
    secret: Secret
    admin_key: Secret


@dataclass(frozen=True, slots=True)
class Relays:
    """What this practice has. `turn`: addresses as RFC 7065 writes them."""

    turn: tuple[str, ...] = ()
    turn_secret: Secret | None = None
    sfu: Sfu | None = None
    patience: Patience = field(default_factory=Patience, compare=False)
    """With the server for many, of this running practice."""

    def ice_servers(self, *, mark: str, at: datetime) -> list[dict[str, object]]:
        """The list for a browser, ready for JSON; empty where there is no relay."""
        if not self.turn or self.turn_secret is None:
            return []
        made = credentials(self.turn_secret, mark=mark, at=at)
        return [
            {
                "urls": list(self.turn),
                "username": made.username,
                "credential": made.credential,
            }
        ]

    @property
    def carries_many(self) -> bool:
        """Whether more can meet than a mesh carries."""
        return self.sfu is not None

    def ticket(
        self, room: str, *, seat: int, at: datetime, keep: Collection[str] = ()
    ) -> dict[str, object]:
        """What `ui/src/call/sfu.ts` calls a ticket; the room is made if it is not there. `keep`:
        rooms of other meetings, which nobody may be in yet. `SfuUnreachable`."""
        if self.sfu is None:
            raise Misuse("this practice has no server for many; ask carries_many first")
        keys = (self.sfu.rooms, self.sfu.secret, self.sfu.admin_key)
        self.patience.ask(lambda: open_room(*keys, room=room, at=at, keep=keep), at)
        made = pass_for(self.sfu.secret, room=room, at=at)
        return {
            "address": self.sfu.address,
            "room": room,
            "seat": seat,
            "token": made.token,
            "entry": made.entry,
        }

    def forget(self, room: str, *, at: datetime) -> None:
        """The meeting is over: its room goes. Where the server does not answer, what is left over
        goes when the next room is made."""
        if self.sfu is None:
            return
        keys = (self.sfu.rooms, self.sfu.secret, self.sfu.admin_key)
        with suppress(SfuUnreachable):
            self.patience.ask(lambda: close_room(*keys, room=room, at=at), at)

    def trouble(self, *, at: datetime) -> SfuUnreachable | None:
        """Why the server for many could carry nobody just now; nothing where it could, or where
        there is none. It is asked, unless it said nothing a moment ago."""
        if self.sfu is None:
            return None
        address, secret = self.sfu.rooms, self.sfu.secret
        try:
            self.patience.ask(lambda: greet(address, secret, at=at), at)
        except SfuUnreachable as problem:
            return problem
        return None
