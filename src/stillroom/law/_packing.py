"""The corpus as one file: what the digest is made of, compressed, with the digest in front.

    stillroom corpus 1
    {"as_of":…,"digest":…,"law":…,"policy":…,"provisions":…,"version":…}
    (zlib) the law's canonical JSON, a line, the policy's

What is read is what was proven: the digest is made again from the words of the file, and those
words go through the same reader as the sources. Nothing in a file is ever run.
"""

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import Any

import msgspec

from stillroom.law._corpus import Corpus
from stillroom.law._errors import LawError, ProvisionError
from stillroom.law._loading import Loaded, canonical, read_content
from stillroom.law._overlay import overlaid, policy_of
from stillroom.law._written import Written

_MARK = b"stillroom corpus 1\n"
_MOST = 64 * 1024 * 1024
"""No corpus is larger; what claims to be is refused before it fills the memory."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")


class CorpusUnreadable(LawError):
    """A file that should hold a corpus is none, or is cut short."""

    what = "this file is no corpus, or it is not whole"
    usual_advice = "Copy it again from where it was made; nothing was changed here."


class CorpusAltered(LawError):
    """The words of a corpus do not have the digest that stands before them."""

    what = "this corpus is not the one that its digest names"
    usual_advice = "Do not use it. Copy it again from where it was made, and compare the digest."


class CorpusUnfit(LawError):
    """The file is whole and its words cannot be read as law by this release."""

    what = "this corpus is whole and cannot be read by this version of Stillroom"
    usual_advice = "Use the version of Stillroom that is named in it, or a newer one."


@dataclass(frozen=True)
class Label:
    """What stands in front of a packed corpus. `law` is the digest without the policy."""

    version: str
    as_of: date | None
    digest: str
    law: str
    provisions: int
    policy: bool = False


def pack(corpus: Corpus, version: str) -> bytes:
    """The corpus as a file. The same corpus always gives the same bytes, for one version."""
    policy = canonical(corpus.policy) if corpus.policy is not None else b""
    law = corpus.bare
    label = Label(
        version, law.as_of, corpus.digest, law.digest, len(corpus.provisions), bool(policy)
    )
    head = msgspec.json.encode(label, order="sorted") + b"\n"
    return _MARK + head + zlib.compress(law.written + b"\n" + policy, 6)


def label_of(data: bytes) -> Label:
    """What stands in front of a packed corpus, taken at its word."""
    head, _, _ = data.removeprefix(_MARK).partition(b"\n")
    if not data.startswith(_MARK):
        raise CorpusUnreadable
    try:
        return msgspec.json.decode(head, type=Label)
    except msgspec.MsgspecError:
        raise CorpusUnreadable from None


def unpack(data: bytes, digest: str = "") -> Corpus:
    """The corpus of a file, proven against the digest in front, and against `digest` if given.

    CorpusUnreadable for what is none, CorpusAltered where the digest does not match.
    """
    label = label_of(data)
    law, policy = _words(data)
    if sha256(law).hexdigest() != label.law or digest not in ("", label.digest):
        raise CorpusAltered
    bare = Corpus.of(_read(law), written=law)
    found = overlaid(bare, policy_of(bare, _parsed(policy))) if policy else bare
    if found.digest != label.digest:
        raise CorpusAltered
    return found


def _words(data: bytes) -> tuple[bytes, bytes]:
    body = data.removeprefix(_MARK).partition(b"\n")[2]
    packed = zlib.decompressobj()
    try:
        words = packed.decompress(body, _MOST)
    except zlib.error:
        raise CorpusUnreadable from None
    if not packed.eof or packed.unused_data:
        raise CorpusUnreadable
    law, _, policy = words.partition(b"\n")
    return law, policy


def _read(law: bytes) -> Loaded:
    loaded = read_content(_parsed(law))
    if loaded.problems:
        raise CorpusUnfit from ProvisionError(loaded.problems)
    return loaded


def _parsed(words: bytes) -> dict[str, dict[str, Written]]:
    """Sections of entries, as the readers of sheets take them; days are days again."""
    try:
        content = msgspec.json.decode(words, type=dict[str, dict[str, Any]])
    except msgspec.MsgspecError:
        raise CorpusUnreadable from None
    return {section: {k: _written(v) for k, v in e.items()} for section, e in content.items()}


def _written(value: Any) -> Written:
    kind = type(value)
    if kind is dict:
        return Written({key: _written(inner) for key, inner in value.items()}, 0)
    if kind is list:
        return Written([_written(inner) for inner in value], 0)
    if kind is str and len(value) == 10 and value[4] == "-" and _DAY.match(value):
        return Written(_day(value), 0)
    return Written(value, 0)


def _day(text: str) -> object:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def entries_of(corpus: Corpus) -> Mapping[str, Mapping[str, Any]]:
    """The entries of a corpus as they are written, by section: facts, regimes, provisions, notes.

    Those of a policy stand among them.
    """
    content = _decoded(corpus.bare.written or b"{}")
    found = {name: dict(content.get(name, {})) for name in ("facts", "regimes", "provisions")}
    policy: Mapping[str, Mapping[str, Any]] = corpus.policy or {}
    found["provisions"] |= policy.get("provisions", {})
    return {**found, "notes": dict(policy.get("notes", {}))}


@lru_cache(maxsize=2)
def _decoded(written: bytes) -> Mapping[str, Mapping[str, Any]]:
    """The entries of canonical JSON; nobody changes them. Two laws are compared at a time, and
    mostly one law with itself under two policies: then each entry is the very same object."""
    content: Mapping[str, Mapping[str, Any]] = msgspec.json.decode(written)
    return content
