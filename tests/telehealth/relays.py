"""The real coturn and the real Janus on this machine's loopback, for tests; and a tap before coturn."""

import os
import selectors
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from stillroom.kernel import Secret
from stillroom.telehealth.relays import Sfu
from stillroom.telehealth.sfu_config import SfuPlace, janus_files
from stillroom.telehealth.turn_config import Place, turnserver_conf
from stillroom.telehealth.turn_message import BINDING, read, request

SECRET = Secret(b"a-secret-of-these-tests-alone")
ADMIN_KEY = Secret(b"and-the-one-that-makes-rooms")
HOST = "127.0.0.1"


def free_port() -> int:
    """A port that nobody listens on, for UDP and for TCP."""
    with socket.socket() as stream, socket.socket(type=socket.SOCK_DGRAM) as datagram:
        stream.bind((HOST, 0))
        datagram.bind((HOST, stream.getsockname()[1]))
        return int(stream.getsockname()[1])


def NOW() -> datetime:  # noqa: N802 - a moment, read like a constant
    """This moment: coturn and Janus look at the machine's clock."""
    return datetime.now(UTC)


@contextmanager
def coturn(folder: Path) -> Iterator[int]:
    """coturn as our configuration has it, loopback allowed; its port."""
    place = Place(realm="stillroom.test", port=free_port(), listen=(HOST,),
                  allow=("127.0.0.1-127.0.0.1",))  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    written = folder / "turnserver.conf"
    written.write_text(turnserver_conf(SECRET, place), "ascii")
    with coturn_from(written, folder):
        yield place.port


@contextmanager
def coturn_from(written: Path, folder: Path) -> Iterator[None]:
    """coturn as that file has it; what it makes itself goes to `folder`."""
    command = [_program("turnserver"), "-c", str(written), "--userdb", str(folder / "turndb"),
               "--pidfile", str(folder / "pid"), "--relay-threads", "1"]  # fmt: skip
    port = next(
        int(line.partition("=")[2])
        for line in written.read_text().splitlines()
        if line.startswith("listening-port=")
    )
    with _running(command, folder / "coturn.log", port):
        _wait_for_answer(port)
        yield


def _wait_for_answer(port: int) -> None:
    """coturn listens to TCP a while before it answers over UDP."""
    with socket.socket(type=socket.SOCK_DGRAM) as line:
        line.settimeout(0.2)
        line.connect((HOST, port))
        for _ in range(100):
            transaction = os.urandom(12)
            with suppress(OSError):
                line.send(request(BINDING, transaction))
                if read(line.recv(2048), BINDING, transaction):
                    return
    raise AssertionError("coturn does not answer over UDP")


@contextmanager
def janus(folder: Path) -> Iterator[Sfu]:
    """Janus as our configuration has it, on loopback alone."""
    sfu = janus_written(folder)
    with janus_from(folder, sfu):
        yield sfu


def janus_written(folder: Path) -> Sfu:
    """Our configuration, for ports of this machine's loopback; nothing runs yet."""
    websocket, rooms = free_port(), free_port()
    low = 20000 + websocket % 20000
    place = SfuPlace(websocket, rooms, media_ports=(low, low + 400), only=HOST)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in janus_files(SECRET, ADMIN_KEY, place).items():
        (folder / name).write_text(text, "ascii")
    return Sfu(f"ws://{HOST}:{websocket}/", f"http://{HOST}:{rooms}/janus", SECRET, ADMIN_KEY)


@contextmanager
def janus_from(folder: Path, sfu: Sfu) -> Iterator["subprocess.Popen[bytes]"]:
    """Janus as that folder has it; its process."""
    config = str(folder / "janus.jcfg")
    command = [_program("janus"), "--configs-folder", str(folder), "--config", config]
    port = urlsplit(sfu.rooms).port
    assert port is not None
    with _running(command, folder / "janus.log", port) as process:
        yield process


@contextmanager
def silent() -> Iterator[str]:
    """A Janus that hangs: it takes every connection, and never says a word. Its address for rooms."""
    kept: list[socket.socket] = []
    with socket.create_server((HOST, 0)) as listening:

        def take() -> None:
            with suppress(OSError):  # it is shut at the end
                while True:
                    kept.append(listening.accept()[0])

        threading.Thread(target=take, daemon=True).start()
        yield f"http://{HOST}:{listening.getsockname()[1]}/janus"
        listening.shutdown(socket.SHUT_RDWR)
    for one in kept:
        one.close()


def _program(name: str) -> str:
    if found := shutil.which(name):
        return found
    raise AssertionError(f"this test needs {name}; make test says how to install it")


@contextmanager
def _running(command: list[str], log: Path, port: int) -> Iterator["subprocess.Popen[bytes]"]:
    """A process that listens; it ends with the block."""
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
    try:
        _wait_for(process, port, log)
        yield process
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(5)
        process.kill()
        process.wait()


def _wait_for(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    for _ in range(100):
        if process.poll() is not None:
            raise AssertionError(log.read_text("utf-8", "replace"))
        with suppress(OSError), socket.create_connection((HOST, port), 0.1):
            return
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.05)
    raise AssertionError(log.read_text("utf-8", "replace"))


@dataclass
class Tap:
    """What passed between browsers and a relay, as somebody on the wire has it."""

    port: int
    packets: list[bytes] = field(default_factory=list)


@contextmanager
def tapped(relay: int) -> Iterator[Tap]:
    """A port that hands every datagram on to the relay, and back, and keeps it.

    Each sender has a socket of its own towards the relay, so that the relay tells them apart.
    """
    front = socket.socket(type=socket.SOCK_DGRAM)
    front.bind((HOST, 0))
    tap = Tap(int(front.getsockname()[1]))
    over = threading.Event()
    worker = threading.Thread(target=_hand_on, args=(front, relay, tap, over), daemon=True)
    worker.start()
    try:
        yield tap
    finally:
        over.set()
        worker.join(5)


def _hand_on(front: socket.socket, relay: int, tap: Tap, over: threading.Event) -> None:
    behind: dict[tuple[str, int], socket.socket] = {}
    with selectors.DefaultSelector() as ready:
        ready.register(front, selectors.EVENT_READ)
        while not over.is_set():
            for key, _ in ready.select(0.1):
                line = key.fileobj
                assert isinstance(line, socket.socket)
                data, sender = line.recvfrom(65536)
                tap.packets.append(data)
                if line is not front:
                    front.sendto(data, key.data)
                    continue
                if sender not in behind:
                    made = behind[sender] = socket.socket(type=socket.SOCK_DGRAM)
                    made.connect((HOST, relay))
                    ready.register(made, selectors.EVENT_READ, sender)
                behind[sender].send(data)
    for one in (front, *behind.values()):
        one.close()
