"""Everybody who may ask, by id, and how one is found by plain words. Pure.

    asker("subpoena").musts                # what to look for
    found("my lawyer wants my file")       # the nearest, best first

>>> [one.id for one in found("her new psychiatrist")][:1]
['treating_provider']
"""

from stillroom.disclosure.askers.care import CARE
from stillroom.disclosure.askers.courts import COURTS
from stillroom.disclosure.askers.deciding import Standing, options, said, state_after
from stillroom.disclosure.askers.lacks import lacks
from stillroom.disclosure.askers.life import LIFE
from stillroom.disclosure.askers.officials import OFFICIALS
from stillroom.disclosure.askers.own import OWN
from stillroom.disclosure.askers.shapes import GROUPS, MORE, SEEN, Asker, Must, Note, Span, Way
from stillroom.disclosure.askers.spans import Extension, due, extension, wound

ASKERS: dict[str, Asker] = {one.id: one for one in (*OWN, *CARE, *COURTS, *OFFICIALS, *LIFE)}
"""Every asker, in the order in which a list shows them."""

ANYBODY = "request"
"""The asker of whom nothing is known beforehand; also that of matters from before askers were."""


def asker(occasion: str) -> Asker:
    """The asker of a matter's occasion; `ANYBODY` for an occasion that nobody asked for."""
    return ASKERS.get(occasion, ASKERS[ANYBODY])


def found(typed: str) -> list[Asker]:
    """The askers that plain words may mean, best first; all, in their order, for no words."""
    words = _words(typed)
    if not words:
        return list(ASKERS.values())
    marks = [(_mark(one, words), place, one) for place, one in enumerate(ASKERS.values())]
    return [one for mark, _, one in sorted(marks, key=lambda m: (-m[0], m[1])) if mark]


def named(typed: str) -> Asker | None:
    """The one asker whose title or plain word was typed; None where it is not one."""
    plain = " ".join(typed.casefold().split())
    for one in ASKERS.values():
        if plain in {one.id, one.title.casefold(), *one.also}:
            return one
    return None


def _mark(one: Asker, words: frozenset[str]) -> int:
    """How well words meet an asker. A word of the title counts by itself, a plain word of several
    words only whole: who is somebody's attorney holds no power of attorney."""
    plain = [each for also in one.also if (each := _words(also)) <= words]
    own = _words(one.title).union(*plain)
    begun = _words(" ".join((one.title, *(also for also in one.also if " " not in also))))
    nearly = sum(
        any(mine.startswith(word) for mine in begun) for word in words - own if len(word) > 2
    )
    return 3 * len(own & words) + nearly


_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "at",
        "by",
        "for",
        "from",
        "in",
        "is",
        "of",
        "or",
        "s",
        "the",
        "to",
        "who",
        "with",
        "wants",
        "my",
    ]
)


def _words(text: str) -> frozenset[str]:
    plain = "".join(c if c.isalnum() else " " for c in text.casefold())
    return frozenset(plain.split()) - _SMALL


__all__ = [
    "ANYBODY",
    "ASKERS",
    "GROUPS",
    "MORE",
    "SEEN",
    "Asker",
    "Extension",
    "Must",
    "Note",
    "Span",
    "Standing",
    "Way",
    "asker",
    "due",
    "extension",
    "found",
    "lacks",
    "named",
    "options",
    "said",
    "state_after",
    "wound",
]
