"""One vocabulary: permissions in one enum, variables of the environment on one page, pure rules
pure, and the same file names in every slice."""

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

import pytest

from stillroom.access import Act
from tests.house.walking import File, breaches, files, imported, piece, source

SLICES = ("identity", "practice", "chart", "consent", "policy", "disclosure")
ENVIRONMENT = {
    "STILLROOM_CALLS": "where browsers reach the line that sets up calls",
    "STILLROOM_CLAMD": "where a virus scanner answers, if there is one",
    "STILLROOM_LEAVE_TO": "where *Leave now* leads on a client's pages",
    "STILLROOM_HOME": "the practice's folder",
    "STILLROOM_HOSTS": "names under which browsers may ask",
    "STILLROOM_MAIL": "how a line to a client leaves, if not by hand",
    "STILLROOM_ORIGINS": "https addresses from which forms may come",
    "STILLROOM_SFU": "where a server is that carries calls of many, if there is one",
    "STILLROOM_TEXT": "how a text message leaves, if not by hand",
    "STILLROOM_TURN": "where a relay for calls is, if there is one",
}
# The words for people of each act; a test below holds its keys to the enum.
TELLER = "src/stillroom/desk/views/entries.py"
PERMISSION = re.compile(r"[a-z]+:[a-z_]+:[a-z_]+\Z")


def permission_words(file: File) -> Iterator[str]:
    """Permissions spelled out away from the one list of them."""
    if file.path.endswith("access/_acts.py") or file.path == TELLER:
        return
    known = {act.value for act in Act}
    for node in file.walk(ast.Constant):
        assert isinstance(node, ast.Constant)
        if isinstance(node.value, str) and (
            node.value in known or PERMISSION.match(node.value) is not None
        ):
            yield f"{file.at(node)} spells out {node.value}; say Act.…"


def environment_words(file: File) -> Iterator[str]:
    """Variables that are on no page."""
    for found in re.finditer(r"\bSTILLROOM_[A-Z_]+\b", file.text):
        if found[0] not in ENVIRONMENT:
            yield f"{file.path} reads {found[0]}, which nobody was told of"


def impure_rules(file: File) -> Iterator[str]:
    """Rules of a slice that reach for tables, requests or the clock."""
    path = PurePosixPath(file.path)
    if path.parent.name not in SLICES or not path.stem.startswith("rules"):
        return
    for node, name in imported(file):
        if name.split(".")[0] in ("django", "os", "time", "sqlite3", "socket"):
            yield f"{file.at(node)} imports {name}"
        if name.endswith((".models", ".actions", ".queries")):
            yield f"{file.at(node)} imports {name}"
    for node in file.walk(ast.Attribute):
        assert isinstance(node, ast.Attribute)
        if node.attr in ("now", "today", "utcnow") and ast.unparse(node.value) in (
            "date",
            "datetime",
            "timezone",
        ):
            yield f"{file.at(node)} asks the clock"


@pytest.mark.parametrize("rule", [permission_words, environment_words, impure_rules])
def test_the_house_keeps_the_rule(rule):
    assert breaches(rule, source()) == []


@pytest.mark.parametrize("name", SLICES)
def test_every_slice_has_its_models_and_its_reads_and_writes(name):
    stems = {
        PurePosixPath(file.path).stem
        for file in files(f"src/stillroom/{name}/")
        if PurePosixPath(file.path).parent.name == name
    }
    assert {"models", "queries"} <= stems
    assert any(stem.startswith("rules") for stem in stems)


def test_every_variable_of_the_environment_is_on_a_page_for_who_hosts():
    pages = "".join(file.text for file in files("docs/operate/", ends=".md"))
    assert [name for name in ENVIRONMENT if name not in pages] == []
    read = "".join(file.text for file in source())
    assert [name for name in ENVIRONMENT if name not in read] == []


def test_queries_give_what_cannot_be_changed():
    thawed = [
        f"{file.at(node)} {node.name}"
        for file in source()
        if PurePosixPath(file.path).stem.startswith("queries")
        for node in file.walk(ast.ClassDef)
        if isinstance(node, ast.ClassDef)
        and "dataclass(" not in "".join(ast.unparse(mark) for mark in node.decorator_list)
        and not any(
            "Error" in ast.unparse(parent) or ast.unparse(parent) == "NamedTuple"
            for parent in node.bases
        )
    ]
    assert thawed == []


def test_every_act_that_is_told_in_words_is_an_act():
    (file,) = files(TELLER)
    spelled = {
        node.value
        for node in file.walk(ast.Constant)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and PERMISSION.match(node.value)
    }
    assert spelled - {act.value for act in Act} == set()


TEETH = [
    (permission_words, piece("x = 'record:note:read'")),
    (permission_words, piece(f"x = {next(iter(Act)).value!r}")),
    (environment_words, piece("os.environ['STILLROOM_DEBUG']")),
    (impure_rules, piece("from django.db import models", "src/stillroom/chart/rules.py")),
    (impure_rules, piece("datetime.now(UTC)", "src/stillroom/chart/rules_dates.py")),
    (impure_rules, piece("from stillroom.chart.models import X", "src/stillroom/chart/rules.py")),
]


@pytest.mark.parametrize(("rule", "breach"), TEETH)
def test_the_rule_has_teeth(rule, breach):
    assert breaches(rule, [breach])
