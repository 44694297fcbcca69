"""`verify_log.py`, as an outsider runs it: alone, in another folder, with nothing installed."""

import ast
import importlib.util
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given, settings
from hypothesis import strategies as st

import stillroom.ledger
from stillroom.ledger import (
    Checkpoint,
    Entry,
    ProvenEntry,
    consistency_document,
    export_entries,
    inclusion_document,
    leaf_hash,
    prove_consistency,
    prove_inclusion,
    root_hash,
)
from tests.ledger.samples import ORIGIN, Pen, entry, leaves, raws
from tests.ledger.test_entry import made

FILE = Path(stillroom.ledger.__file__).parent / "verify_log.py"
LOG = raws(30)
LEAVES = [leaf_hash(raw) for raw in LOG]


def _load() -> ModuleType:
    """The file as a module of its own, not as a part of Stillroom."""
    spec = importlib.util.spec_from_file_location("outsider", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


outsider = _load()


@dataclass
class Table:
    """A lawyer's table: the files she was given, and the program."""

    folder: Path
    say: Callable[[], str]

    def put(self, name: str, text: str) -> None:
        """A file on the table."""
        (self.folder / name).write_text(text, encoding="utf-8", newline="")

    def ask(self, *words: str) -> tuple[int, str]:
        """Run the program; gives the exit code and what it says."""
        code = outsider.main([*words])
        return code, self.say()


def signed(size: int, root: bytes | None = None) -> str:
    """A checkpoint of the first `size` entries."""
    return Checkpoint(ORIGIN, size, root or root_hash(LEAVES[:size])).sign(Pen()).note()


def proof(*numbers: int) -> str:
    """An inclusion document in the log of 30."""
    each = (ProvenEntry(n, entry(n), prove_inclusion(LEAVES, n)) for n in numbers)
    return inclusion_document(30, each)


@pytest.fixture
def table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Table:
    """With the honest files on it."""
    monkeypatch.chdir(tmp_path)
    made = Table(tmp_path, lambda: capsys.readouterr().out)
    made.put("checkpoint.txt", signed(30))
    made.put("older.txt", signed(13))
    made.put("key.txt", f"{Pen().key}\n")
    made.put("log.jsonl", "".join(export_entries(LOG)))
    made.put("proof.json", proof(3, 17))
    made.put("growth.json", consistency_document(13, 30, prove_consistency(LEAVES, 13)))
    return made


CHECK = ("checkpoint.txt", "--key", "key.txt")
GROWTH = ("--older", "older.txt", "--consistency", "growth.json")


def test_it_needs_nothing_but_python() -> None:
    tree = ast.parse(FILE.read_text())
    imported = {
        (node.module or "") if isinstance(node, ast.ImportFrom) else name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in node.names
    }
    assert {name.split(".")[0] for name in imported} <= set(sys.stdlib_module_names)
    assert "stillroom" not in {name.split(".")[0] for name in imported}


def test_it_is_short_enough_to_be_read() -> None:
    assert len(FILE.read_text().splitlines()) <= 400


def test_it_runs_alone_in_another_folder(table: Table) -> None:
    """Isolated (-I), without site packages (-S): Stillroom is not to be found from there."""
    (table.folder / "verify_log.py").write_bytes(FILE.read_bytes())
    words = ["verify_log.py", *CHECK, "--entries", "log.jsonl", "--proof", "proof.json", *GROWTH]
    ran = subprocess.run(
        [sys.executable, "-I", "-S", *words], cwd=table.folder, capture_output=True, text=True
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("PROVEN\n")


def test_the_oldest_python_it_promises_can_read_it() -> None:
    ast.parse(FILE.read_text(), feature_version=(3, 9))


def test_a_genuine_checkpoint_alone(table: Table) -> None:
    code, said = table.ask(*CHECK)
    assert code == 0
    assert f"The log {ORIGIN} stated, and signed, that it had 30 entries." in said


def test_the_key_may_be_given_as_text(table: Table) -> None:
    assert table.ask("checkpoint.txt", "--key", str(Pen().key))[0] == 0


def test_all_entries(table: Table) -> None:
    code, said = table.ask(*CHECK, "--entries", "log.jsonl")
    assert code == 0
    assert "log.jsonl holds every entry of the log, 30 in all, unchanged and in order." in said


def test_some_entries(table: Table) -> None:
    code, said = table.ask(*CHECK, "--proof", "proof.json")
    assert code == 0
    assert "Each of these 2 entries is in the log, exactly as shown:" in said
    assert (
        "Entry 17: 2026-01-05T09:00:17.000000Z, person3 did chart:record:read concerning client7."
        in said
    )


def test_growth(table: Table) -> None:
    code, said = table.ask(*CHECK, *GROWTH)
    assert code == 0
    assert "All 13 entries of the older checkpoint are in the newer log, unchanged." in said


def test_windows_line_ends_from_a_mail_program_do_no_harm(table: Table) -> None:
    for name in ("checkpoint.txt", "older.txt", "log.jsonl", "proof.json", "growth.json"):
        text = (table.folder / name).read_text()
        table.put(name, "﻿" + text.replace("\n", "\r\n"))
    words = (*CHECK, "--entries", "log.jsonl", "--proof", "proof.json", *GROWTH)
    assert table.ask(*words)[0] == 0


def test_an_empty_log_is_proven_by_an_empty_file(table: Table) -> None:
    table.put("checkpoint.txt", signed(0))
    table.put("log.jsonl", "")
    assert table.ask(*CHECK, "--entries", "log.jsonl")[0] == 0


def test_a_clock_that_was_set_back_is_a_remark(table: Table) -> None:
    log = [*raws(3, 5), *raws(2, 1)]
    table.put("log.jsonl", "".join(export_entries(log)))
    table.put("checkpoint.txt", signed(5, root_hash([leaf_hash(raw) for raw in log])))
    code, said = table.ask(*CHECK, "--entries", "log.jsonl")
    assert code == 0
    assert "Remark: entry 3 bears an earlier time than the one before it." in said


def swap(table: Table, name: str, old: str, new: str) -> None:
    """Alter a file on the table."""
    text = (table.folder / name).read_text()
    assert old in text
    table.put(name, text.replace(old, new, 1))


def test_not_proven_an_altered_checkpoint(table: Table) -> None:
    swap(table, "checkpoint.txt", "\n30\n", "\n31\n")
    code, said = table.ask(*CHECK)
    assert code == 1
    assert said.splitlines() == [
        "NOT PROVEN",
        "The signature on checkpoint.txt is not genuine: it was forged or altered.",
        "Keep all files as they are.",
    ]


def test_not_proven_another_key(table: Table) -> None:
    table.put("key.txt", str(Pen("thief").key))
    code, said = table.ask(*CHECK)
    assert (code, "not signed with this key" in said) == (1, True)
    table.put("key.txt", str(Pen(name="other.example").key))
    code, said = table.ask(*CHECK)
    assert (code, "the key is of the log other.example" in said) == (1, True)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("person3", "person4", "at least one was changed"),
        ("client7", "client8", "at least one was changed"),
        ('"index": 4,', '"index": 5,', "Where entry 4 should be stands entry 5."),
    ],
)
def test_not_proven_altered_entries(table: Table, old: str, new: str, words: str) -> None:
    swap(table, "log.jsonl", old, new)
    code, said = table.ask(*CHECK, "--entries", "log.jsonl")
    assert (code, words in said) == (1, True)


