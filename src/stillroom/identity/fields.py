"""A column for a short list of plain words.

SQLite's `trusted_schema=OFF` rightly refuses the function that Django's JSONField puts into a
table's definition; a list of words needs no JSON.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    _Text = models.TextField[Iterable[str], list[str]]
else:
    _Text = models.TextField


class WordsField(_Text):
    """A list of words without spaces, kept as one text."""

    def from_db_value(self, value: str | None, *_: Any) -> list[str]:
        """The list again."""
        return (value or "").split()

    def to_python(self, value: Any) -> list[str]:
        """A list, whatever was given."""
        return value.split() if isinstance(value, str) else list(value or ())

    def get_prep_value(self, value: Any) -> str:
        """The text to keep."""
        return " ".join(self.to_python(value))
