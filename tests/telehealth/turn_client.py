"""A client of the relay that is no browser: enough of RFC 8656 to send something through it."""

import hashlib
import hmac
import ipaddress
import os
import socket

from stillroom.telehealth.turn import Credentials
from stillroom.telehealth.turn_message import ALLOCATE, MAGIC, Answer, SignIn, read, request

CREATE_PERMISSION, SEND = 0x0008, 0x0016
_PEER, _DATA = 0x0012, 0x0013
HOST = "127.0.0.1"


def allocated(line: socket.socket, made: Credentials) -> tuple[SignIn, Answer]:
    """Sign in and take an address; what later requests are signed with, and the answer."""
    first, second = os.urandom(12), os.urandom(12)
    line.send(request(ALLOCATE, first))
    stranger = read(line.recv(2048), ALLOCATE, first)
    assert stranger is not None
    signed = SignIn(made.username, made.credential, stranger.realm, stranger.nonce)
    line.send(request(ALLOCATE, second, signed))
    answer = read(line.recv(2048), ALLOCATE, second)
    assert answer is not None
    assert answer.code == 0
    return signed, answer


def may_send_to(line: socket.socket, signed: SignIn, address: str) -> int:
    """Ask for leave to send to an address (RFC 8656, 9); the code of the answer, 0 for leave."""
    transaction = os.urandom(12)
    body = _attribute(_PEER, _peer(address, 9)) + _attribute(0x0006, signed.username.encode())
    body += _attribute(0x0014, signed.realm.encode()) + _attribute(0x0015, signed.nonce)
    whole = _head(CREATE_PERMISSION, len(body) + 24, transaction) + body
    key = hashlib.md5(f"{signed.username}:{signed.realm}:{signed.password}".encode()).digest()
    line.send(whole + b"\x00\x08\x00\x14" + hmac.digest(key, whole, "sha1"))
    answer = read(line.recv(2048), CREATE_PERMISSION, transaction)
    assert answer is not None
    return answer.code


def through_the_relay(port: int, made: Credentials, payloads: list[bytes]) -> None:
    """Send these through the relay to a socket of ours, in the clear, and see them arrive."""
    with (
        socket.socket(type=socket.SOCK_DGRAM) as line,
        socket.socket(type=socket.SOCK_DGRAM) as peer,
    ):
        for one in (line, peer):
            one.settimeout(3)
        peer.bind((HOST, 0))
        line.connect((HOST, port))
        signed, _ = allocated(line, made)
        assert may_send_to(line, signed, HOST) == 0
        to = _attribute(_PEER, _peer(HOST, peer.getsockname()[1]))
        for payload in payloads:
            body = to + _attribute(_DATA, payload)
            line.send(_head(SEND, len(body), os.urandom(12)) + body)
            assert peer.recv(2048) == payload


def _head(kind: int, length: int, transaction: bytes) -> bytes:
    parts = (kind.to_bytes(2, "big"), length.to_bytes(2, "big"), MAGIC.to_bytes(4, "big"))
    return b"".join(parts) + transaction


def _attribute(name: int, value: bytes) -> bytes:
    return name.to_bytes(2, "big") + len(value).to_bytes(2, "big") + value + bytes(-len(value) % 4)


def _peer(address: str, port: int) -> bytes:
    """An IPv4 address, XOR'd (RFC 8489, 14.2)."""
    hidden = int(ipaddress.IPv4Address(address)) ^ MAGIC
    return b"\x00\x01" + (port ^ (MAGIC >> 16)).to_bytes(2, "big") + hidden.to_bytes(4, "big")
