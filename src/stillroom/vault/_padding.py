"""Sizes in steps, so that the length of a sealed note says little about the note.

The words are followed by one byte 0x80 and by zeros up to the next step (ISO/IEC 7816-4). Going
back is unambiguous: the last 0x80 ends the words, whatever the words are, because only zeros
follow it. Padding is inside the authenticated ciphertext, so nobody can play with it.

Steps: 512 bytes and above that four for each doubling (512, 640, 768, 896, 1024, 1280 …), and one
byte for the mark. What a thief of the database learns of a length is its order of magnitude and two
bits more; the price is a quarter at most, about a tenth on average. Finer steps (Padmé) would cost
less and tell more.
"""

_MARK = b"\x80"
_SMALLEST = 512
_STEPS_BITS = 2  # four steps for each doubling


def padded_size(length: int) -> int:
    """The step that words of `length` bytes go up to, and the mark."""
    if length <= _SMALLEST:
        return _SMALLEST + 1
    step = 1 << ((length - 1).bit_length() - 1 - _STEPS_BITS)
    return -(-length // step) * step + 1


def pad(words: bytes) -> bytes:
    """The words, the mark, and zeros up to the step."""
    return (words + _MARK).ljust(padded_size(len(words)), b"\0")


def mark_in(padded: bytearray, size: int) -> int:
    """Where the words end among the first `size` bytes. `ValueError` as in `unpad`."""
    return padded.rindex(_MARK, 0, size)


def unpad(padded: bytes) -> bytes:
    """The words again. `ValueError` when no mark is there, which our `pad` never writes."""
    return padded[: padded.rindex(_MARK)]
