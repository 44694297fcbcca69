"""Where the practice's relay and its server for many are, and the secrets shared with them.

`STILLROOM_TURN` names relays as browsers do, with commas; `STILLROOM_SFU` names Janus's WebSocket
as browsers reach it, and where it takes orders if that is not on this machine:

    turn:calls.example.org:3478?transport=udp,turns:calls.example.org:5349?transport=tcp
    wss://calls.example.org/many?rooms=http://127.0.0.1:8088/janus

Nothing means none. The secrets lie in the practice's folder in `relay.secrets`, for its owner
alone, and a second time in the configuration of coturn and of Janus. They let one use bandwidth and
fetch sealed frames; they open no record and no call.
"""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import msgspec

from stillroom.kernel import Secret, StillroomError
from stillroom.telehealth.relays import Relays, Sfu
from stillroom.telehealth.turn_asking import relay_address

KEPT = "relay.secrets"
_FORMAT = 1
_ROOMS = "http://127.0.0.1:8088/janus"


class SfuUnclear(StillroomError):
    """The setting names no server."""

    what = "the setting STILLROOM_SFU cannot be read"
    usual_advice = (
        "Give wss://host/path, and ?rooms=http://host:8088/janus if Janus is elsewhere; "
        "or leave it empty: then up to four members meet a clinician, pair by pair."
    )


class RelaySecretsBroken(StillroomError):
    """The file of secrets is not as it was written."""

    what = "the file relay.secrets cannot be read"
    usual_advice = (
        "Remove it, run stillroom calls turn-config and sfu-config again, and restart all three."
    )


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: int
    turn: str
    sfu: str
    rooms: str


@dataclass(frozen=True, slots=True)
class RelaySecrets:
    """What is shared with coturn, with Janus, and what makes rooms there; letters and figures."""

    turn: Secret
    sfu: Secret
    rooms: Secret


def relay_secrets(home: Path) -> RelaySecrets | None:
    """The practice's; none where no configuration was ever written."""
    try:
        file = msgspec.json.decode((home / KEPT).read_bytes(), type=_File)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.MsgspecError):
        raise RelaySecretsBroken from None
    if file.format != _FORMAT or not all((file.turn, file.sfu, file.rooms)):
        raise RelaySecretsBroken
    return RelaySecrets(*(Secret(one.encode()) for one in (file.turn, file.sfu, file.rooms)))


def kept_relay_secrets(home: Path) -> RelaySecrets:
    """The practice's; made, whole or not at all, where there are none yet."""
    if (found := relay_secrets(home)) is not None:
        return found
    made = _File(_FORMAT, *(secrets.token_hex(32) for _ in range(3)))
    beside = home / f"{KEPT}.new"
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(msgspec.json.encode(made) + b"\n")
        out.flush()
        os.fsync(out.fileno())
    beside.replace(home / KEPT)
    return kept_relay_secrets(home)


def relay_addresses(setting: str) -> tuple[str, ...]:
    """The relays that `STILLROOM_TURN` names; `RelayUnclear` for one that is none."""
    named = tuple(one.strip() for one in setting.split(",") if one.strip())
    for one in named:
        relay_address(one)
    return named


def sfu_addresses(setting: str) -> tuple[str, str] | None:
    """Where browsers find Janus, and where rooms are made; `SfuUnclear` for anything else."""
    if not setting.strip():
        return None
    try:
        named = urlsplit(setting.strip())
        rooms = urlsplit(parse_qs(named.query).get("rooms", [_ROOMS])[0])
        fits = named.hostname and rooms.hostname and rooms.scheme in ("http", "https")
    except ValueError:
        raise SfuUnclear from None
    local = named.hostname in ("localhost", "127.0.0.1")
    if not fits or not (named.scheme == "wss" or (named.scheme == "ws" and local)):
        raise SfuUnclear
    return named._replace(query="", fragment="").geturl(), rooms.geturl()


def relays_of(home: Path, turn: str, sfu: str) -> Relays:
    """What the settings name. Without the secrets there is none; `stillroom doctor` says so."""
    addresses, carried = relay_addresses(turn), sfu_addresses(sfu)
    shared = relay_secrets(home)
    if shared is None:
        return Relays()
    many = carried and Sfu(*carried, shared.sfu, shared.rooms)
    return Relays(addresses, shared.turn, many or None)
