"""Entries of the log in words that people read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from stillroom.disclosure.accounts import Opened
from stillroom.identity.queries import Colleague

_VERBS = {
    "chart:record:read": "read records",
    "chart:record:write": "wrote a draft",
    "chart:record:sign": "signed a record",
    "chart:place:write": "changed the place of law",
    "chart:private:read": "opened a private note",
    "chart:care:begin": "brought a colleague into the care",
    "chart:care:end": "ended a colleague's care",
    "chart:care:leave": "left the care",
    "chart:record:cosign": "co-signed a record, or undid it",
    "chart:record:return": "returned a record for changes",
    "consent:paper:read": "looked at authorizations",
    "consent:paper:write": "entered an authorization",
    "consent:paper:revoke": "took an authorization back",
    "matter:case:open": "entered a request",
    "matter:case:read": "looked at a request",
    "matter:case:write": "answered a question of a request",
    "matter:case:decide": "signed a decision",
    "release:packet:prepare": "prepared a packet",
    "release:packet:send": "released a packet",
    "ledger:entry:read": "looked who opened this record",
    "front:sheet:list": "read names",
    "front:sheet:read": "read a front sheet",
    "front:sheet:write": "changed a front sheet",
    "front:client:admit": "admitted a client",
    "front:holder:add": "added somebody to a chart",
    "front:appointment:write": "wrote in the calendar",
    "account:person:write": "changed an account",
    "session:person:begin": "signed in",
    "session:person:prove": "proved who they are again",
    "session:person:end": "signed out",
    "gate:request:refuse": "was refused",
    "supervision:note:read": "opened a note about supervision",
    "supervision:note:share": "gave a note about supervision to a colleague, or took it back",
    "supervision:note:write": "wrote a note about supervision",
    "house:law:enact": "took up another law",
    "house:policy:agree": "agreed to a policy",
    "house:policy:propose": "proposed a policy, or put one aside",
    "house:seal:open": "unsealed the practice",
    "house:seal:close": "sealed the practice",
}

# What says more than its act: a search is a reading, and whoever looks at the log wants to know it.
_DID = {
    "searched": "searched the record",
    "found": "was shown records that a search found",
}

_WHY = {"treatment": "for treatment", "supervision": "for supervision"}


@dataclass(frozen=True)
class Shown:
    """One entry as a line."""

    number: int
    at: datetime
    who: str
    act: str
    why: str
    kind: str


def verb(act: str) -> str:
    """What was done, as a verb in the past; the act's own name where none is kept."""
    return _VERBS.get(act, act)


def shown(entries: Iterable[Opened], people: Mapping[str, Colleague]) -> list[Shown]:
    """Entries as lines."""
    return [
        Shown(
            one.index,
            one.at,
            people[one.actor].name if one.actor in people else "Stillroom",
            _DID.get(str(one.details.get("did", ""))) or verb(one.act),
            _WHY.get(str(one.details.get("why", "")), ""),
            "refused" if one.act == "gate:request:refuse" else "",
        )
        for one in entries
    ]
