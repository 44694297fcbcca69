"""A front sheet as a form: what is shown of it, and what was typed. Pure.

Rule: keeping a form loses nothing. What the form does not show stays as it was; what is too long or
has no name is told and not cut off.
"""

import re
from collections.abc import Mapping
from datetime import date

import msgspec

from stillroom.kernel import StillroomError
from stillroom.practice.rules import Contact, FrontSheet

_TEXTS = (
    "given",
    "family",
    "called",
    "pronouns",
    "phone",
    "email",
    "safe_contact",
    "payer",
    "member_id",
)
_CONTACT = ("name", "relation", "phone", "authority")
_GUARDIAN = re.compile(r"guardian_([1-9]\d?)_(?:name|relation|phone|authority)")
_LONGEST = 400
_OF_AGE = 18
_LONGEST_ADDRESS = 2000


class NameMissing(StillroomError):
    """Nobody to speak of."""

    what = "a name is missing"
    usual_advice = "Give both a first and a family name."


class BadDate(StillroomError):
    """A date that is none, or lies in the future."""

    what = "that date of birth cannot be"
    usual_advice = "Give it as year, month and day, and not in the future."


class TooLong(StillroomError):
    """More than a front sheet has room for. Nothing is cut off in silence."""

    what = "one of the lines is longer than a front sheet has room for"
    usual_advice = f"Shorten it to {_LONGEST} letters; the rest is kept as you typed it."


class ContactWithoutName(StillroomError):
    """A telephone number, and nobody whose it is."""

    what = "a guardian or an emergency contact has no name"
    usual_advice = "Give the name, or empty the other fields of that person too."


def typed_from(sheet: FrontSheet) -> dict[str, str]:
    """A front sheet as the form's fields have it."""
    typed = {name: str(getattr(sheet, name)) for name in _TEXTS}
    typed["born"] = sheet.born.isoformat() if sheet.born else ""
    typed["address"] = "\n".join(sheet.address)
    if sheet.emergency:
        typed |= _typed_contact("emergency", sheet.emergency)
    for nth, guardian in enumerate(sheet.guardians, start=1):
        typed |= _typed_contact(f"guardian_{nth}", guardian)
    return typed


def _typed_contact(prefix: str, contact: Contact) -> dict[str, str]:
    return {f"{prefix}_{name}": str(getattr(contact, name)) for name in _CONTACT}


def guardian_rows(typed: Mapping[str, str]) -> range:
    """The numbers of the guardians to show: those there are and one more; two at least."""
    filled = [nth for nth, _ in _guardians_typed(typed)]
    return range(1, max([1, *filled]) + 2)


def _guardians_typed(typed: Mapping[str, str]) -> list[tuple[int, str]]:
    found = {
        (int(match[1]), f"guardian_{match[1]}")
        for name, text in typed.items()
        if (match := _GUARDIAN.fullmatch(name)) and text.strip()
    }
    return sorted(found)


def sheet_from(
    typed: Mapping[str, str], today: date, before: FrontSheet | None = None
) -> FrontSheet:
    """A front sheet from what was typed, or an error that says what to mend.

    `before` is the sheet as it was; of it stays whatever the form does not show.
    """
    texts = {name: _line(typed, name) for name in _TEXTS}
    if not texts["given"] or not texts["family"]:
        raise NameMissing
    if len(typed.get("address", "")) > _LONGEST_ADDRESS:
        raise TooLong
    address = tuple(line for line in typed.get("address", "").splitlines() if line.strip())
    was = before or FrontSheet(given="", family="")
    guardians = (_contact(typed, prefix, None) for _, prefix in _guardians_typed(typed))
    return msgspec.structs.replace(
        was,
        **texts,
        born=_born(typed, today),
        address=address,
        emergency=_contact(typed, "emergency", was.emergency),
        guardians=tuple(one for one in guardians if one is not None),
    )


def _line(typed: Mapping[str, str], name: str) -> str:
    text = typed.get(name, "").strip()
    if len(text) > _LONGEST:
        raise TooLong
    return text


def _born(typed: Mapping[str, str], today: date) -> date | None:
    text = typed.get("born", "").strip()
    if not text:
        return None
    try:
        born = date.fromisoformat(text)
    except ValueError:
        raise BadDate from None
    if born > today or born.year < today.year - 120:
        raise BadDate
    return born


def _contact(typed: Mapping[str, str], prefix: str, was: Contact | None) -> Contact | None:
    """Somebody around a client; `None` when every shown field is empty."""
    shown = [name for name in _CONTACT if f"{prefix}_{name}" in typed]
    given = {name: _line(typed, f"{prefix}_{name}") for name in shown}
    if not any(given.values()):
        return None
    if not given.get("name"):
        raise ContactWithoutName
    return msgspec.structs.replace(was or Contact(""), **given)


def lacks_guardian(sheet: FrontSheet, today: date) -> bool:
    """Whether somebody under eighteen has no guardian on file: worth a hint, never a hindrance."""
    age = sheet.age_on(today)
    return age is not None and age < _OF_AGE and not sheet.guardians
