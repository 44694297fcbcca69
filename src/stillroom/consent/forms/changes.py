"""Whether a new signature is due, and why in words: the signed version beside today's. Pure.

Rules: a new release that words the same answer otherwise is no reason; another answer of the law,
of the practice's policy, of a sentence that is the practice's own, another place, profession or
kind of work is. A signature that is due stops nobody's care."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from stillroom.consent.forms.shapes import Form, Section
from stillroom.kernel import spoken

_OWN = "own"
"""The section in which the practice's policy is told."""


@dataclass(frozen=True)
class Change:
    """One reason. `why`: place, profession, work, law, practice, facts; `words` says it.

    `before` and `after` are sentences, where it is about sentences.
    """

    why: str
    words: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


GAINED: Final[Mapping[str, str]] = {
    "individual": "the work is one to one now",
    "couple": "the work is with a couple now",
    "group": "the work is with a group now",
    "minor": "the client is under 18",
    "telehealth": "visits are by video or telephone too",
    "sud": "the care is for substance use too",
    "supervised": "the work is supervised now",
}
LOST: Final[Mapping[str, str]] = {
    "individual": "the work is not one to one any more",
    "couple": "the work is not with a couple any more",
    "group": "the work is not with a group any more",
    "minor": "the client has come of age",
    "telehealth": "visits are no longer by video or telephone",
    "sud": "the care is no longer for substance use",
    "supervised": "the work is no longer supervised",
}


def changes(signed: Form, today: Form, newest: Form | None = None) -> tuple[Change, ...]:
    """Why a new signature is due; nothing while none is.

    `today` is what the law gives for the setting as it is now, `newest` what the practice has last
    published for that setting.
    """
    found = (*_setting(signed, today), *_law(signed, today))
    return found if newest is None else (*found, *_practice(signed, newest))


def _setting(signed: Form, today: Form) -> Iterator[Change]:
    if signed.place != today.place:
        yield Change(
            "place",
            f"the law of {today.state or 'no state'} holds now, and it was signed "
            f"under that of {signed.state or 'no state'}",
        )
    if signed.profession != today.profession:
        yield Change(
            "profession",
            f"it was written for a {_words(signed.profession)}, and a "
            f"{_words(today.profession)} treats now",
        )
    before, after = set(signed.works), set(today.works)
    for work in today.works:
        if work not in before:
            yield Change("work", GAINED[work])
    for work in signed.works:
        if work not in after:
            yield Change("work", LOST[work])


def _words(name: str) -> str:
    return spoken(name.replace("marriage_family", "marriage_and_family"))


def _law(signed: Form, today: Form) -> Iterator[Change]:
    if signed.place != today.place or signed.profession != today.profession:
        return  # Then everything may read otherwise, and that one reason says it.
    before = {part.id: part for part in signed.sections}
    for part in today.sections:
        old = before.get(part.id)
        if old is None and part.id == _OWN:
            yield _changed("practice", "the practice has rules of its own now", None, part)
        elif old is not None and _answers(old) != _answers(part):
            own = part.id == _OWN
            what = "the practice’s own rules changed" if own else f"the law changed: {part.title}"
            yield _changed("practice" if own else "law", what, old, part)
    if _OWN in before and all(part.id != _OWN for part in today.sections):
        yield _changed("practice", "the practice gave up rules of its own", before[_OWN], None)


def _practice(signed: Form, newest: Form) -> Iterator[Change]:
    before = {part.id: part for part in signed.sections}
    for part in newest.sections:
        old = before.get(part.id)
        if old is not None and part.id != _OWN and _ours(old) != _ours(part):
            yield _changed("practice", f"the practice says it otherwise: {part.title}", old, part)
    if signed.facts != newest.facts:
        yield Change("facts", "the practice’s own particulars changed, such as whom to ask")


def _answers(part: Section) -> frozenset[str]:
    """What is answered there, whatever the words."""
    return frozenset(one.key for one in part.sentences if one.sure != "ours" or part.id == _OWN)


def _ours(part: Section) -> dict[str, str]:
    """The practice's own word: by key, as it stands."""
    return {one.key: one.words for one in part.sentences if one.sure == "ours" and one.words}


def _changed(why: str, words: str, old: Section | None, new: Section | None) -> Change:
    before = [one.words for one in old.sentences if one.words] if old else []
    after = [one.words for one in new.sentences if one.words] if new else []
    return Change(
        why,
        words,
        tuple(one for one in before if one not in after),
        tuple(one for one in after if one not in before),
    )
