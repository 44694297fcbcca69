"""The stored log, on both databases: what was appended is there, numbered, found and proven."""

import os
from collections.abc import Iterator

import pytest

from stillroom.kernel import Misuse
from stillroom.ledger import (
    Checkpoint,
    Entry,
    LogAltered,
    Logged,
    NotProven,
    Receipt,
    audit,
    leaf_hash,
    root_hash,
    verify_consistency,
    verify_inclusion,
)
from stillroom.phi import Log, LogUnwritable
from tests.ledger.places import Place, each_place  # noqa: F401 - a fixture
from tests.ledger.samples import ORIGIN, Pen, entries, entry, raws

MANY = 700  # two whole tiles and most of a third


@pytest.fixture
def log(place: Place) -> Iterator[Log]:
    """An empty log."""
    with place.open() as made:
        yield made


@pytest.fixture
def full(log: Log) -> Log:
    """A log of `MANY` entries, appended one by one at first and then in strides."""
    for each in entries(20):
        log.append(each)
    for start in range(20, MANY, 170):
        log.append_all(entries(170, start))
    return log


def test_entries_are_numbered_from_nought_without_gaps(log: Log) -> None:
    assert [log.append(entry(number)) for number in range(5)] == [Receipt(n) for n in range(5)]
    assert log.append_all(entries(3, 5)) == (Receipt(5), Receipt(6), Receipt(7))
    assert log.append_all([]) == ()
    assert log.size == 8


def test_what_was_appended_is_read_again_in_order(full: Log, place: Place) -> None:
    assert [logged.entry for logged in full.entries()] == entries(MANY)
    assert [logged.index for logged in full.entries(510, 515)] == [510, 511, 512, 513, 514]
    assert list(full.raw_entries(690)) == raws(10, 690)
    assert list(full.entries(9, 9)) == []
    with place.open() as again:
        assert again.size == MANY
        assert [logged.entry for logged in again.entries()] == entries(MANY)
        assert again.append(entry(MANY)) == Receipt(MANY)


def test_another_opening_sees_what_was_appended_meanwhile(full: Log, place: Place) -> None:
    with place.open(read_only=True) as other:
        full.append(entry(MANY))
        assert other.size == MANY + 1
        assert other.root() == full.root()
        with pytest.raises(LogUnwritable, match="for reading only"):
            other.append(entry(0))


def test_the_root_is_the_definitions_at_every_size(full: Log) -> None:
    leaves = [leaf_hash(raw) for raw in raws(MANY)]
    for size in (0, 1, 19, 255, 256, 257, 511, 512, 699, 700):
        assert full.root(size) == root_hash(leaves[:size])
    assert full.root() == root_hash(leaves)


def test_proofs_hold_now_and_at_every_older_size(full: Log) -> None:
    leaves = [leaf_hash(raw) for raw in raws(MANY)]
    for index, size in ((0, 1), (5, 256), (255, 257), (256, 512), (600, 700), (699, 700)):
        path = full.inclusion(index, size)
        verify_inclusion(leaves[index], index, size, path, full.root(size))
    verify_inclusion(leaves[3], 3, MANY, full.inclusion(3), full.root())
    for old, new in ((1, 700), (256, 512), (300, 699), (512, 513), (700, 700)):
        verify_consistency(old, new, full.consistency(old, new), full.root(old), full.root(new))
    verify_consistency(7, MANY, full.consistency(7), full.root(7), full.root())


def test_proofs_keep_up_with_the_growing_log(log: Log) -> None:
    """The tile that is not full yet grows under the reader's hands."""
    leaves: list[bytes] = []
    for number in range(40):
        log.append_all(entries(13, number * 13))
        leaves += [leaf_hash(raw) for raw in raws(13, number * 13)]
        index = number * 7
        path = log.inclusion(index)
        verify_inclusion(leaves[index], index, log.size, path, root_hash(leaves))


def test_a_proof_that_cannot_be_is_misuse(full: Log) -> None:
    for wrong in (
        lambda: full.inclusion(MANY),
        lambda: full.inclusion(-1),
        lambda: full.inclusion(0, MANY + 1),
        lambda: full.consistency(0),
        lambda: full.consistency(5, 4),
        lambda: full.root(-1),
        lambda: list(full.raw_entries(0, MANY + 1)),
    ):
        with pytest.raises(Misuse):
            wrong()


@pytest.mark.parametrize("before", [None, 0, 1, 255, 256, 300, 512, 513, 690, 10_000])
def test_finding_by_name_agrees_with_reading_everything(full: Log, before: int | None) -> None:
    everything = [logged for logged in full.entries() if before is None or logged.index < before]
    for name in ("client3", "client19", "nobody", "", "person1"):
        about = [each for each in reversed(everything) if each.entry.subject == name]
        by = [each for each in reversed(everything) if each.entry.actor == name]
        assert list(full.for_subject(name, 1000, before)) == (about if name else [])
        assert list(full.for_actor(name, 1000, before)) == by
        assert list(full.for_actor(name, 3, before)) == by[:3]
    assert list(full.latest(5, before)) == everything[::-1][:5]


