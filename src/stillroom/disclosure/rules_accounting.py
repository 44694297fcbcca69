"""The account of what left: the line for each disclosure, and whether the law asks for it.

Stillroom keeps a line for every packet. A line that 45 CFR 164.528 does not ask for says why
(`exempt_because`), so that a client who asks for "the accounting" gets what the law owes, and one
who asks who has seen the record gets everything.

Sources: 45 CFR 164.528(a)(1),(b),(c),(d) and (a)(2).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import Enum

from stillroom.consent.rules import PART2_KINDS, local_day
from stillroom.disclosure.rules_clocks import after
from stillroom.disclosure.rules_selection import Selection
from stillroom.kernel import Misuse

CITATION = "45 CFR 164.528(a)(1),(b),(c),(d)"
SUSPENSION = "45 CFR 164.528(a)(2)"
ORAL_SUSPENSION = timedelta(days=30)
"""A suspension asked for by word of mouth lasts no longer, unless a writing follows."""


class Basis(Enum):
    """On what a disclosure rested. The value is said in the account."""

    CARE = "treatment, payment or health care operations"
    TO_CLIENT = "made to the client"
    AUTHORIZATION = "made under an authorization"
    FAMILY = "made to family or for notification"
    NATIONAL_SECURITY = "made for national security"
    CUSTODY = "made to a correctional institution or in custody"
    LIMITED_SET = "a limited data set"
    LAW = "required or permitted by another rule"


EXEMPT = frozenset(Basis) - {Basis.LAW}
"""Left out of the accounting by 164.528(a)(1); the rest must be in it, unlawful ones too."""


@dataclass(frozen=True, slots=True)
class AccountingLine:
    """One disclosure, as 164.528(b) wants it told: when, to whom, what, what for.

    `exempt_because` is empty if the law wants the line in the accounting. `withheld_until` is the
    last day on which an agency's statement keeps it from the client (164.528(a)(2)). `part2`: it
    held records of a substance use disorder program.
    """

    on: date
    recipient: str
    address: str
    description: str
    purpose: str
    digest: str
    exempt_because: str = ""
    citation: str = CITATION
    withheld_until: date | None = None
    part2: bool = False

    @property
    def owed(self) -> bool:
        """Whether the accounting of 164.528 must hold it."""
        return not self.exempt_because


def basis_of(selection: Selection) -> Basis:
    """On what a packet rested, as strict as its strictest record.

    One record that left without the client's paper puts the whole packet into the accounting,
    unless its recipient or purpose exempts all of it.
    """
    release = selection.release
    if release.recipient.kind == "client":
        return Basis.TO_CLIENT
    if all(choice.paper for choice in selection.choices):
        return Basis.AUTHORIZATION
    if release.purpose in ("treatment", "payment", "operations"):
        return Basis.CARE
    return Basis.LAW


def accounting_line(
    selection: Selection,
    *,
    at: datetime,
    address: str,
    description: str,
    purpose: str,
    digest: str,
    zone: tzinfo = UTC,
    basis: Basis | None = None,
) -> AccountingLine:
    """The line for a packet that left at `at`. `basis` is given where `basis_of` cannot know it."""
    if not description.strip() or not purpose.strip():
        raise Misuse("the account must say what left and what for")
    rests = basis or basis_of(selection)
    return AccountingLine(
        on=local_day(at, zone),
        recipient=selection.release.recipient.name,
        address=address,
        description=description,
        purpose=purpose,
        digest=digest,
        exempt_because=rests.value if rests in EXEMPT else "",
        part2=any(choice.record.kind in PART2_KINDS for choice in selection.choices),
    )


def accounting(
    lines: Iterable[AccountingLine], *, asked_on: date, everything: bool = False
) -> tuple[AccountingLine, ...]:
    """What the client gets: six years back from the request, oldest first.

    `everything` adds the lines that the law does not ask for. A suspended line is left out until
    its last day has passed.
    """
    since = after(asked_on, -6, "year") or asked_on
    return tuple(
        sorted(
            (
                line
                for line in lines
                if since <= line.on <= asked_on
                and (everything or line.owed)
                and not (line.withheld_until and asked_on <= line.withheld_until)
            ),
            key=lambda line: line.on,
        )
    )


def accounting_due(asked_on: date, *, extended: bool = False) -> date:
    """The last day to answer a request for the accounting: 60 days, and 30 more if extended."""
    return asked_on + timedelta(days=90 if extended else 60)
