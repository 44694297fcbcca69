"""Whether what is kept of a record is what was signed: its chain, and each signature (P5)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from stillroom.chart import rules
from stillroom.identity import queries as people
from stillroom.kernel import StillroomError


class SignedRow(Protocol):
    """What a table keeps of a signed revision, in a chart or beside it."""

    number: int
    signer: str
    signed_at: datetime
    content_hash: bytes | memoryview
    chain_hash: bytes | memoryview
    signature: bytes | memoryview


def check_signatures(record_id: str, rows: Sequence[SignedRow], words: Sequence[bytes]) -> None:
    """Raise `RecordAltered` unless chain and signatures are whole."""
    stated = [
        rules.SignedRevision(
            row.number, bytes(row.content_hash), bytes(row.chain_hash), row.signer, row.signed_at
        )
        for row in rows
    ]
    rules.check_chain(record_id, stated, words)
    keys = {who: people.verifying_key(who) for who in {row.signer for row in rows}}
    for row in rows:
        key = keys[row.signer]
        if key is None:
            raise rules.RecordAltered
        try:
            key.verify(rules.signed_message(bytes(row.chain_hash)), bytes(row.signature))
        except StillroomError:
            raise rules.RecordAltered from None
