"""What each letter of a matter is made from, and what its form asks of its writer. Pure.

A form is data: its title, when it fits, what sending it tells, the slots that its writer fills, and
two functions: `lacks` names what cannot be left as it is, `make` gives the letter. What the law
fixes is not a slot; where the law leaves room there is one for the writer's own words.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Literal

from stillroom.disclosure.askers.shapes import Span
from stillroom.disclosure.letters.letter import Letter, Writer
from stillroom.disclosure.rules_intake import Intake
from stillroom.disclosure.rules_opinion import FindingLike

if TYPE_CHECKING:
    from stillroom.disclosure.letters.response import Coming
    from stillroom.disclosure.letters.withheld import Withheld
    from stillroom.disclosure.rules_told import Named

SlotType = Literal["line", "text", "date", "choice", "checks", "yes"]


class Tells(Enum):
    """What somebody learns by the letter alone.

    NOTHING: the same letter goes out for a client and for a stranger. HERSELF: it goes to the
    client, or to who stands in her place (45 CFR 164.528(a)(1)(ii): no line of the account).
    OTHERS: it tells somebody else that there is a client; that is a disclosure, and is accounted.
    """

    NOTHING = "nothing"
    HERSELF = "herself"
    OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing that the writer fills in. `options` are (value, label) pairs."""

    name: str
    label: str
    type: SlotType = "line"
    hint: str = ""
    optional: bool = False
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Lack:
    """What cannot be left as it is: the slot, and what to do."""

    slot: str
    says: str


@dataclass(frozen=True)
class Material:
    """All that a letter is made from. `typed` by slot, `chosen` of slots that take several.

    `findings` are of the matter's own question; `withholding` of the question whether access may be
    withheld, asked only for letters about access. `extended` is whether the time was extended once.
    `withheld` are the records that a privilege log can list.
    """

    intake: Intake
    writer: Writer
    dated: date
    address: tuple[str, ...] = ()
    client: str = ""
    findings: tuple[FindingLike, ...] = ()
    withholding: tuple[FindingLike, ...] = ()
    typed: Mapping[str, str] = field(default_factory=dict)
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    extended: bool = False
    withheld: tuple["Withheld", ...] = ()
    coming: tuple["Coming", ...] = ()
    """Packets of the matter before which a letter can go, the newest first."""
    disputes: tuple["Named", ...] = ()
    """What the client says against entries of the chart, for a letter that may tell of them."""
    right: str = ""
    """Who asks, by the id of the asker: which right of the client's is answered."""
    span: Span | None = None
    """The time of that right, where a rule sets one."""
    decided: str = ""
    """The decision that stands in the matter, accepted or denied; empty for none."""

    def said(self, slot: str) -> str:
        """What was typed into a slot, without blanks around it."""
        return self.typed.get(slot, "").strip()

    def day(self, slot: str) -> date | None:
        """A day that was typed; None for an empty slot or for what is no day."""
        try:
            return date.fromisoformat(self.said(slot))
        except ValueError:
            return None


def nothing_lacks(_: Material) -> tuple[Lack, ...]:
    """A form without slots lacks nothing."""
    return ()


@dataclass(frozen=True)
class LetterForm:
    """One form of letter. `when` says to its writer when it fits; `to_client`, that it goes to the
    client whoever asked."""

    id: str
    title: str
    when: str
    make: Callable[[Material], Letter]
    tells: Tells = Tells.NOTHING
    slots: tuple[Slot, ...] = ()
    lacks: Callable[[Material], tuple[Lack, ...]] = nothing_lacks
    to_client: bool = False


OWN_WORDS = Slot(
    "own",
    "In your own words",
    "text",
    "Stands in the letter under your name. Say no more of the care than this reader may know.",
    optional=True,
)
