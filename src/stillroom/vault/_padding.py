"""Sizes in steps, so that the length of a sealed note says little about the note.

The words are followed by one byte 0x80 and by zeros up to the next step (ISO/IEC 7816-4). Going
back is unambiguous: the last 0x80 ends the words, whatever the words are, because only zeros
follow it. Padding is inside the authenticated ciphertext, so nobody can play with it.

Steps: 512 bytes and above that four for each doubling (512, 640, 768, 896, 1024, 1280 …). What a
thief of the database learns of a length is about two bits and the order of magnitude; the price is
a quarter at most, a ninth on average. Finer steps (Padmé) would cost less and tell more.
"""

_MARK = b"\x80"
_SMALLEST = 512
_STEPS_BITS = 2  # four steps for each doubling


def padded_size(length: int) -> int:
    """The step for words of `length` bytes (the mark included)."""
    needed = length + 1
    if needed <= _SMALLEST:
        return _SMALLEST
    step = 1 << ((needed - 1).bit_length() - 1 - _STEPS_BITS)
    return -(-needed // step) * step


def pad(words: bytes) -> bytes:
    """The words, the mark, and zeros up to the step."""
    return (words + _MARK).ljust(padded_size(len(words)), b"\0")


def unpad(padded: bytes) -> bytes:
    """The words again. `ValueError` when no mark is there, which our `pad` never writes."""
    return padded[: padded.rindex(_MARK)]
