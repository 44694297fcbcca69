"""The tree of RFC 9162 §2.1: known roots, and every proof there is in logs of up to 64 entries."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillroom.kernel import Misuse
from stillroom.ledger import (
    EMPTY_ROOT,
    Frontier,
    NotProven,
    leaf_hash,
    node_hash,
    prove_consistency,
    prove_inclusion,
    root_hash,
    verify_consistency,
    verify_inclusion,
    verify_subtree_consistency,
    verify_subtree_inclusion,
)
from tests.ledger.samples import leaves

# The inputs and roots that Certificate Transparency's first implementations published and that
# every later one checks itself against.
INPUTS = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657",
          "606162636465666768696a6b6c6d6e6f")  # fmt: skip
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)

LARGEST = 64


def test_the_roots_are_those_that_everybody_computes() -> None:
    known = [leaf_hash(bytes.fromhex(each)) for each in INPUTS]
    assert [root_hash(known[: size + 1]).hex() for size in range(8)] == list(ROOTS)


def test_an_empty_log_has_the_hash_of_nothing() -> None:
    assert root_hash([]) == EMPTY_ROOT == sha256(b"").digest()


def test_an_inner_node_cannot_pass_for_an_entry() -> None:
    left, right = leaves(2)
    assert leaf_hash(left + right) != node_hash(left, right)


def test_every_inclusion_proof_of_every_log_up_to_64_holds() -> None:
    everything = leaves(LARGEST)
    for size in range(1, LARGEST + 1):
        part = everything[:size]
        root = root_hash(part)
        for index in range(size):
            verify_inclusion(part[index], index, size, prove_inclusion(part, index), root)


def test_every_consistency_proof_of_every_log_up_to_64_holds() -> None:
    everything = leaves(LARGEST)
    roots = [root_hash(everything[:size]) for size in range(LARGEST + 1)]
    for new in range(1, LARGEST + 1):
        for old in range(1, new + 1):
            proof = prove_consistency(everything[:new], old)
            verify_consistency(old, new, proof, roots[old], roots[new])
            verify_subtree_consistency(0, old, new, proof, roots[old], roots[new])


def test_an_inclusion_proof_holds_for_no_other_number_and_no_other_size() -> None:
    everything = leaves(17)
    for size in range(1, 18):
        root = root_hash(everything[:size])
        for index in range(size):
            proof = prove_inclusion(everything[:size], index)
            for other in set(range(-1, 18)) - {index}:
                with pytest.raises(NotProven):
                    verify_inclusion(everything[index], other, size, proof, root)


def test_a_consistency_proof_holds_for_no_other_older_log() -> None:
    everything = leaves(17)
    roots = [root_hash(everything[:size]) for size in range(18)]
    for old in range(1, 17):
        proof = prove_consistency(everything, old)
        for other in set(range(18)) - {old}:
            with pytest.raises(NotProven):
                verify_consistency(other, 17, proof, roots[other], roots[17])


def test_nothing_is_consistent_with_an_empty_log() -> None:
    with pytest.raises(NotProven, match="must have entries"):
        verify_consistency(0, 3, [], EMPTY_ROOT, root_hash(leaves(3)))


def test_asking_for_a_proof_that_cannot_be_is_misuse() -> None:
    for index in (-1, 3):
        with pytest.raises(Misuse):
            prove_inclusion(leaves(3), index)
    for old in (0, 4):
        with pytest.raises(Misuse):
            prove_consistency(leaves(3), old)


def test_a_part_of_the_log_has_proofs_of_its_own() -> None:
    everything = leaves(32)
    for width in (1, 2, 4, 8, 16):
        for start in range(0, 32, width):
            part = everything[start : start + width]
            for index in range(start, start + width):
                path = prove_inclusion(part, index - start)
                verify_subtree_inclusion(
                    everything[index], index, start, start + width, path, root_hash(part)
                )


def test_entries_across_two_subtrees_are_not_a_part() -> None:
    everything = leaves(8)
    with pytest.raises(NotProven, match="not one subtree"):
        verify_subtree_inclusion(everything[2], 2, 2, 6, [], root_hash(everything[2:6]))
    with pytest.raises(NotProven, match="not one subtree"):
        verify_subtree_consistency(1, 3, 8, [], everything[1], root_hash(everything))


def part_proof(leaves: list[bytes], start: int, end: int, known: bool = True) -> list[bytes]:
    """The proof that a part stands in its log: the definition in §4.4.1 of the draft."""
    if (start, end) == (0, len(leaves)):
        return [] if known else [root_hash(leaves)]
    k = 1 << (len(leaves) - 1).bit_length() - 1
    left, right = leaves[:k], leaves[k:]
    if end <= k:
        return [*part_proof(left, start, end, known), root_hash(right)]
    if k <= start:
        return [*part_proof(right, start - k, end - k, known), root_hash(left)]
    return [*part_proof(right, 0, end - k, False), root_hash(left)]


def test_every_part_of_every_log_up_to_20_is_proven_to_stand_in_it() -> None:
    everything = leaves(20)
    for size in range(1, 21):
        log = everything[:size]
        for end in range(1, size + 1):
            for start in range(end):
                if start % (1 << (end - start - 1).bit_length()):
                    continue
                part, proof = root_hash(log[start:end]), part_proof(log, start, end)
                verify_subtree_consistency(start, end, size, proof, part, root_hash(log))
                for bad in ([*proof, part], proof[1:], [leaf_hash(b"x"), *proof[1:]]):
                    if bad != proof:
                        with pytest.raises(NotProven):
                            verify_subtree_consistency(start, end, size, bad, part, root_hash(log))


def test_an_empty_part_is_proven_by_nothing() -> None:
    root = root_hash(leaves(3))
    verify_subtree_consistency(2, 2, 3, [], EMPTY_ROOT, root)
    for proof, part, size in (([root], EMPTY_ROOT, 3), ([], root, 3), ([], EMPTY_ROOT, 1)):
        with pytest.raises(NotProven):
            verify_subtree_consistency(2, 2, size, proof, part, root)


@given(st.lists(st.binary(max_size=40), max_size=200))
def test_the_frontier_and_the_definition_agree(entries: list[bytes]) -> None:
    hashes = [leaf_hash(each) for each in entries]
    frontier = Frontier()
    for leaf in hashes:
        frontier.append(leaf)
    assert frontier.root() == root_hash(hashes)
    assert len(frontier.peaks) == len(hashes).bit_count()


def test_a_frontier_that_was_copied_grows_alone() -> None:
    frontier = Frontier()
    for leaf in leaves(5):
        frontier.append(leaf)
    before = frontier.root()
    frontier.copy().append(leaf_hash(b"more"))
    assert (frontier.size, frontier.root()) == (5, before)


def test_a_frontier_with_the_wrong_number_of_peaks_is_misuse() -> None:
    with pytest.raises(Misuse, match="has 2 peaks"):
        Frontier(3, leaves(1))
