"""What a state says to a standard case, in words: one for the tile, a sentence for the list. Pure.

Rules kept: words first, so that nothing hangs on a colour; what is required, what is only allowed
and what is not known have words of their own; silence is never told as permission.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from stillroom.kernel import spoken
from stillroom.law import PROFESSIONS, Reading

_WORDS: Mapping[str, str] = {
    "must": "must",
    "turns": "may if",
    "unclear": "unclear",
    "may": "may",
    "sign": "signed",
    "no": "no",
    "silent": "silent",
    "absent": "missing",
    "differs": "differs",
}
_WORDS_OF: Mapping[tuple[str, str], str] = {
    ("privilege", "sign"): "holds",
    ("privilege", "no"): "closed",
    ("privilege", "may"): "open",
    ("keep", "must"): "kept",
    ("keep", "turns"): "kept if",
}
_COMMON: Mapping[str, str] = {
    "silent": "Nothing on file in this state’s own law speaks to it",
    "absent": "No law of this state is on file",
    "differs": "It depends on the profession",
}
_TELL: Mapping[str, str] = {
    "must": "You must act{act}",
    "must if": "You must act{act}, if one thing more is so",
    "may if": "You may tell{tell}, if one thing more is so",
    "unclear": "Unclear whether you must; the law leaves it to counsel",
    "unclear, may": "Unclear whether you may tell{tell}; the law leaves it to counsel",
    "may": "You may tell{tell}; nothing requires it",
    "sign": "Only with the client’s signature",
    "no": "You may not tell",
}
_REPORT: Mapping[str, str] = {
    **_TELL,
    "must": "You must report{report}",
    "must if": "You must report{report}, if one thing more is so",
    "may if": "You may report{report}, if one thing more is so",
    "unclear, may": "Unclear whether you may report; the law leaves it to counsel",
    "may": "You may report{report}; nothing requires it",
    "no": "You may not report",
}
_SEND: Mapping[str, str] = {
    **_TELL,
    "must": "You must send it",
    "must if": "You must send it, if one thing more is so",
    "may if": "You may send it, if one thing more is so",
    "may": "You may send it",
    "sign": "You may not, unless the client signs",
    "no": "You may not send it",
}
_SENTENCES: Mapping[str, Mapping[str, str]] = {
    "warn": _TELL,
    "child": _REPORT,
    "survivor": _REPORT,
    "adult": _REPORT,
    "privilege": {
        "must": "You must testify",
        "must if": "You must testify, if one thing more is so",
        "may if": "Privileged or not, by one thing more",
        "unclear": "Unclear; the law leaves it to counsel",
        "unclear, may": "Unclear; the law leaves it to counsel",
        "may": "No privilege stands in the way",
        "sign": "Privileged: the client alone may open it",
        "no": "Closed, even if the client signs",
        "silent": "No privilege of this profession is on file",
    },
    "subpoena": _SEND,
    "minor": {
        **_SEND,
        "sign": "Not to the parent, unless the young client signs",
        "no": "Not to the parent",
    },
    "access": {**_SEND, "silent": "No right in this state’s own law on file; HIPAA’s stands"},
    "keep": {
        "must": "Keep it for {years} years",
        "must if": "Keep it for {years} years, if one thing more is so",
        "may if": "Keep it for {years} years, if one thing more is so",
        "unclear": "Keep it: no span is confirmed here; your board or counsel knows it",
    },
}
_NO_YEARS = "Keep it; the span is told in the provision"

_MEANS: Mapping[str, str] = {
    "must": "the law requires it",
    "must if": "required, if one thing more is so, which the list names",
    "may if": "allowed, if one thing more is so, which the list names",
    "unclear": "the law itself leaves it open; the answer is counsel’s",
    "may": "allowed; nothing requires it",
    "signed": "only with the client’s signature",
    "no": "not allowed",
    "holds": "the privilege holds; the client alone may open it",
    "closed": "closed, even with a signature",
    "open": "no privilege stands in the way",
    "kept": "to be kept; the list says how long",
    "kept if": "to be kept, if one thing more is so",
    "silent": "nothing on file in the state’s own law speaks to it; that is no permission",
    "missing": "no law of the state is on file",
    "differs": "it depends on the profession",
}


def word(found: Reading) -> str:
    """The word on the tile."""
    if found.years:
        return f"{found.years} y"
    if found.kind == "turns" and found.required:
        return "must if"
    return _WORDS_OF.get((found.topic, found.kind), _WORDS[found.kind])


def kind_word(topic: str, kind: str) -> str:
    """The word for a kind of answer, where only the kind is told."""
    return "depends" if kind == "turns" else _WORDS_OF.get((topic, kind), _WORDS[kind])


def sentence(found: Reading) -> str:
    """The answer as a sentence without its stop."""
    kind = found.kind
    if kind == "turns":
        kind = "must if" if found.required else "may if"
    if kind == "unclear" and not found.required:
        kind = "unclear, may"
    told = _SENTENCES[found.topic].get(kind) or _COMMON.get(kind) or _TELL[kind]
    if "{years}" in told and not found.years:
        return _NO_YEARS
    to = found.to
    return told.format(
        years=found.years,
        act=f": tell {to}" if to else "",
        tell=f" {to}" if to else "",
        report=f" to {to}" if to else "",
    )


def professions(members: Iterable[str]) -> str:
    """Professions in words: all of them, all but one or two, or those."""
    given = frozenset(members)
    left = [name for name in PROFESSIONS if name not in given]
    if not left:
        return "every profession"
    if len(left) <= 2:
        return f"every profession but {' and '.join(plural(name) for name in left)}"
    named = [plural(name) for name in PROFESSIONS if name in given]
    return ", ".join(named)


_PLURALS = {"psychiatric_nurse": "psychiatric nurses"}


def plural(profession: str) -> str:
    """`social_worker` as `social workers`."""
    return _PLURALS.get(profession, f"{spoken(profession)}s")


@dataclass(frozen=True)
class Meaning:
    """A word of the map, what it means, how many states have it, and how its tile is drawn."""

    word: str
    kind: str
    means: str
    count: int


_ORDER = ("must", "turns", "unclear", "may", "sign", "no", "differs", "silent", "absent")


def legend(found: Iterable[Reading]) -> list[Meaning]:
    """The words that appear on a map, the strongest first. Spans of years stand together."""
    counted: dict[tuple[int, str, str], int] = {}
    for one in found:
        shown = "kept" if one.years and one.kind == "must" else word(one)
        shown = "kept if" if one.years and one.kind == "turns" else shown
        key = (_ORDER.index(one.kind), shown, one.kind)
        counted[key] = counted.get(key, 0) + 1
    return [
        Meaning(shown, kind, _MEANS[shown], count)
        for (_, shown, kind), count in sorted(counted.items())
    ]
