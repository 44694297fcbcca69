"""Rooms at Janus, made by the practice's server over Janus's HTTP interface on this machine.

A room is made when it is needed and forgotten when Janus restarts or is told; making one that is
there already changes nothing. Nobody else can make one: it takes the admin key.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.error import URLError
from urllib.request import Request, build_opener

from stillroom.kernel import Secret, StillroomError
from stillroom.telehealth.sfu import PLUGIN, pass_for, room_wanted

PATIENCE = 3.0
"""Seconds. It is on the same machine, or near."""
_IS_THERE_ALREADY = 427
_MOST = 65_536


class SfuUnreachable(StillroomError):
    """Janus does not answer, or not as it should."""

    what = "the server that carries calls of many does not answer"
    usual_advice = (
        "Groups up to ten work without it. Tell whoever hosts: stillroom doctor says why."
    )


def open_room(address: str, secret: Secret, admin_key: Secret, *, room: str, at: datetime) -> None:
    """See that the room is there. `address`: where Janus's HTTP listens, `http://…/janus`."""
    token = pass_for(secret, room=room, at=at).token
    session = _told(address, {"janus": "create"}, token)["data"]["id"]
    here = f"{address}/{session}"
    try:
        handle = _told(here, {"janus": "attach", "plugin": PLUGIN}, token)["data"]["id"]
        body = dict(room_wanted(room, admin_key=admin_key))
        answer = _told(f"{here}/{handle}", {"janus": "message", "body": body}, token)
        said = answer.get("plugindata", {}).get("data", {})
        if said.get("error") and said.get("error_code") != _IS_THERE_ALREADY:
            raise SfuUnreachable("the server that carries calls of many made no room")
    finally:
        _told(here, {"janus": "destroy"}, token)


def answers(address: str, secret: Secret, *, at: datetime) -> bool:
    """Whether Janus is there and takes our tokens; nothing is left behind."""
    token = pass_for(secret, room="a-room-that-nobody-has", at=at).token
    try:
        session = _told(address, {"janus": "create"}, token)["data"]["id"]
        _told(f"{address}/{session}", {"janus": "destroy"}, token)
    except SfuUnreachable:
        return False
    return True


def _told(address: str, message: Mapping[str, object], token: str) -> dict[str, Any]:
    """One message and its answer; `SfuUnreachable` where there is none, or it is a refusal."""
    body = json.dumps({**message, "token": token, "transaction": "stillroom"}).encode()
    asked = Request(address, body, {"Content-Type": "application/json"})  # noqa: S310 - settings say it
    try:
        with build_opener().open(asked, timeout=PATIENCE) as reply:
            answer = json.loads(reply.read(_MOST))
    except (URLError, OSError, ValueError):
        raise SfuUnreachable from None
    if not isinstance(answer, dict) or answer.get("janus") != "success":
        raise SfuUnreachable
    return answer
