"""Small files, short functions: what a reader can hold in her head."""

import ast
from collections.abc import Iterator
from statistics import median

import pytest

from tests.house.walking import File, breaches, files, piece, source

LONGEST_FILE, MEDIAN_FILE = 400, 120
LONGEST_FUNCTION, MEDIAN_FUNCTION = 60, 10

Function = ast.FunctionDef | ast.AsyncFunctionDef


def length(function: Function) -> int:
    """Its lines, from its name to its end, without decorators and without its docstring."""
    end = function.end_lineno or function.lineno
    told = 0
    if ast.get_docstring(function) is not None:
        first = function.body[0]
        told = (first.end_lineno or first.lineno) - first.lineno + 1
    return end - function.lineno + 1 - told


def functions(file: File) -> Iterator[Function]:
    """Every function of a file."""
    for node in file.walk(ast.FunctionDef, ast.AsyncFunctionDef):
        assert isinstance(node, Function)
        yield node


def too_long(file: File) -> Iterator[str]:
    """Files over the budget, and functions over theirs."""
    if file.lines > LONGEST_FILE:
        yield f"{file.path} has {file.lines} lines; the most is {LONGEST_FILE}"
    for function in functions(file):
        if length(function) > LONGEST_FUNCTION:
            told = f"{function.name} has {length(function)} lines"
            yield f"{file.at(function)} {told}; the most is {LONGEST_FUNCTION}"


def test_no_file_and_no_function_is_too_long():
    assert breaches(too_long, files("src/", "tests/", "tools/")) == []


def test_most_files_and_functions_are_short():
    assert median(file.lines for file in source()) <= MEDIAN_FILE
    lengths = [length(function) for file in source() for function in functions(file)]
    assert median(lengths) <= MEDIAN_FUNCTION


def test_styles_and_scripts_are_short_too():
    for ends in (".css", ".ts", ".html"):
        assert [
            f"{file.path} has {file.lines} lines"
            for file in files("ui/src", "ui/styles", "src/stillroom/desk/templates", ends=ends)
            if file.lines > LONGEST_FILE
        ] == []


@pytest.mark.parametrize(
    "text",
    [
        "\n" * 401,
        "def long():\n" + "    pass\n" * 60,
        "class A:\n async def f(self):\n" + "  x\n" * 60,
    ],
)
def test_the_rule_sees_what_is_too_long(text):
    assert breaches(too_long, [piece(text)])


@pytest.mark.parametrize(
    "text", ["\n" * 400, 'def f():\n    """A\n\n    B\n    """\n' + "    x\n" * 59]
)
def test_the_rule_lets_pass_what_is_not(text):
    assert breaches(too_long, [piece(text)]) == []
