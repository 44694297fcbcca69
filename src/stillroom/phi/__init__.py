"""The one bridge from ciphertext to words: gate, then ledger, then vault.

Everything that opens a client's words passes here, in one order that cannot be changed: `ask` the
gate for a grant; `reveal` writes the entry, waits until it is durable, and only then opens.

    from stillroom.phi import bridge, rings

    grant = bridge.ask(presence, Act.RECORD_READ, Purpose.TREATMENT, ward, cares=cares)
    ring = rings.open_ring(presence, chart_id, rings.Kind.CHART)
    words = bridge.reveal(presence, grant, ward, ring, sealed_with_places, {"records": ids})

Nothing above this package holds a key: it hands a `Presence` down and receives words. `bridge` and
`rings` are imported by name, because they know tables and Django loads those after packages.
"""

from stillroom.phi._errors import NotHere, Sealed, StepUpNeeded
from stillroom.phi._house import OUTSIDE, RECOVERY, SERVER, House, Presence
from stillroom.phi._log import Log, LogUnopenable, LogUnwritable
from stillroom.phi._told import Told

__all__ = [
    "OUTSIDE",
    "RECOVERY",
    "SERVER",
    "House",
    "Log",
    "LogUnopenable",
    "LogUnwritable",
    "NotHere",
    "Presence",
    "Sealed",
    "StepUpNeeded",
    "Told",
]
