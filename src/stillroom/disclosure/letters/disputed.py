"""A letter that tells somebody else of an entry which the client disputes: her words in it. Pure.

Rules kept, 45 CFR 164.526(d)(5): asked of its writer, for each disputed entry; what goes along
stands whole in the letter's own pages, after all else, so that no copy of it goes without.
"""

from collections.abc import Sequence
from dataclasses import replace

from stillroom.disclosure import rules_told
from stillroom.disclosure.letters.forms import Lack, Material, Slot
from stillroom.disclosure.letters.letter import Letter, Part
from stillroom.disclosure.packet import Cited

SLOT = "disputed"
_OPENS = (
    "This {} tells of an entry with which the client disagrees. What follows belongs to that entry"
    " and goes along with it."
)


def slot(material: Material) -> tuple[Slot, ...]:
    """The question, where anything is disputed."""
    if not material.disputes:
        return ()
    every = [(one.dispute.matter, one.label) for one in material.disputes]
    nothing = (rules_told.NOTHING, "It tells nothing of them")
    hint = f"What the client says then stands in the letter, {rules_told.CITATION}."
    return (Slot(SLOT, rules_told.ASKS, "checks", hint, options=(*every, nothing)),)


def not_answered(material: Material) -> tuple[Lack, ...]:
    """That the question has no answer, or one that cannot stand."""
    disputes = [one.dispute for one in material.disputes]
    found = rules_told.lacks(disputes, material.chosen.get(SLOT, ()))
    return (Lack(SLOT, found),) if found else ()


def carried(letter: Letter, material: Material) -> Letter:
    """The letter with what goes along."""
    disputes = [one.dispute for one in material.disputes]
    said = rules_told.along(disputes, material.chosen.get(SLOT, ()))
    return replace(letter, parts=(*letter.parts, *parts_of(said, "letter")))


def parts_of(said: Sequence[tuple[str, str]], where: str) -> tuple[Part, ...]:
    """What goes along as parts of a page; none for nothing. `where` is what tells: *letter*."""
    if not said:
        return ()
    opens = Part("What the client says", (Cited(_OPENS.format(where), rules_told.CITATION),))
    return (opens, *(_part(*one) for one in said))


def _part(heading: str, words: str) -> Part:
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    return Part(heading, tuple(Cited(line, "") for line in lines))
