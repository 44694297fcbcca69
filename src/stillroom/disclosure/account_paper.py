"""An account of disclosures on paper: a letter with a part for each disclosure (164.528(b)(2))."""

from collections.abc import Iterable, Sequence
from datetime import date

from stillroom.disclosure.letters.letter import Letter, Part, Writer, long_day, print_letter
from stillroom.disclosure.packet import Addressee, Cited, Letterhead, Printed
from stillroom.disclosure.rules_account import YEARS, Asking, Told
from stillroom.disclosure.rules_accounting import CITATION
from stillroom.kernel import capital
from stillroom.phi import Presence
from stillroom.practice.queries import ChartHead

OPENING = (
    "You asked to whom this practice has disclosed your health information. Each disclosure that"
    " the law asks us to account for stands below, the oldest first."
)
LEFT_OUT = (
    "Left out, as the law lets us: what was disclosed for treatment, payment or health care"
    " operations, to you, to people involved in your care, or with your written authorization."
    f" ({CITATION})"
)
MORE = "Beside what the law asks for, this account names what else left your record in writing."
NOTHING = "Nothing was disclosed in this time that an accounting must hold."


def printed(
    presence: Presence,
    head: ChartHead,
    told: Sequence[Told],
    asking: Asking,
    size: int,
) -> Printed:
    """The account as PDF/A, of a log of `size` entries. Same account and instant, same bytes."""
    asked_on, since = asking.asked_on, asking.since
    made = presence.at.replace(microsecond=0)
    letter = Letter(
        title="Accounting of disclosures",
        writer=Writer(Letterhead(presence.house.name), presence.name),
        to=Addressee(head.full),
        dated=presence.today,
        about=(f"Asked for on {long_day(asked_on)}", _reach(asked_on, since)),
        opening=(OPENING,),
        parts=(*map(_part, told),) or (Part("Disclosures", (Cited(NOTHING, ""),)),),
        closing=_closing(told, size, everything=asking.everything),
    )
    return print_letter(letter, made)


def _reach(asked_on: date, since: date | None) -> str:
    if since:
        return f"From {long_day(since)} to {long_day(asked_on)}"
    return f"The {YEARS} years before {long_day(asked_on)}"


def _part(one: Told) -> Part:
    line = one.first.line
    where = f", {line.address}" if line.address else ""
    sentences = [
        Cited(f"To {line.recipient}{where}.", ""),
        Cited(f"{capital(line.description)}.", ""),
        Cited(f"For: {line.purpose}.", ""),
    ]
    if one.count > 1:
        times = f"{one.count} times to the same recipient for this purpose"
        sentences.append(Cited(f"In all {times}, the last on {long_day(one.last)}.", ""))
    sentences.append(Cited(_entries(one.entries), ""))
    return Part(long_day(line.on), tuple(sentences))


def _entries(entries: Iterable[int]) -> str:
    numbers = [str(entry) for entry in entries]
    if len(numbers) == 1:
        return f"Entry {numbers[0]} of the practice’s log."
    return f"Entries {', '.join(numbers)} of the practice’s log."


def _closing(told: Sequence[Told], size: int, *, everything: bool) -> tuple[str, ...]:
    said = [MORE if everything else LEFT_OUT]
    if told:
        said.append(
            f"The numbers are those of a log of {size} entries that nobody can change unseen. The"
            " files beside this one prove that each entry is in it, to whoever checks them."
        )
    return tuple(said)
