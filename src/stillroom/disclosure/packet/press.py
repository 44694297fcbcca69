"""From a composition to bytes: starts the press (`typeset.py`) and takes what it gives.

`render` is the whole door: same composition, same bytes, whoever calls it and when. The proof on
the screen and the packet that leaves are therefore one file, and `same_as_proof` holds it to that.
"""

import hashlib
import json
import struct
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from stillroom.disclosure.packet.words import spelled_out
from stillroom.kernel import Misuse, StillroomError

_UNSHOWABLE = 3
MEMORY = 4 << 30
"""Bytes of address space that one job may take. 500 pages take about a tenth."""
SECONDS = 120
"""Seconds that one job may take. 500 pages take about two."""


class PressFailed(StillroomError):
    """The typesetter gave up: too long, too large, or a fault of ours."""

    what = "the packet could not be typeset"
    usual_advice = "Nothing was sent. Make the packet smaller, in two parts, and try again."


class ProofChanged(StillroomError):
    """What would leave is not what was shown."""

    what = "the packet is no longer the one that was shown"
    usual_advice = "Nothing was sent. Look at the new proof and decide again."


SHEETS = frozenset({"letter", "packet", "paper", "protocol"})
"""What can be printed."""


@dataclass(frozen=True, slots=True)
class Composition:
    """One of the sheets, its data as JSON text, and the instant that it bears."""

    sheet: str
    data: str
    created: datetime

    def __post_init__(self) -> None:
        if self.created.utcoffset() is None:
            raise Misuse("created must be an aware datetime")
        if self.sheet not in SHEETS:
            raise Misuse("no such sheet")


@dataclass(frozen=True, slots=True)
class Printed:
    """The file, and the page on which each record begins."""

    pdf: bytes
    starts: tuple[int, ...]
    total: int

    @property
    def digest(self) -> str:
        """SHA-256 of the file, in hex. It is kept outside: a file cannot hold its own digest."""
        return hashlib.sha256(self.pdf).hexdigest()


def render(composition: Composition) -> Printed:
    """The PDF (PDF/A-2a and PDF/UA-1). Raises `PressFailed`.

    Should the typefaces still lack something that `words` let through, the text is printed once
    more with all but Latin letters named: a packet that is hard to read, and not one that fails.
    """
    done = _run(composition)
    if done.returncode == _UNSHOWABLE:
        done = _run(replace(composition, data=_map_words(composition.data, spelled_out)))
    if done.returncode != 0 or len(done.stdout) < 8:
        raise PressFailed
    (length,) = struct.unpack(">Q", done.stdout[:8])
    pages = json.loads(done.stdout[8 : 8 + length])
    return Printed(done.stdout[8 + length :], tuple(pages["starts"]), pages["total"])


def same_as_proof(printed: Printed, digest: str) -> None:
    """Raise `ProofChanged` unless this file is the one whose digest was shown (P9)."""
    if printed.digest != digest:
        raise ProofChanged


def _run(composition: Composition) -> "subprocess.CompletedProcess[bytes]":
    job = {
        "sheet": composition.sheet,
        "data": composition.data,
        "created": composition.created.isoformat(),
        "memory": MEMORY,
        "seconds": SECONDS,
    }
    program = [sys.executable, "-I", str(Path(__file__).with_name("typeset.py"))]
    try:
        return subprocess.run(  # noqa: S603 - our own interpreter, our own file
            program,
            input=json.dumps(job).encode("ascii"),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
            env={},
        )
    except (OSError, subprocess.TimeoutExpired):
        raise PressFailed from None


def _map_words(data: str, change: Callable[[str], str]) -> str:
    return json.dumps(_mapped(json.loads(data), change), sort_keys=True)


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_mapped(item, change) for item in value]
    if isinstance(value, dict):
        return {key: _mapped(item, change) for key, item in value.items()}
    return value
