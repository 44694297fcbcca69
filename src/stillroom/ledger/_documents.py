"""The files that leave the house: entries, and proofs, as JSON that a person can read.

`verify_log.py` reads the same three, by code of its own:

* entries, one line of JSON each, from entry 0 on (`export_entries`);
* an inclusion document: some entries, each with its path to the root of one checkpoint;
* a consistency document: the path from an older checkpoint to a newer one.

The readable fields *are* the entry: whoever checks writes them as canonical bytes again and hashes
those, so no word of a line can be changed unnoticed. Reading is strict: a field too many, too few,
twice, or spelled another way is `Malformed`.
"""

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from stillroom.kernel import Misuse
from stillroom.ledger._checkpoint import Checkpoint
from stillroom.ledger._entry import Entry, Logged
from stillroom.ledger._errors import Malformed, NotProven
from stillroom.ledger._key import from_base64
from stillroom.ledger._merkle import leaf_hash, verify_consistency, verify_inclusion

INCLUSION = "stillroom inclusion proof, version 1"
CONSISTENCY = "stillroom consistency proof, version 1"
_TEXTS = ("actor", "act", "subject", "grant", "opinion")
_ENTRY = ("at", *_TEXTS, "sealed")


@dataclass(frozen=True, slots=True)
class ProvenEntry:
    """An entry, its number, and its path to the root of a checkpoint."""

    index: int
    entry: Entry
    path: tuple[bytes, ...]


def export_entries(entries: Iterable[bytes], first: int = 0) -> Iterator[str]:
    """The lines of the entries file, newline included, for canonical bytes from entry `first` on.

    Only a file that begins with entry 0 can be held against a checkpoint.
    """
    for index, raw in enumerate(entries, first):
        yield json.dumps({"index": index, **_entry_fields(Entry.parse(raw))}) + "\n"


def read_entries(lines: Iterable[str]) -> Iterator[bytes]:
    """The canonical bytes of an entries file.

    Raises `NotProven` where the numbers do not run from 0 without a gap, and `Malformed` for a line
    that is no entry.
    """
    for wanted, line in enumerate(lines):
        fields = _fields(line, "index", *_ENTRY)
        if _number(fields["index"]) != wanted:
            raise NotProven(
                f"entry {wanted} is not where it should be: another stands in its place"
            )
        yield _entry(fields).canonical()


def inclusion_document(size: int, entries: Iterable[ProvenEntry]) -> str:
    """The proof that these entries are in the log of a checkpoint of that size."""
    proven = [
        {"index": each.index, "entry": _entry_fields(each.entry), "path": _path_text(each.path)}
        for each in entries
    ]
    document = {"format": INCLUSION, "size": size, "entries": proven}
    return json.dumps(document, indent=1) + "\n"


def verify_inclusion_document(document: str, checkpoint: Checkpoint) -> tuple[Logged, ...]:
    """The entries, each proven to be in the log of `checkpoint` (whose signature is the caller's to
    verify). Raises `NotProven` if any is not; `Malformed` if this is no such document."""
    fields = _fields(document, "format", "size", "entries")
    if fields["format"] != INCLUSION or not isinstance(fields["entries"], list):
        raise Malformed("this is not an inclusion proof of this version")
    if _number(fields["size"]) != checkpoint.size:
        raise NotProven("the proof is for another checkpoint: the sizes differ")
    found: list[Logged] = []
    for item in fields["entries"]:
        part = _exactly(item, "index", "entry", "path")
        logged = Logged(_number(part["index"]), _entry(_exactly(part["entry"], *_ENTRY)))
        leaf, path = leaf_hash(logged.entry.canonical()), _path(part["path"])
        verify_inclusion(leaf, logged.index, checkpoint.size, path, checkpoint.root)
        found.append(logged)
    return tuple(found)


def consistency_document(older_size: int, newer_size: int, path: Iterable[bytes]) -> str:
    """The proof that the log of the newer size begins with the log of the older."""
    document = {
        "format": CONSISTENCY,
        "older": older_size,
        "newer": newer_size,
        "path": _path_text(path),
    }
    return json.dumps(document, indent=1) + "\n"


def verify_consistency_document(document: str, older: Checkpoint, newer: Checkpoint) -> None:
    """That nothing in `older` was changed or removed by the time of `newer`."""
    fields = _fields(document, "format", "older", "newer", "path")
    if fields["format"] != CONSISTENCY:
        raise Malformed("this is not a consistency proof of this version")
    if (_number(fields["older"]), _number(fields["newer"])) != (older.size, newer.size):
        raise NotProven("the proof is for other checkpoints: the sizes differ")
    if older.origin != newer.origin:
        raise NotProven("the two checkpoints are of different logs")
    verify_consistency(older.size, newer.size, _path(fields["path"]), older.root, newer.root)


def _entry_fields(entry: Entry) -> dict[str, str]:
    fields = {"at": _time_text(entry.at)}
    fields.update({name: getattr(entry, name) for name in _TEXTS})
    fields["sealed"] = b64encode(entry.sealed).decode()
    return fields


def _entry(fields: dict[str, object]) -> Entry:
    texts = {name: _text(fields[name]) for name in _TEXTS}
    try:
        at = datetime.fromisoformat(_text(fields["at"])).replace(tzinfo=UTC)
        if _time_text(at) != fields["at"]:
            raise Malformed("the time of an entry is not spelled as the ledger spells it")
        return Entry(at=at, sealed=from_base64(_text(fields["sealed"])), **texts)
    except (ValueError, Misuse):
        raise Malformed("part of this is not an entry") from None


def _time_text(at: datetime) -> str:
    """Always with microseconds and four figures for the year, which `strftime` does not promise."""
    return at.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _path_text(path: Iterable[bytes]) -> list[str]:
    return [b64encode(each).decode() for each in path]


def _path(value: object) -> list[bytes]:
    if not isinstance(value, list):
        raise Malformed("the path of a proof is not a list")
    return [from_base64(_text(each)) for each in value]


def _fields(document: str, *names: str) -> dict[str, object]:
    try:
        return _exactly(json.loads(document, object_pairs_hook=_once), *names)
    except (ValueError, RecursionError):
        raise Malformed("this is not JSON as the ledger writes it") from None


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A JSON object in which no name stands twice: two readers could see two different entries."""
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise Malformed("a name stands twice in one place")
    return fields


def _exactly(value: object, *names: str) -> dict[str, object]:
    if not isinstance(value, dict) or set(value) != set(names):
        raise Malformed("a part of this has other fields than the format asks for")
    return value


def _number(value: object) -> int:
    if type(value) is not int or value < 0:
        raise Malformed("a number in this is not a plain number")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise Malformed("a text in this is not a text")
    return value
