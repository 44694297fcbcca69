"""Front sheets and names: what is known of a client at the desk, and how it is found. Pure.

The look-up index lives in the memory of an unsealed server alone. Nothing of it is written to a
disk, not even an equality (DESIGN.md, vault).
"""

import unicodedata
from bisect import bisect_left
from collections.abc import Container
from dataclasses import dataclass
from datetime import date

import msgspec


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
    plain = unicodedata.normalize("NFKD", text.casefold())
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


class NameIndex:
    """Front-sheet words in memory, found by the beginnings of all the words typed."""

    def __init__(self) -> None:
        self._words: dict[str, tuple[str, ...]] = {}
        self._charts: dict[str, tuple[str, ...]] = {}
        self._sorted: list[tuple[str, str]] = []
        self._stale = False

    def __len__(self) -> int:
        return len(self._words)

    def put(self, client: str, charts: tuple[str, ...], sheet: FrontSheet) -> None:
        """Add or renew one client."""
        self._words[client] = words_of(sheet)
        self._charts[client] = charts
        self._stale = True

    def _settle(self) -> None:
        if self._stale:
            self._sorted = sorted(
                (word, client) for client, words in self._words.items() for word in words
            )
            self._stale = False

    def find(
        self, typed: str, *, within: Container[str] | None = None, most: int = 20
    ) -> list[Hit]:
        """Clients each of whose typed words begins one of theirs; `within` limits to charts.

        A chart outside `within` changes neither the answer nor its order (P8).
        """
        wanted = fold(typed).replace(",", " ").split()
        if not wanted:
            return []
        self._settle()
        rarest = max(wanted, key=len)
        hits: list[Hit] = []
        seen: set[str] = set()
        for at in range(bisect_left(self._sorted, (rarest, "")), len(self._sorted)):
            word, client = self._sorted[at]
            if not word.startswith(rarest) or len(hits) >= most:
                break
            if client in seen:
                continue
            seen.add(client)
            charts = self._charts[client]
            if within is not None:
                charts = tuple(chart for chart in charts if chart in within)
            if charts and self._begins(client, wanted):
                hits.append(Hit(client, charts))
        return hits

    def _begins(self, client: str, wanted: list[str]) -> bool:
        words = self._words[client]
        return all(any(word.startswith(part) for word in words) for part in wanted)
