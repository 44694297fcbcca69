"""What is sealed of one revision or draft. Pure, frozen, and encoded as JSON.

Everything is kept as it was typed: a date that is none yet loses nothing, and is refused only
when it is to be signed (`sheets.faults`). Members added later have defaults, so that old revisions
decode, and encode to the same bytes, for ever.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

import msgspec


class Section(msgspec.Struct, frozen=True, gc=False):
    """A named part of a note."""

    name: str
    text: str


class SessionFacts(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """When and how the session was, as the note states it.

    A group's session also says of which records it consists (`parts`), and each member's part to
    which session it belongs (`whole`): identifiers, sealed like the rest.
    """

    starts_at: datetime | None = None
    ends_at: datetime | None = None
    mode: str = ""
    code: str = ""
    parts: tuple[str, ...] = ()
    whole: str = ""

    @property
    def minutes(self) -> int | None:
        """Length in whole minutes, if both ends are known; as it was lived, whatever clocks did."""
        if self.starts_at is None or self.ends_at is None:
            return None
        # Two moments of one zone are subtracted by the clock on the wall, which jumps twice a year.
        lived = self.ends_at.astimezone(UTC) - self.starts_at.astimezone(UTC)
        return round(lived.total_seconds() / 60)


class Answer(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """What was answered in one field: words, or several choices, or the rows of a table."""

    name: str
    text: str = ""
    chosen: tuple[str, ...] = ()
    rows: tuple[Mapping[str, str], ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing has been answered."""
        filled = any(cell.strip() for row in self.rows for cell in row.values())
        return not (self.text.strip() or self.chosen or filled)


class Content(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """The words of one revision or draft. `kind` is "" where the shelf says it already."""

    form: str
    sections: tuple[Section, ...]
    session: SessionFacts | None = None
    salt: bytes = b""
    kind: str = ""
    answers: tuple[Answer, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing has been written."""
        return not any(part.text.strip() for part in self.sections) and all(
            one.empty for one in self.answers
        )

    def answer(self, name: str) -> Answer:
        """What was answered in a field; an empty answer if nothing was."""
        return next((one for one in self.answers if one.name == name), Answer(name))


def first_words(texts: list[str], length: int = 180) -> str:
    """The first words, for a line in a list."""
    # So many words are longer than `length`, even of one letter each; the rest stays unread.
    most = length // 2 + 2
    words = " ".join(texts).split(None, most)
    text = " ".join(words[:most])
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + " …"
