"""The last note carried forward: which of its sentences stand in the new one as they stood. Pure.

A note that repeats an earlier one word for word is what payers call cloned, and deny ("Cloned
Documentation Could Result in Medicare Denials for Payment", National Government Services,
ngsmedicare.com, article 1459133, read on 2026-11-28). So each sentence that was carried is marked
until it is changed, or until the writer says that she has gone over it.
"""

from collections.abc import Iterable, Mapping

from stillroom.chart._sentences import sentences
from stillroom.chart.contents import Answer, Content
from stillroom.chart.kinds import Kind

FIELD = "carried"
"""The answer that holds the sentences not yet gone over. It never outlives the draft."""
KEPT_FIELDS = ("diagnosis",)
"""Answers that a new session shares with the last. All others belong to their day: also which
objective it served, for nobody has said yet that this one did."""


def carried(kind: Kind, last: Content) -> tuple[dict[str, str], tuple[Answer, ...]]:
    """The prose of the last note by section, and the answers to begin the new one with."""
    words = {part.name: part.text for part in last.sections}
    marks = tuple(dict.fromkeys(one for text in words.values() for one in _parts(text)))
    kept = [last.answer(name) for name in KEPT_FIELDS if name in kind.fields]
    return words, (*(one for one in kept if not one.empty), Answer(FIELD, chosen=marks))


def _parts(text: str) -> list[str]:
    return [text[slice(*span)] for span in sentences(text)]


def unchanged(content: Content) -> tuple[str, ...]:
    """The carried sentences that still stand as they stood and were not gone over."""
    marks = set(content.answer(FIELD).chosen)
    return tuple(
        dict.fromkeys(one for part in content.sections for one in _parts(part.text) if one in marks)
    )


def unchanged_by_section(content: Content) -> Mapping[str, tuple[str, ...]]:
    """The same, each beneath its section; sections without any are left out."""
    marks = set(content.answer(FIELD).chosen)
    found = {
        part.name: tuple(one for one in _parts(part.text) if one in marks)
        for part in content.sections
    }
    return {name: parts for name, parts in found.items() if parts}


def without_marks(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """Answers as they are signed: what was carried is a matter of the draft."""
    return tuple(one for one in answers if one.name != FIELD)
