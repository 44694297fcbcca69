"""What a list tells of each record: its words in force, when it was signed, its addenda. Pure."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from stillroom.chart import rules_review
from stillroom.chart.contents import Content


class First(NamedTuple):
    """A record's words in force, and when it was first signed; nothing of one that is not open."""

    content: Content | None
    signed_at: Any


UNOPENED = First(None, None)


def first_words(
    opened: Iterable[tuple[tuple[Any, ...], Content]],
) -> tuple[dict[str, First], dict[str, int]]:
    """Each record's words in force with when it was first signed, and how many addenda it has."""
    firsts: dict[str, First] = {}
    addenda: dict[str, int] = {}
    versions: dict[str, int] = {}
    signed: dict[str, Any] = {}
    for (record, number, _, addendum, signed_at), content in opened:
        if number == 1:
            signed[record] = signed_at
        if not addendum:
            if number >= versions.get(record, 1):
                versions[record], firsts[record] = number, First(content, signed_at)
        elif not rules_review.is_step(content):
            addenda[record] = addenda.get(record, 0) + 1
    return {key: First(one.content, signed[key]) for key, one in firsts.items()}, addenda
