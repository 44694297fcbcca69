"""Entries as bytes: one way to write each, and nothing else is read."""

import json
import string
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillroom.kernel import Misuse
from stillroom.ledger import Entry, Malformed, actor_and_subject
from tests.ledger.samples import START, entry

VECTORS = json.loads((Path(__file__).parent / "vectors" / "version-1.json").read_text())

texts = st.text(st.sampled_from([chr(c) for c in range(0x20, 0x7F)]), max_size=30)
times = st.integers(0, 253402300799999999).map(
    lambda micros: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros)
)
made = st.builds(
    Entry,
    at=times,
    actor=texts.filter(bool),
    act=texts.filter(bool),
    subject=texts,
    grant=texts,
    sealed=st.binary(max_size=60),
    opinion=texts,
)


@given(made)
def test_what_was_written_is_read(one: Entry) -> None:
    assert Entry.parse(one.canonical()) == one
    assert actor_and_subject(one.canonical()) == (one.actor, one.subject)


@given(made, made)
def test_two_entries_are_never_written_alike(one: Entry, other: Entry) -> None:
    assert (one.canonical() == other.canonical()) == (one == other)


@given(made, made)
def test_bytes_sort_as_times_do(one: Entry, other: Entry) -> None:
    earlier, later = sorted((one, other), key=lambda each: each.at)
    assert earlier.canonical()[1:9] <= later.canonical()[1:9]


def test_a_cut_or_lengthened_entry_is_not_read() -> None:
    raw = entry(3).canonical()
    for length in range(len(raw)):
        with pytest.raises(Malformed):
            Entry.parse(raw[:length])
    with pytest.raises(Malformed):
        Entry.parse(raw + b"\0")


def test_no_turned_bit_goes_unnoticed() -> None:
    """Either it is no entry any more, or it is another one with other bytes: never the same."""
    one = entry(3)
    raw = one.canonical()
    for position in range(len(raw)):
        for bit in range(8):
            turned = bytearray(raw)
            turned[position] ^= 1 << bit
            try:
                read = Entry.parse(bytes(turned))
            except Malformed:
                continue
            assert read != one
            assert read.canonical() == bytes(turned)


def test_a_later_version_asks_for_a_later_stillroom() -> None:
    with pytest.raises(Malformed, match="does not know") as caught:
        Entry.parse(b"\x02" + entry(1).canonical()[1:])
    assert "Update Stillroom" in caught.value.advice


def test_a_field_moved_into_its_neighbour_is_another_entry() -> None:
    """The lengths stand between the fields: "ab"+"c" is not "a"+"bc"."""
    one = Entry(START, "ab", "c", "", "", b"", "")
    other = Entry(START, "a", "bc", "", "", b"", "")
    assert one.canonical() != other.canonical()


@pytest.mark.parametrize(
    "at",
    [
        datetime(2026, 1, 5, 9, 0),  # noqa: DTZ001 - that is the point
        datetime(2026, 1, 5, 9, 0, tzinfo=timezone(timedelta(hours=1))),
        datetime(1969, 12, 31, 23, 59, tzinfo=UTC),
    ],
)
def test_times_without_zone_in_other_zones_or_before_1970_are_misuse(at: datetime) -> None:
    with pytest.raises(Misuse, match="in UTC"):
        Entry(at, "a", "b", "", "", b"", "")


@pytest.mark.parametrize("name", ["actor", "act", "subject", "grant", "opinion"])
@pytest.mark.parametrize("bad", ["é", "a\nb", "\x00", "\x7f", "‮evil", "x" * 4097])
def test_texts_that_could_deceive_a_reader_are_misuse(name: str, bad: str) -> None:
    fields = {"actor": "a", "act": "b", "subject": "", "grant": "", "opinion": "", name: bad}
    with pytest.raises(Misuse, match="printable ASCII"):
        Entry(at=START, sealed=b"", **fields)


@pytest.mark.parametrize("name", ["actor", "act"])
def test_an_entry_without_actor_or_act_is_misuse(name: str) -> None:
    with pytest.raises(Misuse, match="names its actor"):
        Entry(at=START, sealed=b"", **{"actor": "a", "act": "b", name: ""}, subject="", grant="",
              opinion="")  # fmt: skip


def test_sealed_details_have_a_limit() -> None:
    Entry(START, "a", "b", "", "", b"x" * (1 << 20), "")
    with pytest.raises(Misuse, match="one mebibyte"):
        Entry(START, "a", "b", "", "", b"x" * ((1 << 20) + 1), "")


def test_every_printable_letter_may_stand_in_a_text() -> None:
    letters = string.ascii_letters + string.digits + string.punctuation + " "
    one = Entry(START, letters, "b", letters, "", b"", "")
    assert Entry.parse(one.canonical()) == one


@pytest.mark.parametrize("frozen", VECTORS["entries"], ids=lambda each: each["what"])
def test_entries_of_version_1_are_read_forever(frozen: dict[str, str]) -> None:
    raw = bytes.fromhex(frozen["canonical"])
    read = Entry.parse(raw)
    assert read.canonical() == raw
    fields = {name: frozen[name] for name in ("actor", "act", "subject", "grant", "opinion")}
    at = datetime.fromisoformat(frozen["at"])
    assert read == Entry(at=at, sealed=bytes.fromhex(frozen["sealed"]), **fields)
