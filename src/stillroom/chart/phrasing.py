"""Press to write: from choices to sentences. Pure.

A set is what is offered beneath a section of a note: groups of choices. What is pressed becomes
sentences in the order of the set, whatever the order of pressing, and lands in the field as
ordinary text. Nothing is preselected; what was not pressed leaves no trace.

    compose(risk, {"danger": Pressed(no=("suicide", "plan"))}, voice_of(["she/her"]))
    # "Client denied thoughts of suicide and a plan."
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from stillroom.chart.voice import Speaker, Voice, joined
from stillroom.kernel import capital

SHAPES: Final = ("list", "one", "asked", "sentences")
BLANK: Final = "…"


@dataclass(frozen=True)
class Choice:
    """One thing to press: its word on the button, and the words that it becomes."""

    label: str
    says: str


@dataclass(frozen=True)
class Group:
    """Choices that belong together.

    `shape`: *list*, several joined in one sentence; *one*, only one of them; *asked*, each yes or
    no; *sentences*, each a sentence by itself. `says` is the sentence (for yes), `denies` for no.
    """

    id: str
    title: str
    shape: str
    choices: tuple[Choice, ...]
    says: str = ""
    denies: str = ""


@dataclass(frozen=True)
class PhraseSet:
    """What is offered beneath some sections; `kinds` are kinds of record, none is every kind."""

    id: str
    title: str
    sections: tuple[str, ...]
    groups: tuple[Group, ...]
    kinds: tuple[str, ...] = ()

    def offered(self, kind: str, section: str) -> bool:
        """Whether this set stands beneath a section of a kind of record."""
        return section in self.sections and (not self.kinds or kind in self.kinds)


@dataclass(frozen=True)
class Pressed:
    """What was pressed in a group: labels meant as yes (or simply chosen), and labels denied."""

    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


@dataclass(frozen=True)
class Snippet:
    """Words that `/key` writes."""

    key: str
    says: str


@dataclass(frozen=True)
class Wording:
    """All that helps to write, from one source: sets and snippets."""

    sets: tuple[PhraseSet, ...] = ()
    snippets: tuple[Snippet, ...] = field(default=())

    def joined_by(self, other: "Wording") -> "Wording":
        """Both; where `other` has a set or a snippet of the same name, it takes the place."""
        sets = {one.id: one for one in (*self.sets, *other.sets)}
        snippets = {one.key: one for one in (*self.snippets, *other.snippets)}
        return Wording(tuple(sets.values()), tuple(snippets.values()))


def compose(phrases: PhraseSet, pressed: Mapping[str, Pressed], voice: Voice) -> str:
    """The sentences of what was pressed; labels that the set does not have say nothing."""
    return compose_all([(phrases, pressed)], voice)


def compose_all(many: Sequence[tuple[PhraseSet, Mapping[str, Pressed]]], voice: Voice) -> str:
    """The sentences of several sets as one text, in which the client is named once."""
    speaker = Speaker(voice)
    sentences: list[str] = []
    for phrases, pressed in many:
        for group in phrases.groups:
            sentences += _sentences(group, pressed.get(group.id, Pressed()), speaker)
    return " ".join(sentences)


def _sentences(group: Group, pressed: Pressed, speaker: Speaker) -> list[str]:
    yes = [one.says for one in group.choices if one.label in pressed.yes]
    no = [
        one.says
        for one in group.choices
        if one.label in pressed.no and one.label not in pressed.yes
    ]
    if group.shape == "sentences":
        return [capital(speaker.say(one)) for one in yes]
    if group.shape == "one":
        yes = yes[:1]
    said = [_spoken(speaker, group.says, yes)] if yes else []
    if group.shape == "asked" and no:
        said.append(_spoken(speaker, group.denies, no))
    return said


def _spoken(speaker: Speaker, template: str, parts: Sequence[str]) -> str:
    return capital(speaker.say(template, lambda word: joined(parts, word)))


def spoken(words: str, voice: Voice) -> str:
    """A snippet as it is written for one client."""
    return Speaker(voice).say(words)
