"""What the length of a sealed note tells a thief."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillroom.vault._padding import pad, padded_size, unpad

OVERHEAD = 15 + 16  # header, nonce, tag


def test_short_notes_all_look_alike(note):
    sizes = {len(note.ring.seal(b"x" * n, note.place)) for n in range(513)}
    assert sizes == {513 + OVERHEAD}


def test_there_are_four_sizes_for_each_doubling():
    steps = sorted({padded_size(n) - 1 for n in range(16_385)})
    assert steps[:9] == [512, 640, 768, 896, 1024, 1280, 1536, 1792, 2048]
    assert len(steps) == 1 + 4 * 5  # 512, then four for each doubling up to 16 KiB


def test_the_price_is_a_quarter_at_most():
    for length in range(512, 70_000):
        size = padded_size(length)
        assert length < size <= length * 1.25 + 1


@pytest.mark.parametrize("words", [b"", b"\x80", b"\x80\0\0", b"\0" * 600, b"x\x80" * 400])
def test_words_that_look_like_padding_come_back_whole(words):
    assert unpad(pad(words)) == words


@given(st.binary(max_size=3000))
@settings(max_examples=100)
def test_padding_goes_back_without_guessing(words):
    padded = pad(words)
    assert unpad(padded) == words
    assert len(padded) == padded_size(len(words))


@given(st.integers(0, 10**9), st.integers(0, 10**6))
@settings(max_examples=200)
def test_a_longer_note_never_looks_shorter(length, more):
    assert padded_size(length) <= padded_size(length + more)


def test_bytes_without_a_mark_are_no_words():
    with pytest.raises(ValueError, match="not found"):
        unpad(bytes(512))
