"""YAML with its line numbers kept, so that every mistake is told as file, line and field.

A small, strict reading of YAML: plain `yes`, `no`, `true`, `false` are yes or no; `null`, `~` and
nothing are unknown; whole numbers, decimals and ISO dates are what they look like; all else is
text. `on` and `off` are words, and `12:30` is not a number (YAML 1.1 thinks otherwise of both).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import yaml

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_WORDS = {"": None, "null": None, "~": None, "yes": True, "true": True, "no": False, "false": False}
_SHAPES: tuple[tuple[re.Pattern[str], Callable[[str], object]], ...] = (
    (re.compile(r"-?(0|[1-9]\d*)\Z"), int),
    (re.compile(r"-?(0|[1-9]\d*)\.\d+\Z"), float),
    (re.compile(r"\d{4}-\d{2}-\d{2}\Z"), date.fromisoformat),
)


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake in the corpus. Prints as `file:line: field: sentence`."""

    file: str
    line: int
    field: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.field}: {self.sentence}"


class Written(NamedTuple):
    """A value as written and the line where it stands (counted from 1).

    `value` is text, a number, a date, yes/no, None, a list of Written or a dict of Written.
    """

    value: Any
    line: int

    def plain(self) -> Any:
        """The value without its lines, for the digest."""
        if isinstance(self.value, list):
            return [item.plain() for item in self.value]
        if isinstance(self.value, dict):
            return {key: item.plain() for key, item in self.value.items()}
        return self.value


class Sheet:
    """One file being read, and the problems found in it."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def complain(self, line: int, field: str, sentence: str) -> None:
        self.problems.append(Problem(self.file, line, field, sentence))

    def read(self, text: str) -> Written:
        """The whole document; a file that is no YAML becomes one problem and an empty list."""
        try:
            node = yaml.compose(text, Loader=_LOADER)
            return self._convert(node) if node is not None else Written([], 1)
        except yaml.YAMLError as broken:
            mark = getattr(broken, "problem_mark", None)
            why = getattr(broken, "problem", None) or "this is not YAML"
            self.complain(mark.line + 1 if mark else 1, "file", str(why))
            return Written([], 1)

    def _convert(self, node: yaml.Node) -> Written:
        line = node.start_mark.line + 1
        if isinstance(node, yaml.SequenceNode):
            return Written([self._convert(item) for item in node.value], line)
        if isinstance(node, yaml.MappingNode):
            return Written(self._pairs(node), line)
        return Written(self._scalar(node, line), line)

    def _pairs(self, node: yaml.MappingNode) -> dict[str, Written]:
        pairs: dict[str, Written] = {}
        for key, value in node.value:
            name = str(key.value)
            if name in pairs:
                self.complain(key.start_mark.line + 1, name, "is written twice; keep one")
            found = self._convert(value)
            pairs[name] = Written(found.value, key.start_mark.line + 1)
        return pairs

    def _scalar(self, node: Any, line: int) -> object:
        text = str(node.value)
        if node.style:  # quoted, or a block of text
            return text
        if text.lower() in _WORDS:
            return _WORDS[text.lower()]
        for shape, make in _SHAPES:
            if shape.match(text):
                try:
                    return make(text)
                except ValueError:
                    self.complain(line, "date", f"{text} is no day of the calendar")
                    return None
        return text


def read_sheet(path: Path, root: Path) -> tuple[Sheet, Written]:
    """Read one file; its name in problems is relative to the corpus root."""
    sheet = Sheet(path.relative_to(root).as_posix())
    return sheet, sheet.read(path.read_text(encoding="utf-8"))
