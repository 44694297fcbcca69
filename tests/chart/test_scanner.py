"""A virus scanner beside Stillroom: asked where one is set, relied upon where it is."""

import socket
import struct
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from stillroom.chart.documents import arriving, scanner
from stillroom.chart.documents.findings import Unfit
from stillroom.chart.documents.scanner import ScannerSilent
from stillroom.chart.models import Original
from tests.cast import Cast
from tests.chart import papers
from tests.chart.test_documents import draft, send


class Clamd:
    """A daemon that takes a stream as clamd does, and says what it is told to say."""

    def __init__(self, path: Path, answer: bytes) -> None:
        self.address, self.answer, self.heard = str(path), answer, b""
        self._door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._door.bind(self.address)
        self._door.listen()
        self._thread = Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._door.accept()
            except OSError:
                return
            with line, line.makefile("rb") as come:
                if come.read(10) != b"zINSTREAM\0":
                    continue
                while length := struct.unpack(">I", come.read(4))[0]:
                    self.heard += come.read(length)
                line.sendall(self.answer)

    def close(self) -> None:
        self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        self._thread.join(10)


@pytest.fixture
def clamd(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Clamd]:
    made = Clamd(tmp_path / "clamd", request.param)
    yield made
    made.close()


@pytest.mark.parametrize("clamd", [b"stream: OK\0"], indirect=True)
def test_a_scanner_that_is_set_hears_the_whole_file_and_lets_it_in(
    cast: Cast, clamd: Clamd
) -> None:
    record, data = draft(cast), papers.large(600_000)
    upload = send(cast, record, data)
    arriving.look(cast.here("ada"), record, upload, clamd=clamd.address)
    assert clamd.heard == data


@pytest.mark.parametrize("clamd", [b"stream: Eicar-Test-Signature FOUND\0"], indirect=True)
def test_what_a_scanner_finds_is_not_kept(cast: Cast, clamd: Clamd) -> None:
    record = draft(cast)
    upload = send(cast, record, papers.pdf())
    with pytest.raises(Unfit, match="scanner of this practice refuses"):
        arriving.look(cast.here("ada"), record, upload, clamd=clamd.address)
    assert not Original.objects.exists()


@pytest.mark.parametrize("clamd", [b"", b"INSTREAM size limit exceeded. ERROR\0"], indirect=True)
def test_a_scanner_that_does_not_answer_lets_nothing_in_and_takes_nothing_away(
    cast: Cast, clamd: Clamd
) -> None:
    record = draft(cast)
    upload = send(cast, record, papers.pdf())
    with pytest.raises(ScannerSilent):
        arriving.look(cast.here("ada"), record, upload, clamd=clamd.address)
    assert Original.objects.get().state == "arrived"
    assert arriving.look(cast.here("ada"), record, upload).pages == 2


@pytest.mark.parametrize("address", ["/nobody/there", "nobody", "127.0.0.1:1"])
def test_a_scanner_that_is_not_there_is_told(address: str) -> None:
    with pytest.raises(ScannerSilent):
        scanner.require_clean(address, [b"x"])


def test_where_none_is_set_none_is_asked() -> None:
    scanner.require_clean("", iter(()))
