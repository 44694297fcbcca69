"""What lets a seat into a room of the server that carries calls of many (Janus), for a while.

Janus checks tokens that somebody else signed: the second at which it ends, a realm, and what it is
good for, separated by commas; a colon; HMAC-SHA1 of that under a shared secret, in base64. Two are
needed: one of the realm `janus`, good for the videoroom plugin, in every message; one of the
plugin's own realm, good for one room, to enter it.

The frames are sealed in the browsers (docs/decisions/0036): who has both may send and fetch what
nobody without the seats' own keys can open.

    pass_for(secret, room="k3…", at=at)  # Pass(token="1796000000,janus,…", entry="1796000000,…")
"""

import hmac
import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from stillroom.kernel import Misuse, Secret

LASTS = timedelta(hours=4)
PLUGIN = "janus.plugin.videoroom"
_ROOM = re.compile(r"[A-Za-z0-9_-]{16,64}\Z")


@dataclass(frozen=True, slots=True)
class Pass:
    """What Janus asks for: `token` in every message, `entry` at the door of the room."""

    token: str
    entry: str


def pass_for(secret: Secret, *, room: str, at: datetime) -> Pass:
    """Both tokens for one room, from `at` for `LASTS`."""
    until = int((at + LASTS).timestamp())
    return Pass(
        token=_signed(secret, f"{until},janus,{PLUGIN}"),
        entry=_signed(secret, f"{until},{PLUGIN},room={_called(room)}"),
    )


def room_wanted(room: str, *, admin_key: Secret) -> Mapping[str, object]:
    """The request that makes a room: VP8 and Opus alone, sealed frames wanted, no recording.

    The loudness of a voice would travel in the clear beside each packet: that extension is off.
    """
    return {
        "request": "create",
        "admin_key": admin_key.expose().decode("ascii"),
        "room": _called(room),
        "secret": room_secret(room, admin_key=admin_key),
        "is_private": True,
        "signed_tokens": True,
        "publishers": 64,
        "videocodec": "vp8",
        "audiocodec": "opus",
        "opus_fec": False,
        "audiolevel_ext": False,
        "require_e2ee": True,
        "record": False,
        "lock_record": True,
        "permanent": False,
    }


def rooms_wanted(*, admin_key: Secret) -> Mapping[str, object]:
    """The request for a list of all rooms: they are private, and told of to nobody else."""
    return {"request": "list", "admin_key": admin_key.expose().decode("ascii")}


def room_secret(room: str, *, admin_key: Secret) -> str:
    """What a room's own powers ask for (recording, sending others away, forwarding): nobody in it
    has it. Without one, Janus lets whoever is in the room do all of that."""
    return hmac.digest(admin_key.expose(), room.encode("ascii"), "sha256").hex()


def _called(room: str) -> str:
    if not _ROOM.match(room):
        raise Misuse("a room is called by 16 to 64 letters and figures")
    return room


def _signed(secret: Secret, text: str) -> str:
    digest = hmac.digest(secret.expose(), text.encode("ascii"), "sha1")
    return f"{text}:{b64encode(digest).decode('ascii')}"
