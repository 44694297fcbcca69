"""What a server or a wire has in its hands, and whether a piece of a picture is in it.

Janus forwards its packets to us, in the clear of its own layer, to whoever has the admin key and the
room's secret: what is sealed in the browsers is sealed there too.
"""

import base64
import contextlib
import json
import socket
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from urllib.request import Request, urlopen

from stillroom.telehealth.relays import Sfu
from stillroom.telehealth.sfu import PLUGIN, pass_for, room_secret
from tests.telehealth.browsers import until
from tests.telehealth.relays import HOST

_RTP_HEADER = 12


def decode(text: str) -> bytes:
    """base64url without padding."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def found_in(wire: bytes, made: Iterable[bytes]) -> int:
    """Of how many of these pictures, as the codec made them, a piece is there: eight bytes that are
    not all alike, past what stays in the clear."""
    pieces = [[frame[at : at + 8] for at in range(10, len(frame) - 7, 8)] for frame in made]
    return sum(any(len(set(one)) > 4 and one in wire for one in frame) for frame in pieces)


def held_by_server(sfu: Sfu, room: str, *, packets: int, publishers: int = 1) -> bytes:
    """So many packets of what everybody in a room sends, one after the other, without their RTP
    headers. `publishers`: so many are waited for."""
    with socket.socket(type=socket.SOCK_DGRAM) as caught:
        caught.bind((HOST, 0))
        caught.settimeout(0.5)
        _forward(sfu, room, caught.getsockname()[1], publishers)
        return b"".join(one[_RTP_HEADER:] for one in _caught(caught, packets))


def _forward(sfu: Sfu, room: str, port: int, publishers: int) -> None:
    """Have Janus send us what it has of everybody's pictures and sound, as plain RTP."""
    token = pass_for(sfu.secret, room=room, at=datetime.now(UTC)).token

    def ask(path: str, **message: object) -> dict[str, Any]:
        body = json.dumps({**message, "token": token, "transaction": "t"}).encode()
        asked = Request(f"{sfu.rooms}{path}", body, {"Content-Type": "application/json"})
        with urlopen(asked, timeout=5) as reply:
            return dict(json.load(reply))

    session = ask("", janus="create")["data"]["id"]
    attached = ask(f"/{session}", janus="attach", plugin=PLUGIN)
    here = f"/{session}/{attached['data']['id']}"

    def sending() -> list[str]:
        body = {"request": "listparticipants", "room": room}
        told = ask(here, janus="message", body=body)["plugindata"]["data"]
        return [who["id"] for who in told.get("participants", []) if who["publisher"]]

    for one in until(sending, "nobody publishes", lambda found: len(found) >= publishers):
        body = {
            "request": "rtp_forward",
            "room": room,
            "publisher_id": one,
            "host": HOST,
            "admin_key": sfu.admin_key.expose().decode(),
            "secret": room_secret(room, admin_key=sfu.admin_key),
            "streams": [{"mid": "1", "port": port}, {"mid": "0", "port": port}],
        }
        answer = ask(here, janus="message", body=body)["plugindata"]["data"]
        assert answer.get("videoroom") == "rtp_forward", answer


def _caught(line: socket.socket, many: int) -> list[bytes]:
    packets: list[bytes] = []
    for _ in range(40):
        with contextlib.suppress(TimeoutError):
            while len(packets) < many:
                packets.append(line.recv(4096))
        if len(packets) >= many:
            break
    return packets
