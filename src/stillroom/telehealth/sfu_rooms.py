"""Rooms at Janus, made and taken away by the practice's server over Janus's HTTP interface.

A room is made when it is needed; making one that is there already changes nothing. It is taken away
when its meeting is over, and whatever is left over (a page that was shut, a practice that was
restarted) when the next room is made. Nobody else can do either: it takes the admin key, and a
room's own secret.
"""

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, build_opener

from stillroom.kernel import Secret
from stillroom.telehealth.sfu import PLUGIN, pass_for, room_secret, room_wanted, rooms_wanted
from stillroom.telehealth.sfu_patience import PATIENCE, SfuSilent, SfuUnreachable, within

_IS_THERE_ALREADY = 427
_IS_NOT_THERE = 426
_MOST = 65_536


class SfuRefused(SfuUnreachable):
    """It is there, and does not take what we say."""

    what = "the server that carries calls of many refuses this practice"


class Found(Enum):
    """What somebody who looks at it finds."""

    WELL = "well"
    ABSENT = "absent"
    SILENT = "silent"
    REFUSES = "refuses"


@dataclass(frozen=True)
class Listed:
    """A room at Janus, and how many are in it."""

    room: str
    people: int


def unused(listed: Collection[Listed], keep: Collection[str]) -> list[str]:
    """The rooms that nobody is in and no open meeting needs. Pure."""
    return [one.room for one in listed if one.people == 0 and one.room not in keep]


def open_room(
    address: str,
    secret: Secret,
    admin_key: Secret,
    *,
    room: str,
    at: datetime,
    keep: Collection[str] = (),
) -> None:
    """See that the room is there. Where it had to be made, those that nobody needs any more go:
    all that are empty, but for `keep`. `address`: where Janus's HTTP listens, `http://…/janus`."""
    with _at(address, secret, room, at) as ask:
        said = ask(room_wanted(room, admin_key=admin_key))
        if said.get("error_code") == _IS_THERE_ALREADY:
            return
        if said.get("error"):
            raise SfuRefused("the server that carries calls of many made no room")
        for one in unused(_listed(ask, admin_key), {room, *keep}):
            _close(ask, one, admin_key)


def close_room(address: str, secret: Secret, admin_key: Secret, *, room: str, at: datetime) -> None:
    """The meeting is over: its room is gone, and whoever was still in it is out."""
    with _at(address, secret, room, at) as ask:
        _close(ask, room, admin_key)


def greet(address: str, secret: Secret, *, at: datetime) -> None:
    """See that Janus is there and takes our tokens; nothing is left behind. `SfuUnreachable`."""
    with _at(address, secret, "a-room-that-nobody-has", at):
        return


def look(address: str, secret: Secret, *, at: datetime) -> Found:
    """What is found there, by whoever has no page that waits."""
    try:
        within(PATIENCE, lambda: greet(address, secret, at=at))
    except SfuSilent:
        return Found.SILENT
    except SfuRefused:
        return Found.REFUSES
    except SfuUnreachable:
        return Found.ABSENT
    return Found.WELL


Ask = Callable[[Mapping[str, object]], Mapping[str, Any]]


@contextmanager
def _at(address: str, secret: Secret, room: str, at: datetime) -> Iterator[Ask]:
    """A session at Janus and its videoroom, for requests and what it says to each."""
    token = pass_for(secret, room=room, at=at).token
    session = _told(address, {"janus": "create"}, token)["data"]["id"]
    here, heard = f"{address}/{session}", True
    try:
        handle = _told(here, {"janus": "attach", "plugin": PLUGIN}, token)["data"]["id"]

        def ask(body: Mapping[str, object]) -> Mapping[str, Any]:
            answer = _told(f"{here}/{handle}", {"janus": "message", "body": body}, token)
            said = answer.get("plugindata", {}).get("data", {})
            return said if isinstance(said, dict) else {}

        yield ask
    except SfuSilent:
        heard = False  # Janus forgets the session by itself, after a minute
        raise
    finally:
        if heard:
            _told(here, {"janus": "destroy"}, token)


def _listed(ask: Ask, admin_key: Secret) -> list[Listed]:
    """All rooms; they are private, so it takes the admin key to be told of them."""
    said = ask(rooms_wanted(admin_key=admin_key))
    return [
        Listed(str(one["room"]), int(one["num_participants"]))
        for one in said.get("list", [])
        if "room" in one and "num_participants" in one
    ]


def _close(ask: Ask, room: str, admin_key: Secret) -> None:
    secret = room_secret(room, admin_key=admin_key)
    said = ask({"request": "destroy", "room": room, "secret": secret, "permanent": False})
    if said.get("error") and said.get("error_code") != _IS_NOT_THERE:
        raise SfuRefused("the server that carries calls of many kept a room")


def _told(address: str, message: Mapping[str, object], token: str) -> dict[str, Any]:
    """One message and its answer. `SfuSilent` where none comes in time, `SfuRefused` where it is a
    refusal, `SfuUnreachable` where nobody is there."""
    body = json.dumps({**message, "token": token, "transaction": "stillroom"}).encode()
    asked = Request(address, body, {"Content-Type": "application/json"})  # noqa: S310 - settings say it
    try:
        with build_opener().open(asked, timeout=PATIENCE) as reply:
            answer = json.loads(reply.read(_MOST))
    except (HTTPError, ValueError):
        raise SfuRefused from None
    except (URLError, OSError, HTTPException) as problem:
        late = TimeoutError in (type(problem), type(getattr(problem, "reason", None)))
        raise (SfuSilent if late else SfuUnreachable) from None
    if not isinstance(answer, dict) or answer.get("janus") != "success":
        raise SfuRefused
    return answer
