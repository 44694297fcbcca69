"""Writes `vectors/version-1.json`: `python -m tests.ledger.freeze_vectors`.

Run it once for a new version of a format, under a new name. The files of old versions are never
written again: what they hold must be readable forever.
"""

import json
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from pathlib import Path

from stillroom.ledger import (
    Checkpoint,
    Entry,
    leaf_hash,
    prove_consistency,
    prove_inclusion,
    root_hash,
)
from tests.ledger.samples import ORIGIN, START, Pen, entries

FILE = Path(__file__).parent / "vectors" / "version-1.json"

ENTRIES = {
    "the least": Entry(datetime(1970, 1, 1, tzinfo=UTC), "a", "b", "", "", b"", ""),
    "the usual": Entry(
        START + timedelta(microseconds=1),
        "mfrggzdfmztwq2lknnwg23tpoa",
        "chart:record:read",
        "2d7f8e21c0a94b36",
        "orsxg5banfsca5dfpn2ca2lt",
        bytes(range(48)),
        "",
    ),
    "with an opinion": Entry(
        datetime(2031, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
        "mfrggzdfmztwq2lknnwg23tpoa",
        "matter:packet:release",
        "2d7f8e21c0a94b36",
        "orsxg5banfsca5dfpn2ca2lt",
        b"\x00\xff",
        "sha256:" + "5e" * 32,
    ),
    "the last moment": Entry(
        datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC), "~", " ", "!", "", b"\n", ""
    ),
}


def frozen_entry(what: str, one: Entry) -> dict[str, str]:
    """An entry, field by field, and its bytes."""
    return {
        "what": what,
        "at": one.at.isoformat(),
        "actor": one.actor,
        "act": one.act,
        "subject": one.subject,
        "grant": one.grant,
        "sealed": one.sealed.hex(),
        "opinion": one.opinion,
        "canonical": one.canonical().hex(),
    }


def main() -> None:
    """Write the file."""
    hashes = [leaf_hash(each.canonical()) for each in entries(11)]
    point = Checkpoint(ORIGIN, 11, root_hash(hashes)).sign(Pen())
    frozen = {
        "entries": [frozen_entry(what, one) for what, one in ENTRIES.items()],
        "log": {
            "entries": [each.canonical().hex() for each in entries(11)],
            "key": str(Pen().key),
            "note": point.note(),
            "inclusion of 6": [b64encode(x).decode() for x in prove_inclusion(hashes, 6)],
            "root of 5": root_hash(hashes[:5]).hex(),
            "consistency of 5": [b64encode(x).decode() for x in prove_consistency(hashes, 5)],
        },
    }
    FILE.write_text(json.dumps(frozen, indent=1) + "\n")


if __name__ == "__main__":
    main()
