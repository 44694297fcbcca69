"""What the law keeps apart, noticed while somebody writes. Pure; heuristics, and said to be such.

Four things are looked for, each as a remark beside the section and never a refusal:

- *private*: a progress note gathers what a psychotherapy note is for (45 CFR 164.501): the
  therapist's own feelings and hypotheses, analysis of the conversation, intimate detail;
- *named*: it names third persons;
- *member*: in a chart of several, it repeats one member's words, or a group's part names a member;
- *belongs*: a psychotherapy note holds what 164.501 never counts as one.

The unit is the sentence; cues of weight 1 need a neighbour. What they look for is data
(`apart.yaml`); how often they are wrong is measured (docs/decisions/0019).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final

import msgspec
import yaml

from stillroom.chart._looking import lowered, pattern_of
from stillroom.chart._names import named_in
from stillroom.chart._sentences import Span, paragraphs, sentences

ENOUGH: Final = 2
_LONGEST: Final = 200_000
"""Letters that are looked at in one section; a note is shorter, a paste must not stop a save."""
_SHOWN: Final = 90
_TOLD: Final = re.compile(r"\b(?:said|says|told|admitted|confided|disclosed|revealed)\b")
_WORD: Final = re.compile(r"[^\W\d_]+")
_QUOTED: Final = re.compile(r"“[^”]*”|\"[^\"\n]*\"")


class Cue(msgspec.Struct, frozen=True):
    """A sign that something belongs to a psychotherapy note."""

    cue: str
    about: str
    weight: int
    patterns: tuple[str, ...]
    unquoted: bool = False


class Item(msgspec.Struct, frozen=True):
    """One of the ten things that 164.501 excludes."""

    item: str
    name: str
    patterns: tuple[str, ...]


class Verbatim(msgspec.Struct, frozen=True):
    """From how much quotation on a paragraph counts as the conversation itself."""

    letters: int
    passages: int


class Book(msgspec.Struct, frozen=True):
    """`apart.yaml`."""

    private: tuple[Cue, ...]
    verbatim: Verbatim
    belongs: tuple[Item, ...]
    titles: tuple[str, ...]
    relations: tuple[str, ...]
    near: tuple[str, ...]
    does: tuple[str, ...]
    not_people: tuple[str, ...]


@dataclass(frozen=True)
class Circle:
    """Whom a note is about and who writes: their names are no third person's.

    `known` are words of names, in any case; `members` the given names of a joint chart's holders
    (none in a chart of one); `group` when the chart is a group's, whose shared part names nobody.
    """

    known: frozenset[str] = frozenset()
    members: tuple[str, ...] = ()
    group: bool = False


@dataclass(frozen=True)
class Remark:
    """One thing noticed: in which section, on which words, and what to do about it."""

    kind: str
    section: str
    passage: str
    says: str

    @property
    def shown(self) -> str:
        """The first words of the passage, for a margin."""
        if len(self.passage) <= _SHOWN:
            return self.passage
        return self.passage[:_SHOWN].rsplit(" ", 1)[0] + " …"


@cache
def book() -> Book:
    """What is looked for, read once."""
    text = Path(__file__).with_name("apart.yaml").read_text("utf-8")
    return msgspec.convert(yaml.safe_load(text), Book)


@cache
def _cues() -> tuple[tuple[Cue, re.Pattern[str]], ...]:
    return tuple((one, pattern_of(one.patterns)) for one in book().private)


@cache
def _items() -> tuple[tuple[Item, re.Pattern[str]], ...]:
    return tuple((one, pattern_of(one.patterns)) for one in book().belongs)


def persons_in(text: str, known: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Names of persons in a text that are not `known`, each once; a heuristic (`_names`)."""
    return named_in(text, book(), known)


def beside(
    sections: Sequence[tuple[str, str]], circle: Circle, *, private: bool
) -> tuple[Remark, ...]:
    """What to say beside a note; `private` for one under its author's own ring."""
    return tuple(one for name, text in sections for one in _of_section(name, text, circle, private))


