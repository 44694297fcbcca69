"""Whom a chart knows: every name by which the client and the people around could be known. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

import msgspec
import yaml

from stillroom.disclosure.rules_intake import Intake
from stillroom.practice.rules import Contact, FrontSheet, fold

CLIENT: Final = "the client"
ONE_OF_THEM: Final = "one of the clients"
GUARDIAN: Final = "a guardian"
NEAR: Final = "somebody close to the client"
ASKER: Final = "whoever asks"
COLLEAGUE: Final = "a colleague"
PAYER: Final = "the payer"
PRACTICE: Final = "the practice"
ADDRESS: Final = "[address]"
NUMBER: Final = "[number]"
ROLES: Final = (
    CLIENT, ONE_OF_THEM, GUARDIAN, NEAR, ASKER, COLLEAGUE, PAYER, PRACTICE, ADDRESS, NUMBER,
)  # fmt: skip

_WORD: Final = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


class _Words(msgspec.Struct, frozen=True):
    """`words.yaml`."""

    common_in_names: frozenset[str]
    also_words: frozenset[str]


@cache
def words() -> _Words:
    """Which words of names name nobody by themselves, read once."""
    text = Path(__file__).with_name("words.yaml").read_text("utf-8")
    return msgspec.convert(yaml.safe_load(text), _Words)


@dataclass(frozen=True)
class Known:
    """Words and numbers by which somebody could be known, each with what is written instead.

    `words` are folded single words, `exact` longer strings (an address line, a member's number).
    `safe` are strings that name nobody whatever they hold: the citations of law on file.
    """

    words: Mapping[str, str]
    exact: Mapping[str, str] = field(default_factory=dict)
    safe: frozenset[str] = frozenset()


def known_of(
    sheets: Iterable[FrontSheet],
    *,
    intake: Intake | None = None,
    colleagues: Iterable[str] = (),
    practice: str = "",
    safe: Iterable[str] = (),
) -> Known:
    """All that a chart's front sheets, its matter and its house would give away.

    The client's own names win over those of others: a son called like his father is *the client*.
    """
    held = tuple(sheets)
    called = CLIENT if len(held) == 1 else ONE_OF_THEM
    named: dict[str, str] = {}
    exact: dict[str, str] = {}
    for sheet in held:
        _put(named, f"{sheet.given} {sheet.family} {sheet.called}", called)
    for sheet in held:
        _around(named, exact, sheet)
    if intake is not None:
        _put(named, f"{intake.asker.name} {intake.caption}", ASKER)
    for name in colleagues:
        _put(named, name, COLLEAGUE)
    if practice:
        exact.setdefault(practice, PRACTICE)
    return Known(named, exact, frozenset(safe))


def _around(named: dict[str, str], exact: dict[str, str], sheet: FrontSheet) -> None:
    for contact, role in _contacts(sheet):
        _put(named, contact.name, role)
    _put(named, sheet.payer, PAYER)
    for text in (*sheet.address, sheet.member_id):
        if len(text.strip()) > 3:
            exact.setdefault(text.strip(), ADDRESS if text in sheet.address else NUMBER)


def _contacts(sheet: FrontSheet) -> Iterator[tuple[Contact, str]]:
    for guardian in sheet.guardians:
        yield guardian, GUARDIAN
    if sheet.emergency is not None:
        yield sheet.emergency, NEAR


def _put(named: dict[str, str], name: str, instead: str) -> None:
    """Each word of a name. One letter names nobody in running text, and common words neither."""
    for word in _WORD.findall(name):
        plain = fold(word)
        parts = [plain, *plain.split("-")] if "-" in plain else [plain]
        for part in parts:
            if len(part) > 1 and part not in words().common_in_names:
                named.setdefault(part, instead)
