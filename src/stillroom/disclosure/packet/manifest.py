"""What a packet holds: a line for each record, and one digest that stands for all of it.

The digest is SHA-256 over the canonical form: JSON, keys sorted, no spaces, UTF-8. It covers the
words as they leave, after cuts, so that nobody can guess a cut word and try it against the digest.
It is printed in the cover letter; the digest of the file itself is kept in the account instead.
"""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

# fmt: off
SPELLING = (
    "Alfa", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot", "Golf", "Hotel", "India", "Juliett",
    "Kilo", "Lima", "Mike", "November", "Oscar", "Papa", "Quebec", "Romeo", "Sierra", "Tango",
    "Uniform", "Victor", "Whiskey", "Xray", "Yankee", "Zulu",
)
# fmt: on
"""The spelling words of radiotelephony, one for each letter: made to be told apart by ear."""
CHECK_WORDS = 8


@dataclass(frozen=True, slots=True)
class ManifestLine:
    """One record in a packet. `pages` are its first and last Bates numbers, once printed."""

    record: str
    kind: str
    title: str
    on: date | None
    digest: str
    cuts: int
    pages: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Manifest:
    """The packet's contents, for whom and what for. `cover` and `lines` tell the pages."""

    matter: str
    to: str
    purpose: str
    lines: tuple[ManifestLine, ...]
    notices: tuple[str, ...]
    cover: tuple[str, str] = ("", "")
    total_pages: int = 0

    @property
    def digest(self) -> str:
        """The canonical digest, in hex. Page numbers and our own record ids are no part of it."""
        return canonical_digest(
            {
                "version": 1,
                "matter": self.matter,
                "to": self.to,
                "purpose": self.purpose,
                "notices": list(self.notices),
                "records": [
                    {
                        "kind": line.kind,
                        "title": line.title,
                        "on": line.on.isoformat() if line.on else None,
                        "digest": line.digest,
                        "cuts": line.cuts,
                    }
                    for line in self.lines
                ],
            }
        )

    @property
    def check_words(self) -> tuple[str, ...]:
        """Words to read out on the telephone. They find mix-ups; they are no proof (37 bits)."""
        return check_words(self.digest)


def canonical_digest(value: Any) -> str:
    """SHA-256 over the canonical JSON of a value, in hex."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def check_words(digest: str) -> tuple[str, ...]:
    """Eight spelling words for a digest in hex."""
    number = int(digest, 16)
    words = []
    for _ in range(CHECK_WORDS):
        number, letter = divmod(number, len(SPELLING))
        words.append(SPELLING[letter])
    return tuple(words)


def grouped(digest: str) -> str:
    """The digest in groups of four, eight groups to a line, to be read by people."""
    groups = [digest[i : i + 4] for i in range(0, len(digest), 4)]
    return "\n".join(" ".join(groups[i : i + 8]) for i in range(0, len(groups), 8))


def shortened(digest: str) -> str:
    """Its first eight and last four figures, for the foot of a page."""
    return f"{digest[:4]} {digest[4:8]} … {digest[-4:]}"


def with_pages(manifest: Manifest, numbers: tuple[str, ...], starts: tuple[int, ...]) -> Manifest:
    """The manifest with the pages filled in. `numbers` are all Bates numbers of the file in order,
    `starts` the page on which each record begins, counted from 1."""
    ends = (*(start - 1 for start in starts[1:]), len(numbers))
    lines = tuple(
        replace(line, pages=(numbers[start - 1], numbers[end - 1]))
        for line, start, end in zip(manifest.lines, starts, ends, strict=True)
    )
    cover = (numbers[0], numbers[starts[0] - 2])
    return replace(manifest, lines=lines, cover=cover, total_pages=len(numbers))
