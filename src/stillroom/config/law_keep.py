"""Every corpus that a practice ever answered under, kept by digest, and the one that is in force.

    law/
    ├── 4f1c….corpus     one packed corpus each; it proves itself when it is read
    └── compiled.json    which of them the sources of this release amount to

Rules (P7): what an opinion names is kept before the opinion can be given; nothing half-written is
ever read, because a file gets its name when it is whole and its digest is made again on reading.
Without a home (tests, `stillroom law`) nothing is kept on disk.
"""

import gc
import os
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import Any

import msgspec

from stillroom.kernel import StillroomError
from stillroom.law import Corpus, LawError, pack, unpack

_OPEN_AT_ONCE = 3


class NotKept(StillroomError):
    """A corpus that an old answer names is not in this practice's folder."""

    what = "the law of that day is not in this practice's folder"
    usual_advice = "Restore the folder named law from a backup; the answer itself is not lost."


class LawKeep:
    """The folder `law` of a practice. Reads are cached; a corpus never changes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: OrderedDict[str, Corpus] = OrderedDict()
        self._turn = Lock()

    def put(self, corpus: Corpus) -> None:
        """Keep a corpus, whole and durable, unless it is kept already."""
        self._remember(corpus)
        if not self._path(corpus.digest).exists():
            self._write(corpus)

    def _write(self, corpus: Corpus) -> None:
        _write_whole(self._path(corpus.digest), pack(corpus, version("stillroom")))

    def get(self, digest: str) -> Corpus:
        """A kept corpus, proven by its digest. `NotKept`, or what `unpack` says of the file."""
        found = self._open.get(digest)
        if found is None:
            try:
                data = self._path(digest).read_bytes()
            except OSError:
                raise NotKept from None
            with collecting_later():
                found = unpack(data, digest)
        self._remember(found)
        return found

    def of_sources(self, root: Path) -> Corpus:
        """The law of a folder of sources: read once, and from then on as it was kept."""
        mark = _mark(root)
        noted = self._noted()
        if noted.get("sources") == mark:
            with suppress(NotKept, LawError):  # then it is read from the sources again
                return self.get(str(noted.get("digest")))
        with collecting_later():
            corpus = Corpus.load(root)
        self._write(corpus)  # also over one that proved false
        self._remember(corpus)
        note = msgspec.json.encode({"sources": mark, "digest": corpus.digest})
        _write_whole(self._folder / "compiled.json", note)
        return corpus

    def _noted(self) -> dict[str, Any]:
        try:
            raw = (self._folder / "compiled.json").read_bytes()
            return msgspec.json.decode(raw, type=dict[str, Any])
        except (OSError, msgspec.MsgspecError):
            return {}

    def _path(self, digest: str) -> Path:
        if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
            raise NotKept
        return self._folder / f"{digest}.corpus"

    def _remember(self, corpus: Corpus) -> None:
        with self._turn:
            self._open[corpus.digest] = corpus
            self._open.move_to_end(corpus.digest)
            while len(self._open) > _OPEN_AT_ONCE:
                self._open.popitem(last=False)


@contextmanager
def collecting_later() -> Iterator[None]:
    """Nothing that is read here is garbage; looking for some takes a quarter of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _mark(root: Path) -> str:
    """A digest of the sources, names and words; cases are none of the law."""
    found = sha256()
    for path in sorted(root.rglob("*.yaml")):
        name = path.relative_to(root).as_posix()
        if not name.startswith("cases/") and not name.endswith(".cases.yaml"):
            words = path.read_bytes()
            found.update(f"{name}\n{len(words)}\n".encode())
            found.update(words)
    return found.hexdigest()


def _write_whole(path: Path, words: bytes) -> None:
    """Write all of a file or nothing of it, for its owner alone."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(words)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(path)