def _of_section(name: str, text: str, circle: Circle, private: bool) -> Iterator[Remark]:
    text = text[:_LONGEST]
    if private:
        yield from _belonging(name, text)
        return
    # A client's "I feel" is no therapist's: what is quoted is blanked, place by place.
    spoken = lowered(_QUOTED.sub(lambda found: " " * len(found[0]), text))
    small = lowered(text)
    for paragraph in paragraphs(text):
        yield from _private(name, text, (small, spoken), paragraph)
    yield from _members(name, text, circle)
    yield from _named(name, text, circle)


def _private(name: str, text: str, looked_at: tuple[str, str], paragraph: Span) -> Iterator[Remark]:
    small, spoken = looked_at
    parts = sentences(text, paragraph)
    # Most cues stand nowhere in a note: one look each at the whole spares one at every sentence.
    live = [(cue, look) for cue, look in _cues() if look.search(small, *paragraph)]
    found = [_cues_in(live, small[slice(*one)], spoken[slice(*one)]) for one in parts]
    weights = [sum(cue.weight for cue in cues) for cues in found]
    marked = [weight >= ENOUGH for weight in weights]
    for nth, (before, after) in enumerate(pairwise(weights)):
        if before and after and before + after >= ENOUGH:
            marked[nth] = marked[nth + 1] = True
    for first, last in _runs(marked):
        about = list(dict.fromkeys(cue.about for cues in found[first:last] for cue in cues))
        passage = text[parts[first][0] : parts[last - 1][1]]
        yield Remark("private", name, passage, f"This reads like {_listed(about)}.")
    if not any(marked) and _is_conversation(text[slice(*paragraph)]):
        says = "This reads like the conversation itself, word for word."
        yield Remark("private", name, text[slice(*paragraph)], says)


def _cues_in(live: Sequence[tuple[Cue, re.Pattern[str]]], sentence: str, spoken: str) -> list[Cue]:
    return [cue for cue, look in live if look.search(spoken if cue.unquoted else sentence)]


def _runs(marked: Sequence[bool]) -> Iterator[Span]:
    start = None
    for nth, one in enumerate((*marked, False)):
        if one and start is None:
            start = nth
        elif not one and start is not None:
            yield start, nth
            start = None


def _is_conversation(paragraph: str) -> bool:
    quoted = _QUOTED.findall(paragraph)
    most = book().verbatim
    return len(quoted) >= most.passages and sum(map(len, quoted)) >= most.letters


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]


def _belonging(name: str, text: str) -> Iterator[Remark]:
    told: set[str] = set()
    small = lowered(text)
    live = [(item, look) for item, look in _items() if look.search(small)]
    for start, end in sentences(text):
        for item, look in live:
            if item.item not in told and look.search(small, start, end):
                told.add(item.item)
                says = f"{item.name} belongs in the progress note (45 CFR 164.501)."
                yield Remark("belongs", name, text[start:end], says)


def _members(name: str, text: str, circle: Circle) -> Iterator[Remark]:
    own = {one.casefold() for one in circle.members}
    found: dict[str, str] = {}
    for start, end in sentences(text) if own else ():
        sentence = text[start:end]
        if circle.group or _QUOTED.search(sentence) or _TOLD.search(sentence):
            for word in _WORD.findall(sentence):
                if word.casefold() in own and word[0].isupper():
                    found.setdefault(word, sentence)
    if not found:
        return
    who = _listed(list(found))
    says = f"The words of {who} stand here. Each holder of this chart may ask for it."
    if circle.group:
        verb = "is" if len(found) == 1 else "are"
        says = f"{who} {verb} named. A group’s shared part names no member."
    yield Remark("member", name, next(iter(found.values())), says)


def _named(name: str, text: str, circle: Circle) -> Iterator[Remark]:
    names = named_in(text, book(), circle.known)
    if names:
        verb = "is" if len(names) == 1 else "are"
        says = f"{_listed(names)} {verb} named. Initials, or “the sister”, may say as much."
        first = next(one for one in sentences(text) if names[0] in text[slice(*one)])
        yield Remark("named", name, text[slice(*first)], says)
