"""The stored tree: tiles, the edge where it grows, and proofs that are read from it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillroom.kernel import Misuse
from stillroom.ledger import (
    TILE_WIDTH,
    Edge,
    StoredTree,
    TreeHole,
    consistency_path,
    inclusion_path,
    leaf_hash,
    prove_consistency,
    prove_inclusion,
    root_hash,
    verify_consistency,
    verify_inclusion,
)
from tests.ledger.samples import leaves

MANY = 1000


class Shelf:
    """Tiles in memory, and the leaves of the last one that is not full."""

    def __init__(self) -> None:
        self.tiles: dict[tuple[int, int], bytes] = {}
        self.leaves: list[bytes] = []
        self.reads = 0

    def grow(self, edge: Edge, hashes: list[bytes]) -> Edge:
        grown = edge.copy()
        for leaf in hashes:
            grown.append(leaf)
        self.tiles.update({(tile.level, tile.index): tile.hashes for tile in grown.changed()})
        self.leaves += hashes
        return grown

    def read(self, level: int, index: int) -> bytes:
        self.reads += 1
        stored = self.tiles.get((level, index), b"")
        start = index * TILE_WIDTH
        return stored or b"".join(self.leaves[start : start + TILE_WIDTH] if level == 0 else [])


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    made = Shelf()
    made.grow(Edge(), leaves(MANY))
    return made


def test_the_edge_has_the_root_of_the_definition_at_every_size() -> None:
    everything = leaves(MANY)
    edge = Edge()
    for size, leaf in enumerate(everything, 1):
        edge.append(leaf)
        if size % 37 == 0 or size % TILE_WIDTH in (0, 1, TILE_WIDTH - 1):
            assert edge.root() == root_hash(everything[:size])


def test_a_tile_holds_the_hashes_that_tlog_tiles_asks_for(shelf: Shelf) -> None:
    everything = leaves(MANY)
    assert sorted(shelf.tiles) == [(0, 0), (0, 1), (0, 2), (1, 0)]
    assert shelf.tiles[0, 1] == b"".join(everything[256:512])
    roots = [root_hash(everything[i : i + 256]) for i in (0, 256, 512)]
    assert shelf.tiles[1, 0] == b"".join(roots)


def test_three_levels_of_tiles() -> None:
    """65,536 entries and some more: the first tile of level 1 is full, level 2 begins."""
    leaf = leaf_hash(b"the same each time")
    shelf = Shelf()
    edge = shelf.grow(Edge(), [leaf] * (TILE_WIDTH**2 + 300))
    node = leaf
    for _ in range(16):
        node = root_hash([node, node])
    assert shelf.tiles[2, 0] == node
    tree = StoredTree(shelf.read)
    assert tree.subtree(0, edge.size) == edge.root()
    for index in (0, 65535, 65536, 65791, 65792, edge.size - 1):
        path = inclusion_path(index, edge.size, tree.subtree)
        verify_inclusion(leaf, index, edge.size, path, edge.root())
    path = consistency_path(65000, edge.size, tree.subtree)
    verify_consistency(65000, edge.size, path, tree.subtree(0, 65000), edge.root())
    assert Edge.restore(edge.size, shelf.read).root() == edge.root()


@given(st.lists(st.integers(1, 300), min_size=1, max_size=6))
def test_growing_in_batches_is_growing_one_by_one(batches: list[int]) -> None:
    everything = leaves(sum(batches))
    shelf, edge, start = Shelf(), Edge(), 0
    for batch in batches:
        edge = shelf.grow(edge, everything[start : start + batch])
        start += batch
    whole = Shelf()
    assert edge.root() == whole.grow(Edge(), everything).root()
    assert shelf.tiles == whole.tiles


def test_a_batch_that_failed_leaves_the_edge_as_it_was() -> None:
    everything = leaves(600)
    shelf, whole = Shelf(), Shelf()
    edge = shelf.grow(Edge(), everything[:250])
    lost = edge.copy()
    for _ in range(20):
        lost.append(leaf_hash(b"never written"))
    assert (edge.size, edge.changed()) == (250, ())
    edge = shelf.grow(edge, everything[250:])
    assert edge.root() == whole.grow(Edge(), everything).root()
    assert shelf.tiles == whole.tiles


@given(st.integers(0, MANY))
def test_an_edge_that_was_stored_goes_on_as_if_it_had_not_been(size: int) -> None:
    everything = leaves(MANY)
    shelf = Shelf()
    shelf.grow(Edge(), everything[:size])
    edge = Edge.restore(size, shelf.read)
    assert edge.root() == root_hash(everything[:size])
    assert shelf.grow(edge, everything[size:]).root() == root_hash(everything)


@given(st.integers(1, MANY), st.data())
def test_stored_proofs_are_those_of_the_list(shelf: Shelf, size: int, data: st.DataObject) -> None:
    """At the present size and at every older one."""
    part = leaves(size)
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    tree = StoredTree(shelf.read)
    assert inclusion_path(index, size, tree.subtree) == prove_inclusion(part, index)
    assert consistency_path(old, size, tree.subtree) == prove_consistency(part, old)


def test_a_proof_reads_each_tile_once(shelf: Shelf) -> None:
    shelf.reads = 0
    inclusion_path(700, MANY, StoredTree(shelf.read).subtree)
    assert shelf.reads <= 3


def test_a_missing_tile_is_a_hole_and_no_proof(shelf: Shelf) -> None:
    def holed(level: int, index: int) -> bytes:
        return b"" if (level, index) == (0, 1) else shelf.read(level, index)

    with pytest.raises(TreeHole):
        inclusion_path(300, MANY, StoredTree(holed).subtree)
    with pytest.raises(TreeHole):
        Edge.restore(300, holed)


def test_an_empty_run_of_leaves_is_misuse(shelf: Shelf) -> None:
    with pytest.raises(Misuse):
        StoredTree(shelf.read).subtree(5, 5)
