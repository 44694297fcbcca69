"""What a form is: sections of plain sentences, each with the provisions that it stands on. Pure.

A sentence has a `key` that names what it answers and how (`danger.others.must`): two texts with the
same keys tell the same law, whatever their words. `drawn` is the sentence as it was made from the
law; `words` is what the practice lets stand. The digest of a form is over its whole canonical JSON,
so that a signature which names it names these words, these grounds and this law.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

import msgspec

FORMS: Final = ("limits", "notice", "telehealth", "group")
"""Limits of confidentiality; notice of privacy practices; consent to care by video; the agreement
of a group's members."""

WORKS: Final = ("individual", "couple", "group", "minor", "telehealth", "sud", "supervised")
"""Kinds of work. Several may hold at once; exactly one of the first three does."""

SURE: Final = ("law", "depends", "unclear", "unread", "ours")
"""law: a provision on file says so. depends: it turns on the case. unclear: the law itself leaves
it open. unread: nothing on file speaks to it. ours: the practice's own word, which no law
gives."""


class Ground(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A provision under a sentence, and how it was checked (`stillroom.law.CHECKED`)."""

    provision: str
    citation: str
    checked: str
    confidence: str


class Sentence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One or two sentences that stand or fall together."""

    key: str
    drawn: str
    words: str
    sure: str
    grounds: tuple[Ground, ...] = ()

    @property
    def in_our_voice(self) -> bool:
        """Whether the practice has put it in its own words."""
        return self.words != self.drawn


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a form under its own heading."""

    id: str
    title: str
    sentences: tuple[Sentence, ...]


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One question of the check: its choices, which is right (from 0), and the kind word on it."""

    id: str
    asks: str
    choices: tuple[str, ...]
    right: int
    explains: str


@dataclass(frozen=True)
class Setting:
    """What a form is made for. `state` is the place's name in words, `""` for none."""

    form: str
    place: str
    state: str
    profession: str
    works: frozenset[str]

    @property
    def name(self) -> str:
        """The same for the same setting: `limits us-md psychologist individual+telehealth`."""
        works = "+".join(one for one in WORKS if one in self.works)
        return f"{self.form} {self.place or 'none'} {self.profession or 'none'} {works or 'none'}"


class Form(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A form for a setting, made under one law. `facts` are the practice's own (name, contact)."""

    form: str
    place: str
    state: str
    profession: str
    works: tuple[str, ...]
    corpus: str
    facts: dict[str, str]
    sections: tuple[Section, ...]
    questions: tuple[Question, ...] = ()

    @property
    def setting(self) -> Setting:
        """What it was made for."""
        return Setting(self.form, self.place, self.state, self.profession, frozenset(self.works))

    @property
    def sentences(self) -> Iterator[Sentence]:
        """Every sentence, in order."""
        return (one for section in self.sections for one in section.sentences)

    @property
    def text(self) -> str:
        """The running text, without headings and citations: what is measured for reading."""
        return " ".join(one.words for one in self.sentences)

    def count(self, sure: str) -> int:
        """How many sentences are so sure."""
        return sum(one.sure == sure for one in self.sentences)


def ordered(works: Iterable[str]) -> tuple[str, ...]:
    """Kinds of work in their one order."""
    asked = set(works)
    return tuple(one for one in WORKS if one in asked)


def encode(form: Form) -> bytes:
    """The one canonical form in bytes."""
    return msgspec.json.encode(form, order="deterministic")


def decode(words: bytes) -> Form:
    """The form again."""
    return msgspec.json.decode(words, type=Form)


def digest(form: Form) -> str:
    """What a signature names."""
    return sha256(encode(form)).hexdigest()
