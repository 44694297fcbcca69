#!/usr/bin/env python3
"""Check a Stillroom log from outside. One file, Python 3.9 or newer, nothing to install.

    python verify_log.py checkpoint.txt --key KEY
    python verify_log.py checkpoint.txt --key KEY --entries log.jsonl
    python verify_log.py checkpoint.txt --key KEY --proof proof.json
    python verify_log.py checkpoint.txt --key KEY --older older.txt --consistency proof.json

KEY is the log's public key as text (name+figures+letters), or a file that holds it. Get it from
somebody other than whoever sent you the files.

Exit code 0: proven. 1: not proven, and what is wrong. 2: the files or the command cannot be read,
and what to do.

It relies on Python's SHA-256 and on what stands below: Ed25519 signatures (RFC 8032), hash trees
(RFC 9162, section 2.1), notes (C2SP signed-note and tlog-checkpoint). It shares no code with
Stillroom, so that a fault in one cannot hide in the other.
"""

from __future__ import annotations

import argparse
import base64
import datetime as dt
import hashlib
import json
import os
import re
import struct
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

TEXTS = ("actor", "act", "subject", "grant", "opinion")
ENTRY = ("at", *TEXTS, "sealed")
NUMBERS = ("index", "size", "older", "newer")
KINDS = {"path": list, "entries": list, "entry": dict, **dict.fromkeys(NUMBERS, int)}
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc)  # noqa: UP017 - Python 3.9 has no dt.UTC
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)


class NotProven(Exception):
    """The files are in order and do not show what they should."""


class BadInput(Exception):
    """A file or the command is not what it should be."""


# Ed25519, RFC 8032 section 5.1. Points are (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z.

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
BASE_Y = 4 * pow(5, P - 2, P) % P
Point = tuple[int, int, int, int]


def add(a: Point, b: Point) -> Point:
    """Section 5.1.4: the sum of two points."""
    left, right = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    c, d = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = right - left, d - c, d + c, right + left
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def multiply(times: int, point: Point) -> Point:
    """The point added to itself so many times."""
    total: Point = (0, 1, 1, 0)
    while times:
        if times & 1:
            total = add(total, point)
        point, times = add(point, point), times >> 1
    return total


def same(a: Point, b: Point) -> bool:
    """Whether two points are one."""
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


