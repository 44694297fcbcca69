"""A package is entered by its front door, and the cores know neither clock, disk nor network."""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import PurePosixPath

import pytest

from tests.house.walking import CORES, File, breaches, imported, name_of, piece, source

NAMELESS = {"utils", "util", "common", "helpers", "helper", "core", "base", "misc", "lib"}
# The one file of a core that is handed out by itself, and so has a name for people.
HANDED_OUT = {"src/stillroom/ledger/verify_log.py"}
OUTSIDE = {
    "asyncio", "ctypes", "django", "http", "logging", "multiprocessing", "psycopg", "random",
    "requests", "select", "shelve", "signal", "smtplib", "socket", "sqlite3", "ssl", "subprocess",
    "tempfile", "threading", "time", "urllib", "webbrowser",
}  # fmt: skip
CLOCKS = {"now", "utcnow", "today", "time", "time_ns", "monotonic", "perf_counter"}
# Reading the corpus is what these are for; all else in a core is given its words.
READERS = {"src/stillroom/law/_written.py": "Corpus.load and check read the sheets"}
OPENERS = {"open", "read_text", "read_bytes", "write_text", "write_bytes"}


def nameless(file: File) -> Iterator[str]:
    """Modules and packages whose name says nothing."""
    path = PurePosixPath(file.path)
    for part in (*path.parts[:-1], path.stem):
        if part.strip("_") in NAMELESS:
            yield f"{file.path}: {part} says nothing of what is in it"


def side_entrances(file: File) -> Iterator[str]:
    """Imports of another package's private modules or names."""
    own = file.path.removeprefix("src/").split("/")[:2]
    for node, name in imported(file):
        parts = name.split(".")
        private = [part for part in parts[2:] if part.startswith("_") and part != "__main__"]
        if parts[0] == "stillroom" and parts[:2] != own and private:
            yield f"{file.at(node)} enters {'.'.join(parts[:2])} by {private[0]}"


def core_of(file: File) -> str:
    """Which core a file belongs to; empty for none."""
    parts = file.path.removeprefix("src/stillroom/").split("/")
    return parts[0] if len(parts) > 1 and parts[0] in CORES else ""


def open_files(file: File) -> Iterator[str]:
    """Files of a core that stand open beside its front door."""
    name = PurePosixPath(file.path).name
    if core_of(file) and not name.startswith("_") and file.path not in HANDED_OUT:
        yield f"{file.path} should begin with _"


def impure(file: File) -> Iterator[str]:
    """What a core must not reach for: frameworks, threads, the network, the clock, files."""
    if not core_of(file) or file.path in HANDED_OUT:
        return
    for node, name in imported(file):
        if name.split(".")[0] in OUTSIDE:
            yield f"{file.at(node)} imports {name}"
    for node in file.walk(ast.Call):
        assert isinstance(node, ast.Call)
        called = name_of(node.func)
        last = called.rpartition(".")[2]
        if last in CLOCKS and "." in called:
            yield f"{file.at(node)} asks the clock: {called}"
        if last in OPENERS and file.path not in READERS and not _opens_sealed(called):
            yield f"{file.at(node)} opens a file: {called}"


def _opens_sealed(called: str) -> bool:
    """A keyring opens too."""
    return "." in called and called.endswith(".open") and not called.startswith(("io.", "path."))


@pytest.mark.parametrize("rule", [nameless, side_entrances, open_files, impure])
def test_the_house_keeps_the_rule(rule):
    assert breaches(rule, source()) == []


@pytest.mark.parametrize("name", CORES)
def test_a_cores_front_door_has_an_example_and_names_all_that_it_shows(name):
    core = import_module(f"stillroom.{name}")
    assert core.__doc__
    example = [line for line in core.__doc__.splitlines() if line.startswith("    ")]
    assert any("import" in line or ">>>" in line for line in example)
    shown = {
        each
        for each in vars(core)
        if not each.startswith("_") and not isinstance(vars(core)[each], type(core))
    }
    assert shown == set(core.__all__)


def test_every_file_that_may_read_does():
    kept = {file.path: file for file in source()}
    for path in READERS:
        assert any(word in kept[path].text for word in OPENERS), path


TEETH = [
    (nameless, piece("", "src/stillroom/utils.py")),
    (nameless, piece("", "src/stillroom/law/_helpers.py")),
    (nameless, piece("", "src/stillroom/core/law.py")),
    (side_entrances, piece("from stillroom.law._corpus import Corpus")),
    (side_entrances, piece("import stillroom.vault._keyring")),
    (side_entrances, piece("from stillroom.law import _corpus")),
    (open_files, piece("", "src/stillroom/law/scale.py")),
    (impure, piece("import sqlite3", "src/stillroom/law/_x.py")),
    (impure, piece("from django.db import models", "src/stillroom/access/_x.py")),
    (impure, piece("from datetime import datetime\ndatetime.now()", "src/stillroom/law/_x.py")),
    (impure, piece("from datetime import date\nd = date.today()", "src/stillroom/law/_x.py")),
    (impure, piece("open('x')", "src/stillroom/ledger/_x.py")),
    (impure, piece("path.read_text()", "src/stillroom/vault/_x.py")),
]


@pytest.mark.parametrize(("rule", "breach"), TEETH)
def test_the_rule_has_teeth(rule, breach):
    assert breaches(rule, [breach])


def test_a_package_may_use_its_own_rooms():
    own = piece("from stillroom.law._corpus import Corpus", "src/stillroom/law/_x.py")
    assert breaches(side_entrances, [own]) == []
    assert breaches(impure, [piece("ring.open(sealed, place)", "src/stillroom/vault/_x.py")]) == []
