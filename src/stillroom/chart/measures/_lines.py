"""JSON whose every value knows its line, so that a refusal can say where.

Rules (RFC 8259): one value, objects, arrays, strings, numbers, true, false, null. Stricter than
Python's own reader: a name that stands twice in one object is refused, `NaN` is refused, nesting
ends at 40. Pure: text in, nodes out.

    >>> node = read('{"title":\\n  "PHQ-9"}', "phq-9.json")
    >>> node.value["title"].value, node.value["title"].line
    ('PHQ-9', 2)
"""

import re
from dataclasses import dataclass
from json import JSONDecodeError
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any

from stillroom.kernel import StillroomError

DEEPEST = 40
_SPACE = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?")
_WORDS = (("true", True), ("false", False), ("null", None))


class QuestionnaireBroken(StillroomError):
    """A file that cannot be used, with the line at which that shows."""

    what = "this questionnaire cannot be used"
    usual_advice = "Mend the line that is named, and check the file again."

    def __init__(self, file: str, line: int, says: str, advice: str) -> None:
        super().__init__(f"{file}, line {line}: {says}", advice=advice)
        self.file = file
        self.line = line
        self.says = says


@dataclass(frozen=True)
class Node:
    """A value and the line on which it begins. Objects hold nodes by name, arrays nodes."""

    value: Any
    line: int


class _Reader:
    """One walk through one text."""

    def __init__(self, text: str, file: str) -> None:
        self.text, self.file, self.at = text, file, 0

    def line(self, at: int | None = None) -> int:
        return self.text.count("\n", 0, self.at if at is None else at) + 1

    def broken(self, says: str, advice: str) -> QuestionnaireBroken:
        return QuestionnaireBroken(self.file, self.line(), says, advice)

    def skip(self) -> str:
        """Past white space; gives the letter that stands there, or nothing at the end."""
        self.at = _SPACE.match(self.text, self.at).end()  # type: ignore[union-attr]
        return self.text[self.at : self.at + 1]

    def take(self, letter: str, where: str) -> None:
        found = self.skip()
        if found != letter:
            said = f"“{found}”" if found else "the end of the file"
            raise self.broken(
                f"{said} stands where “{letter}” should", f"Put “{letter}” there, {where}."
            )
        self.at += 1

    def value(self, depth: int = 0) -> Node:
        if depth > DEEPEST:
            raise self.broken(
                f"this is nested more than {DEEPEST} deep", "Bring groups up to fewer levels."
            )
        letter = self.skip()
        line = self.line()
        if letter == "{":
            return Node(self._object(depth), line)
        if letter == "[":
            return Node(self._array(depth), line)
        if letter == '"':
            return Node(self._string(), line)
        for word, meant in _WORDS:
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return Node(meant, line)
        number = _NUMBER.match(self.text, self.at)
        if number is None:
            said = f"“{letter}”" if letter else "the end of the file"
            raise self.broken(
                f"{said} stands where a value should",
                "Write a text in double quotes, a number, true, false, null, {…} or […]; a comma "
                "after the last value of a list is one too many.",
            )
        self.at = number.end()
        written = number.group()
        return Node(float(written) if set(written) & set(".eE") else int(written), line)

    def _string(self) -> str:
        try:
            text, self.at = scanstring(self.text, self.at + 1, True)
        except JSONDecodeError:
            raise self.broken(
                "a text does not end on its line, or holds an unknown sign after \\",
                'End it with a double quote; in it, write \\" for a quote and \\n for a new line.',
            ) from None
        return str(text)

    def _object(self, depth: int) -> dict[str, Node]:
        self.at += 1
        found: dict[str, Node] = {}
        if self.skip() == "}":
            self.at += 1
            return found
        while True:
            if self.skip() != '"':
                raise self.broken(
                    "a name in double quotes should stand here",
                    'Write “"name": value”; a comma after the last one is one too many.',
                )
            name = self._string()
            if name in found:
                raise self.broken(f"“{name}” stands twice in one object", "Keep one of the two.")
            self.take(":", f"after “{name}”")
            found[name] = self.value(depth + 1)
            if self.skip() != ",":
                break
            self.at += 1
        self.take("}", "at the end of the object, or a comma before its next name")
        return found

    def _array(self, depth: int) -> tuple[Node, ...]:
        self.at += 1
        found: list[Node] = []
        if self.skip() == "]":
            self.at += 1
            return ()
        while True:
            found.append(self.value(depth + 1))
            if self.skip() != ",":
                break
            self.at += 1
        self.take("]", "at the end of the list, or a comma before its next value")
        return tuple(found)


def read(text: str, file: str) -> Node:
    """The one value of a file, or `QuestionnaireBroken` with the line."""
    reader = _Reader(text.removeprefix("\ufeff"), file)
    node = reader.value()
    if reader.skip():
        raise reader.broken(
            "something stands after the end of the object", "Keep one object in one file."
        )
    return node
