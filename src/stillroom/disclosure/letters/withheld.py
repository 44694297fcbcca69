"""The privilege log: what is kept back, listed so that the claim can be judged and nothing is told.

For each record: its day, a neutral word for what it is, who wrote it and of which profession, who
has received it, and on what the claim rests. By category instead: the kind, how many, and from when
to when.

Rules kept:
- No title, no word of a record, and no kind that tells what care was about (a risk assessment, a
  record of a substance use program, a joint session) stands on it: they are neutral words.
- Records under 42 CFR Part 2 are left to be chosen, because to list one may tell what 2.13(c)
  keeps; every log says that it lists what may be listed, so that no gap in it tells anything.
- To whom an item was given before is read from the packets that left, not from memory.
- A log tells that there is a record. It is a disclosure.

Model: Fed. R. Civ. P. 26(b)(5)(A)(ii), read as it is quoted by others: the nature of what is kept
back, so that others can assess the claim, without revealing what is privileged. Which columns a
court wants its own rules and orders say; those here are the usual ones, as recalled.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from stillroom.consent.rules import PART2_KINDS, PRIVATE_KINDS
from stillroom.disclosure.letters.forms import Lack, LetterForm, Material, Slot, Tells
from stillroom.disclosure.letters.letter import Letter, Part, Table, settled
from stillroom.disclosure.letters.objection import about, called
from stillroom.disclosure.packet import Addressee, Cited
from stillroom.disclosure.rules_opinion import FindingLike

NEUTRAL = {
    "progress_notes": "Clinical note",
    "joint_session_notes": "Clinical note",
    "psychotherapy_notes": "Therapist’s separate notes",
    "sud_counseling_notes": "Therapist’s separate notes",
    "billing": "Record of account",
    "appointments": "Record of account",
    "demographics": "Record of account",
}
"""What a kind is called on the list; any other is a clinical record."""

PRIVILEGE = "Psychotherapist and patient privilege, claimed for its holder"
_APART = "45 CFR 164.508(a)(2)"


@dataclass(frozen=True, slots=True)
class Withheld:
    """One record that can be listed: none of its words, and not its title.

    `asked` is whether the demand reaches it, as far as is known, and it is not to be sent.
    """

    record: str
    kind: str
    on: date | None
    author: str
    title: str
    asked: bool
    given: tuple[str, ...] = ()

    @property
    def neutral(self) -> str:
        """What it is, in words that tell nothing of the care."""
        return NEUTRAL.get(self.kind, "Clinical record")

    @property
    def part2(self) -> bool:
        """Whether listing it may tell what 42 CFR 2.13(c) keeps."""
        return self.kind in PART2_KINDS


def preselected(records: Iterable[Withheld]) -> tuple[str, ...]:
    """The records that are listed unless the writer says otherwise."""
    return tuple(one.record for one in records if one.asked and not one.part2)


def privilege_log(material: Material) -> Letter:
    """The log of the chosen records, in their order."""
    chosen = material.chosen.get("records", ())
    listed = [one for one in material.withheld if one.record in chosen]
    rules, left_out = settled(one for one in material.findings if _keeps(one))
    cites = "; ".join(one.citation for one in rules)
    by_kind = material.said("by") == "category"
    table = _by_category(listed, cites) if by_kind else _by_record(listed, cites)
    intake = material.intake
    parts = [Part("The claim", (Cited(_CLAIM, ""),)), *([Part("The rule", rules)] if rules else [])]
    parts.append(Part("How to read it", (Cited(_READ, ""), Cited(_MAY, ""))))
    return Letter(
        title="Privilege log",
        writer=material.writer,
        to=Addressee(intake.asker.name, material.address),
        dated=material.dated,
        about=about(intake),
        opening=(f"In answer to your {called(intake)}, this is what is kept back.",),
        parts=tuple(parts),
        closing=(_CLOSING,),
        left_out=left_out,
        table=table,
    )


_CLAIM = (
    "For its holder I claim the privilege in each item below. To whom this practice gave one of"
    " them before, the list says."
)
_READ = (
    "Each item is named by what it is and not by what it says. If the court needs more for its"
    " ruling, it can see the item alone, in private."
)
_MAY = (
    "The list holds what may be listed. Where a law forbids even to say whether a record exists, it"
    " says nothing, and nothing can be read from that."
)
_CLOSING = "I will bring the list up to date if what is asked for, or what is kept back, changes."


def _keeps(finding: FindingLike) -> bool:
    keeps = finding.modality in ("forbids", "permits_with_authorization")
    return finding.regime == "privilege" and keeps


def _basis(kind: str, cites: str) -> str:
    own = _APART if kind in PRIVATE_KINDS else ""
    return ". ".join(filter(None, (PRIVILEGE, "; ".join(filter(None, (cites, own))))))


def _received(one: Withheld) -> str:
    return ", ".join(one.given) or "Nobody, by this practice’s account"


def _by_record(listed: list[Withheld], cites: str) -> Table:
    rows = tuple(
        (
            str(nth),
            short_day(one.on) if one.on else "Not dated",
            one.neutral,
            one.author,
            _received(one),
            _basis(one.kind, cites),
        )
        for nth, one in enumerate(listed, start=1)
    )
    return Table(("No.", "Date", "What it is", "By", "Received by", "Basis"), rows)


def _by_category(listed: list[Withheld], cites: str) -> Table:
    groups: dict[tuple[str, str, str, str], list[Withheld]] = {}
    for one in listed:
        key = (one.neutral, one.author, _received(one), _basis(one.kind, cites))
        groups.setdefault(key, []).append(one)
    rows = tuple(
        (str(nth), _days(items), f"{neutral}, {_count(items)}", author, to, basis)
        for nth, ((neutral, author, to, basis), items) in enumerate(groups.items(), start=1)
    )
    return Table(("No.", "Dates", "What it is", "By", "Received by", "Basis"), rows)


def short_day(day: date) -> str:
    """Oct 6, 2026: a column is narrow."""
    return f"{day:%b} {day.day}, {day.year}"


def _count(items: list[Withheld]) -> str:
    return "1 item" if len(items) == 1 else f"{len(items)} items"


def _days(items: list[Withheld]) -> str:
    days = sorted(one.on for one in items if one.on)
    if not days:
        return "Not dated"
    first, last = short_day(days[0]), short_day(days[-1])
    return first if first == last else f"{first} to {last}"


def _lacks(material: Material) -> tuple[Lack, ...]:
    if not material.chosen.get("records"):
        return (Lack("records", "Choose what is kept back; a log without an item says nothing."),)
    return ()


FORM = LetterForm(
    "privilege_log",
    "Privilege log",
    "A court’s rules, or an order, want a list of what is kept back. Give it where the holder or"
    " counsel agrees: it tells that there is a record.",
    privilege_log,
    tells=Tells.OTHERS,
    slots=(
        Slot(
            "by",
            "How it is listed",
            "choice",
            "A long list by kind tells less; some courts want each by itself.",
            options=(("record", "Each record by itself"), ("category", "By kind, with the days")),
        ),
        Slot(
            "records",
            "What is kept back",
            "checks",
            "You see the titles; the list has neutral words in their place. Records under 42 CFR"
            " Part 2 are not chosen for you: to list one may need an order of its own.",
        ),
    ),
    lacks=_lacks,
)
