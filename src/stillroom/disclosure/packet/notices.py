"""Which redisclosure statements go on a packet.

A statement that is owed, or may be owed, goes with it. Two exceptions. The statements of 42 CFR
Part 2 go only with Part 2 records, because on any other page they would tell that there are some.
And where every record leaves by the client's own paper, a statement that only may be owed (because
a fact about the process is not known) does not go: it would say of the release what is not so.
"""

from collections.abc import Iterable
from typing import Protocol

from stillroom.consent.rules import PART2_KINDS
from stillroom.disclosure.packet.pages import Notice
from stillroom.disclosure.rules_selection import Selection
from stillroom.kernel import Trilean

_PART2 = "42 CFR 2."


class NoticeLike(Protocol):
    """A notice as an opinion carries it."""

    @property
    def text(self) -> str: ...
    @property
    def citation(self) -> str: ...
    @property
    def applies(self) -> Trilean: ...


def notices_owed(notices: Iterable[NoticeLike], selection: Selection) -> tuple[Notice, ...]:
    """The opinion's notices that go with this selection, each text once, in their order."""
    by_paper = all(choice.paper for choice in selection.choices)
    part2 = any(choice.record.kind in PART2_KINDS for choice in selection.choices)
    found = {
        each.text: Notice(each.text, each.citation)
        for each in notices
        if (each.applies is Trilean.YES or (each.applies is Trilean.UNKNOWN and not by_paper))
        and (part2 or not each.citation.startswith(_PART2))
    }
    return tuple(found.values())
