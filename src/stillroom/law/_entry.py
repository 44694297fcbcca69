"""Reading one mapping field by field, complaining by name where something is wrong.

Every method returns something usable even after a complaint, so that one run finds all mistakes.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from stillroom.law._errors import nearest
from stillroom.law._written import Sheet, Written

_MISSING = Written(None, 0)


class Entry:
    """A mapping on a sheet; `path` is the field path shown in front of its own fields."""

    def __init__(self, sheet: Sheet, written: Written, path: str = "") -> None:
        self.sheet = sheet
        self.line = written.line
        self.path = path
        self.fields: dict[str, Written] = {}
        if isinstance(written.value, dict):
            self.fields = written.value
        else:
            sheet.complain(written.line, path or "entry", "should be a mapping of fields")

    def __contains__(self, key: str) -> bool:
        return key in self.fields and self.fields[key].value is not None

    def at(self, key: str) -> Written:
        return self.fields.get(key, _MISSING)

    def complain(self, key: str, sentence: str) -> None:
        line = self.fields[key].line if key in self.fields else self.line
        self.sheet.complain(line, self.field(key), sentence)

    def field(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def only(self, allowed: Iterable[str]) -> None:
        """Complain about fields that the schema does not know."""
        names = set(allowed)
        for key in self.fields:
            if key not in names:
                self.complain(key, f"no such field{nearest(key, names)}")

    def text(self, key: str, *, needed: bool = False) -> str:
        value = self.at(key).value
        if value is None:
            if needed:
                self.complain(key, "is missing")
            return ""
        if isinstance(value, list | dict | bool):
            self.complain(key, "should be text")
            return ""
        return " ".join(str(value).split())

    def one_of(self, key: str, choices: Sequence[str], default: str = "") -> str:
        """One word of a closed list; `default` when absent, and a complaint if there is none."""
        value = self.at(key).value
        if value is None and default:
            return default
        if value in choices and isinstance(value, str):
            return value
        said = "is missing" if value is None else f"{value} is not a choice"
        self.complain(key, said + nearest(value or key, choices))
        return default or choices[0]

    def words(self, key: str, choices: Iterable[str] | None = None) -> tuple[str, ...]:
        """A list of words (one word will do), each of `choices` if given."""
        value = self.at(key).value
        items = value if isinstance(value, list) else [] if value is None else [self.at(key)]
        return tuple(w for item in items if (w := self._word(key, item, choices)))

    def _word(self, key: str, item: Written, choices: Iterable[str] | None) -> str:
        if not isinstance(item.value, str):
            self.sheet.complain(item.line, self.field(key), "should be a list of words")
            return ""
        if choices is not None and item.value not in choices:
            said = f"{item.value} is not a choice{nearest(item.value, choices)}"
            self.sheet.complain(item.line, self.field(key), said)
            return ""
        return item.value

    def yes(self, key: str, default: bool) -> bool:
        value = self.at(key).value
        if value is None:
            return default
        if not isinstance(value, bool):
            self.complain(key, "should be yes or no")
            return default
        return value

    def day(self, key: str) -> date | None:
        value = self.at(key).value
        if value is not None and not isinstance(value, date):
            self.complain(key, "should be a date such as 2026-02-16, or null for not known")
            return None
        return value

    def number(self, key: str) -> float | None:
        value = self.at(key).value
        if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
            return value
        self.complain(key, "should be a number")
        return None

    def inner(self, key: str) -> "Entry":
        """A mapping inside this one (empty when absent)."""
        found = self.at(key)
        given = found if found.value is not None else Written({}, self.line)
        return Entry(self.sheet, given, self.field(key))

    def items(self, key: str) -> list[Written]:
        """A list inside this entry (empty when absent)."""
        value: Any = self.at(key).value
        if value is None:
            return []
        if not isinstance(value, list):
            self.complain(key, "should be a list")
            return []
        return value
