"""Reading phrase sets from YAML, ours and a practice's, with every mistake told by its line. Pure.

    sets:
      - set: sleep
        title: Sleep
        sections: [Data, Subjective]
        groups:
          - id: course
            title: Sleep has been
            shape: one
            says: "<They> described <their> sleep as <list>."
            choices: [better, unchanged, {label: worse, says: "worse, … hours a night"}]
    snippets:
      - key: next
        says: "Next session … at …."

All scalars are text: nobody's `no` becomes false.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import yaml

from stillroom.chart.phrasing import SHAPES, Choice, Group, PhraseSet, Snippet, Wording
from stillroom.chart.voice import mistakes
from stillroom.kernel import StillroomError

LONGEST: Final = 200_000
"""Letters that such a text may have."""
_LONGEST_LINE: Final = 1_000
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,29}\Z")
_STOPS: Final = (".", "?", "!", "…", "”")
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class Fault(NamedTuple):
    """One mistake: the line where it stands, counted from 1, and what to do about it."""

    line: int
    sentence: str


class WordingMistaken(StillroomError):
    """A text of phrase sets cannot be read; nothing of it was kept."""

    what = "these phrases have mistakes, and nothing was changed"
    usual_advice = "Mend the lines that are named; what you typed stands below."

    def __init__(self, faults: Iterable[Fault]) -> None:
        super().__init__()
        self.faults = tuple(faults)


class _Node(NamedTuple):
    value: Any  # text, a list of _Node, or a dict of _Node
    line: int


@dataclass
class _Reading:
    sections: frozenset[str]
    faults: list[Fault]

    def fault(self, line: int, sentence: str) -> None:
        self.faults.append(Fault(line, sentence))

    def text(self, node: _Node | None, what: str, line: int) -> str:
        if node is None or not isinstance(node.value, str) or not node.value.strip():
            self.fault(node.line if node else line, f"{what} is missing or is not words")
            return ""
        if len(node.value) > _LONGEST_LINE:
            self.fault(node.line, f"{what} is longer than {_LONGEST_LINE} letters; shorten it")
        return " ".join(node.value.split())

    def items(self, node: _Node | None, what: str, line: int) -> list[_Node]:
        if node is None or not isinstance(node.value, list) or not node.value:
            self.fault(node.line if node else line, f"{what} is missing or is not a list")
            return []
        return list(node.value)

    def known(self, node: _Node, names: Collection[str], what: str) -> dict[str, _Node]:
        if not isinstance(node.value, dict):
            self.fault(node.line, f"{what} is not written as `name: value` lines")
            return {}
        for name, value in node.value.items():
            if name not in names:
                wanted = ", ".join(names)
                self.fault(value.line, f"`{name}` is not known here; {what} has {wanted}")
        return dict(node.value)

    def name(self, node: _Node | None, what: str, line: int) -> str:
        text = self.text(node, what, line)
        if text and not _NAME.match(text):
            self.fault(
                node.line if node else line,
                f"{what} may have small letters, figures and hyphens only, at most thirty",
            )
        return text

    def template(self, node: _Node | None, what: str, line: int, *, lists: bool) -> str:
        text = self.text(node, what, line)
        at = node.line if node else line
        for sentence in mistakes(text, lists=lists) if text else ():
            self.fault(at, sentence)
        if text and not text.endswith(_STOPS):
            self.fault(at, f"{what} is a sentence; end it with a full stop")
        return text


def read_wording(text: str, sections: Collection[str] = ()) -> Wording:
    """Sets and snippets of a text, or `WordingMistaken` with all its faults in order.

    `sections` are the sections that notes have; an unknown one is a fault (no check if empty).
    """
    reading = _Reading(frozenset(sections), [])
    wording = _wording(reading, text)
    if reading.faults:
        raise WordingMistaken(sorted(set(reading.faults)))
    return wording


def _wording(reading: _Reading, text: str) -> Wording:
    if len(text) > LONGEST:
        reading.fault(1, f"this is longer than {LONGEST:,} letters; split what is seldom used off")
        return Wording()
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as broken:
        mark = getattr(broken, "problem_mark", None)
        why = getattr(broken, "problem", None) or "this is not YAML"
        reading.fault(mark.line + 1 if mark else 1, f"cannot be read from here on: {why}")
        return Wording()
    if root is None:
        return Wording()
    top = reading.known(_node(reading, root), ("sets", "snippets"), "the whole")
    sets = [_set(reading, one) for one in _listed(reading, top.get("sets"), "`sets`")]
    snippets = [
        _snippet(reading, one) for one in _listed(reading, top.get("snippets"), "`snippets`")
    ]
    _twice(reading, [(one.id, line) for one, line in sets], "set")
    _twice(reading, [(one.key, line) for one, line in snippets], "snippet")
    return Wording(tuple(one for one, _ in sets), tuple(one for one, _ in snippets))


def _listed(reading: _Reading, node: _Node | None, what: str) -> list[_Node]:
    return reading.items(node, what, 1) if node is not None else []


def _node(reading: _Reading, node: yaml.Node) -> _Node:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        return _Node([_node(reading, item) for item in node.value], line)
    if isinstance(node, yaml.MappingNode):
        pairs: dict[str, _Node] = {}
        for key, value in node.value:
            name, at = str(key.value), key.start_mark.line + 1
            if name in pairs:
                reading.fault(at, f"`{name}` is written twice; keep one")
            pairs[name] = _Node(_node(reading, value).value, at)
        return _Node(pairs, line)
    return _Node(str(node.value), line)


def _twice(reading: _Reading, named: list[tuple[str, int]], what: str) -> None:
    seen: set[str] = set()
    for name, line in named:
        if name and name in seen:
            reading.fault(line, f"there is a {what} `{name}` above already; give it another name")
        seen.add(name)


def _set(reading: _Reading, node: _Node) -> tuple[PhraseSet, int]:
    line = node.line
    found = reading.known(node, ("set", "title", "sections", "groups", "kinds"), "a set")
    sections = _words(reading, found.get("sections"), "`sections`", line)
    for name, at in sections:
        if reading.sections and name not in reading.sections:
            known = ", ".join(sorted(reading.sections))
            reading.fault(at, f"no note has a section `{name}`; there are {known}")
    kinds = _words(reading, found["kinds"], "`kinds`", line) if "kinds" in found else []
    groups = [_group(reading, one) for one in reading.items(found.get("groups"), "`groups`", line)]
    _twice(reading, [(one.id, at) for one, at in groups], "group")
    made = PhraseSet(
        reading.name(found.get("set"), "`set`", line),
        reading.text(found.get("title"), "`title`", line),
        tuple(name for name, _ in sections),
        tuple(one for one, _ in groups),
        tuple(name for name, _ in kinds),
    )
    return made, line


def _words(reading: _Reading, node: _Node | None, what: str, line: int) -> list[tuple[str, int]]:
    return [
        (reading.text(one, f"an item of {what}", line), one.line)
        for one in reading.items(node, what, line)
    ]


def _group(reading: _Reading, node: _Node) -> tuple[Group, int]:
    line = node.line
    names = ("id", "title", "shape", "says", "denies", "choices")
    found = reading.known(node, names, "a group")
    shape = reading.text(found["shape"], "`shape`", line) if "shape" in found else "list"
    if shape not in SHAPES:
        reading.fault(found["shape"].line, f"`shape` is one of {', '.join(SHAPES)}")
    alone = shape == "sentences"
    says = denies = ""
    if not alone:
        says = reading.template(found.get("says"), "`says`", line, lists=True)
    if shape == "asked":
        denies = reading.template(found.get("denies"), "`denies`", line, lists=True)
    for name, wrong in (("says", alone), ("denies", shape != "asked")):
        if wrong and name in found:
            reading.fault(found[name].line, f"a group of shape `{shape}` has no `{name}`")
    choices = [
        _choice(reading, one, alone=alone)
        for one in reading.items(found.get("choices"), "`choices`", line)
    ]
    _twice(reading, [(one.label, at) for one, at in choices], "choice")
    made = Group(
        reading.name(found.get("id"), "`id`", line),
        reading.text(found.get("title"), "`title`", line),
        shape,
        tuple(one for one, _ in choices),
        says,
        denies,
    )
    return made, line


def _choice(reading: _Reading, node: _Node, *, alone: bool) -> tuple[Choice, int]:
    if isinstance(node.value, str):
        label = says = reading.text(node, "a choice", node.line)
    else:
        found = reading.known(node, ("label", "says"), "a choice")
        label = reading.text(found.get("label"), "`label`", node.line)
        says = reading.text(found.get("says"), "`says`", node.line)
    if alone and says and not says.endswith(_STOPS):
        reading.fault(node.line, "a choice of this group is a sentence; end it with a full stop")
    for sentence in mistakes(says, lists=False):
        reading.fault(node.line, sentence)
    return Choice(label, says), node.line


def _snippet(reading: _Reading, node: _Node) -> tuple[Snippet, int]:
    found = reading.known(node, ("key", "says"), "a snippet")
    reading.text(found.get("says"), "`says`", node.line)
    says = str(found["says"].value).strip() if "says" in found else ""
    for sentence in mistakes(says, lists=False):
        reading.fault(node.line, sentence)
    return Snippet(reading.name(found.get("key"), "`key`", node.line), says), node.line
