"""Whether what is kept of a record is what was signed: its chain, and each signature (P5)."""

from collections.abc import Sequence

from stillroom.chart import rules
from stillroom.chart.models import Revision
from stillroom.identity import queries as people
from stillroom.kernel import StillroomError


def check_signatures(record_id: str, rows: Sequence[Revision], words: Sequence[bytes]) -> None:
    """Raise `RecordAltered` unless chain and signatures are whole."""
    stated = [
        rules.SignedRevision(
            row.number, bytes(row.content_hash), bytes(row.chain_hash), row.signer, row.signed_at
        )
        for row in rows
    ]
    rules.check_chain(record_id, stated, words)
    for row in rows:
        key = people.verifying_key(row.signer)
        if key is None:
            raise rules.RecordAltered
        try:
            key.verify(rules.signed_message(bytes(row.chain_hash)), bytes(row.signature))
        except StillroomError:
            raise rules.RecordAltered from None
