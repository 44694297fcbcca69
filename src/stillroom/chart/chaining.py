"""One more revision of a record's chain: hashed, chained, signed, entered in the log, then written.

Every door that signs comes here, so that a note, an addendum, a co-signature and a return are bound
to all before them in one way (P5). Call `append` in a transaction; two who append at once are told
apart by the chain's number, which exists once.
"""

from stillroom.access import Grant, Ward
from stillroom.chart import indexing, rules
from stillroom.chart.models import Record, Revision
from stillroom.phi import Presence, bridge, rows


def lock(record_id: str) -> None:
    """Nobody else appends to this record until the transaction ends."""
    list(Record.objects.select_for_update().filter(pk=record_id).values_list("pk"))


def append(
    presence: Presence,
    grant: Grant,
    ward: Ward,
    row: Record,
    words: bytes,
    *,
    addendum: bool,
    did: str = "signed",
) -> int:
    """Append `words`, signed by whoever is here; gives the entry's number in the log.

    `addendum`: whether these are other than the record's own words.
    """
    last = row.revisions.order_by("-number").first()
    number = last.number + 1 if last else 1
    content = rules.content_hash(words)
    previous = bytes(last.chain_hash) if last else b""
    chain = rules.chain_hash(previous, row.pk, number, content, presence.person, presence.at)
    details: bridge.Details = {"did": did, "record": row.pk, "number": number}
    entry = bridge.note(presence, grant, ward, {**details, "content": content.hex()})
    revision = Revision(
        record=row,
        number=number,
        addendum=addendum,
        sealed=bridge.seal(presence, grant, ward, row.pk, "revision", number, words),
        content_hash=content,
        chain_hash=chain,
        signer=presence.person,
        signed_at=presence.at,
        signature=presence.key.sign(rules.signed_message(chain)),
        entry=entry,
    )
    rows.insert([revision])
    indexing.mark(row)
    return entry
