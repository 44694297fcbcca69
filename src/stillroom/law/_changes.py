"""From one corpus to another: what was added, changed and taken out, and which answers move.

for change in differences(old, new):
    print(change)                       # + us-md.…: Title, and so on
for one in moved(old, new, ["us-md"], ["psychologist"], day):
    print(one)                          # An order that a judge signed (us-md, …): …; it was …
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from stillroom.kernel import spoken
from stillroom.law._corpus import Corpus
from stillroom.law._errors import LawError
from stillroom.law._matter import Matter
from stillroom.law._packing import entries_of
from stillroom.law._provision import Provision
from stillroom.law._stance import Interval, span
from stillroom.law._standard import STANDARD, StandardQuestion
from stillroom.law._vocabulary import NATION, RECORD_KINDS

_SIGNS = {"added": "+", "changed": "~", "removed": "-"}
_SECTIONS = {"provisions": "", "notes": "note on ", "facts": "fact ", "regimes": "regime "}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of an entry, as it was and as it is, in words; "" where it was not said."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One entry that differs. `section` is provisions, notes, facts or regimes; `what` is added,
    changed or removed."""

    section: str
    name: str
    what: str
    title: str
    fields: tuple[FieldChange, ...] = ()

    def __str__(self) -> str:
        told = f"{_SIGNS[self.what]} {_SECTIONS[self.section]}{self.name}: {self.title}"
        lines = [f"    {f.field}: {f.before or '(not said)'} → {f.after or '(not said)'}"
                 for f in self.fields]  # fmt: skip
        return "\n".join([told, *lines])


@dataclass(frozen=True, slots=True)
class KindsMoved:
    """Record kinds whose answer moved alike."""

    kinds: tuple[str, ...]
    before: Interval
    after: Interval

    def __str__(self) -> str:
        every = len(self.kinds) == len(RECORD_KINDS)
        named = ", ".join(spoken(kind) for kind in self.kinds)
        told = "every kind of record" if every else named
        return f"{told}: {span(self.after)}, before {span(self.before)}"


@dataclass(frozen=True, slots=True)
class Moved:
    """A standard question that is answered otherwise, for the record kinds in `groups`."""

    question: StandardQuestion
    place: str
    profession: str
    groups: tuple[KindsMoved, ...]

    def __str__(self) -> str:
        where = f"{self.question.title} ({self.place}, {spoken(self.profession)})"
        return "\n".join([where, *(f"    {group}" for group in self.groups)])


def differences(before: Corpus, after: Corpus) -> tuple[Change, ...]:
    """Every entry that differs: provisions first, each section by name."""
    old, new = entries_of(before), entries_of(after)
    return tuple(
        change for section in _SECTIONS for change in _of(section, old[section], new[section])
    )


def _of(section: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for name in sorted(old.keys() | new.keys()):
        if name not in old:
            yield Change(section, name, "added", _title(new[name]))
        elif name not in new:
            yield Change(section, name, "removed", _title(old[name]))
        elif old[name] is not new[name] and old[name] != new[name]:
            fields = tuple(_fields(old[name], new[name]))
            yield Change(section, name, "changed", _title(new[name]), fields)


def _title(entry: Any) -> str:
    if not isinstance(entry, dict):
        return str(entry)
    return str(entry.get("title") or entry.get("asks") or "")


def _fields(old: Any, new: Any) -> Iterator[FieldChange]:
    if not isinstance(old, dict) or not isinstance(new, dict):
        yield FieldChange("note", _words(old), _words(new))
        return
    for name in [*old, *(name for name in new if name not in old)]:
        if old.get(name) != new.get(name):
            yield FieldChange(name, _words(old.get(name)), _words(new.get(name)))


def _words(value: Any) -> str:
    """A field as somebody might write it on one line."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "[" + ", ".join(_words(item) or "null" for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: {_words(v) or 'null'}" for k, v in value.items()) + "}"
    return " ".join(str(value).split())


def moved(
    before: Corpus, after: Corpus, places: Iterable[str], professions: Iterable[str], on: date
) -> tuple[Moved, ...]:
    """The standard questions that are answered otherwise on one day, by place and profession.

    Only those are asked that a provision which differs could touch.
    """
    differ = tuple(_differing(before, after))
    found = [
        _asked(before, after, question, Matter(question.act, (place,), profession, on))
        for place in places
        for profession in professions
        for question in STANDARD
        if any(_touches(p, question.act, place, profession) for p in differ)
    ]
    return tuple(one for one in found if one is not None)


def _differing(before: Corpus, after: Corpus) -> Iterator[Provision]:
    """Both forms of every provision that is not the same in both; all, where a regime is not."""
    same_weight = before.regimes == after.regimes
    for name in before.provisions.keys() | after.provisions.keys():
        old, new = before.provisions.get(name), after.provisions.get(name)
        if (old is not new and old != new) or not same_weight:
            yield from (p for p in (old, new) if p is not None)


def _touches(provision: Provision, act: str, place: str, profession: str) -> bool:
    here = provision.place in (NATION, place)
    return here and act in provision.acts and profession in provision.professions


def _asked(
    before: Corpus, after: Corpus, question: StandardQuestion, matter: Matter
) -> Moved | None:
    try:
        was = before.opine(matter, question.known(before.facts))
        now = after.opine(matter, question.known(after.facts))
    except LawError:
        return None  # a place that only one of them knows; its provisions are in the changes
    old, new = was.reach.by_kind, now.reach.by_kind
    alike: dict[tuple[Interval, Interval], list[str]] = {}
    for kind in now.asked:
        if kind in old and old[kind] != new[kind]:
            alike.setdefault((old[kind], new[kind]), []).append(kind)
    if not alike:
        return None
    groups = tuple(KindsMoved(tuple(kinds), *pair) for pair, kinds in alike.items())
    return Moved(question, matter.places[0], matter.profession, groups)
