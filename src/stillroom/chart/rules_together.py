"""Whom a group's words name. Pure.

Rules: the shared part of a group's session names nobody of the group; a member's part names no
other member. A name is looked for as a whole word, in any case, with or without its marks and its
'’s'. A name that is also an ordinary word of English (`ORDINARY`) is taken for one only where it
has its capital and does not begin a sentence. A name of one letter is not looked for: nearly every
sentence would hold it.
"""

import re
from collections.abc import Iterable, Iterator

from stillroom.chart.contents import Content
from stillroom.chart.sheets import Fault
from stillroom.practice.rules import FrontSheet, fold

ORDINARY = frozenset(
    {
        "amber", "angel", "april", "art", "august", "autumn", "bill", "brook", "chance", "chase",
        "christian", "clay", "dawn", "dean", "drew", "eve", "faith", "frank", "gene", "grace",
        "grant", "guy", "hope", "jack", "jade", "jean", "joy", "june", "long", "mark", "may",
        "mike", "miles", "nick", "olive", "pat", "penny", "pierce", "ray", "rich", "rob", "robin",
        "rose", "ruby", "sage", "sky", "smith", "sue", "summer", "trinity", "ward", "wade", "will",
        "young",
    }
)  # fmt: skip
"""Names that are words too; ours, and surely not all of them."""

_WORD = re.compile(r"[^\W\d_]+(?:[’'\-][^\W\d_]+)*")
_BEGINS = re.compile(r"(?:^|[.!?:…\n]\s*[“\"(]?)$")
_SHORTEST = 2


def names_of(sheet: FrontSheet) -> frozenset[str]:
    """The words by which somebody could be named, folded."""
    words = re.split(r"[\s\-]+", fold(f"{sheet.given} {sheet.family} {sheet.called}"))
    return frozenset(word for word in words if len(word) >= _SHORTEST)


def named(text: str, names: frozenset[str]) -> tuple[str, ...]:
    """The words of a text that are one of these names, each once, as they stand there."""
    found = (word for word, folded, starts in _words(text) if _is_name(word, folded, starts, names))
    return tuple(dict.fromkeys(found))


def _words(text: str) -> Iterator[tuple[str, str, bool]]:
    """Each word: as it stands, folded and without its ’s, and whether it begins a sentence."""
    for match in _WORD.finditer(text):
        word = match[0]
        bare = re.sub(r"[’']s$", "", word, flags=re.IGNORECASE)
        starts = bool(_BEGINS.search(text[max(0, match.start() - 4) : match.start()]))
        for part in bare.split("-"):
            yield part, fold(part), starts


def _is_name(word: str, folded: str, starts: bool, names: frozenset[str]) -> bool:
    if folded not in names:
        return False
    return folded not in ORDINARY or (word[:1].isupper() and not starts)


def in_shared(content: Content, members: Iterable[FrontSheet]) -> list[Fault]:
    """Where the shared part of a group's session names somebody of the group."""
    names = frozenset().union(*(names_of(one) for one in members))
    return [
        Fault(part.name, f"“{part.name}” names {' and '.join(found)}. {_SHARED}")
        for part in content.sections
        if (found := named(part.text, names))
    ]


def in_member(
    content: Content, own: Iterable[FrontSheet], others: Iterable[FrontSheet]
) -> list[Fault]:
    """Where one member's part names another. A name that both bear is the member's own."""
    mine = frozenset().union(*(names_of(one) for one in own))
    names = frozenset().union(*(names_of(one) for one in others)) - mine
    return [
        Fault(part.name, f"“{part.name}” names {' and '.join(found)}, another member. {_MEMBER}")
        for part in content.sections
        if (found := named(part.text, names))
    ]


_SHARED = "The shared part names nobody: say “a member”; who came stands by itself."
_MEMBER = "Say “another member”: this chart is one member’s alone."
