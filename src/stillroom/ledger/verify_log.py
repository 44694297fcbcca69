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

What this file relies on: SHA-256 from Python itself; Ed25519 signatures (RFC 8032), below, in plain
arithmetic; hash trees (RFC 9162, section 2.1), below; notes in the format of C2SP signed-note and
tlog-checkpoint. It shares no code with Stillroom, so that a fault in one cannot hide in the other.
"""

from __future__ import annotations

import argparse
import base64
import binascii
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

PROVEN, NOT_PROVEN, BAD_INPUT = 0, 1, 2
TEXTS = ("actor", "act", "subject", "grant", "opinion")
ENTRY = ("at", "actor", "act", "subject", "grant", "opinion", "sealed")
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc)  # noqa: UP017 - Python 3.9 has no dt.UTC
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


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
    if index >= size:
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
    """What the log stated, and who signed it."""

    text: str
    origin: str
    size: int
    root: bytes
    marks: list[tuple[str, bytes]]


def read_file(path: str) -> str:
    """A text file. Windows line ends, which mail programs add, are taken away again."""
    try:
        return Path(path).read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise BadInput(f"{path} cannot be read ({error.strerror}). Check its name.") from None
    except UnicodeDecodeError:
        raise BadInput(f"{path} is not a text file. Ask for it again.") from None


def from_base64(text: Any) -> bytes:
    """Bytes from base64 in its one proper spelling."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError, TypeError):
        raise BadInput("A part that should be base64 is not. Ask for the file again.") from None
    if base64.b64encode(data).decode() != text:
        raise BadInput("A part is base64 in an improper spelling. Ask for the file again.")
    return data


def read_key(text: str) -> tuple[str, bytes, bytes]:
    """(name, the four bytes that mark its signatures, the key)."""
    if os.path.exists(text):  # noqa: PTH110 - says no where Path.exists raises
        text = read_file(text)
    parts = text.strip().split("+", 2)
    if len(parts) != 3:
        raise BadInput("The key is not a log's key: it should read name+figures+letters.")
    name, mark, material = parts[0], parts[1], from_base64(parts[2])
    right = hashlib.sha256(name.encode() + b"\n" + material).digest()[:4]
    if not name or len(material) != 33 or material[0] != 1 or right.hex() != mark:
        raise BadInput("The key was mistyped or cut. Copy it again, whole.")
    return name, right, material[1:]


def read_checkpoint(path: str) -> Checkpoint:
    """The statement in a checkpoint file."""
    wrong = BadInput(f"The file {path} is not a checkpoint, or was changed. Ask for it again.")
    text, gap, signed = read_file(path).rpartition("\n\n")
    lines = text.split("\n")
    if not gap or len(lines) < 3 or "" in lines or not re.fullmatch(r"0|[1-9]\d{0,18}", lines[1]):
        raise wrong
    root = from_base64(lines[2])
    marks = []
    for line in signed.rstrip("\n").split("\n"):
        parts = line.split(" ")
        if len(parts) != 3 or parts[0] != "\u2014":
            raise wrong
        marks.append((parts[1], from_base64(parts[2])))
    if len(root) != 32:
        raise wrong
    return Checkpoint(text + "\n", lines[0], int(lines[1]), root, marks)


def check_signature(point: Checkpoint, key: tuple[str, bytes, bytes], path: str) -> None:
    """The log with this key signed the checkpoint."""
    name, mark, public = key
    if point.origin != name:
        raise NotProven(f"{path} is of the log {point.origin}; the key is of the log {name}.")
    marks = [data[4:] for by, data in point.marks if by == name and data[:4] == mark]
    if not marks:
        raise NotProven(f"{path} is not signed with this key.")
    for signature in marks:
        if not signature_is_genuine(public, point.text.encode(), signature):
            raise NotProven(f"The signature on {path} is not genuine: it was forged or altered.")


def fields(value: Any, *names: str) -> dict[str, Any]:
    """A JSON object with exactly these names."""
    if not isinstance(value, dict) or set(value) != set(names):
        raise BadInput("A part of the file has other fields than the format asks for.")
    return value


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


def number(value: Any) -> int:
    """A plain number."""
    if type(value) is not int or value < 0:
        raise BadInput("A number in the file is not a plain number. Ask for it again.")
    return value


def entry_bytes(entry: dict[str, Any]) -> bytes:
    """The bytes that the log hashed, from the fields a person reads. Version 1: the byte 1; the
    time in microseconds since 1970, eight bytes; six fields, each after its length in four."""
    for name in ("at", *TEXTS):
        if not re.fullmatch(r"[ -~]{0,4096}", str(entry[name])) or type(entry[name]) is not str:
            raise BadInput(f"The field {name} of an entry holds what it may not. Ask again.")
    if not TIME.fullmatch(entry["at"]) or not (entry["actor"] and entry["act"]):
        raise BadInput("The time, the actor or the act of an entry is not as it should be.")
    try:
        since = dt.datetime.fromisoformat(entry["at"][:-1] + "+00:00") - EPOCH
    except ValueError:
        raise BadInput("The time of an entry is no time. Ask for the file again.") from None
    parts = [entry[name].encode() for name in TEXTS]
    parts.insert(4, from_base64(entry["sealed"]))
    stamp = since // dt.timedelta(microseconds=1)
    if stamp < 0 or len(parts[4]) > 1 << 20:
        raise BadInput("An entry is older than 1970 or longer than the format allows.")
    return struct.pack(">BQ", 1, stamp) + b"".join(struct.pack(">I", len(p)) + p for p in parts)


def say(*lines: str) -> None:
    """To the screen, in letters that every screen has."""
    for line in lines:
        sys.stdout.write(line.encode("ascii", "backslashreplace").decode() + "\n")


