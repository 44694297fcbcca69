"""What an audit would miss in a note, by rules in data. Pure; it advises and stops nobody.

for one in checked(PROGRESS_NOTE, content, without={"place"}):
    one.says, one.open, one.source
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import msgspec
import yaml

from stillroom.chart._looking import lowered, pattern_of
from stillroom.chart.contents import Content
from stillroom.chart.kinds import Kind

BLANK: Final = "…"


class Met(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way to meet a rule: all of these fields, one of these sections, or one of these words."""

    fields: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that a note of some kinds should say, and who asks for it."""

    id: str
    says: str
    mend: str
    kinds: tuple[str, ...]
    met: tuple[Met, ...]
    source: str


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    rules: tuple[Rule, ...]
    sources: dict[str, str]


@dataclass(frozen=True)
class Check:
    """One rule over one note: `open` while it is not met. `source` is who asks, in words."""

    id: str
    says: str
    mend: str
    open: bool
    source: str


@cache
def _file() -> _File:
    text = Path(__file__).with_name("completeness.yaml").read_text("utf-8")
    return msgspec.convert(yaml.safe_load(text), _File)


def rules() -> tuple[Rule, ...]:
    """All rules, in the order in which they are shown."""
    return _file().rules


def source_of(rule: Rule) -> str:
    """Who asks for what a rule looks for."""
    return _file().sources[rule.source]


@cache
def _look(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return pattern_of(patterns)


def checked(kind: Kind, content: Content, without: Collection[str] = ()) -> tuple[Check, ...]:
    """Every rule for this kind, but those that the practice switched off; blanks left open last."""
    prose = lowered("\n".join(part.text for part in content.sections))
    found = [
        Check(rule.id, rule.says, rule.mend, not _is_met(rule, content, prose), source_of(rule))
        for rule in rules()
        if kind.id in rule.kinds and rule.id not in without
    ]
    blanks = _blanks(content)
    if blanks:
        left = "One blank is left" if blanks == 1 else f"{blanks} blanks are left"
        found.append(Check("blanks", f"{left} in the text", "Fill in each …", True, "the text"))
    return tuple(found)


def _is_met(rule: Rule, content: Content, prose: str) -> bool:
    return any(_meets(way, content, prose) for way in rule.met)


def _meets(way: Met, content: Content, prose: str) -> bool:
    if way.fields and all(not content.answer(name).empty for name in way.fields):
        return True
    filled = {part.name for part in content.sections if part.text.strip()}
    if filled.intersection(way.section):
        return True
    return bool(way.words and _look(way.words).search(prose))


def _blanks(content: Content) -> int:
    """Places of a phrase that nobody filled: "…" where a word should be, not after one."""
    return sum(_count(part.text) for part in content.sections)


def _count(text: str) -> int:
    # An ellipsis that trails off ("and then…") clings to its word; a blank stands apart.
    return len(re.findall(rf"(?:^|(?<=[\s“(])){BLANK}", text))


def open_ones(checks: Iterable[Check]) -> tuple[Check, ...]:
    """What is not met."""
    return tuple(one for one in checks if one.open)
