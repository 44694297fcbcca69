"""Front sheets and names: what is known of a client at the desk, and how it is found. Pure.

The look-up index lives in the memory of an unsealed server alone. Nothing of it is written to a
disk, not even an equality (DESIGN.md, vault).
"""

import unicodedata
from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from sys import intern

import msgspec

from stillroom.practice.rules_wishes import Reach


class Contact(msgspec.Struct, frozen=True):
    """Somebody around a client: a guardian, or whom to call in an emergency."""

    name: str
    relation: str = ""
    phone: str = ""
    authority: str = ""


class FrontSheet(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the front desk needs to reach a client. Sealed as one envelope a revision."""

    given: str
    family: str
    called: str = ""
    pronouns: str = ""
    born: date | None = None
    phone: str = ""
    email: str = ""
    address: tuple[str, ...] = ()
    safe_contact: str = ""
    payer: str = ""
    member_id: str = ""
    emergency: Contact | None = None
    guardians: tuple[Contact, ...] = ()
    wishes: tuple[Reach, ...] = ()
    """How the client wishes to be reached, as it stood each time; the last one holds."""

    @property
    def reach(self) -> Reach | None:
        """The wishes that hold now; `None` while nobody has asked."""
        return self.wishes[-1] if self.wishes else None

    @property
    def full(self) -> str:
        """The name in full."""
        return f"{self.given} {self.family}".strip()

    @property
    def short(self) -> str:
        """Initials, for when someone is near."""
        return ".".join(part[0] for part in (self.given, self.family) if part) + "."

    def age_on(self, day: date) -> int | None:
        """Whole years on a day; `None` while the date of birth is not known."""
        if self.born is None:
            return None
        before = (day.month, day.day) < (self.born.month, self.born.day)
        return day.year - self.born.year - before


def fold(text: str) -> str:
    """Text as names are compared: without case, marks or width (`Élan` is found by `elan`)."""
    plain = text.casefold()
    if plain.isascii():
        return plain
    plain = unicodedata.normalize("NFKD", plain)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def words_of(sheet: FrontSheet) -> tuple[str, ...]:
    """Every word by which a front sheet is found: names, telephone, e-mail, date of birth."""
    words = fold(f"{sheet.given} {sheet.family} {sheet.called}").replace("-", " ").split()
    digits = "".join(letter for letter in sheet.phone if letter.isdigit())
    if digits:
        words += [digits, digits[-7:], digits[-4:]]
    if sheet.email:
        words.append(fold(sheet.email))
    if sheet.born:
        words.append(sheet.born.isoformat())
    return tuple(dict.fromkeys(words))


@dataclass(frozen=True)
class Hit:
    """One client found, by the charts that the finder asked within."""

    client: str
    charts: tuple[str, ...]


_END = "\U0010ffff"
"""Comes after every word that begins like the one before it."""


class NameIndex:
    """Front-sheet words in memory, found by the beginnings of all the words typed.

    Each word is kept once, with the clients it belongs to, so that 100,000 clients take some tens
    of MiB; a client more or a new telephone number costs microseconds, not a new sorting.
    """

    def __init__(self) -> None:
        self._words: dict[str, tuple[str, ...]] = {}
        self._charts: dict[str, tuple[str, ...]] = {}
        self._holders: dict[str, tuple[str, ...]] = {}
        self._clients: dict[str, list[str]] = {}
        self._sorted: list[str] = []
        self._settled = True

    def __len__(self) -> int:
        return len(self._words)

    def put(self, client: str, charts: tuple[str, ...], sheet: FrontSheet) -> None:
        """Add or renew one client."""
        self._leave(client)
        self._words[client] = tuple(self._enter(word, client) for word in words_of(sheet))
        self._charts[client] = charts
        for chart in charts:
            self._holders[chart] = (*self._holders.get(chart, ()), client)

    def near(self, chart: str) -> tuple[tuple[str, ...], ...]:
        """The words of each holder of a chart, given names first."""
        return tuple(self._words[client] for client in self._holders.get(chart, ()))

    def join(self, client: str, chart: str) -> None:
        """One more chart of a client who is there."""
        if chart not in self._charts[client]:
            self._charts[client] = (*self._charts[client], chart)
            self._holders[chart] = (*self._holders.get(chart, ()), client)

    def _enter(self, word: str, client: str) -> str:
        """The word as it is kept, once for all, with this client among its own."""
        word = intern(word)
        there = self._clients.setdefault(word, [])
        if not there:
            self._sorted.append(word)
            self._settled = False
        insort(there, client)
        return word

    def _leave(self, client: str) -> None:
        """Take a client's words and charts away, before they are put anew."""
        for word in self._words.pop(client, ()):
            there = self._clients[word]
            there.remove(client)
            if not there:
                self._settle()
                del self._clients[word], self._sorted[bisect_left(self._sorted, word)]
        for chart in self._charts.pop(client, ()):
            self._holders[chart] = tuple(one for one in self._holders[chart] if one != client)

    def _settle(self) -> None:
        """Words in order. Nearly sorted already, which Python's sort is quick with."""
        if not self._settled:
            self._sorted.sort()
            self._settled = True

    def find(
        self,
        typed: str,
        *,
        within: Collection[str] | None = None,
        without: Collection[str] = (),
        most: int = 20,
    ) -> list[Hit]:
        """Clients each of whose typed words begins one of theirs; `within` limits to charts, and
        of those in `without` nothing is told: their holders are found by another chart, or not.

        A chart outside `within` changes neither the answer nor its order nor the time it takes,
        for its holders are not looked at (P8).
        """
        wanted = fold(typed).replace(",", " ").split()
        if not wanted:
            return []
        found = (
            self._everywhere(wanted, without)
            if within is None
            else iter(self._among(wanted, [one for one in within if one not in without]))
        )
        known = islice(_once(found), most)
        return [Hit(client, self._of(client, within, without)) for client in known]

    def _of(
        self, client: str, within: Collection[str] | None, without: Collection[str]
    ) -> tuple[str, ...]:
        charts = (one for one in self._charts[client] if one not in without)
        return tuple(one for one in charts if within is None or one in within)

    def _everywhere(self, wanted: list[str], without: Collection[str]) -> Iterator[str]:
        """All whom the words fit, by the typed word that fewest words begin with."""
        self._settle()
        spans = [
            (bisect_left(self._sorted, part), bisect_left(self._sorted, part + _END))
            for part in wanted
        ]
        first, last = min(spans, key=lambda span: span[1] - span[0])
        for at in range(first, last):
            for client in self._clients[self._sorted[at]]:
                known = any(chart not in without for chart in self._charts[client])
                if known and self._begins(client, wanted):
                    yield client

    def _among(self, wanted: list[str], within: Collection[str]) -> list[str]:
        """The same among the holders of some charts, by the longest word typed."""
        longest = max(wanted, key=len)
        holders = {client for chart in within for client in self._holders.get(chart, ())}
        fitting = [client for client in holders if self._begins(client, wanted)]
        return sorted(fitting, key=lambda client: (self._first(client, longest), client))

    def _first(self, client: str, part: str) -> str:
        return min(word for word in self._words[client] if word.startswith(part))

    def _begins(self, client: str, wanted: list[str]) -> bool:
        words = self._words[client]
        return all(any(word.startswith(part) for word in words) for part in wanted)


def _once(clients: Iterable[str]) -> Iterator[str]:
    """Each client at her first place."""
    seen: set[str] = set()
    for client in clients:
        if client not in seen:
            seen.add(client)
            yield client
