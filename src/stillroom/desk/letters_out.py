"""The page on which a letter is written: what was typed into its slots, and what they are. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from stillroom.consent.rules import PRIVATE_KINDS
from stillroom.disclosure.letters import disputed
from stillroom.disclosure.letters.forms import LetterForm, Material, Slot, Tells
from stillroom.disclosure.letters.kinds import FORMS, suggested
from stillroom.disclosure.letters.parent import settled_for_parents
from stillroom.disclosure.letters.withheld import Withheld, preselected
from stillroom.disclosure.queries import WholeMatter
from stillroom.disclosure.rules_opinion import FindingLike
from stillroom.kernel import small
from stillroom.practice.rules_wishes import EMAIL, POST, Reach, in_words, is_never

TELLS_WORDS: Mapping[Tells, str] = {
    Tells.NOTHING: (
        "It tells nothing: for a client and for a stranger it is the same letter. So it takes no"
        " words of your own."
    ),
    Tells.HERSELF: (
        "It goes to the client, or to who stands in the client’s place. It needs no line in the"
        " account of disclosures."
    ),
    Tells.OTHERS: (
        "It tells somebody else that there is a client here. That is a disclosure: once you say"
        " that it was sent, it stands in the account."
    ),
}


@dataclass(frozen=True)
class Offered:
    """A form that can be chosen, and whether it fits this matter best."""

    form: LetterForm
    fits: bool


def offered(whole: WholeMatter) -> list[Offered]:
    """The forms for a matter, those that fit first."""
    intake = whole.determination.asked.intake
    right = whole.determination.asker.id
    first = suggested(intake.asker.kind, intake.instrument, intake.purpose, right)
    first = (*first, "response") if whole.packets and whole.standing else first
    rest = [one for one in FORMS if one not in first]
    return [Offered(FORMS[one], one in first) for one in (*first, *rest)]


def chosen_of(form: LetterForm, lists: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """What was chosen in the slots that take several."""
    several = [*(one.name for one in form.slots if one.type == "checks"), disputed.SLOT]
    return {name: tuple(lists.get(name, ())) for name in several}


def first_choice(material: Material) -> Mapping[str, Sequence[str]]:
    """What stands chosen when the page opens."""
    asked = tuple(sorted(material.intake.kinds - PRIVATE_KINDS))
    return {**material.chosen, "records": preselected(material.withheld), "kinds": asked}


def slots(material: Material, form: LetterForm) -> list[Slot]:
    """The slots of a form, with what can be chosen in them for this matter."""
    filled = {
        "rules": _rules(material.findings),
        "records": _records(material.withheld),
        "packet": tuple((one.id, one.label) for one in material.coming) or (("", "none yet"),),
    }
    every = (*form.slots, *disputed.slot(material))
    return [replace(one, options=filled.get(one.name, one.options)) for one in every]


def _records(records: Sequence[Withheld]) -> tuple[tuple[str, str], ...]:
    return tuple((one.record, _record(one)) for one in records)


def _record(one: Withheld) -> str:
    day = f", {one.on:%b} {one.on.day}, {one.on.year}" if one.on else ""
    apart = ", under 42 CFR Part 2" if one.part2 else ""
    return f"{one.title}{day}{apart}. Listed as: {small(one.neutral)}"


def _rules(findings: Sequence[FindingLike]) -> tuple[tuple[str, str], ...]:
    rules = settled_for_parents(findings)
    return tuple((str(nth), f"{one.says} {one.citation}") for nth, one in enumerate(rules))


def wished_address(reach: Reach | None) -> str:
    """Where the client wishes a letter to go, as she wrote it; empty if she did not say."""
    if reach is None or reach.nothing:
        return ""
    ways = (one.to for one in reach.ways if one.channel == POST and not is_never(reach, one.to))
    return next(ways, "")


def emails(reach: Reach | None) -> list[tuple[str, str]]:
    """The e-mail addresses to which the address of a letter may go, each with its hours."""
    if reach is None:
        return []
    ways = [one for one in reach.written_ways if one.channel == EMAIL]
    return [(one.to, f"{one.to}, {in_words(one)}") for one in ways]


def no_link_says(reach: Reach | None) -> str:
    """Why no letter goes behind a link to her; empty where one may."""
    if reach is None:
        return "How the client wishes to be reached is not known; ask, and write it down."
    if reach.nothing:
        return "The client asked that nothing be written."
    return "" if emails(reach) else "The client named no e-mail address that may be used."


def against_wishes(reach: Reach | None, address: str) -> str:
    """Why a letter may not be posted to the client there; empty if nothing speaks against it.

    A provider must take a reasonable request: 45 CFR 164.522(b)(1)(i).
    """
    if reach is None:
        return ""
    if reach.nothing:
        return "The client asked that nothing be written. Give it by hand."
    if not any(one.channel == POST for one in reach.ways):
        return "The client named no address for letters. Ask, or give it by hand."
    lines = [one for one in address.splitlines() if one.strip()]
    if any(is_never(reach, one) for one in (address, *lines)):
        return "The client asked that this address never be used."
    if lines and "".join(address.split()) != "".join(wished_address(reach).split()):
        return f"The client wishes letters to go to {' '.join(wished_address(reach).split())}."
    return ""
