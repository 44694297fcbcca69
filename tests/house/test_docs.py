"""What pages leave out would mislead: tables on the map, headings that links lead to, parts of a
decision. (What they name wrongly is found by test_pages.py.)"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from tests.house.walking import ROOT, File, all_files, breaches, files, piece

_ROW = re.compile(r"^\| (\w+_\w+) \|", re.MULTILINE)
_ANCHOR = re.compile(r"\]\(([\w./-]*)#([\w-]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_BLOCK = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
PARTS = ("Context", "Decision", "Consequences")


def tables() -> set[str]:
    """The tables of the practice's database, Django's own list of migrations aside."""
    return {model._meta.db_table for model in apps.get_models()}


def anchors(text: str) -> set[str]:
    """How headings are called in a link: small letters, no marks, hyphens for spaces."""
    titles = _HEADING.findall(_BLOCK.sub("", text))
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


def lost_headings(file: File) -> Iterator[str]:
    """Links to a heading that is not there."""
    for path, anchor in _ANCHOR.findall(file.text):
        target = (ROOT / file.path).parent / path if path else None
        if target is not None and not target.is_file():
            continue  # test_pages.py tells
        text = target.read_text("utf-8") if target is not None else file.text
        if anchor not in anchors(text):
            yield f"{file.path} links to {path}#{anchor}, which is not there"


def missing_parts(file: File) -> Iterator[str]:
    """Parts that a decision lacks."""
    headings = _HEADING.findall(file.text)
    yield from (f"{file.path} has no {part}" for part in PARTS if part not in headings)


def test_what_lies_on_the_disk_is_told_table_by_table():
    told = _ROW.findall((ROOT / "docs" / "map.md").read_text("utf-8"))
    assert set(told) == tables()
    assert len(told) == len(set(told))


def test_links_to_headings_lead_there():
    pages = [file for file in all_files() if file.path.endswith(".md")]
    assert breaches(lost_headings, pages) == []


def test_every_decision_has_its_parts_and_a_number_of_its_own():
    decisions = files("docs/decisions/0", ends=".md")
    numbers = [Path(file.path).name[:4] for file in decisions]
    assert len(numbers) == len(set(numbers))
    assert breaches(missing_parts, decisions) == []


TEETH = [
    (lost_headings, piece("[there](#nowhere)\n# Here\n", "docs/x.md")),
    (lost_headings, piece("[there](map.md#nowhere)", "docs/x.md")),
    (missing_parts, piece("# 1\n## Context\n## Decision\n", "docs/x.md")),
]


@pytest.mark.parametrize(("rule", "breach"), TEETH)
def test_the_rule_has_teeth(rule, breach):
    assert breaches(rule, [breach])


def test_a_heading_is_found_by_its_name():
    fine = piece(
        "[x](#what-a-host-can-and-cant-see)\n## What a host can, and can't, see\n", "docs/x.md"
    )
    assert breaches(lost_headings, [fine]) == []
