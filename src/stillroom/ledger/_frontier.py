"""The frontier of a growing tree: the roots of its complete subtrees, widest first.

With it a log of any length grows by one leaf at the cost of about one hash, and its root costs one
hash for each of them. (Others call this a compact range that starts at nought.) There is one peak
for each binary digit 1 of the size.
"""

from collections.abc import Sequence

from stillroom.kernel import Misuse
from stillroom.ledger._merkle import EMPTY_ROOT, node_hash


class Frontier:
    """The right edge of a tree of `size` leaves.

    >>> frontier = Frontier()
    >>> for leaf in (b"a" * 32, b"b" * 32, b"c" * 32):
    ...     frontier.append(leaf)
    >>> frontier.size, len(frontier.peaks)
    (3, 2)
    """

    __slots__ = ("_peaks", "_root", "_size")

    def __init__(self, size: int = 0, peaks: Sequence[bytes] = ()) -> None:
        if len(peaks) != size.bit_count():
            raise Misuse(f"a tree of {size} leaves has {size.bit_count()} peaks, not {len(peaks)}")
        self._size = size
        self._peaks = list(peaks)
        self._root: bytes | None = None

    @property
    def size(self) -> int:
        """How many leaves."""
        return self._size

    @property
    def peaks(self) -> tuple[bytes, ...]:
        """The roots of the complete subtrees, widest first."""
        return tuple(self._peaks)

    def append(self, leaf: bytes) -> None:
        """One leaf more: a carry runs through the binary digits of the size."""
        peaks, size = self._peaks, self._size
        while size & 1:
            leaf = node_hash(peaks.pop(), leaf)
            size >>= 1
        peaks.append(leaf)
        self._size += 1
        self._root = None

    def root(self) -> bytes:
        """The root of the tree: the peaks joined from the narrowest to the widest."""
        if self._root is None:
            peaks = iter(reversed(self._peaks))
            root = next(peaks, EMPTY_ROOT)
            for peak in peaks:
                root = node_hash(peak, root)
            self._root = root
        return self._root

    def copy(self) -> "Frontier":
        """An independent frontier of the same tree."""
        other = Frontier(self._size, self._peaks)
        other._root = self._root
        return other
