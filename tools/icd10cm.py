"""Make `src/stillroom/chart/icd10cm/codes.tsv` from releases of ICD-10-CM's tabular list.

    python tools/icd10cm.py 2021-01-01=tabular_2021.xml 2025-04-01=… 2026-04-01=… > codes.tsv

The lists are those that the package simple-icd-10-cm (MIT) carried in its versions 1.0.5, 1.3.0 and
1.5.0, as published by NCHS. Chapters 5 (F) and 21 (Z) are kept: what a behavioral-health practice
codes by. A code's title and its inclusion terms are those of the newest release that has it.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

CHAPTERS = ("F", "Z")
HEAD = """# ICD-10-CM, chapters 5 (F) and 21 (Z). Source: CDC, National Center for Health
# Statistics (NCHS), tabular list, releases {releases}; taken from the package
# simple-icd-10-cm (MIT) by tools/icd10cm.py. NCHS's material is in the public domain in the United
# States, with attribution; ICD-10 itself is copyrighted by the World Health Organization, which
# authorized the adaptation. CDC does not endorse this software.
# code, a letter for each release (b billable, h heading, - absent), title, inclusion terms
"""


@dataclass(frozen=True)
class Line:
    """One code in one release."""

    billable: bool
    title: str
    terms: tuple[str, ...]


def read(path: str) -> Iterator[tuple[str, Line]]:
    """The codes of the wanted chapters, in the order of the tabular list."""
    # S314: a file that whoever runs this tool has chosen, not something received
    for found in ET.parse(path).getroot().iter("diag"):  # noqa: S314
        code = found.findtext("name", "").strip()
        if code[:1] in CHAPTERS:
            terms = tuple(_flat(note.text) for note in found.findall("inclusionTerm/note"))
            yield code, Line(found.find("diag") is None, _flat(found.findtext("desc")), terms)


def _flat(text: str | None) -> str:
    return " ".join((text or "").split()).replace("|", "/")


def made(releases: dict[str, dict[str, Line]]) -> Iterator[str]:
    """The file's lines."""
    newest_first = [releases[day] for day in sorted(releases, reverse=True)]
    for code in sorted(set().union(*newest_first)):
        line = next(found[code] for found in newest_first if code in found)
        marks = "".join(_mark(releases[day].get(code)) for day in sorted(releases))
        yield "\t".join((code, marks, line.title, "|".join(line.terms)))


def _mark(line: Line | None) -> str:
    return "-" if line is None else "b" if line.billable else "h"


if __name__ == "__main__":
    given = dict(argument.split("=", 1) for argument in sys.argv[1:])
    lists = {day: dict(read(path)) for day, path in given.items()}
    sys.stdout.write(HEAD.format(releases=", ".join(sorted(lists))))
    sys.stdout.writelines(f"{line}\n" for line in made(lists))
