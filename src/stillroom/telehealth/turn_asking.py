"""Asking a relay: does it answer, does it refuse strangers, does it take our credentials.

A relay is named as browsers name it (RFC 7065): `turn:host:port?transport=udp` or `tcp`, and
`turns:` over TLS. Nothing is sent through it; the allocation that proves it is given back.
"""

import os
import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum

from stillroom.kernel import StillroomError
from stillroom.telehealth.turn import Credentials
from stillroom.telehealth.turn_message import (
    ALLOCATE,
    BINDING,
    HEAD,
    REFRESH,
    Answer,
    SignIn,
    length_of,
    read,
    request,
)

PATIENCE = 2.0
"""Seconds for an answer; over UDP it is asked for twice."""
_ADDRESS = re.compile(
    r"(turns?):([\w.-]+|\[[0-9a-fA-F:]+\])(?::(\d{1,5}))?(?:\?transport=(udp|tcp))?\Z"
)


class RelayUnclear(StillroomError):
    """An address that names no relay."""

    what = "an address in STILLROOM_TURN cannot be read"
    usual_advice = "Write turn:host:3478?transport=udp or turns:host:5349?transport=tcp."


class Found(Enum):
    """How a relay stands."""

    WELL = "well"
    SILENT = "silent"
    OPEN = "open"
    REFUSES = "refuses"


@dataclass(frozen=True, slots=True)
class RelayAddress:
    """Where a relay listens."""

    host: str
    port: int
    tcp: bool
    tls: bool


def relay_address(text: str) -> RelayAddress:
    """What `turn:` or `turns:` names; `RelayUnclear` otherwise."""
    found = _ADDRESS.match(text)
    if found is None:
        raise RelayUnclear
    tls = found[1] == "turns"
    port = int(found[3] or (5349 if tls else 3478))
    if not 1 <= port <= 65535:
        raise RelayUnclear
    return RelayAddress(found[2].strip("[]"), port, tls or found[4] == "tcp", tls)


def ask(address: RelayAddress, made: Credentials) -> Found:
    """How it stands: a binding, a stranger's allocation, ours."""
    try:
        with _line(address) as line:
            _asked(line, BINDING)
            stranger = _asked(line, ALLOCATE)
            if stranger.code == 0:
                return Found.OPEN
            signed = SignIn(made.username, made.credential, stranger.realm, stranger.nonce)
            if _asked(line, ALLOCATE, signed).code:
                return Found.REFUSES
            _asked(line, REFRESH, signed)
            return Found.WELL
    except (OSError, _NoAnswer):
        return Found.SILENT


class _NoAnswer(Exception):
    """Nothing came that answers."""


@dataclass(frozen=True, slots=True)
class _Line:
    socket: socket.socket
    tcp: bool


@contextmanager
def _line(address: RelayAddress) -> Iterator[_Line]:
    where = (address.host, address.port)
    if not address.tcp:
        family = socket.getaddrinfo(*where, type=socket.SOCK_DGRAM)[0][0]
        with socket.socket(family, socket.SOCK_DGRAM) as plain:
            plain.settimeout(PATIENCE)
            plain.connect(where)
            yield _Line(plain, tcp=False)
        return
    with socket.create_connection(where, PATIENCE) as plain:
        if not address.tls:
            yield _Line(plain, tcp=True)
            return
        context = ssl.create_default_context()
        with context.wrap_socket(plain, server_hostname=address.host) as sealed:
            yield _Line(sealed, tcp=True)


def _asked(line: _Line, kind: int, signed: SignIn | None = None) -> Answer:
    transaction = os.urandom(12)
    asked = request(kind, transaction, signed)
    for _ in range(1 if line.tcp else 2):
        line.socket.send(asked)
        try:
            answer = read(_message(line), kind, transaction)
        except TimeoutError:
            continue
        if answer is not None:
            return answer
    raise _NoAnswer


def _message(line: _Line) -> bytes:
    """One message: a datagram, or as many bytes as its head says."""
    if not line.tcp:
        return line.socket.recv(2048)
    whole = _exactly(line.socket, HEAD)
    return whole + _exactly(line.socket, length_of(whole) - HEAD)


def _exactly(line: socket.socket, length: int) -> bytes:
    data = b""
    while len(data) < length:
        more = line.recv(length - len(data))
        if not more:
            raise _NoAnswer
        data += more
    return data
