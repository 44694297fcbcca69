"""A virus scanner beside Stillroom, where the practice has one: ClamAV's daemon, by its socket.

Rules: Stillroom is no virus scanner and does not become one by asking; where none is set, none is
asked, and no page says that a file is clean. Where one is set and does not answer, nothing is taken
in, because somebody relies on it. The file's words go to that daemon: it must run on this machine.
Address: `/run/clamav/clamd.ctl`, or `host:port`. Protocol: clamd(8), `zINSTREAM`, as recalled.
"""

import socket
import struct
from collections.abc import Iterable
from contextlib import closing

from stillroom.chart.documents.findings import Unfit
from stillroom.kernel import StillroomError

SECONDS = 60
_MOST_ANSWER = 4096
_CLEAN, _FOUND = b"stream: OK", b"FOUND"


class ScannerSilent(StillroomError):
    """The scanner that the practice relies on cannot be asked."""

    what = "the virus scanner of this practice does not answer"
    usual_advice = "Tell whoever hosts Stillroom; then go on with this file where it stands."


def require_clean(address: str, file: Iterable[bytes]) -> None:
    """Nothing when no scanner is set or it finds nothing; `Unfit` when it does."""
    if not address:
        return
    try:
        answer = _asked(address, file)
    except OSError:
        raise ScannerSilent from None
    if answer.endswith(_FOUND):
        raise Unfit("scanner")
    if answer != _CLEAN:
        raise ScannerSilent


def _asked(address: str, file: Iterable[bytes]) -> bytes:
    with closing(_connected(address)) as line:
        line.sendall(b"zINSTREAM\0")
        for words in file:
            line.sendall(struct.pack(">I", len(words)) + words)
        line.sendall(struct.pack(">I", 0))
        answer = bytearray()
        while len(answer) < _MOST_ANSWER and (came := line.recv(_MOST_ANSWER)):
            answer += came
    return bytes(answer).rstrip(b"\0\n")


def _connected(address: str) -> socket.socket:
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(SECONDS)
        try:
            line.connect(address)
        except OSError:
            line.close()
            raise
        return line
    host, _, port = address.rpartition(":")
    if not port.isdigit():
        raise OSError
    return socket.create_connection((host, int(port)), timeout=SECONDS)
