"""Entries and proofs for pages: what an outsider needs to check the log, and who may have it.

Everybody may have the proof of her own entries; the auditor and the owner of any. A proof shows
pseudonyms and times; the sealed details stay sealed (P10).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files

from stillroom.access import Act, Grant, Ward
from stillroom.kernel import Misuse
from stillroom.ledger import (
    Entry,
    Logged,
    ProvenEntry,
    inclusion_document,
    leaf_hash,
)
from stillroom.phi import bridge
from stillroom.phi._errors import NotHere
from stillroom.phi._house import Presence


@dataclass(frozen=True)
class ShownProof:
    """One entry with its path to the root, as a page and as a document."""

    entry: Entry
    size: int
    leaf: str
    root: str
    path: tuple[str, ...]
    document: str


def latest(presence: Presence, limit: int, before: int | None, *, mine: bool) -> tuple[Logged, ...]:
    """The latest entries, newest first: one's own, or (asked of the gate by the caller) all."""
    log = presence.house.log
    if mine:
        return log.for_actor(presence.person, limit, before)
    return log.latest(limit, before)


def proof_of(presence: Presence, index: int, *, whole: bool) -> ShownProof:
    """One entry's proof; `NotHere` (written down) for none and, unless `whole`, for another's."""
    log = presence.house.log
    found = next(log.entries(index, index + 1)) if index < log.size else None
    if found is None or not (whole or found.entry.actor == presence.person):
        bridge.refuse(presence, Act.LEDGER_READ, str(index))
        raise NotHere
    size = log.size
    path = log.inclusion(index, size)
    proven = ProvenEntry(index, found.entry, path)
    return ShownProof(
        entry=found.entry,
        size=size,
        leaf=leaf_hash(found.entry.canonical()).hex(),
        root=log.root(size).hex(),
        path=tuple(step.hex() for step in path),
        document=inclusion_document(size, [proven]),
    )


def proofs_about(
    presence: Presence, grant: Grant, ward: Ward, indices: Iterable[int], size: int
) -> str:
    """One document of proofs that these entries, all about this ward, are in the log of that size.

    `NotHere` for an entry that is about another ward, or not in a log of that size.
    """
    if not grant.covers(ward, presence.at):
        raise Misuse("the grant does not cover this ward now")
    log = presence.house.log
    subject = bridge.ring_for(presence, ward).pseudonym("ledger")
    proven = []
    for index in sorted(set(indices)):
        found = next(log.entries(index, index + 1), None) if index < size else None
        if found is None or found.entry.subject != subject:
            raise NotHere
        proven.append(ProvenEntry(index, found.entry, log.inclusion(index, size)))
    return inclusion_document(size, proven)


def verifier() -> bytes:
    """The one file with which an outsider checks the log; it needs nothing of Stillroom."""
    return files("stillroom.ledger").joinpath("verify_log.py").read_bytes()
