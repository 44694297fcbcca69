"""Whoever writes a revision says so to the index: else a search would not see what was signed."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.walking import File, breaches, name_of, piece, source


def silent_writers(file: File) -> Iterator[str]:
    """A file of the chart's that makes revisions and never marks the index."""
    if not file.path.startswith("src/stillroom/chart/"):
        return
    called = [(name_of(node.func), node.args) for node in file.walk(ast.Call)]  # type: ignore[attr-defined]
    calls = {name for name, _ in called}
    writes = "Revision" in calls or any(name.startswith("Revision.objects") for name in calls)
    writes |= any(
        name == "rows.row" and given and name_of(given[0]) == "Revision" for name, given in called
    )
    writing = any(
        name.rpartition(".")[2] in ("insert", "create", "bulk_create", "save") for name in calls
    )
    if writes and writing and "indexing.mark" not in calls:
        yield f"{file.path} writes revisions and does not call indexing.mark"


def test_every_door_that_writes_revisions_marks_the_index() -> None:
    assert breaches(silent_writers, source()) == []


@pytest.mark.parametrize(
    "text",
    [
        "revision = Revision(record=row)\nrows.insert([revision])",
        "rows.insert([rows.row(Revision, record_id=row.pk)])",
        "Revision.objects.create(record=row)",
        "one = Revision()\none.save()",
    ],
)
def test_the_rule_has_teeth(text: str) -> None:
    assert breaches(silent_writers, [piece(text, "src/stillroom/chart/elsewhere.py")])
