"""Attacks on sealed values by someone who owns the database but no key (T02, T15)."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillroom.kernel import Misuse, Secret
from stillroom.vault import Keyring, Place, RingWorn, SealBroken
from stillroom.vault import _keyring as keyring_module

REGIONS = {
    "version": range(1),
    "number of the key": range(1, 3),
    "nonce": range(3, 15),
    "ciphertext": range(15, 528),
    "tag": range(528, 544),
}
NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=12)
PLACES = st.builds(Place, NAMES, NAMES, NAMES, NAMES, st.integers(0, 2**40))
RING = Keyring.create()


@pytest.mark.parametrize(
    ("field", "elsewhere"),
    [
        ("practice", "another practice"),
        ("ward", "fay"),
        ("record", "note-2"),
        ("part", "private"),
        ("revision", 2),
    ],
)
def test_a_note_moved_to_another_place_will_not_open(note, field, elsewhere):
    with pytest.raises(SealBroken):
        note.ring.open(note.bytes, note.place._replace(**{field: elsewhere}))


def test_a_note_rolled_back_to_an_earlier_revision_will_not_open(note):
    earlier = note.place._replace(revision=note.place.revision - 1)
    old = note.ring.seal(b"an earlier wording", earlier)
    assert note.ring.open(old, earlier) == b"an earlier wording"
    with pytest.raises(SealBroken):
        note.ring.open(old, note.place)


def test_two_notes_swapped_will_not_open(note):
    other_place = note.place._replace(record="note-2")
    other = note.ring.seal(b"another note", other_place)
    for sealed, place in ((note.bytes, other_place), (other, note.place)):
        with pytest.raises(SealBroken):
            note.ring.open(sealed, place)


def test_names_pushed_across_a_border_of_the_place_do_not_meet(note):
    shifted = Place("practic", "edov", "note-1", "words", 3)
    with pytest.raises(SealBroken):
        note.ring.open(note.bytes, shifted)


@pytest.mark.parametrize("field", ["practice", "ward", "record", "part"])
def test_a_separator_smuggled_into_a_place_is_refused(note, field):
    forged = note.place._replace(**{field: "a\0b"})
    for use in (lambda: note.ring.seal(b"x", forged), lambda: note.ring.open(note.bytes, forged)):
        with pytest.raises(Misuse):
            use()


@pytest.mark.parametrize("field", ["practice", "ward", "record", "part"])
def test_nothing_is_sealed_to_a_place_that_leaves_something_open(note, field):
    with pytest.raises(Misuse):
        note.ring.seal(b"x", note.place._replace(**{field: ""}))
    with pytest.raises(Misuse):
        note.ring.seal(b"x", note.place._replace(revision=-1))


def test_half_a_character_is_no_place(note):
    with pytest.raises(Misuse):
        note.ring.seal(b"x", note.place._replace(ward="\ud800"))


def test_the_regions_of_the_format_are_all_of_it(note):
    covered = [i for region in REGIONS.values() for i in region]
    assert covered == list(range(len(note.bytes)))


@pytest.mark.parametrize("region", REGIONS)
def test_a_flipped_bit_anywhere_will_not_open(note, region):
    for index in REGIONS[region]:
        for bit in range(8):
            altered = bytearray(note.bytes)
            altered[index] ^= 1 << bit
            with pytest.raises(SealBroken):
                note.ring.open(bytes(altered), note.place)


def test_a_note_cut_at_any_length_will_not_open(note):
    for length in range(len(note.bytes)):
        with pytest.raises(SealBroken):
            note.ring.open(note.bytes[:length], note.place)


def test_a_note_cut_in_front_or_lengthened_will_not_open(note):
    for altered in (note.bytes[1:], note.bytes + b"\0", b"\x01" + note.bytes):
        with pytest.raises(SealBroken):
            note.ring.open(altered, note.place)


def test_two_notes_spliced_will_not_open(note):
    other = note.ring.seal(b"x" * len(note.words), note.place)
    for cut in range(1, len(note.bytes)):
        spliced = note.bytes[:cut] + other[cut:]
        if spliced not in (note.bytes, other):
            with pytest.raises(SealBroken):
                note.ring.open(spliced, note.place)


def test_another_clients_ring_will_not_open_it(note):
    with pytest.raises(SealBroken):
        Keyring.create().open(note.bytes, note.place)


def test_every_failure_reads_the_same(note):
    """Nobody learns by trying whether a value was moved, cut or sealed under another ring."""
    attempts = [
        (note.ring, note.bytes, note.place._replace(ward="fay")),
        (note.ring, note.bytes[:-1], note.place),
        (note.ring, b"", note.place),
        (note.ring, b"\x02" + note.bytes[1:], note.place),
        (Keyring.create(), note.bytes, note.place),
    ]
    said = set()
    for ring, sealed, place in attempts:
        with pytest.raises(SealBroken) as caught:
            ring.open(sealed, place)
        said.add((str(caught.value), caught.value.advice))
        assert caught.value.__cause__ is None
    assert len(said) == 1


def test_the_same_words_twice_do_not_look_the_same(note):
    again = note.ring.seal(note.words, note.place)
    assert again[3:15] != note.bytes[3:15]
    assert again[15:] != note.bytes[15:]


def test_the_header_does_not_tell_which_ring_sealed_it(note):
    """A ledger entry sealed under a chart's ring cannot be matched with the chart's rows."""
    assert Keyring.create().seal(b"x", note.place)[:3] == note.bytes[:3]


def test_what_an_old_key_sealed_opens_after_every_turn(note):
    ring = note.ring
    kept = [(note.words, note.bytes)]
    for turn in range(5):
        ring = ring.turn()
        words = b"after turn %d" % turn
        kept.append((words, ring.seal(words, note.place)))
        assert [ring.open(sealed, note.place) for _, sealed in kept] == [w for w, _ in kept]
    assert ring.newest == 6


def test_a_ring_from_before_the_turn_does_not_open_what_came_after(note):
    after = note.ring.turn().seal(b"new", note.place)
    with pytest.raises(SealBroken):
        note.ring.open(after, note.place)


def test_two_rings_turned_apart_do_not_open_each_others_notes(note):
    left, right = note.ring.turn(), note.ring.turn()
    sealed = left.seal(b"x", note.place)
    assert sealed[:3] == right.seal(b"x", note.place)[:3]
    with pytest.raises(SealBroken):
        right.open(sealed, note.place)


def test_resealing_moves_the_same_words_to_the_newest_key(note):
    turned = note.ring.turn()
    resealed = turned.reseal(note.bytes, note.place)
    assert turned.open(resealed, note.place) == note.words
    with pytest.raises(SealBroken):
        note.ring.open(resealed, note.place)
    with pytest.raises(SealBroken):
        turned.reseal(note.bytes, note.place._replace(ward="fay"))


def test_a_worn_ring_refuses_and_a_turned_one_seals_again(note, monkeypatch):
    monkeypatch.setattr(keyring_module, "SEALS_PER_KEY", 3)
    ring = Keyring.create()
    sealed = [ring.seal(b"x", note.place) for _ in range(3)]
    with pytest.raises(RingWorn):
        ring.seal(b"x", note.place)
    turned = ring.turn()
    assert turned.open_all((s, note.place) for s in sealed) == [b"x"] * 3
    turned.seal(b"x", note.place)


def test_the_bound_on_seals_leaves_room_below_the_standards():
    """NIST SP 800-38D section 8.3: 2^32 seals under one key with random nonces."""
    assert keyring_module.SEALS_PER_KEY * 16 == 2**32


def test_a_ring_that_was_turned_as_often_as_it_can_says_so(note):
    key = Secret(b"k" * 32)
    almost = Keyring(Secret(b"n" * 32), {65_534: key})
    last = almost.turn()
    assert last.newest == 65_535
    assert last.open(last.seal(b"x", note.place), note.place) == b"x"
    with pytest.raises(Misuse):
        last.turn()


def test_many_open_in_order_and_one_bad_one_opens_none(note):
    items = [
        (note.ring.seal(b"note %d" % i, place), place)
        for i in range(20)
        for place in [note.place._replace(record=f"note-{i}")]
    ]
    assert note.ring.open_all(items) == [b"note %d" % i for i in range(20)]
    items[7] = (items[8][0], items[7][1])
    with pytest.raises(SealBroken):
        note.ring.open_all(items)


def test_rows_open_as_they_come_each_as_open_would(note):
    place = note.place
    rows = [
        (
            f"note-{i}",
            i,
            note.ring.seal(b"note %d" % i, place._replace(record=f"note-{i}", revision=i)),
            "more",
        )
        for i in range(5)
    ]
    opened = note.ring.open_rows(place.practice, place.ward, place.part, iter(rows), bytes)
    assert list(opened) == [(row, b"note %d" % i) for i, row in enumerate(rows)]
    views = [(*row[:2], memoryview(row[2])) for row in rows]
    assert [
        w for _, w in note.ring.open_rows(place.practice, place.ward, place.part, views, bytes)
    ] == [b"note %d" % i for i in range(5)]


@given(st.lists(st.integers(0, 40_000), max_size=6))
@settings(max_examples=40, deadline=None)
def test_rows_of_any_length_give_what_each_alone_gives(sizes):
    place = Place("practice", "dov", "note", "words", 1)
    rows = [("note", 1, RING.seal(os.urandom(size), place)) for size in sizes]
    opened = RING.open_rows("practice", "dov", "words", rows, bytes)
    assert [words for _, words in opened] == [RING.open(row[2], place) for row in rows]


@pytest.mark.parametrize("size", [3, 4000, 20_000])
def test_where_rows_were_opened_their_words_are_written_over(note, size):
    seen = []
    words = b"never said aloud"[:size] * (size // 3)
    row = ("note-1", 3, note.ring.seal(words, note.place._replace(record="note-1", revision=3)))
    opened = note.ring.open_rows("practice", "dov", "words", [row, row], seen.append)
    next(opened)
    assert bytes(seen[0]) == words
    opened.close()
    assert set(bytes(seen[0])) == {0}


@pytest.mark.parametrize("length", [0, 1, 3, 14, 15, 16, 30, 31, 32])
def test_a_row_that_was_cut_short_does_not_open(note, length):
    row = (note.place.record, note.place.revision, note.bytes[:length])
    with pytest.raises(SealBroken):
        list(note.ring.open_rows("practice", "dov", "words", [row], bytes))


def test_what_fails_to_read_a_row_says_so_itself(note):
    row = (note.place.record, note.place.revision, note.bytes)
    with pytest.raises(ValueError, match="invalid literal"):
        list(
            note.ring.open_rows("practice", "dov", "words", [row], lambda words: int(bytes(words)))
        )


@pytest.mark.parametrize(
    "elsewhere",
    [("other", "dov", "words"), ("practice", "fay", "words"), ("practice", "dov", "head")],
)
def test_rows_of_another_place_do_not_open(note, elsewhere):
    row = (note.place.record, note.place.revision, note.bytes)
    with pytest.raises(SealBroken):
        list(note.ring.open_rows(*elsewhere, [row], bytes))


@pytest.mark.parametrize(
    "row", [("note-2", 3), ("note-1", 4), ("note-1\0words", 3), ("note-1", "3\0")]
)
def test_a_row_that_was_moved_or_written_oddly_does_not_open(note, row):
    with pytest.raises((SealBroken, Misuse)):
        list(note.ring.open_rows("practice", "dov", "words", [(*row, note.bytes)], bytes))


def test_many_threads_seal_and_open_with_one_ring(note):
    def work(number: int) -> bool:
        words = b"%d" % number * 50
        return note.ring.open(note.ring.seal(words, note.place), note.place) == words

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(400)))


def test_pseudonyms_stay_after_a_turn_and_differ_by_context_and_ring(note):
    name = note.ring.pseudonym("ledger")
    assert note.ring.turn().pseudonym("ledger") == name
    assert Keyring.from_secret(note.ring.to_secret()).pseudonym("ledger") == name
    assert note.ring.pseudonym("report") != name
    assert Keyring.create().pseudonym("ledger") != name
    assert len(name) == 26


@given(st.binary(max_size=5000), PLACES)
@settings(max_examples=60)
def test_what_was_sealed_opens_in_its_place(words, place):
    assert RING.open(RING.seal(words, place), place) == words


@given(PLACES, PLACES)
@settings(max_examples=60)
def test_different_places_never_look_alike(one, other):
    assert (one.aad() == other.aad()) == (one == other)


@given(PLACES, st.integers(0, 4), NAMES)
@settings(max_examples=60)
def test_a_place_changed_in_one_field_is_another_place(place, field, name):
    value = place.revision + 1 if field == 4 else name
    changed = Place(*place[:field], value, *place[field + 1 :])
    if changed == place:
        return
    with pytest.raises(SealBroken):
        RING.open(RING.seal(b"x", place), changed)


@given(st.binary(max_size=600))
@settings(max_examples=60)
def test_bytes_that_nobody_sealed_never_open(anything):
    with pytest.raises(SealBroken):
        RING.open(anything, Place("p", "w", "r", "part", 0))
