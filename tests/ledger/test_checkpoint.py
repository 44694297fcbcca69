"""Checkpoints and keys: the formats of C2SP, read strictly, and no statement believed unsigned."""

import json
from base64 import b64decode, b64encode
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillroom.kernel import Misuse
from stillroom.ledger import (
    EMPTY_ROOT,
    Checkpoint,
    LogKey,
    Malformed,
    NoteSignature,
    NotProven,
    leaf_hash,
    root_hash,
    verify_consistency,
    verify_inclusion,
)
from tests.ledger.samples import ORIGIN, Pen, Reader, leaves

VECTORS = json.loads((Path(__file__).parent / "vectors" / "version-1.json").read_text())["log"]
POINT = Checkpoint(ORIGIN, 3, root_hash(leaves(3)))
SIGNED = POINT.sign(Pen())

# The example of the signed-note specification.
EXAMPLE_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
EXAMPLE_TEXT = b"This is an example message.\n"
EXAMPLE_MARK = (
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM="
)


def test_the_specifications_example_is_genuine() -> None:
    key = LogKey.parse(EXAMPLE_KEY)
    mark = b64decode(EXAMPLE_MARK)
    assert (key.name, key.id, str(key)) == ("example.com/foo", mark[:4], EXAMPLE_KEY)
    Reader(key).verify(EXAMPLE_TEXT, mark[4:])


def test_a_signed_checkpoint_says_what_it_said() -> None:
    read = Checkpoint.parse(SIGNED.note())
    assert read == SIGNED
    read.verify(Reader(Pen().key))


@given(st.integers(1, 2**63 - 1), st.binary(min_size=32, max_size=32))
def test_every_checkpoint_is_read_as_it_was_written(size: int, root: bytes) -> None:
    point = Checkpoint(ORIGIN, size, root, signatures=(NoteSignature("a", b"1234", b"x"),))
    assert Checkpoint.parse(point.note()) == point


def test_an_unsigned_checkpoint_is_not_believed() -> None:
    with pytest.raises(NotProven, match="not signed"):
        POINT.verify(Pen())


def test_another_key_of_the_same_name_is_not_believed() -> None:
    with pytest.raises(NotProven, match="not signed with this key"):
        POINT.sign(Pen("a thief's")).verify(Pen())


def test_a_changed_statement_is_not_believed() -> None:
    for changed in (
        replace(SIGNED, size=4),
        replace(SIGNED, root=root_hash(leaves(4))),
        replace(SIGNED, extensions=("more",)),
    ):
        with pytest.raises(NotProven, match="not genuine"):
            changed.verify(Pen())


def test_the_checkpoint_of_another_log_is_not_believed() -> None:
    other = Pen(name="stillroom.example/another")
    signed = replace(POINT, origin="stillroom.example/another").sign(other)
    with pytest.raises(NotProven, match="another log"):
        signed.verify(Pen())


def test_one_forged_signature_beside_a_genuine_one_spoils_the_note() -> None:
    """signed-note: "if a signature from a known key fails to verify, reject the whole note"."""
    mark = SIGNED.signatures[0]
    forged = replace(mark, signature=bytes(64))
    with pytest.raises(NotProven, match="not genuine"):
        replace(SIGNED, signatures=(mark, forged)).verify(Pen())


def test_witnesses_may_sign_too_and_strangers_are_ignored() -> None:
    witness = Pen("witness", name="witness.example/one")
    stranger = NoteSignature("who.example/knows", b"\1\2\3\4", b"anything at all")
    note = replace(SIGNED.sign(witness), signatures=(stranger, *SIGNED.sign(witness).signatures))
    read = Checkpoint.parse(note.note())
    read.verify(Pen())
    read.verify_signature(witness)


def test_sixteen_signatures_are_read() -> None:
    """signed-note: verifiers "MUST accept at least up to 16 signatures"."""
    point = SIGNED
    for number in range(20):
        point = point.sign(Pen(str(number), name=f"witness.example/{number}"))
    assert len(Checkpoint.parse(point.note()).signatures) == 21


BODY, MARKS = SIGNED.note().split("\n\n")