def test_pages_of_results_continue_each_other(full: Log) -> None:
    whole = full.for_subject("client7", 1000)
    found: list[Logged] = []
    before = None
    while page := full.for_subject("client7", 4, before):
        found += page
        before = page[-1].index
    assert tuple(found) == whole


def test_an_actor_is_not_found_as_a_subject(log: Log) -> None:
    log.append_all([entry(number, actor="Dov", subject="Ada") for number in range(300)])
    assert log.for_subject("Dov", 10) == log.for_actor("Ada", 10) == ()
    assert len(log.for_subject("Ada", 1000)) == len(log.for_actor("Dov", 1000)) == 300


def test_the_audit_of_an_honest_log_passes(full: Log) -> None:
    report = full.audit(Checkpoint(ORIGIN, 300, full.root(300)))
    assert (report.size, report.root, report.vouched) == (MANY, full.root(), 300)
    assert audit(full.raw_entries()).root == report.root


def test_the_audit_of_an_empty_log_passes(log: Log) -> None:
    assert log.audit().size == 0


def test_a_checkpoint_is_signed_kept_and_true(full: Log, place: Place) -> None:
    first = full.checkpoint(Pen())
    first.verify(Pen())
    assert (first.origin, first.size, first.root) == (ORIGIN, MANY, full.root())
    full.append(entry(MANY))
    second = full.checkpoint(Pen())
    assert full.checkpoints(5) == (second, first)
    with place.open(read_only=True) as again:
        assert again.checkpoints() == (second,)


def test_signing_the_same_log_twice_says_the_same(full: Log) -> None:
    assert full.checkpoint(Pen()) == full.checkpoint(Pen())
    assert len(full.checkpoints(5)) == 1


def test_a_log_keeps_the_name_it_signed_under(full: Log) -> None:
    full.checkpoint(Pen())
    with pytest.raises(Misuse, match="keeps the name"):
        full.checkpoint(Pen(name="stillroom.example/other"))


def test_a_log_that_was_cut_is_not_signed_again(place: Place) -> None:
    """tlog-checkpoint: a log must not sign what does not continue all that it signed."""
    with place.open() as log:
        log.append_all(entries(20))
        log.checkpoint(Pen())
    shorter = root_hash([leaf_hash(raw) for raw in raws(12)])
    place.insider("DELETE FROM entry WHERE idx >= 12", "UPDATE head SET size = 12")
    place.insider("UPDATE head SET root = ?", values=(shorter,))
    with place.open() as log:
        with pytest.raises(NotProven, match="no longer holds what its last checkpoint says"):
            log.checkpoint(Pen())
        log.append_all(entries(20, 100))
        with pytest.raises(NotProven, match="no longer holds"):
            log.checkpoint(Pen())
        with pytest.raises(LogAltered):
            log.audit(*log.checkpoints())


def test_no_slip_of_ours_can_change_or_remove_an_entry(full: Log, place: Place) -> None:
    """The guard rails are up while nobody takes them down on purpose."""
    store = full._store
    for statement in ("UPDATE entry SET raw = ?", "DELETE FROM entry WHERE raw <> ?"):
        with pytest.raises(LogUnwritable), store.write() as tables:
            tables.database.tell(statement, b"x")
    assert full.size == MANY
    full.audit()


def test_a_closed_log_is_not_used_any_more(log: Log) -> None:
    log.close()
    for wrong in (lambda: log.append(entry(0)), lambda: log.size, lambda: log.append_all([])):
        with pytest.raises(Misuse, match="was closed"):
            wrong()


def test_a_log_is_not_carried_through_a_fork(log: Log) -> None:
    child = os.fork()
    if child == 0:  # pragma: no cover - another process
        try:
            log.append(entry(0))
        except Misuse:
            os._exit(0)
        os._exit(1)
    assert os.waitpid(child, 0)[1] == 0
    log.append(entry(0))


def test_an_entry_that_is_missing_stops_the_reading(full: Log, place: Place) -> None:
    place.insider("DELETE FROM entry WHERE idx = 300")
    with pytest.raises(NotProven, match="an entry is missing between 0 and 699"):
        list(full.entries())
    with pytest.raises(NotProven, match="points to is missing"):
        full.for_subject(entry(300).subject, 1000)


def test_the_longest_entry_there_may_be_is_kept(log: Log) -> None:
    longest = Entry(entry(0).at, "a" * 4096, "b", "c" * 4096, "", bytes(1 << 20), "d")
    log.append(longest)
    assert log.latest(1)[0].entry == longest
