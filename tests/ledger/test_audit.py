"""The audit rebuilds a log by a path of its own and names what is wrong with it."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillroom.ledger import (
    Checkpoint,
    Edge,
    Entry,
    FaultKind,
    LogAltered,
    audit,
    examine,
    leaf_hash,
    root_hash,
)
from stillroom.ledger._audit import BLOCK, MOST_NAMED
from tests.ledger.samples import ORIGIN, START, raws

LOG = raws(600)
LEAVES = [leaf_hash(raw) for raw in LOG]
FORGED = Entry(START, "somebody", "else", "", "", b"", "").canonical()


def point(size: int) -> Checkpoint:
    """What the log said of itself when it had `size` entries."""
    return Checkpoint(ORIGIN, size, root_hash(LEAVES[:size]))


def recorded(level: int, first: int, count: int) -> bytes:
    """The leaf hashes that an honest store kept; it keeps no others."""
    return b"".join(LEAVES[first : first + count]) if level == 0 else b""


def faults(log: list[bytes], *points: Checkpoint, stored: bool = False) -> list[str]:
    """What an audit complains of."""
    with pytest.raises(LogAltered) as caught:
        audit(iter(log), *points, recorded=recorded if stored else None)
    assert caught.value.report.faults
    return [fault.what for fault in caught.value.report.faults]


def test_an_honest_log_passes() -> None:
    report = audit(iter(LOG), point(600), point(1), point(0), point(257))
    assert (report.size, report.root, report.vouched) == (600, root_hash(LEAVES), 600)
    assert report.after_checkpoint == 0
    assert report.remarks == ()


@given(st.integers(0, 600), st.integers(0, 600))
def test_the_audit_and_the_appender_compute_the_same_root(size: int, older: int) -> None:
    """Two algorithms that share nothing but the hash functions."""
    edge = Edge()
    for leaf in LEAVES[:size]:
        edge.append(leaf)
    assert audit(LOG[:size], point(min(older, size)), point(size)).root == edge.root()


@pytest.mark.parametrize("size", [BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK + 7])
def test_the_root_is_right_across_blocks(size: int) -> None:
    log = [bytes([1]) + number.to_bytes(8, "big") for number in range(size)]
    edge = Edge()
    for raw in log:
        edge.append(leaf_hash(raw))
    report = audit(iter(log), Checkpoint(ORIGIN, size, edge.root()))
    assert report.root == edge.root()


def test_entries_after_the_checkpoint_are_counted_and_vouched_for_by_nobody() -> None:
    report = audit(iter(LOG), point(500))
    assert (report.vouched, report.after_checkpoint) == (500, 100)


def test_a_changed_entry_is_named_when_the_store_recorded_its_hash() -> None:
    bad = [*LOG[:321], FORGED, *LOG[322:]]
    assert faults(bad, point(600), stored=True) == [
        "entry 321 is not what was written there",
        "the root differs: among entries 0 to 599 something is not as it was",
    ]


def test_older_checkpoints_narrow_down_where_the_change_is() -> None:
    bad = [*LOG[:321], FORGED, *LOG[322:]]
    found = faults(bad, point(600), point(300), point(400))
    assert found[0] == "the root differs: among entries 300 to 399 something is not as it was"


def test_a_run_of_changed_entries_is_one_fault() -> None:
    bad = [*LOG[:10], *[FORGED] * 5, *LOG[15:]]
    found = faults(bad, point(600), stored=True)
    assert found[0] == "each of entries 10 to 14 is not what was written there"


def test_a_cut_tail_is_named() -> None:
    assert faults(LOG[:590], point(600)) == [
        "the log is cut: it has 590 entries, the checkpoint counts 600"
    ]


def test_a_lost_entry_shifts_all_after_it_and_cuts_the_tail() -> None:
    found = faults([*LOG[:100], *LOG[101:]], point(600), stored=True)
    assert found[0] == "each of entries 100 to 598 is not what was written there"
    assert "the log is cut" in found[1]


def test_an_inserted_entry_is_noticed() -> None:
    found = faults([*LOG[:100], FORGED, *LOG[100:]], point(600))
    assert "the root differs" in found[0]


def test_two_entries_swapped_are_noticed() -> None:
    bad = LOG.copy()
    bad[7], bad[8] = bad[8], bad[7]
    found = faults(bad, point(600), stored=True)
    assert found[0] == "each of entries 7 to 8 is not what was written there"


def test_an_entry_in_no_known_format_is_named() -> None:
    found = faults([*LOG[:5], b"\x07" + LOG[5][1:], *LOG[6:]], point(600))
    assert found[0] == "entry 5 is in no format known here"


def test_a_checkpoint_of_another_log_is_not_vouched_for() -> None:
    other = Checkpoint(ORIGIN, 600, leaf_hash(b"other"))
    with pytest.raises(LogAltered, match="the root differs"):
        audit(iter(LOG), other)


def test_the_upper_rows_of_the_stored_tree_are_compared_too() -> None:
    def spoiled(level: int, first: int, count: int) -> bytes:
        if level == 0:
            return recorded(level, first, count)
        return bytes(32) if level == 1 and first == 0 else b""

    report = examine(iter(LOG), [point(600)], spoiled)
    assert [fault.kind for fault in report.faults] == [FaultKind.STORE]
    assert report.faults[0].what == "the stored tree differs above entries 0 to 255"


def test_the_faults_named_are_many_but_not_without_end() -> None:
    bad = [FORGED if number % 2 else raw for number, raw in enumerate(LOG)]
    report = examine(bad, [], recorded)
    assert len(report.faults) == MOST_NAMED


def clocked(*seconds: float) -> list[bytes]:
    """Entries at these moments."""
    at = (START + timedelta(seconds=each) for each in seconds)
    return [Entry(each, "a", "b", "", "", b"", "").canonical() for each in at]


def test_a_clock_that_was_set_back_is_a_remark_and_no_fault() -> None:
    report = audit(clocked(0, 10, 3610, 20, 30))
    assert [remark.what for remark in report.remarks] == [
        "the clock was set back by 0:59:50 between entries 2 and 3"
    ]


def test_entries_that_waited_for_each_other_are_no_remark() -> None:
    assert audit(clocked(0, 1.9, 0.1, 2)).remarks == ()


def test_a_clock_set_back_between_two_blocks_is_seen() -> None:
    early, late = clocked(0, 9)
    report = audit([late] * BLOCK + [early] * BLOCK)
    assert [remark.after for remark in report.remarks] == [BLOCK - 1]


def test_the_audit_holds_one_block_at_a_time() -> None:
    """The entries are a stream: at no time are more than a block of them read ahead."""
    read = 0

    def stream() -> "object":
        nonlocal read
        for raw in clocked(0) * (BLOCK * 3):
            read += 1
            yield raw

    source = stream()
    examine(source, [Checkpoint(ORIGIN, BLOCK * 3, leaf_hash(b""))])  # type: ignore[arg-type]
    assert read == BLOCK * 3
