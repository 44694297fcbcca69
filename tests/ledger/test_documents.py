"""The files that leave the house: every word of them counts."""

import json
from typing import Any

import pytest

from stillroom.ledger import (
    Checkpoint,
    Entry,
    Logged,
    Malformed,
    NotProven,
    ProvenEntry,
    consistency_document,
    export_entries,
    inclusion_document,
    leaf_hash,
    prove_consistency,
    prove_inclusion,
    read_entries,
    root_hash,
    verify_consistency_document,
    verify_inclusion_document,
)
from tests.ledger.samples import ORIGIN, raws

LOG = raws(20)
LEAVES = [leaf_hash(raw) for raw in LOG]
POINT = Checkpoint(ORIGIN, 20, root_hash(LEAVES))
OLDER = Checkpoint(ORIGIN, 9, root_hash(LEAVES[:9]))


def proven(*numbers: int) -> str:
    """The inclusion document for these entries."""
    each = (ProvenEntry(n, Entry.parse(LOG[n]), prove_inclusion(LEAVES, n)) for n in numbers)
    return inclusion_document(20, each)


CONSISTENCY = consistency_document(9, 20, prove_consistency(LEAVES, 9))


def altered(document: str, change: dict[str, Any], *path: str | int) -> str:
    """The document with some fields at `path` changed."""
    whole = json.loads(document)
    part = whole
    for step in path:
        part = part[step]
    part.update(change)
    return json.dumps(whole)


def test_exported_entries_are_read_as_the_same_bytes() -> None:
    assert list(read_entries(export_entries(LOG))) == LOG


def test_a_later_part_keeps_its_numbers_and_proves_nothing_alone() -> None:
    lines = list(export_entries(LOG[5:], 5))
    assert json.loads(lines[0])["index"] == 5
    with pytest.raises(NotProven, match="entry 0 is not where"):
        list(read_entries(lines))


def test_a_line_taken_out_of_the_export_is_missed() -> None:
    lines = list(export_entries(LOG))
    del lines[7]
    with pytest.raises(NotProven, match="entry 7 is not where"):
        list(read_entries(lines))


@pytest.mark.parametrize(
    "change",
    [
        {"index": "0"},
        {"index": True},
        {"index": -1},
        {"at": "2026-01-05T09:00:00Z"},
        {"at": "2026-01-05T09:00:00.000000+00:00"},
        {"at": "2026-01-05 09:00:00.000000Z"},
        {"at": "2026-02-30T09:00:00.000000Z"},
        {"at": "1969-12-31T23:59:59.000000Z"},
        {"at": 5},
        {"actor": ""},
        {"actor": "é"},
        {"subject": None},
        {"sealed": "?"},
        {"sealed": "AB=="},
        {"more": "field"},
    ],
)
def test_a_line_in_another_spelling_is_not_read(change: dict[str, Any]) -> None:
    line = altered(next(iter(export_entries(LOG))), change)
    with pytest.raises(Malformed):
        list(read_entries([line]))


@pytest.mark.parametrize("line", ["", "[]", "{}", "1", '{"index": 0}', "{" * 100_000, "\x00"])
def test_a_line_that_is_no_entry_is_not_read(line: str) -> None:
    with pytest.raises(Malformed):
        list(read_entries([line]))


def test_a_name_that_stands_twice_is_refused() -> None:
    """One reader would see the first actor, another the second."""
    line = next(iter(export_entries(LOG)))
    with pytest.raises(Malformed, match="twice"):
        list(read_entries([line.replace('"actor"', '"actor": "Rex", "actor"', 1)]))


def test_an_inclusion_document_gives_what_it_proves() -> None:
    found = verify_inclusion_document(proven(3, 19), POINT)
    assert found == (Logged(3, Entry.parse(LOG[3])), Logged(19, Entry.parse(LOG[19])))


@pytest.mark.parametrize("name", ["at", "actor", "act", "subject", "grant", "opinion", "sealed"])
def test_no_field_of_a_proven_entry_can_be_altered(name: str) -> None:
    value = {"at": "2026-01-05T09:00:03.000001Z", "sealed": "AAAA"}.get(name, "another")
    with pytest.raises(NotProven):
        verify_inclusion_document(altered(proven(3), {name: value}, "entries", 0, "entry"), POINT)


def test_a_proof_for_another_number_or_another_log_is_refused() -> None:
    for change, path in (({"index": 4}, ("entries", 0)), ({"size": 21}, ())):
        with pytest.raises(NotProven):
            verify_inclusion_document(altered(proven(3), change, *path), POINT)
    with pytest.raises(NotProven):
        verify_inclusion_document(proven(3), Checkpoint(ORIGIN, 20, leaf_hash(b"")))


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"format": "stillroom inclusion proof, version 2"}, ()),
        ({"entries": {}}, ()),
        ({"entries": [1]}, ()),
        ({"size": 20.0}, ()),
        ({"note": ""}, ()),
        ({"path": "x"}, ("entries", 0)),
        ({"path": [1]}, ("entries", 0)),
        ({"entry": []}, ("entries", 0)),
    ],
)
def test_an_inclusion_document_in_another_format_is_not_read(
    change: dict[str, Any], path: tuple[str | int, ...]
) -> None:
    with pytest.raises(Malformed):
        verify_inclusion_document(altered(proven(3), change, *path), POINT)


def test_a_consistency_document_holds_for_its_two_checkpoints_only() -> None:
    verify_consistency_document(CONSISTENCY, OLDER, POINT)
    forged = Checkpoint(ORIGIN, 9, root_hash(LEAVES[1:10]))
    other = Checkpoint("stillroom.example/other", 9, OLDER.root)
    for older, newer in ((POINT, OLDER), (forged, POINT), (other, POINT), (OLDER, OLDER)):
        with pytest.raises(NotProven):
            verify_consistency_document(CONSISTENCY, older, newer)


@pytest.mark.parametrize(
    "change", [{"format": "x"}, {"older": "9"}, {"path": None}, {"path": ["AB=="]}, {"x": 1}]
)
def test_a_consistency_document_in_another_format_is_not_read(change: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        verify_consistency_document(altered(CONSISTENCY, change), OLDER, POINT)
