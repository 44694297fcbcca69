"""The account of a chart: what left, as bytes and back; and who opened it, from the log."""

from dataclasses import dataclass
from datetime import datetime

import msgspec

from stillroom.access import Act, Ward
from stillroom.disclosure.rules import AccountingLine
from stillroom.phi import Presence, bridge
from stillroom.practice import queries as practice


@dataclass(frozen=True)
class Opened:
    """One entry of the log about a chart."""

    index: int
    at: datetime
    actor: str
    act: str
    details: bridge.Details


def encode_line(line: AccountingLine) -> bytes:
    """The words to seal."""
    return msgspec.json.encode(line)


def decode_line(words: bytes) -> AccountingLine:
    """A line of the account again."""
    return msgspec.json.decode(words, type=AccountingLine)


def entries_of(presence: Presence, chart_id: str, most: int) -> list[Opened]:
    """The latest `most` entries about a chart that this person cares for."""
    cares = practice.cares_of(presence.person, chart_id)
    purpose = practice.purpose_for(presence, cares)
    ward = Ward(chart=chart_id)
    grant = bridge.ask(presence, Act.LEDGER_READ, purpose, ward, cares=cares)
    return [
        Opened(one.index, one.entry.at, one.entry.actor, one.entry.act, details)
        for one, details in bridge.entries_about(presence, grant, ward, most)
    ]
