"""An event of a privilege as bytes and back, and as what it is signed. Pure."""

from datetime import date

import msgspec

from stillroom.consent.rules_form import Period
from stillroom.consent.rules_privilege import By, Event, How, Scope, What
from stillroom.identity.entries import EntryKind

SIGNED = EntryKind("privilege")


class _Sheet(msgspec.Struct, forbid_unknown_fields=True):
    """The stored form; enums and dates travel as their plain values. `salt` keeps the hash that
    stands in the clear from being guessed."""

    version: int
    holder: str
    what: str
    on: date
    by: str
    name: str
    how: str
    paper: str
    kinds: list[str]
    period: Period
    proceeding: str
    citation: str
    condition: bool
    words: str
    about: int
    salt: bytes


def encode(event: Event, salt: bytes) -> bytes:
    """The words to seal and to sign. The number stands in the row and in what is signed."""
    return msgspec.json.encode(
        _Sheet(
            version=1,
            holder=event.holder,
            what=event.what.value,
            on=event.on,
            by=event.by.value,
            name=event.name,
            how=event.how.value,
            paper=event.paper,
            kinds=sorted(event.scope.kinds),
            period=event.scope.period,
            proceeding=event.scope.proceeding,
            citation=event.citation,
            condition=event.condition,
            words=event.words,
            about=event.about,
            salt=salt,
        )
    )


def decode(words: bytes, number: int) -> Event:
    """The event again."""
    sheet = msgspec.json.decode(words, type=_Sheet)
    return Event(
        number=number,
        holder=sheet.holder,
        what=What(sheet.what),
        on=sheet.on,
        by=By(sheet.by),
        name=sheet.name,
        how=How(sheet.how),
        paper=sheet.paper,
        scope=Scope(frozenset(sheet.kinds), sheet.period, sheet.proceeding),
        citation=sheet.citation,
        condition=sheet.condition,
        words=sheet.words,
        about=sheet.about,
    )
