"""Stories: the cases beside a provision, for whoever wants to see it at work.

Read from the folder of the law when asked for, one file at a time, and kept in memory.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stillroom.law._loading import entries
from stillroom.law._provision import Provision

_EXPECTED = {True: "yes", False: "no"}


@dataclass(frozen=True, slots=True)
class Story:
    """A little story, what is known in it, and whether the provision applies: yes, no, unknown."""

    case: str
    expect: str
    facts: Mapping[str, Any]


class Stories:
    """The cases of a folder of law. A folder without cases tells none."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._read: dict[str, dict[str, tuple[Story, ...]]] = {}

    def of(self, rule: Provision) -> tuple[Story, ...]:
        """The stories of one provision, as written: yes first, then no, then unknown."""
        told = self._read.get(rule.file)
        if told is None:
            told = self._read[rule.file] = self._file(rule.file)
        return told.get(rule.id, ())

    def _file(self, file: str) -> dict[str, tuple[Story, ...]]:
        path = self.root / file.replace(".yaml", ".cases.yaml")
        if not file or not path.is_file():
            return {}
        found: dict[str, list[Story]] = {}
        for item in entries(path, self.root)[1]:
            told = item.plain()
            if isinstance(told, dict):
                expect = told.get("expect")
                story = Story(
                    " ".join(str(told.get("case", "")).split()),
                    _EXPECTED.get(expect, "unknown") if isinstance(expect, bool) else "unknown",
                    told.get("facts") or {},
                )
                found.setdefault(str(told.get("provision")), []).append(story)
        order = ("yes", "no", "unknown")
        return {
            name: tuple(sorted(stories, key=lambda one: order.index(one.expect)))
            for name, stories in found.items()
        }
