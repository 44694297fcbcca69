"""What an insider could try with a proof: every kind of alteration is refused.

The kinds are those that others' test data try (tests/ledger/vectors/README.md): a bit turned, a
hash too many before or after, one removed, roots swapped or put into the path, sizes halved,
doubled and moved, and garbage.
"""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillroom.ledger import (
    EMPTY_ROOT,
    NotProven,
    prove_consistency,
    prove_inclusion,
    root_hash,
    verify_consistency,
    verify_inclusion,
)
from tests.ledger.samples import leaves

Path = tuple[bytes, ...]
OTHER = bytes(range(32))
SIZES = (1, 2, 3, 4, 5, 7, 8, 13, 16, 31)


def altered(path: Path, *roots: bytes) -> Iterator[Path]:
    """Every way to spoil a path."""
    for strange in (b"", b"\0" * 31, b"\0" * 33, OTHER, *roots):
        yield (strange, *path)
        yield (*path, strange)
    for i, each in enumerate(path):
        yield path[:i] + path[i + 1 :]
        yield (*path[:i], each, *path[i:])
        yield (*path[:i], each + b"\0", *path[i + 1 :])
        for byte, bit in ((0, 0x01), (3, 0x10), (31, 0x80)):
            turned = bytearray(each)
            turned[byte] ^= bit
            yield (*path[:i], bytes(turned), *path[i + 1 :])
    if len(set(path)) > 1:
        yield path[::-1]


@pytest.mark.parametrize("size", SIZES)
def test_an_altered_inclusion_proof_is_refused(size: int) -> None:
    part = leaves(size)
    root = root_hash(part)
    for index in range(size):
        leaf, path = part[index], prove_inclusion(part, index)
        for bad in altered(path, root, leaf):
            with pytest.raises(NotProven):
                verify_inclusion(leaf, index, size, bad, root)
        for bad_leaf, bad_root in ((OTHER, root), (leaf, OTHER), (leaf, b""), (b"", root)):
            with pytest.raises(NotProven):
                verify_inclusion(bad_leaf, index, size, path, bad_root)


@pytest.mark.parametrize("size", SIZES)
def test_an_inclusion_proof_is_refused_for_another_place(size: int) -> None:
    part = leaves(size)
    root = root_hash(part)
    for index in range(size):
        path = prove_inclusion(part, index)
        for other in {index + 1, index - 1, index ^ 2, index + size, -index - 1} - {index}:
            with pytest.raises(NotProven):
                verify_inclusion(part[index], other, size, path, root)
        for other_size in {size * 2, size // 2, 0} - {size}:
            with pytest.raises(NotProven):
                verify_inclusion(part[index], index, other_size, path, root)


@pytest.mark.parametrize("new", SIZES)
def test_an_altered_consistency_proof_is_refused(new: int) -> None:
    part = leaves(new)
    roots = [root_hash(part[:size]) for size in range(new + 1)]
    for old in range(1, new + 1):
        path = prove_consistency(part, old)
        for bad in altered(path, roots[old], roots[new]):
            with pytest.raises(NotProven):
                verify_consistency(old, new, bad, roots[old], roots[new])
        for bad_old, bad_new in ((OTHER, roots[new]), (roots[old], OTHER), (EMPTY_ROOT, b"")):
            with pytest.raises(NotProven):
                verify_consistency(old, new, path, bad_old, bad_new)


@pytest.mark.parametrize("new", SIZES)
def test_a_consistency_proof_is_refused_for_other_sizes(new: int) -> None:
    part = leaves(new)
    roots = [root_hash(part[:size]) for size in range(new + 1)]
    for old in range(1, new):
        path = prove_consistency(part, old)
        with pytest.raises(NotProven):
            verify_consistency(old, new, path, roots[new], roots[old])
        for other in {old + 1, old - 1, old ^ 2, 0, new, new + 1} - {old}:
            with pytest.raises(NotProven):
                verify_consistency(other, new, path, roots[old], roots[new])
        for other in {new * 2, new // 2, old - 1, 0} - {new}:
            with pytest.raises(NotProven):
                verify_consistency(old, other, path, roots[old], roots[new])


def test_a_proof_from_a_larger_log_does_not_serve_a_smaller_one() -> None:
    """What is left of the path when the tree is already climbed must not count."""
    first, second = leaves(2)
    both = root_hash([first, second])
    with pytest.raises(NotProven, match="longer than the tree is high"):
        verify_inclusion(second, 0, 1, [first], both)
    part = leaves(8)
    roots = [root_hash(part[:size]) for size in range(9)]
    with pytest.raises(NotProven, match="longer than the tree is high"):
        verify_consistency(2, 3, prove_consistency(part, 2), roots[2], roots[8])


def test_a_hash_cut_at_another_place_is_refused() -> None:
    """Joined, the bytes are the same; only the lengths tell the forgery."""
    first, second = leaves(2)
    root = root_hash([first, second])
    with pytest.raises(NotProven, match="not a hash"):
        verify_inclusion(first[:31], 0, 2, [first[31:] + second], root)
    with pytest.raises(NotProven, match="not a hash"):
        verify_consistency(1, 2, [first[31:] + second], first[:31], root)


@given(st.data(), st.integers(1, 120))
def test_no_two_logs_share_a_proof(data: st.DataObject, size: int) -> None:
    """Change one entry anywhere, and no proof of the old log fits the root of the new."""
    part = leaves(size)
    changed = data.draw(st.integers(0, size - 1))
    index = data.draw(st.integers(0, size - 1))
    other = [*part[:changed], OTHER, *part[changed + 1 :]]
    with pytest.raises(NotProven):
        verify_inclusion(part[index], index, size, prove_inclusion(part, index), root_hash(other))