# What can be asked.


def read_lines(path: str) -> Iterator[str]:
    """The lines of a text file that may be too long to hold in memory."""
    try:
        with Path(path).open(encoding="ascii") as file:
            yield from file
    except OSError as error:
        raise BadInput(f"{path} cannot be read ({error.strerror}). Check its name.") from None
    except ValueError:
        raise BadInput(f"{path} is not a file of entries. Ask for it again.") from None


def read_entries(lines: Iterator[str], size: int, remarks: list[str]) -> Iterator[bytes]:
    """The bytes of the first `size` entries; what is odd about their times goes to `remarks`."""
    earlier = ""
    for wanted in range(size):
        line = next(lines, None)
        if line is None:
            raise NotProven(f"The file ends after {wanted} entries; the log had {size}.")
        entry = fields(parse(line), "index", *ENTRY)
        if number(entry["index"]) != wanted:
            raise NotProven(f"Where entry {wanted} should be stands entry {entry['index']}.")
        yield entry_bytes(entry)
        if entry["at"] < earlier:
            remarks.append(f"Remark: entry {wanted} bears an earlier time than the one before it.")
        earlier = entry["at"]


def prove_entries(point: Checkpoint, path: str) -> list[str]:
    """The file holds exactly the entries of the checkpoint."""
    lines, remarks = read_lines(path), list[str]()
    root = root_of(read_entries(lines, point.size, remarks))
    if root != point.root:
        raise NotProven("The entries are not those of the log: at least one was changed.")
    more = sum(1 for _ in lines)
    if more:
        raise NotProven(
            f"The first {point.size} entries are those of the log, but the file holds {more} more, "
            "and nothing proves these. Ask for a newer checkpoint."
        )
    proven = f"{path} holds every entry of the log, {point.size} in all, unchanged and in order."
    if remarks:
        remarks[20:] = ["Clocks are set at times. The order of the entries is proven all the same."]
    return [proven, *remarks]


def prove_inclusion(point: Checkpoint, path: str) -> list[str]:
    """Each entry of the proof is in the log."""
    document = fields(parse(read_file(path)), "format", "size", "entries")
    if document["format"] != "stillroom inclusion proof, version 1":
        raise BadInput(f"{path} is not an inclusion proof that this program knows.")
    if number(document["size"]) != point.size or not isinstance(document["entries"], list):
        raise NotProven(f"{path} belongs to another checkpoint than this one.")
    shown = []
    for item in document["entries"]:
        part = fields(item, "index", "entry", "path")
        entry, index = fields(part["entry"], *ENTRY), number(part["index"])
        leaf, steps = leaf_hash(entry_bytes(entry)), read_path(part["path"])
        if root_by_inclusion(leaf, index, point.size, steps) != point.root:
            raise NotProven(f"Entry {index}, as the proof shows it, is not in the log.")
        about = f" concerning {entry['subject']}" if entry["subject"] else ""
        shown.append(
            f"Entry {index}: at {entry['at']}, {entry['actor']} did {entry['act']}{about}."
        )
    return [f"Each of these {len(shown)} entries is in the log, exactly as shown:", *shown]


def prove_consistency(point: Checkpoint, older: Checkpoint, path: str) -> list[str]:
    """Nothing of the older checkpoint was changed or removed."""
    document = fields(parse(read_file(path)), "format", "older", "newer", "path")
    if document["format"] != "stillroom consistency proof, version 1":
        raise BadInput(f"{path} is not a consistency proof that this program knows.")
    if (number(document["older"]), number(document["newer"])) != (older.size, point.size):
        raise NotProven(f"{path} belongs to other checkpoints than these two.")
    if not 0 < older.size <= point.size:
        raise NotProven("The older checkpoint is empty, or counts more entries than the newer.")
    roots = roots_by_consistency(older.size, point.size, read_path(document["path"]), older.root)
    if roots != (older.root, point.root):
        raise NotProven("The newer log does not continue the older one: something was changed.")
    return [f"All {older.size} entries of the older checkpoint are in the newer log, unchanged."]


def read_path(value: Any) -> list[bytes]:
    """The hashes of a proof."""
    if not isinstance(value, list):
        raise BadInput("The path of a proof is not a list. Ask for the file again.")
    steps = [from_base64(step) for step in value]
    if len(steps) > 64 or any(len(step) != 32 for step in steps):
        raise NotProven("The proof holds something that is not a hash.")
    return steps


def run(arguments: argparse.Namespace) -> list[str]:
    """What is proven, in words; raises when it is not."""
    if (arguments.older is None) != (arguments.consistency is None):
        raise BadInput("--older and --consistency belong together: give both.")
    key = read_key(arguments.key)
    point = read_checkpoint(arguments.checkpoint)
    check_signature(point, key, arguments.checkpoint)
    lines = [f"The log {point.origin} stated, and signed, that it had {point.size} entries."]
    if arguments.entries is not None:
        lines += prove_entries(point, arguments.entries)
    if arguments.proof is not None:
        lines += prove_inclusion(point, arguments.proof)
    if arguments.older is not None:
        older = read_checkpoint(arguments.older)
        check_signature(older, key, arguments.older)
        lines += prove_consistency(point, older, arguments.consistency)
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
        lines = run(parser.parse_args(arguments))
    except NotProven as reason:
        say("NOT PROVEN", str(reason), "Keep all files as they are.")
        return NOT_PROVEN
    except BadInput as reason:
        say("CANNOT TELL", str(reason))
        return BAD_INPUT
    say(
        "PROVEN",
        *lines,
        "",
        "Not shown by this: whether an entry is true, only that it is there.",
        "Entries written after the checkpoint are not covered by it.",
    )
    return PROVEN


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
