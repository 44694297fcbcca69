"""Entries of the log in words that people read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from stillroom.disclosure.accounts import Opened
from stillroom.identity.queries import Colleague

_VERBS = {
    "call:room:check": "wrote down what is asked before a visit, or what became of one",
    "call:room:join": "came into a visit by video",
    "call:room:open": "opened the door of a visit by video",
    "chart:private:sign": "signed a private note",
    "chart:private:write": "wrote a private note",
    "chart:record:hold": "held an entry back from a door of their own, or gave it free",
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
    "chart:glass:break": "broke the glass",
    "chart:glass:prepare": "laid a key by for emergencies, took one away, or saw a broken glass",
    "chart:glass:review": "reviewed a broken glass, or read why it was broken",
    "chart:guest:freeze": "shut somebody’s own door, or opened it again",
    "chart:guest:invite": "changed who comes in by a door of their own",
    "chart:guest:read": "looked at who comes in by a door of their own",
    "chart:thread:read": "read messages",
    "chart:thread:write": "wrote a message, or said that none needs an answer",
    "chart:ring:turn": "made a new key for the chart",
    "chart:restriction:write": "wrote down what is kept from whom",
    "consent:paper:end": "said whether the event has come with which an authorization ends",
    "consent:paper:read": "looked at authorizations",
    "consent:paper:write": "entered an authorization",
    "consent:paper:revoke": "took an authorization back",
    "matter:case:open": "entered a request",
    "matter:case:read": "looked at a request",
    "matter:case:write": "answered a question of a request",
    "matter:case:decide": "signed a decision",
    "release:packet:prepare": "prepared a packet",
    "release:packet:open": "the recipient opened what lay behind a link",
    "release:packet:recall": "stopped a packet, or called it back",
    "release:packet:send": "released a packet",
    "ledger:entry:list": "looked through the log",
    "ledger:entry:read": "looked at who opened this record",
    "front:sheet:list": "read names",
    "front:sheet:read": "read a front sheet",
    "front:sheet:write": "changed a front sheet",
    "front:time:block": "kept hours of her own free, or freed them",
    "front:client:admit": "admitted a client",
    "front:holder:add": "added somebody to a chart",
    "front:message:send": "wrote to a client",
    "front:appointment:read": "looked at the calendar",
    "front:appointment:write": "wrote in the calendar",
    "billing:account:read": "looked at a bill",
    "billing:account:write": "wrote a bill",
    "account:person:read": "looked at the accounts",
    "account:person:write": "changed an account",
    "account:self:write": "changed an account of their own",
    "session:person:begin": "signed in",
    "session:person:prove": "proved who they are again",
    "session:person:end": "signed out",
    "session:person:refuse": "was not let in",
    "gate:request:refuse": "was refused",
    "supervision:note:read": "opened a note about supervision",
    "supervision:note:share": "gave a note about supervision to a colleague, or took it back",
    "supervision:note:write": "wrote a note about supervision",
    "own:form:answer": "answered by a door of their own",
    "own:matter:ask": "asked for something by a door of their own, or looked at how it stands",
    "own:record:take": "took the record along by a door of their own",
    "house:backup:make": "made a backup",
    "house:settings:read": "looked at the settings",
    "house:settings:write": "changed the settings",
    "house:policy:read": "looked at the policy",
    "house:form:publish": "published a form for clients to sign",
    "house:incident:open": "reported an incident",
    "house:incident:read": "looked at an incident",
    "house:incident:write": "wrote about an incident",
    "house:law:enact": "took up another law",
    "house:policy:agree": "agreed to a policy",
    "house:policy:propose": "proposed a policy, or put one aside",
    "house:seal:open": "unsealed the practice",
    "house:seal:close": "sealed the practice",
    "house:seal:recover": "recovered by two recovery shares",
    "house:seal:rekey": "gave the practice a new passphrase or key file",
}

# What says more than its act: a search is a reading, and whoever looks at the log wants to know it.
_DID = {
    "kept apart": "kept the chart from somebody",
    "kept apart no longer": "keeps the chart from somebody no longer",
    "laid by": "laid a key by for a colleague’s emergency",
    "saw the broken glass": "saw that the glass was broken",
    "said that it is over": "said that the emergency is over",
    "on its way": "let a packet go on its way",
    "did not leave": "found that a packet may not leave after all",
    "called a letter back": "called a letter back that nobody had opened",
    "looked how a letter leaves": "looked at the address and the words of a letter behind a link",
    "searched": "searched the record",
    "found": "was shown records that a search found",
    "read signed forms": "looked at signed forms",
    "kept a signed form": "kept a signed form",
    "handed a form": "handed a form to sign",
}

_WHY = {
    "treatment": "for treatment",
    "supervision": "for supervision",
    "emergency": "in an emergency",
}


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


_ACCOUNT = 26
"""Letters of an account's identifier; what acts by itself has a word."""


def _who(actor: str, people: Mapping[str, Colleague]) -> str:
    """A colleague by name; an account of the other door without one; else the practice itself."""
    if actor in people:
        return people[actor].name
    return "By a door of their own, somebody" if len(actor) == _ACCOUNT else "Stillroom"


def shown(entries: Iterable[Opened], people: Mapping[str, Colleague]) -> list[Shown]:
    """Entries as lines."""
    return [
        Shown(
            one.index,
            one.at,
            _who(one.actor, people),
            _DID.get(str(one.details.get("did", ""))) or verb(one.act),
            _WHY.get(str(one.details.get("why", "")), ""),
            "refused" if one.act == "gate:request:refuse" else "",
        )
        for one in entries
    ]