@pytest.mark.parametrize(
    "note",
    [
        "",
        "\n\n",
        BODY,
        SIGNED.note()[:-1],
        SIGNED.note() + "\n",
        SIGNED.note().replace("\n", "\r\n"),
        SIGNED.note().replace("\n3\n", "\n03\n"),
        SIGNED.note().replace("\n3\n", "\n+3\n"),
        SIGNED.note().replace("\n3\n", "\n3 \n"),
        SIGNED.note().replace("\n3\n", "\n٣\n"),
        SIGNED.note().replace("\n3\n", f"\n{2**63}\n"),
        SIGNED.note().replace("\n3\n", f"\n{'9' * 5000}\n"),
        SIGNED.note().replace("\n3\n", "\n\n3\n"),
        SIGNED.note().replace("=\n\n", "\n\n"),
        SIGNED.note().replace("— ", "- "),
        f"{BODY}\n\n— {ORIGIN}\n",
        f"{BODY}\n\n— a+b {b64encode(bytes(68)).decode()}\n",
        f"{BODY}\n\n— {ORIGIN} AAAA\n",
        f"{ORIGIN}\n3\n\n{MARKS}",
        f"{ORIGIN}\n3\n{b64encode(bytes(31)).decode()}\n\n{MARKS}",
        f"{ORIGIN}\n0\n{b64encode(bytes(32)).decode()}\n\n{MARKS}",
        f"a\tb\n3\n{b64encode(bytes(32)).decode()}\n\n{MARKS}",
        "x" * (1 << 21),
    ],
)
def test_what_is_not_a_checkpoint_is_not_read(note: str) -> None:
    with pytest.raises(Malformed):
        Checkpoint.parse(note)


@given(st.text(max_size=200))
def test_no_text_makes_the_reader_stumble(text: str) -> None:
    with suppress(Malformed):
        Checkpoint.parse(text)


def test_base64_with_a_second_spelling_is_not_read() -> None:
    """The last letter of base64 can hide two bits that decode to nothing."""
    root = b64encode(POINT.root).decode()
    twin = root[:-2] + chr(ord(root[-2]) + 1) + "="
    assert b64decode(twin) == POINT.root
    with pytest.raises(Malformed, match="usually written"):
        Checkpoint.parse(SIGNED.note().replace(root, twin))


def test_a_checkpoint_that_cannot_be_is_misuse() -> None:
    for wrong in (
        {"size": -1},
        {"size": 2**63},
        {"root": b"short"},
        {"origin": ""},
        {"origin": "a\nb"},
        {"origin": "\ud800"},
        {"extensions": ("",)},
        {"size": 0},
    ):
        with pytest.raises(Misuse):
            replace(POINT, **wrong)
    assert Checkpoint(ORIGIN, 0, EMPTY_ROOT).size == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name",
        EXAMPLE_KEY[:-1],
        EXAMPLE_KEY.replace("530d903a", "530d903b"),
        EXAMPLE_KEY.replace("530d903a", "530D903A"),
        EXAMPLE_KEY.replace("example", "exbmple"),
        EXAMPLE_KEY.replace("+AekyeRrm", "+BekyeRrm"),
        " " + EXAMPLE_KEY,
    ],
)
def test_a_mistyped_key_is_noticed(text: str) -> None:
    with pytest.raises(Malformed, match="key of a log"):
        LogKey.parse(text)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u00a0b", "a\nb"])
def test_names_that_would_break_a_note_are_misuse(name: str) -> None:
    with pytest.raises(Misuse):
        LogKey(name, bytes(32))


def test_checkpoints_and_proofs_of_version_1_hold_forever() -> None:
    point = Checkpoint.parse(VECTORS["note"])
    point.verify(Reader(LogKey.parse(VECTORS["key"])))
    hashes = [leaf_hash(bytes.fromhex(each)) for each in VECTORS["entries"]]
    assert (point.size, point.root) == (len(hashes), root_hash(hashes))
    path = [b64decode(each) for each in VECTORS["inclusion of 6"]]
    verify_inclusion(hashes[6], 6, point.size, path, point.root)
    path = [b64decode(each) for each in VECTORS["consistency of 5"]]
    verify_consistency(5, point.size, path, bytes.fromhex(VECTORS["root of 5"]), point.root)
