"""Attacks on a long file's pieces by someone who owns the database but no key (T02, T15)."""

from itertools import permutations

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given, settings
from hypothesis import strategies as st

from stillroom.kernel import Misuse
from stillroom.vault import Keyring, Place, SealBroken, Stream, ending
from stillroom.vault._padding import padded_size
from stillroom.vault._stream import PIECE

HERE = Place("practice", "dov", "note-1", "file", 1)
RING = Keyring.create()
SIZES = [0, 1, 512, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 7, 9 * PIECE]


def scan(size: int) -> bytes:
    """That many bytes, of which no two pieces are alike."""
    return b"".join(n.to_bytes(4, "big") for n in range(-(-size // 4)))[:size]


def sealed(words: bytes, place: Place = HERE) -> tuple[bytes, list[bytes]]:
    stream = RING.new_stream(place)
    return stream.header, list(stream.seal_all([words]))


def opened(header: bytes, pieces: list[bytes], place: Place = HERE, ring: Keyring = RING) -> bytes:
    return b"".join(ring.stream(header, place).open_all(pieces))


@pytest.mark.parametrize("size", SIZES)
def test_what_was_sealed_in_pieces_comes_back_whole(size: int) -> None:
    header, pieces = sealed(scan(size))
    assert opened(header, pieces) == scan(size)


def test_a_long_file_opens_by_the_format_as_it_is_written_down() -> None:
    """An implementation of its own: whoever has the ring needs nothing of ours to read a file."""
    header, pieces = sealed(scan(2 * PIECE + 9))
    assert (header[:1], header[1:3], len(header)) == (b"\2", b"\0\1", 35)
    key = RING.to_secret().expose()[4 + 1 + 32 + 2 + 2 :][:32]
    info = b"stillroom stream v2\0practice\0dov\0note-1\0file\0" + b"1"
    own = AESGCM(HKDF(algorithm=SHA256(), length=32, salt=header[3:], info=info).derive(key))
    words = b""
    for number, piece in enumerate(pieces):
        last = b"\1" if number == len(pieces) - 1 else b"\0"
        padded = own.decrypt(piece[:12], piece[12:], header + number.to_bytes(8, "big") + last)
        words += padded[4 : 4 + int.from_bytes(padded[:4], "big")]
    assert words == scan(2 * PIECE + 9)


@given(st.lists(st.integers(0, PIECE + 3), max_size=6))
@settings(max_examples=40)
def test_however_a_file_arrives_it_is_the_same_file(lengths: list[int]) -> None:
    whole = scan(sum(lengths))
    ends = [sum(lengths[: n + 1]) for n in range(len(lengths))]
    parts = [whole[end - length : end] for end, length in zip(ends, lengths, strict=True)]
    stream = RING.new_stream(HERE)
    assert opened(stream.header, list(stream.seal_all(parts))) == whole


@given(st.integers(0, 400 * PIECE))
def test_a_stored_file_tells_no_more_of_its_size_than_its_step(total: int) -> None:
    """Two files of one step have as many pieces, and only a small file's piece is short."""
    full, rest = max(0, -(-total // PIECE) - 1), total
    rest = total - full * PIECE
    pieces = full + len(list(ending(full * PIECE, b"x" * rest)))
    step = padded_size(total) - 1
    assert pieces == max(1, -(-step // PIECE))


def test_every_piece_of_a_long_file_has_one_length() -> None:
    _, pieces = sealed(scan(9 * PIECE + 5))
    assert len({len(piece) for piece in pieces}) == 1


def test_a_file_cut_off_anywhere_does_not_pass_for_whole() -> None:
    header, pieces = sealed(scan(3 * PIECE))
    for end in range(len(pieces)):
        with pytest.raises(SealBroken):
            opened(header, pieces[:end])


def test_what_came_before_the_cut_is_given_but_the_end_is_missed() -> None:
    header, pieces = sealed(scan(3 * PIECE))
    came = bytearray()
    with pytest.raises(SealBroken):
        for words in RING.stream(header, HERE).open_all(pieces[:2]):
            came += words
    assert came == scan(3 * PIECE)[:PIECE]


def test_pieces_in_any_other_order_do_not_open() -> None:
    header, pieces = sealed(scan(3 * PIECE))
    for order in permutations(range(3)):
        if order != (0, 1, 2):
            with pytest.raises(SealBroken):
                opened(header, [pieces[n] for n in order])


def test_a_piece_left_out_doubled_or_added_does_not_open() -> None:
    header, pieces = sealed(scan(3 * PIECE))
    for altered in (
        pieces[1:],
        [pieces[0], *pieces],
        [*pieces, pieces[-1]],
        [pieces[0], pieces[2]],
        [*pieces, b""],
    ):
        with pytest.raises(SealBroken):
            opened(header, altered)


def test_a_piece_of_another_file_does_not_open_even_at_its_number() -> None:
    header, pieces = sealed(scan(3 * PIECE))
    other, others = sealed(scan(3 * PIECE))
    for n in range(3):
        mixed = [*pieces]
        mixed[n] = others[n]
        with pytest.raises(SealBroken):
            opened(header, mixed)
    with pytest.raises(SealBroken):
        opened(other, pieces)


@pytest.mark.parametrize(
    ("field", "elsewhere"),
    [("practice", "p2"), ("ward", "fay"), ("record", "note-2"), ("part", "page"), ("revision", 2)],
)
def test_a_file_moved_to_another_place_does_not_open(field: str, elsewhere: object) -> None:
    header, pieces = sealed(b"from the school")
    with pytest.raises(SealBroken):
        opened(header, pieces, HERE._replace(**{field: elsewhere}))


def test_another_ring_does_not_open_it() -> None:
    header, pieces = sealed(b"from the school")
    with pytest.raises(SealBroken):
        opened(header, pieces, ring=Keyring.create())


@pytest.mark.parametrize("at", [0, 1, 2, 3, 34])
def test_an_altered_header_does_not_open(at: int) -> None:
    header, pieces = sealed(b"from the school")
    altered = bytearray(header)
    altered[at] ^= 1
    with pytest.raises(SealBroken):
        opened(bytes(altered), pieces)


def test_a_header_of_another_length_is_none() -> None:
    header, pieces = sealed(b"from the school")
    for altered in (b"", header[:3], header[:-1], header + b"\0"):
        with pytest.raises(SealBroken):
            opened(altered, pieces)


def test_a_flipped_bit_anywhere_in_a_piece_does_not_open() -> None:
    header, (piece,) = sealed(b"from the school")
    for at in range(len(piece)):
        altered = bytearray(piece)
        altered[at] ^= 1
        with pytest.raises(SealBroken):
            opened(header, [bytes(altered)])
        with pytest.raises(SealBroken):
            opened(header, [piece[:at]])


def test_a_value_sealed_the_other_way_is_no_piece_and_a_piece_no_value() -> None:
    header, (piece,) = sealed(b"from the school")
    value = RING.seal(b"a note", HERE)
    with pytest.raises(SealBroken):
        opened(header, [value])
    with pytest.raises(SealBroken):
        RING.open(header + piece, HERE)


def test_a_ring_that_was_turned_opens_the_old_file_and_seals_with_the_new_key() -> None:
    header, pieces = sealed(scan(PIECE + 9))
    turned = RING.turn()
    assert opened(header, pieces, ring=turned) == scan(PIECE + 9)
    later = turned.new_stream(HERE)
    with pytest.raises(SealBroken):
        RING.stream(later.header, HERE)


def test_the_same_piece_sealed_twice_differs_and_both_open() -> None:
    """An upload that tries a piece again must not use a nonce twice."""
    stream = RING.new_stream(HERE)
    one, two = stream.seal(0, b"again", last=True), stream.seal(0, b"again", last=True)
    assert one != two
    assert stream.open(0, one, last=True) == stream.open(0, two, last=True)


def test_pieces_that_are_none_are_refused() -> None:
    stream = RING.new_stream(HERE)
    for number, words in ((-1, b"x"), (1 << 20, b"x"), (0, bytes(PIECE + 1))):
        with pytest.raises(Misuse):
            stream.seal(number, words)


def test_a_stream_does_not_print_its_key() -> None:
    stream = RING.new_stream(HERE)
    assert isinstance(stream, Stream)
    assert repr(stream) == "Stream(…)"


def test_a_long_file_is_held_a_few_pieces_at_a_time() -> None:
    """What is being sealed is never ahead of what was asked for by more than a piece."""
    taken = 0

    def arriving() -> object:
        nonlocal taken
        for _ in range(50):
            taken += 1
            yield bytes(PIECE)

    pieces = RING.new_stream(HERE).seal_all(arriving())
    for pulled in range(1, 50):
        next(pieces)
        assert taken <= pulled + 1
