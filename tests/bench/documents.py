"""A file of a hundred megabytes comes in and is given back, beside a plain file and AES alone.

Ours asks the gate for each portion, opens the ring, seals pieces, writes rows and waits for the disk
at each of fifty portions; the plain file is written in the same portions and flushed as often. On
the way back ours checks every piece and reads the file twice, because it gives nothing that it has
not proven to be what was signed.

    python -m tests.bench.section documents
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.bench.place import start
from tests.bench.rows import QUICK, Row, smaller, take_turns

SIZE = (8 if QUICK else 100) << 20
PORTION = 2 << 20
ROUNDS = 3
RAW = "AES-256-GCM of the library `cryptography`, the same pieces, nothing kept"
PLAIN = "a plain file, written in the same portions and flushed after each"
BARE = "the plain file, read once"


def _portions() -> Iterator[tuple[int, bytes]]:
    block = os.urandom(PORTION)
    for at in range(0, SIZE, PORTION):
        yield at, b"%PDF-1.7\n" + block[9:] if at == 0 else block


def rows() -> list[Row]:
    """Sealing, taking in, giving back, memory; `ratio` = ours / beside."""
    with start() as folder:
        from tests.cast import make_cast

        cast = make_cast(folder)
        found = [*_sealed(), *_through_the_practice(cast, folder)]
        cast.house.log.close()
    return found


def _sealed() -> list[Row]:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    from stillroom.vault import Keyring, Place

    ring, place = Keyring.create(), Place("practice", "chart", "note", "file", 1)
    bare, piece = AESGCM(os.urandom(32)), 1 << 18
    data = os.urandom(8 << 20)
    stream = ring.new_stream(place)
    kept = list(stream.seal_all([data]))

    def ours() -> None:
        for _ in stream.seal_all([data]):
            pass

    def raw() -> None:
        for at in range(0, len(data), piece):
            bare.encrypt(os.urandom(12), data[at : at + piece], b"place")

    def back() -> None:
        for _ in stream.open_all(kept):
            pass

    spent = take_turns({"ours": ours, "raw": raw, "back": back}, 12)
    mega = SIZE / len(data)
    return [
        smaller(name, "s", spent[run] * mega, spent["raw"] * mega, RAW, goal)
        for name, run, goal in (
            ("a file of 100 MB, sealed in pieces", "ours", "≤ 3"),
            ("a file of 100 MB, opened in pieces", "back", "≤ 3"),
        )
    ]


def _through_the_practice(cast: Any, folder: Path) -> list[Row]:
    from hashlib import sha256

    from stillroom.chart import actions
    from stillroom.chart.documents import arriving, holding
    from stillroom.chart.models import Original, Record
    from stillroom.phi import streams
    from tests.cast import NOON

    ada, record = cast.here("ada"), ""
    record = actions.begin(ada, cast.dov, "document", occurred_at=NOON)
    most = [_anonymous()]
    least = most[0]

    def ours() -> None:
        Original.objects.all().delete()
        upload = arriving.begin(cast.here("ada"), record, "scan.pdf", SIZE)
        for at, words in _portions():
            last, first = at + PORTION >= SIZE, at // streams.PIECE
            arriving.take(cast.here("ada"), record, upload, first, words, last=last)
            most.append(_anonymous())

    def plain() -> None:
        with (folder / "plain").open("wb") as file:
            for _, words in _portions():
                file.write(words)
                file.flush()
                os.fsync(file.fileno())

    def back() -> None:
        held = holding.to_read(cast.here("ada"), Record.objects.get(pk=record))
        row = holding.original_of(held)
        _, read = streams.reveal(
            cast.here("ada"), held.grant, held.ward, holding.spot(row), bytes(row.header),
            lambda: holding.sealed_pieces(row), {"did": "bench"},
        )  # fmt: skip
        for _ in range(2):
            digest = sha256()
            for words in read():
                digest.update(words)

    def bare() -> None:
        with (folder / "plain").open("rb") as file:
            while file.read(PORTION):
                pass

    spent = take_turns({"ours": ours, "plain": plain, "back": back, "bare": bare}, ROUNDS)
    grown = max(1.0, (max(most) - least) / (1 << 20))
    return [
        smaller("a file of 100 MB comes in", "s", spent["ours"], spent["plain"], PLAIN),
        smaller("a file of 100 MB is given back", "s", spent["back"], spent["bare"], BARE),
        smaller(
            "memory of the server while it comes in", "MiB", grown, SIZE / (1 << 20),
            "the file; SQLite's own page cache of 64 MiB is in ours", "≤ 1",
        ),
    ]  # fmt: skip


def _anonymous() -> int:
    """Bytes of memory of this process that are no file's."""
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith("RssAnon:"):
            return int(line.split()[1]) << 10
    return 0