def test_not_proven_entries_cut_or_added(table: Table) -> None:
    lines = list(export_entries(raws(32)))
    for count, words in ((29, "ends after 29 entries; the log had 30"), (32, "holds 2 entries mo")):
        table.put("log.jsonl", "".join(lines[:count]))
        code, said = table.ask(*CHECK, "--entries", "log.jsonl")
        assert (code, words in said) == (1, True)


def test_not_proven_an_entry_that_is_not_in_the_log(table: Table) -> None:
    swap(table, "proof.json", "person3", "person2")
    code, said = table.ask(*CHECK, "--proof", "proof.json")
    assert (code, "Entry 3, as the proof shows it, is not in the log." in said) == (1, True)


def test_not_proven_a_proof_of_another_checkpoint(table: Table) -> None:
    table.put("checkpoint.txt", signed(29))
    code, said = table.ask(*CHECK, "--proof", "proof.json")
    assert (code, "belongs to another checkpoint" in said) == (1, True)


def test_not_proven_a_log_that_was_rewritten(table: Table) -> None:
    table.put("older.txt", signed(13, leaf_hash(b"another past")))
    code, said = table.ask(*CHECK, *GROWTH)
    assert (code, "does not continue the older one" in said) == (1, True)


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("nowhere.txt", "--key", "key.txt"), "cannot be read"),
        (("checkpoint.txt", "--key", "nonsense"), "not a log's key"),
        (("proof.json", "--key", "key.txt"), "not a checkpoint"),
        (("key.txt", "--key", "key.txt"), "not a checkpoint"),
        ((*CHECK, "--entries", "checkpoint.txt"), "not in the format"),
        ((*CHECK, "--proof", "log.jsonl"), "not in the format"),
        ((*CHECK, "--proof", "growth.json"), "other fields"),
        ((*CHECK, "--older", "older.txt"), "give both"),
        ((*CHECK, "--older", "older.txt", "--consistency", "proof.json"), "other fields"),
        ((*CHECK, "--entries", "."), "cannot be read"),
    ],
)
def test_bad_input_says_what_to_do(table: Table, words: tuple[str, ...], what: str) -> None:
    code, said = table.ask(*words)
    assert code == 2
    assert said.startswith("CANNOT TELL\n")
    assert what in said


def test_a_file_of_noise_is_bad_input(table: Table) -> None:
    (table.folder / "checkpoint.txt").write_bytes(bytes(range(256)))
    code, said = table.ask(*CHECK)
    assert (code, "not a text file" in said) == (2, True)


