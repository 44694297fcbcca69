"""What pages say is there is there: paths on the map, proofs of promises, tests of threats."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.walking import ROOT, SOURCE, File, all_files, breaches, files, piece

MAP, THREATS = "docs/map.md", "docs/threats.md"
_PATH = re.compile(r"`((?:src|tests|docs|provisions|ui|tools)/[\w./*-]+|[\w-]+\.(?:md|toml))`")
_LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
_NODE = re.compile(r"\b(tests/[\w/]+\.py)(?:::(\w+))?(?:::(\w+))?")
_THREAT = re.compile(r"^\|\s*\**(T\d+)\**\s*\|(.*)$", re.MULTILINE)
NOT_BUILT = re.compile(r"not (?:yet )?built|not yet", re.IGNORECASE)


def page(path: str) -> File:
    """A page that must be there."""
    for file in all_files():
        if file.path == path:
            return file
    raise AssertionError(f"{path} is missing")


def lost_paths(file: File) -> Iterator[str]:
    """Paths in backticks, and links, that lead nowhere. A `*` stands for some files at least."""
    for found in _PATH.finditer(file.text):
        if not _is_there(ROOT, found[1].rstrip("/")):
            yield f"{file.path} names {found[1]}, which is not there"
    for found in _LINK.finditer(file.text):
        if not _is_there((ROOT / file.path).parent, found[1]):
            yield f"{file.path} links to {found[1]}, which is not there"


def _is_there(folder: Path, path: str) -> bool:
    if "*" in path:
        return any(folder.glob(path))
    return (folder / path).exists()


def lost_proofs(file: File) -> Iterator[str]:
    """Tests that a page names and nobody wrote."""
    for found in _NODE.finditer(file.text):
        path, *names = (part for part in found.groups() if part)
        if not (ROOT / path).exists():
            yield f"{file.path} names {path}, which is not there"
        elif names and not _defines(path, names):
            yield f"{file.path} names {found[0]}, which is not there"


def _defines(path: str, names: list[str]) -> bool:
    body: list[ast.stmt] = ast.parse((ROOT / path).read_text("utf-8")).body
    for name in names:
        inside = [node for node in body if getattr(node, "name", "") == name]
        if not inside:
            return False
        body = getattr(inside[0], "body", [])
    return True


def unproven_promises(file: File) -> Iterator[str]:
    """A promise has limits, and names the tests that prove it."""
    proof = file.text.partition("## Proven by")[2].partition("\n## ")[0]
    if not _NODE.search(proof) or "::" not in proof:
        yield f"{file.path} is proven by nothing"
    if not re.search(
        r"^## .*(limit|not promise|remains|exception)", file.text, re.IGNORECASE | re.MULTILINE
    ):
        yield f"{file.path} states no limits"


def unproven_threats(file: File) -> Iterator[str]:
    """Each threat has a row with the tests that prove its answer, or says that nothing is built."""
    for found in _THREAT.finditer(file.text):
        if not _NODE.search(found[2]) and not NOT_BUILT.search(found[2]):
            yield f"{file.path} {found[1]} is proven by nothing"


def test_the_map_leads_to_what_is_there():
    assert breaches(lost_paths, [page(MAP)]) == []


def test_every_package_is_on_the_map():
    text = page(MAP).text
    packages = [path.name for path in SOURCE.iterdir() if (path / "__init__.py").exists()]
    assert [name for name in packages if f"{name}/" not in text] == []


def test_pages_link_to_pages_that_are_there():
    pages = [file for file in all_files() if file.path.endswith(".md")]
    found = [each for each in breaches(lost_paths, pages) if " links to " in each]
    assert found == []


def test_every_proof_that_a_page_names_is_a_test():
    pages = [file for file in files("docs/", ends=".md") if "bench" not in file.path]
    assert breaches(lost_proofs, pages) == []


def test_every_promise_has_limits_and_proofs():
    promises = files("docs/promises/P", ends=".md")
    assert promises
    assert breaches(unproven_promises, promises) == []


def test_threats_and_their_tests_match():
    threats = page(THREATS)
    assert {found[1] for found in _THREAT.finditer(threats.text)} >= {
        f"T{number:02}" for number in range(1, 18)
    }
    assert breaches(unproven_threats, [threats]) == []
    written = {file.path for file in files("tests/threats/test_")}
    assert [path for path in sorted(written) if path not in threats.text] == []


TEETH = [
    (lost_paths, piece("see `src/stillroom/nowhere.py`", "docs/map.md")),
    (lost_paths, piece("see `tests/nothing*.py`", "docs/map.md")),
    (lost_paths, piece("[the page](nowhere.md)", "docs/map.md")),
    (lost_proofs, piece("tests/house/test_nothing.py", "docs/x.md")),
    (lost_proofs, piece("tests/house/test_pages.py::test_nothing", "docs/x.md")),
    (unproven_promises, piece("# P1\n## Limits\n", "docs/promises/P01.md")),
    (unproven_promises, piece("# P1\n## Proven by\n- soon\n## Limits\n", "docs/promises/P01.md")),
    (unproven_promises, piece("## Proven by\n- tests/a.py::test_b\n", "docs/promises/P01.md")),
    (unproven_threats, piece("| **T01** | thief | seals | |", "docs/threats.md")),
]


@pytest.mark.parametrize(("rule", "breach"), TEETH)
def test_the_rule_has_teeth(rule, breach):
    assert breaches(rule, [breach])


def test_the_rules_find_what_is_there():
    here = "tests/house/test_pages.py::test_the_rules_find_what_is_there"
    fine = piece(f"`src/stillroom/kernel/` {here} [home](../README.md)", "docs/x.md")
    assert breaches(lost_paths, [fine]) == []
    assert breaches(lost_proofs, [fine]) == []
