"""The log that an outsider can check: RFC 9162 tree, signed checkpoints, proofs, audit. Pure.

    from stillroom.ledger import Checkpoint, Frontier, leaf_hash, prove_inclusion, verify_inclusion

    raw = entry.canonical()                      # one way to write an entry as bytes
    frontier.append(leaf_hash(raw))              # the tree grows by one
    checkpoint = Checkpoint(name, frontier.size, frontier.root()).sign(signer)
    verify_inclusion(leaf_hash(raw), index, checkpoint.size, path, checkpoint.root)
    report = audit(all_entries, checkpoint)      # rebuilds everything, by a path of its own

Nothing here opens a file, reads a clock or holds a key. `stillroom.phi` stores the log and is its
only writer; `verify_log.py`, in this folder, is the file to hand to an outsider, and needs nothing
of Stillroom. Verification returns nothing (or what it verified) or raises `NotProven`.
"""

from stillroom.ledger._audit import (
    ClockSetBack,
    Fault,
    FaultKind,
    LogAltered,
    Report,
    audit,
    examine,
)
from stillroom.ledger._checkpoint import Checkpoint, NoteSignature
from stillroom.ledger._documents import (
    ProvenEntry,
    consistency_document,
    export_entries,
    inclusion_document,
    read_entries,
    verify_consistency_document,
    verify_inclusion_document,
)
from stillroom.ledger._entry import Entry, Logged, Receipt, actor_and_subject
from stillroom.ledger._errors import Malformed, NotProven, TreeHole
from stillroom.ledger._frontier import Frontier
from stillroom.ledger._key import LogKey, Signer, Verifier
from stillroom.ledger._merkle import (
    EMPTY_ROOT,
    HASH_BYTES,
    leaf_hash,
    node_hash,
    root_hash,
    verify_consistency,
    verify_inclusion,
)
from stillroom.ledger._proofs import (
    consistency_path,
    inclusion_path,
    prove_consistency,
    prove_inclusion,
)
from stillroom.ledger._subtrees import verify_subtree_consistency, verify_subtree_inclusion
from stillroom.ledger._tiles import TILE_HEIGHT, TILE_WIDTH, Edge, StoredTree, Tile

__all__ = [
    "EMPTY_ROOT",
    "HASH_BYTES",
    "TILE_HEIGHT",
    "TILE_WIDTH",
    "Checkpoint",
    "ClockSetBack",
    "Edge",
    "Entry",
    "Fault",
    "FaultKind",
    "Frontier",
    "LogAltered",
    "LogKey",
    "Logged",
    "Malformed",
    "NotProven",
    "NoteSignature",
    "ProvenEntry",
    "Receipt",
    "Report",
    "Signer",
    "StoredTree",
    "Tile",
    "TreeHole",
    "Verifier",
    "actor_and_subject",
    "audit",
    "consistency_document",
    "consistency_path",
    "examine",
    "export_entries",
    "inclusion_document",
    "inclusion_path",
    "leaf_hash",
    "node_hash",
    "prove_consistency",
    "prove_inclusion",
    "read_entries",
    "root_hash",
    "verify_consistency",
    "verify_consistency_document",
    "verify_inclusion",
    "verify_inclusion_document",
    "verify_subtree_consistency",
    "verify_subtree_inclusion",
]