def decode_point(text: bytes) -> Point | None:
    """Section 5.1.3; None for bytes that are no point, or not in their one proper spelling."""
    y = int.from_bytes(text, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


def signature_is_genuine(public: bytes, message: bytes, signature: bytes) -> bool:
    """Section 5.1.7, without cofactor. Keys of small order, under which anything passes, do not."""
    base, key = decode_point(BASE_Y.to_bytes(32, "little")), decode_point(public)
    if len(signature) != 64 or base is None or key is None or same(multiply(8, key), (0, 1, 1, 0)):
        return False
    commitment, s = decode_point(signature[:32]), int.from_bytes(signature[32:], "little")
    if commitment is None or s >= L:
        return False
    digest = hashlib.sha512(signature[:32] + public + message).digest()
    k = int.from_bytes(digest, "little") % L
    return same(multiply(s, base), add(commitment, multiply(k, key)))


# The hash tree, RFC 9162 section 2.1.


def leaf_hash(data: bytes) -> bytes:
    """The hash of one entry."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash over two hashes."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_by_inclusion(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes | None:
    """The root to which the path leads from the leaf; None when it does not fit such a tree."""
    if not 0 <= index < size:
        return None
    if size == 1:
        return None if path else leaf
    if not path:
        return None
    half = 1 << (size - 1).bit_length() - 1  # the left part holds this many entries
    if index < half:
        inner = root_by_inclusion(leaf, index, half, path[:-1])
        return inner and node_hash(inner, path[-1])
    inner = root_by_inclusion(leaf, index - half, size - half, path[:-1])
    return inner and node_hash(path[-1], inner)


def roots_by_consistency(
    old: int, new: int, path: list[bytes], old_root: bytes, whole: bool = True
) -> tuple[bytes, bytes] | None:
    """The older and the newer root to which the path leads; None when it does not fit."""
    if old == new:
        if whole:
            return None if path else (old_root, old_root)
        return (path[0], path[0]) if len(path) == 1 else None
    if not path:
        return None
    half = 1 << (new - 1).bit_length() - 1
    if old <= half:
        inner = roots_by_consistency(old, half, path[:-1], old_root, whole)
        return inner and (inner[0], node_hash(inner[1], path[-1]))
    inner = roots_by_consistency(old - half, new - half, path[:-1], old_root, False)
    return inner and (node_hash(path[-1], inner[0]), node_hash(path[-1], inner[1]))


def root_of(entries: Iterator[bytes]) -> bytes:
    """The root over all entries."""
    peaks: list[tuple[int, bytes]] = []
    for data in entries:
        width, top = 1, leaf_hash(data)
        while peaks and peaks[-1][0] == width:
            top, width = node_hash(peaks.pop()[1], top), 2 * width
        peaks.append((width, top))
    root = peaks.pop()[1] if peaks else hashlib.sha256(b"").digest()
    for _, peak in reversed(peaks):
        root = node_hash(peak, root)
    return root


# Keys, checkpoints and documents.


class Checkpoint(NamedTuple):
    """What a log stated."""

    origin: str
    size: int
    root: bytes


def read_lines(path: str) -> Iterator[str]:
    """The lines of a text file. Windows line ends, which mail programs add, are taken as ours."""
    try:
        with Path(path).open(encoding="utf-8-sig") as file:
            yield from file
    except OSError as error:
        raise BadInput(f"{path} cannot be read ({error.strerror}). Check its name.") from None
    except ValueError:
        raise BadInput(f"{path} is not a text file. Ask for it again.") from None


def from_base64(text: str) -> bytes:
    """Bytes from base64 in its one proper spelling."""
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        data = b""
    if base64.b64encode(data).decode() != text:
        raise BadInput("A part that should be base64 is not. Ask for the file again.")
    return data


def read_key(text: str) -> tuple[str, bytes, bytes]:
    """(name, the four bytes that mark its signatures, the key)."""
    if os.path.exists(text):  # noqa: PTH110 - says no where Path.exists raises
        text = "".join(read_lines(text))
    name, mark, material = (*text.strip().split("+", 2), "", "")[:3]
    public = from_base64(material)
    four = hashlib.sha256(name.encode() + b"\n" + public).digest()[:4]
    if not name or len(public) != 33 or public[0] != 1 or four.hex() != mark:
        raise BadInput("The key is not a log's key, or was mistyped. Copy it again, whole.")
    return name, four, public[1:]


def read_checkpoint(path: str, key: tuple[str, bytes, bytes]) -> Checkpoint:
    """The statement in a checkpoint file, signed by the log with this key."""
    text, _, signed = "".join(read_lines(path)).rpartition("\n\n")
    lines = text.split("\n")
    marks = [line.split(" ") for line in signed.rstrip("\n").split("\n")]
    if len(lines) < 3 or "" in lines or any(len(m) != 3 or m[0] != "\u2014" for m in marks):
        raise BadInput(f"{path} is not a checkpoint, or was cut. Ask for it again.")
    origin, size, root = lines[0], lines[1], from_base64(lines[2])
    if not re.fullmatch(r"0|[1-9][0-9]{0,18}", size) or len(root) != 32:
        raise BadInput(f"{path} states no size or no root. Ask for it again.")
    name, four, public = key
    if origin != name:
        raise NotProven(f"{path} is of the log {origin}; the key is of the log {name}.")
    ours = [from_base64(mark) for _, by, mark in marks if by == name]
    signatures = [mark[4:] for mark in ours if mark[:4] == four]
    if not signatures:
        raise NotProven(f"{path} is not signed with this key.")
    if not all(signature_is_genuine(public, f"{text}\n".encode(), each) for each in signatures):
        raise NotProven(f"The signature on {path} is not genuine: it was forged or altered.")
    return Checkpoint(origin, int(size), root)


def parse(text: str) -> Any:
    """JSON in which no name stands twice: else two readers could read two different things."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(pairs)) != len(pairs):
            raise BadInput("A name stands twice in one place. Ask for the file again.")
        return dict(pairs)

    try:
        return json.loads(text, object_pairs_hook=once)
    except (ValueError, RecursionError):
        raise BadInput("A file is not in the format (JSON). Ask for it again.") from None


def fields(value: Any, *names: str) -> dict[str, Any]:
    """A JSON object with exactly these names, and behind each a value of its kind."""
    if not isinstance(value, dict) or set(value) != set(names):
        raise BadInput("A part of a file has other fields than the format asks for. Ask again.")
    for name in names:
        if type(value[name]) is not KINDS.get(name, str):
            raise BadInput(f"The field {name} is not what it should be. Ask for the file again.")
    return value


def entry_bytes(entry: dict[str, Any]) -> bytes:
    """The bytes that the log hashed, from the fields a person reads. Version 1: the byte 1; the
    time in microseconds since 1970, eight bytes; six fields, each after its length in four."""
    sealed = from_base64(entry["sealed"])
    fit = all(re.fullmatch(r"[ -~]{0,4096}", entry[name]) for name in TEXTS)
    if not (fit and entry["actor"] and entry["act"] and len(sealed) <= 1 << 20):
        raise BadInput("A field of an entry holds what it may not. Ask for the file again.")
    try:
        since = dt.datetime.strptime(entry["at"][:-1] + "+0000", "%Y-%m-%dT%H:%M:%S.%f%z") - EPOCH
    except ValueError:
        since = dt.timedelta(-1)
    if not TIME.fullmatch(entry["at"]) or since < dt.timedelta():
        raise BadInput("The time of an entry is not a time of ours. Ask for the file again.")
    parts = [entry[name].encode() for name in TEXTS]
    parts.insert(4, sealed)
    stamp = since // dt.timedelta(microseconds=1)
    return struct.pack(">BQ", 1, stamp) + b"".join(struct.pack(">I", len(p)) + p for p in parts)


def read_path(value: list[Any]) -> list[bytes]:
    """The hashes of a proof."""
    steps = [from_base64(str(step)) for step in value]
    if len(steps) > 64 or any(len(step) != 32 for step in steps):
        raise NotProven("The proof holds something that is not a hash.")
    return steps


def read_entries(lines: Iterator[str], size: int, remarks: list[str]) -> Iterator[bytes]:
    """The bytes of the first `size` entries; what is odd about their times goes to `remarks`."""
    earlier = ""
    for wanted in range(size):
        line = next(lines, None)
        if line is None:
            raise NotProven(f"The file ends after {wanted} entries; the log had {size}.")
        entry = fields(parse(line), "index", *ENTRY)
        if entry["index"] != wanted:
            raise NotProven(f"Where entry {wanted} should be stands entry {entry['index']}.")
        yield entry_bytes(entry)
        if entry["at"] < earlier:
            remarks.append(f"Remark: entry {wanted} bears an earlier time than the one before it.")
        earlier = entry["at"]


def prove_entries(point: Checkpoint, path: str) -> list[str]:
    """The file holds exactly the entries of the checkpoint."""
    lines, remarks = read_lines(path), list[str]()
    if root_of(read_entries(lines, point.size, remarks)) != point.root:
        raise NotProven("The entries are not those of the log: at least one was changed.")
    more = sum(1 for _ in lines)
    if more:
        raise NotProven(f"The file holds {more} entries more than the checkpoint vouches for.")
    if remarks:
        remarks[20:] = ["Clocks are set at times. The order of the entries is proven all the same."]
    proven = f"{path} holds every entry of the log, {point.size} in all, unchanged and in order."
    return [proven, *remarks]


def prove_inclusion(point: Checkpoint, path: str) -> list[str]:
    """Each entry of the proof is in the log."""
    document = fields(parse("".join(read_lines(path))), "format", "size", "entries")
    if document["format"] != "stillroom inclusion proof, version 1":
        raise BadInput(f"{path} is not an inclusion proof that this program knows.")
    if document["size"] != point.size:
        raise NotProven(f"{path} belongs to another checkpoint than this one.")
    shown = []
    for item in document["entries"]:
        part = fields(item, "index", "entry", "path")
        entry, index = fields(part["entry"], *ENTRY), part["index"]
        leaf, steps = leaf_hash(entry_bytes(entry)), read_path(part["path"])
        if root_by_inclusion(leaf, index, point.size, steps) != point.root:
            raise NotProven(f"Entry {index}, as the proof shows it, is not in the log.")
        about = f" concerning {entry['subject']}" if entry["subject"] else ""
        shown.append(f"Entry {index}: {entry['at']}, {entry['actor']} did {entry['act']}{about}.")
    return [f"Each of these {len(shown)} entries is in the log, exactly as shown:", *shown]


def prove_consistency(point: Checkpoint, older: Checkpoint, path: str) -> list[str]:
    """Nothing of the older checkpoint was changed or removed."""
    document = fields(parse("".join(read_lines(path))), "format", "older", "newer", "path")
    if document["format"] != "stillroom consistency proof, version 1":
        raise BadInput(f"{path} is not a consistency proof that this program knows.")
    if (document["older"], document["newer"]) != (older.size, point.size):
        raise NotProven(f"{path} belongs to other checkpoints than these two.")
    if not 0 < older.size <= point.size:
        raise NotProven("The older checkpoint is empty, or counts more entries than the newer.")
    roots = roots_by_consistency(older.size, point.size, read_path(document["path"]), older.root)
    if roots != (older.root, point.root):
        raise NotProven("The newer log does not continue the older one: something was changed.")
    return [f"All {older.size} entries of the older checkpoint are in the newer log, unchanged."]


def run(arguments: argparse.Namespace) -> list[str]:
    """What is proven, in words; raises when it is not."""
    if (arguments.older is None) != (arguments.consistency is None):
        raise BadInput("--older and --consistency belong together: give both.")
    key = read_key(arguments.key)
    point = read_checkpoint(arguments.checkpoint, key)
    lines = [f"The log {point.origin} stated, and signed, that it had {point.size} entries."]
    if arguments.entries is not None:
        lines += prove_entries(point, arguments.entries)
    if arguments.proof is not None:
        lines += prove_inclusion(point, arguments.proof)
    if arguments.older is not None:
        older = read_checkpoint(arguments.older, key)
        lines += prove_consistency(point, older, arguments.consistency)
    lines.append("Not shown: whether an entry is true; and what was written after the checkpoint.")
    return lines


def main(arguments: list[str]) -> int:
    """Read the command, say the answer, give the exit code."""
    parser = argparse.ArgumentParser(
        prog="verify_log.py",
        description="Check a Stillroom log from outside.",
        epilog="Exit code 0: proven. 1: not proven. 2: the files cannot be read.",
    )
    parser.add_argument("checkpoint", help="the checkpoint, a text file")
    parser.add_argument("--key", required=True, help="the log's key, or a file that holds it")
    parser.add_argument("--entries", help="all entries of the log, one to a line")
    parser.add_argument("--proof", help="a proof that certain entries are in the log")
    parser.add_argument("--older", help="an older checkpoint of the same log")
    parser.add_argument("--consistency", help="the proof from the older checkpoint to this one")
    try:
        code, lines = 0, ["PROVEN", *run(parser.parse_args(arguments))]
    except NotProven as reason:
        code, lines = 1, ["NOT PROVEN", str(reason), "Keep all files as they are."]
    except BadInput as reason:
        code, lines = 2, ["CANNOT TELL", str(reason)]
    for line in lines:  # in letters that every screen has
        sys.stdout.write(line.encode("ascii", "backslashreplace").decode() + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
