"""The code set as shipped: what a code was called, in which releases, and what stands near it.

Rules: what a release holds is sure from its day until the next half-year begins. Between two
shipped releases a code that came or went may have done so on any day between, so it is not
refused (unknown is not no). A code is spelled with its point: F33.1.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final

from stillroom.chart.icd10cm._closeness import closeness
from stillroom.chart.icd10cm._words import Found, Index, words_of

_FILE: Final = Path(__file__).with_name("codes.tsv")
_CODE: Final = re.compile(r"([A-Z]\d[0-9A-Z])\.?([0-9A-Z]{0,4})")
_RELEASES: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


class Standing(Enum):
    """What a code is on a day."""

    BILLABLE = "billable"
    HEADING = "a heading, not billable"
    GONE = "no longer in force"
    UNKNOWN = "not in the releases shipped here"


@dataclass(frozen=True, slots=True)
class Code:
    """One code. `marks` has a letter for each release: b billable, h heading, - absent."""

    code: str
    title: str
    terms: tuple[str, ...]
    marks: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A code found; `by` is the inclusion term that was hit, "" if its title was."""

    code: Code
    standing: Standing
    by: str


def spelled(typed: str) -> str:
    """A code as it is written, in capitals and with its point; "" for what looks like none."""
    found = _CODE.fullmatch(typed.strip().upper())
    return "" if found is None else found[1] + (f".{found[2]}" if found[2] else "")


@dataclass(frozen=True)
class Catalogue:
    """All codes, by code and in the tabular list's order."""

    releases: tuple[date, ...]
    codes: Mapping[str, Code]

    def dated(self, day: date) -> date:
        """The release on which an answer for `day` rests."""
        return self.releases[self._at(day)]

    def sure(self, day: date) -> bool:
        """Whether the release of `dated` is surely the one in force: none can have followed it."""
        release = self.dated(day)
        ends = (release.year, 9, 30) if 4 <= release.month < 10 else (release.year, 3, 31)
        if release.month >= 10:
            ends = (release.year + 1, 3, 31)
        return release <= day <= date(*ends)

    def _at(self, day: date) -> int:
        return max((nth for nth, on in enumerate(self.releases) if on <= day), default=0)

    def standing(self, code: str, day: date) -> Standing:
        """What `code` is on `day`, as far as the shipped releases tell."""
        known = self.codes.get(code)
        if known is None:
            return Standing.UNKNOWN
        nth = self._at(day)
        near = known.marks[nth : nth + 2] if not self.sure(day) else known.marks[nth]
        if "b" in near:
            return Standing.BILLABLE
        if "h" in near:
            return Standing.HEADING
        return Standing.GONE if "b" in known.marks[:nth] else Standing.UNKNOWN

    def was_billable(self, code: str) -> bool:
        """Whether any shipped release has the code as billable."""
        known = self.codes.get(code)
        return known is not None and "b" in known.marks

    def nearest(self, code: str, day: date, most: int = 4) -> list[Code]:
        """Billable codes to take instead: what stands beneath it, else beside it, else the
        most alike by its letters."""
        billable = [one for one in self.codes.values() if self._billable(one, day)]
        stem = code.replace(".", "")
        beneath = [one for one in billable if one.code.replace(".", "").startswith(stem)]
        if beneath and code in self.codes:
            return beneath[:most]
        known = self.codes.get(code)
        if known is not None:
            beside = [one for one in billable if one.code.startswith(code[:-1].rstrip("."))]
            return sorted(beside or billable, key=lambda one: _unlike(known.title, one.title))[
                :most
            ]
        alike = (
            (one.code[:3] != code[:3], closeness(stem, one.code.replace(".", ""), 3), one.code)
            for one in billable
        )
        return [self.codes[code] for _, _, code in sorted(alike)[:most]]

    def _billable(self, one: Code, day: date) -> bool:
        return self.standing(one.code, day) is Standing.BILLABLE

    @cached_property
    def _index(self) -> Index:
        return Index((one.code, one.title, one.terms) for one in self.codes.values())

    def find(self, typed: str, day: date, most: int = 12) -> list[Hit]:
        """Codes by their beginning, or by words of their titles and inclusion terms."""
        beginning = typed.strip().upper().replace(".", "")
        if re.fullmatch(r"[A-Z]\d[0-9A-Z]{0,5}", beginning):
            found = [
                Found(one.code, "")
                for one in self.codes.values()
                if one.code.replace(".", "").startswith(beginning)
            ]
        else:
            found = self._index.find(typed, 4 * most)
        hits = (Hit(self.codes[one.code], self.standing(one.code, day), one.by) for one in found)
        in_force = [hit for hit in hits if hit.standing in (Standing.BILLABLE, Standing.HEADING)]
        return in_force[:most]


def _unlike(one: str, other: str) -> tuple[int, int]:
    mine, theirs = set(words_of(one)), set(words_of(other))
    return (-len(mine & theirs), len(theirs - mine))


def read(lines: Iterable[str]) -> Catalogue:
    """A catalogue of the lines of `codes.tsv`; those that begin with # are about it."""
    about: list[str] = []
    codes: dict[str, Code] = {}
    for line in lines:
        if line.startswith("#"):
            about.append(line)
            continue
        code, marks, title, terms = line.rstrip("\n").split("\t")
        codes[code] = Code(code, title, tuple(filter(None, terms.split("|"))), marks)
    releases = tuple(map(date.fromisoformat, _RELEASES.findall("".join(about))))
    return Catalogue(releases, codes)


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """The code set shipped with this software."""
    with _FILE.open(encoding="utf-8") as lines:
        return read(lines)
