"""The audit of a stored log compares everything that is stored, and names what does not fit."""

from collections.abc import Iterator
from typing import Any

import pytest

from stillroom.ledger import FaultKind, LogAltered, leaf_hash
from stillroom.phi import Log, _log_audit
from tests.ledger.places import Place, each_place  # noqa: F401 - a fixture
from tests.ledger.samples import entries, entry

MANY = 700


@pytest.fixture
def log(place: Place) -> Iterator[Log]:
    """An honest log, open while somebody reaches into its tables."""
    with place.open() as made:
        made.append_all(entries(MANY))
        yield made


def complaints(log: Log) -> list[tuple[FaultKind, str]]:
    """What the audit says."""
    with pytest.raises(LogAltered) as caught:
        log.audit()
    return [(fault.kind, fault.what) for fault in caught.value.report.faults]


HEAD = (
    FaultKind.STORE,
    "the ledger's own record of size and root is not what the entries say",
)
NAMES = (FaultKind.STORE, "the index of who is named where is not what the entries say")


def test_an_altered_entry_is_named(log: Log, place: Place) -> None:
    place.insider("UPDATE entry SET raw = ? WHERE idx = 123", values=(entry(9).canonical(),))
    found = complaints(log)
    assert found[0] == (FaultKind.CHANGED, "entry 123 is not what was written there")
    assert HEAD in found


def test_an_altered_entry_of_the_unfinished_tile_shows_in_the_head(log: Log, place: Place) -> None:
    place.insider("UPDATE entry SET raw = ? WHERE idx = 650", values=(entry(9).canonical(),))
    assert complaints(log) == [HEAD]


def test_a_removed_entry_is_named(log: Log, place: Place) -> None:
    place.insider("DELETE FROM entry WHERE idx = 300")
    found = complaints(log)
    assert found[0] == (FaultKind.CUT, "entry 300 is missing from the ledger")


def test_two_swapped_entries_are_named(log: Log, place: Place) -> None:
    for number, other in ((40, 41), (41, 40)):
        raw = entry(other).canonical()
        place.insider(f"UPDATE entry SET raw = ? WHERE idx = {number}", values=(raw,))
    found = complaints(log)
    assert found[0][1] == "each of entries 40 to 41 is not what was written there"


def test_an_altered_tile_accuses_its_entries(log: Log, place: Place) -> None:
    """Tiles and entries accuse each other; the head says which of the two is the liar."""
    tile = b"".join([leaf_hash(b"x")] * 256)
    place.insider("UPDATE tile SET hashes = ? WHERE level = 0 AND idx = 1", values=(tile,))
    found = complaints(log)
    assert found == [
        (FaultKind.CHANGED, "each of entries 256 to 511 is not what was written there")
    ]


def test_an_altered_upper_tile_is_found(log: Log, place: Place) -> None:
    tile = leaf_hash(b"x") * 2
    place.insider("UPDATE tile SET hashes = ? WHERE level = 1", values=(tile,))
    assert complaints(log)[0] == (
        FaultKind.STORE,
        "the stored tree differs above entries 0 to 255",
    )


def test_an_altered_head_is_found(log: Log, place: Place) -> None:
    place.insider("UPDATE head SET root = ?", values=(leaf_hash(b"x"),))
    assert complaints(log) == [HEAD]


def test_a_name_taken_out_of_the_index_is_missed(log: Log, place: Place) -> None:
    """It would hide from Dov who opened his chart."""
    place.insider("DELETE FROM mention WHERE name = 'subject client3' AND tile = 1")
    assert complaints(log) == [NAMES]


def test_a_name_put_into_the_index_is_found(log: Log, place: Place) -> None:
    place.insider("INSERT INTO mention VALUES ('subject Fay', 0, ?)", values=(b"\x01",))
    assert complaints(log) == [NAMES]


def test_places_altered_in_the_index_are_found(log: Log, place: Place) -> None:
    place.insider(
        "UPDATE mention SET places = ? WHERE name = 'actor person1' AND tile = 0", values=(b"\x01",)
    )
    assert complaints(log) == [NAMES]


def test_a_missing_tile_is_found(log: Log, place: Place) -> None:
    place.insider("DELETE FROM tile WHERE level = 0 AND idx = 0")
    assert complaints(log) == [
        (FaultKind.STORE, "a part of the stored tree is missing, from entry 0 on")
    ]


def test_a_missing_upper_tile_is_found(log: Log, place: Place) -> None:
    place.insider("DELETE FROM tile WHERE level = 1")
    assert complaints(log) == [
        (FaultKind.STORE, "a part of the stored tree is missing, from entry 0 on")
    ]


def test_an_honest_log_grows_while_it_is_audited(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names in tiles that were completed after the audit began are not held against it."""
    before = _log_audit._stored_names

    def later(*given: Any) -> int:
        log.append_all(entries(600, MANY))
        return before(*given)

    monkeypatch.setattr(_log_audit, "_stored_names", later)
    assert log.audit().size == MANY
    assert log.audit().size == MANY + 600
