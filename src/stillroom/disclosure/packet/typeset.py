"""The press itself: one sheet of Typst and its data in, PDF out. Run as a program, in a process
of its own, so that the words and the memory are gone when it ends, and so that nothing a text
does to the typesetter reaches the server.

This file imports nothing of Stillroom. It reads one job (JSON) from standard input and writes to
standard output: a length (8 bytes, big-endian), that many bytes of JSON about the pages, the PDF.
Exit codes: 3, a text cannot be shown; 4, the sheet failed. It prints no diagnostics, because
Typst's name the text at fault.

Typst sees one folder (this one, with nothing of a client in it), no system typefaces and no
packages; data reaches it as one string in `sys.inputs`, parsed as JSON.
"""

import json
import struct
import sys
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import typst

SHEETS = Path(__file__).parent
UNSHOWABLE, FAILED = 3, 4
_TYPEFACES = ("font_source_serif_pro", "font_source_sans_pro")
_NOT_SHOWN = ("could not be displayed", "contains the codepoint")


class Unshowable(Exception):
    """A typeface lacks a letter; PDF/A forbids to print a blank in its place."""


def typefaces() -> typst.Fonts:
    """The project's typefaces and Typst's own; never the system's, so that bytes do not differ."""
    folders = []
    for name in _TYPEFACES:
        spec = find_spec(name)
        if spec is None or spec.origin is None:
            raise FileNotFoundError(name)
        folders.append(str(Path(spec.origin).parent / "files"))
    return typst.Fonts(include_system_fonts=False, font_paths=folders)


def typeset(sheet: str, data: str, created: datetime) -> tuple[bytes, dict[str, Any]]:
    """The PDF and what the sheet says of its pages. Same input, same bytes.

    Raises `Unshowable` for text that no typeface shows, `typst.TypstError` for a broken sheet.
    """
    press = typst.Compiler(
        str(SHEETS / f"{sheet}.typ"),
        root=str(SHEETS),
        font_paths=typefaces(),
        ignore_system_fonts=True,
        sys_inputs={"data": data},
        package_path=str(SHEETS / "no-packages"),
        package_cache_path=str(SHEETS / "no-packages"),
    )
    try:
        pdf = press.compile(format="pdf", pdf_standards=["a-2a", "ua-1"], timestamp=created)
    except typst.TypstError as failure:
        if any(mark in failure.message for mark in _NOT_SHOWN):
            raise Unshowable from None
        raise
    assert isinstance(pdf, bytes)  # noqa: S101 - one file asked for, one file given
    pages = json.loads(press.query("<pages>", field="value", one=True))
    return pdf, pages


def _limit(bytes_of_memory: int, seconds: int) -> None:
    """Let the system end a job that grows too far. Where it cannot, the caller's timeout holds."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (bytes_of_memory, bytes_of_memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> int:
    """One job from standard input to standard output."""
    job = json.loads(sys.stdin.buffer.read())
    _limit(job["memory"], job["seconds"])
    try:
        pdf, pages = typeset(job["sheet"], job["data"], datetime.fromisoformat(job["created"]))
    except Unshowable:
        return UNSHOWABLE
    except Exception:  # noqa: BLE001 - every message of the typesetter may hold a client's words
        return FAILED
    head = json.dumps(pages).encode("ascii")
    sys.stdout.buffer.write(struct.pack(">Q", len(head)) + head + pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main())