def test_a_name_that_stands_twice_is_bad_input(table: Table) -> None:
    swap(table, "log.jsonl", '"actor"', '"actor": "Rex", "actor"')
    code, said = table.ask(*CHECK, "--entries", "log.jsonl")
    assert (code, "twice" in said) == (2, True)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("log.jsonl", '"index": 4', '"index": "4"'),
        ("log.jsonl", '"index": 4', '"index": 4.0'),
        ("log.jsonl", '"actor": "person4"', '"actor": 4'),
        ("log.jsonl", '"actor": "person4"', '"actor": ""'),
        ("log.jsonl", '"actor": "person4"', '"actor": "p\\u00e9"'),
        ("log.jsonl", "T09:00:04.000000Z", "T09:00:04Z"),
        ("log.jsonl", "T09:00:04.000000Z", "T09:00:61.000000Z"),
        ("log.jsonl", "2026-01-05T09:00:04", "1969-01-05T09:00:04"),
        ("proof.json", '"size": 30', '"size": true'),
        ("proof.json", '"path": [', '"path": [7,'),
        ("proof.json", '"entry": {', '"entry": [], "x": {'),
        ("growth.json", '"older": 13', '"older": "13"'),
        ("growth.json", "version 1", "version 2"),
        ("proof.json", "version 1", "version 2"),
        ("checkpoint.txt", "\n30\n", "\n030\n"),
        ("checkpoint.txt", "\u2014 ", "- "),
    ],
)
def test_a_field_of_another_kind_is_bad_input(table: Table, file: str, old: str, new: str) -> None:
    swap(table, file, old, new)
    words = (*CHECK, "--entries", "log.jsonl", "--proof", "proof.json", *GROWTH)
    code, said = table.ask(*words)
    assert (code, said.split("\n")[0]) == (2, "CANNOT TELL")


def test_a_wrong_command_is_bad_input(table: Table) -> None:
    with pytest.raises(SystemExit) as caught:
        outsider.main([])
    assert caught.value.code == 2


# It agrees with the package, by code of its own.


@given(made)
def test_it_writes_entries_as_the_package_does(one: Entry) -> None:
    line = json.loads(next(iter(export_entries([one.canonical()]))))
    assert outsider.entry_bytes(line) == one.canonical()


def test_it_finds_the_roots_that_the_package_finds() -> None:
    everything = [bytes([number]) for number in range(40)]
    hashes = [leaf_hash(data) for data in everything]
    for size in range(41):
        root = root_hash(hashes[:size])
        assert outsider.root_of(iter(everything[:size])) == root
        for index in range(size):
            path = list(prove_inclusion(hashes[:size], index))
            assert outsider.root_by_inclusion(hashes[index], index, size, path) == root
            for wrong in ([*path, root], *([path[:-1]] if path else [])):
                assert outsider.root_by_inclusion(hashes[index], index, size, wrong) != root
        for old in range(1, size + 1):
            both = (root_hash(hashes[:old]), root)
            path = list(prove_consistency(hashes[:size], old))
            assert outsider.roots_by_consistency(old, size, path, both[0]) == both
            assert outsider.roots_by_consistency(old, size, [*path, root], both[0]) != both
            assert old == size or outsider.roots_by_consistency(old, size, path[:-1], both[0]) != (
                both
            )


@settings(max_examples=15)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=60), st.integers(0, 511))
def test_its_signatures_are_those_of_the_library(seed: bytes, message: bytes, bit: int) -> None:
    private = Ed25519PrivateKey.from_private_bytes(seed)
    public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    mark = private.sign(message)
    assert outsider.signature_is_genuine(public, message, mark)
    turned = bytearray(mark)
    turned[bit // 8] ^= 1 << bit % 8
    assert not outsider.signature_is_genuine(public, message, bytes(turned))
    assert not outsider.signature_is_genuine(public, message + b"\0", mark)


def test_a_signature_has_no_twin() -> None:
    """RFC 8032 §5.1.7: s must be below L, or anybody could make a second valid signature."""
    private = Ed25519PrivateKey.from_private_bytes(bytes(32))
    public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    mark = private.sign(b"once")
    twin = int.from_bytes(mark[32:], "little") + outsider.L
    assert not outsider.signature_is_genuine(
        public, b"once", mark[:32] + twin.to_bytes(32, "little")
    )


@pytest.mark.parametrize("y", [0, 1, 2**255 - 20, 2**255 - 19, 2**255 - 18])
def test_a_key_under_which_anything_passes_is_refused(y: int) -> None:
    """Keys of small order: R = base·0 and s = 0 would sign every message."""
    public = y.to_bytes(32, "little")
    mark = (1).to_bytes(32, "little") + bytes(32)
    assert not any(
        outsider.signature_is_genuine(public, bytes([number]), mark) for number in range(16)
    )


def test_garbage_is_no_signature() -> None:
    public = Pen().key.public
    for mark in (b"", bytes(63), bytes(64), bytes(65), b"\xff" * 64):
        assert not outsider.signature_is_genuine(public, b"m", mark)
    assert not outsider.signature_is_genuine(b"\xff" * 32, b"m", Pen().sign(b"m"))


def test_leaf_hashes_agree() -> None:
    assert [outsider.leaf_hash(bytes([n, 0])) for n in range(9)] == leaves(9)
