"""A client's records are read at one place, which knows what is held from her (decision 0039, NEEDS 10)."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.walking import File, breaches, imported, piece, source

READS_FOR_CLIENTS = "src/stillroom/chart/own.py"
OPENS_RECORDS = frozenset(
    f"stillroom.chart.{name}"
    for name in (
        "lists",
        "queries",
        "queries_measures",
        "queries_plan",
        "queries_print",
        "queries_risk",
        "queries_story",
        "releasing",
        "searching",
        "together",
        "whole",
        "documents.reading",
    )
)
"""Modules that open records for the staff."""
TELLS = frozenset({"stillroom.chart.queries.holds_part2"})
"""What opens nothing."""


def reads_elsewhere(file: File) -> Iterator[str]:
    """A module in which records are read for the own purpose, beside the one that may."""
    if file.path == READS_FOR_CLIENTS or file.path.startswith("src/stillroom/access/"):
        return
    for function in file.walk(ast.FunctionDef, ast.Assign):
        if {"Act.RECORD_READ", "Purpose.OWN"} <= _named(function):
            yield f"{file.at(function)} reads records for a client; chart/own.py does"


def _named(node: ast.AST) -> set[str]:
    return {
        f"{one.value.id}.{one.attr}"
        for one in ast.walk(node)
        if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name)
    }


def by_the_staffs_way(file: File) -> Iterator[str]:
    """A page of the client's door that reads as the staff do."""
    if not file.path.startswith("src/stillroom/portal/"):
        return
    for node, name in imported(file):
        if name in TELLS or (isinstance(node, ast.ImportFrom) and name == node.module):
            continue
        if any(name == one or name.startswith(f"{one}.") for one in OPENS_RECORDS):
            yield f"{file.at(node)} reads by {name}; the client's pages read by chart.own"


@pytest.mark.parametrize("rule", [reads_elsewhere, by_the_staffs_way])
def test_the_house_keeps_the_rule(rule):
    assert breaches(rule, source()) == []


@pytest.mark.parametrize(
    ("rule", "text", "path"),
    [
        (reads_elsewhere, "x = Act.RECORD_READ, Purpose.OWN", "src/stillroom/chart/queries.py"),
        (
            by_the_staffs_way,
            "from stillroom.chart.queries import timeline",
            "src/stillroom/portal/views/records.py",
        ),
        (
            by_the_staffs_way,
            "from stillroom.chart import whole",
            "src/stillroom/portal/views/records.py",
        ),
    ],
)
def test_the_rule_has_teeth(rule, text, path):
    assert list(rule(piece(text, path)))
