"""Whatever others may use says what it is."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import PurePosixPath

import pytest

from tests.house.walking import ROOT, File, breaches, files, piece, source

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def undocumented(file: File) -> Iterator[str]:
    """Modules, public classes, functions and methods without a docstring.

    In a module that begins with _ only what the package's front door shows is public. A method that
    only overrides Python's own (`__iter__`), a class inside a class (a table's `Meta` or choices)
    and a property of one line, which is a field, say enough by their names.
    """
    if not ast.get_docstring(file.tree) and file.text.strip():
        yield f"{file.path} does not say what it is"
    shown = front_door(PurePosixPath(file.path))
    for node in file.tree.body:
        if isinstance(node, Definition) and (shown is None or node.name in shown):
            yield from _silent(file, node)


@cache
def front_door(path: PurePosixPath) -> frozenset[str] | None:
    """The names that a private module's package shows; None for a module that is public itself."""
    door = ROOT / path.parent / "__init__.py"
    if not path.name.startswith("_") or path.name == "__init__.py" or not door.exists():
        return None
    for node in ast.parse(door.read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return frozenset(ast.literal_eval(node.value))
    return frozenset()


def _silent(file: File, node: Definition) -> Iterator[str]:
    if node.name.startswith("_") or _is_overload(node):
        return
    if not ast.get_docstring(node) and not _is_field(node):
        yield f"{file.at(node)} {node.name} does not say what it is"
    if isinstance(node, ast.ClassDef):
        for inner in node.body:
            if isinstance(inner, Definition) and not isinstance(inner, ast.ClassDef):
                yield from _silent(file, inner)


def _is_field(node: Definition) -> bool:
    marks = [ast.unparse(mark) for mark in node.decorator_list]
    return len(node.body) == 1 and any(mark.endswith("property") for mark in marks)


def _is_overload(node: Definition) -> bool:
    return any(ast.unparse(mark) == "overload" for mark in node.decorator_list)


def test_everything_public_says_what_it_is():
    assert breaches(undocumented, source()) == []


def test_every_test_module_says_what_it_proves():
    silent = [
        file.path for file in files("tests/") if file.text and not ast.get_docstring(file.tree)
    ]
    assert silent == []


@pytest.mark.parametrize(
    "text",
    [
        "x = 1",
        '"""M."""\ndef f(): ...',
        '"""M."""\nasync def f(): ...',
        '"""M."""\nclass A: ...',
        '"""M."""\nclass A:\n    """A."""\n    def f(self): ...',
    ],
)
def test_the_rule_sees_what_is_silent(text):
    assert breaches(undocumented, [piece(text)])


@pytest.mark.parametrize(
    "text",
    [
        "",
        '"""M."""\ndef _f(): ...',
        '"""M."""\nclass A:\n    """A."""\n    def __len__(self): ...\n    class Meta: ...',
        '"""M."""\ndef f():\n    """F."""\n    def inner(): ...',
        '"""M."""\nclass A:\n    """A."""\n    @property\n    def f(self): return 1',
    ],
)
def test_the_rule_lets_pass_what_needs_no_words(text):
    assert breaches(undocumented, [piece(text)]) == []
