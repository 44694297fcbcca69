"""What is known beforehand of everybody who may ask: the shapes of that data. Pure.

Each sentence that leans on law carries its paragraph and how it was checked: "text" where the
corpus cites a text that somebody read, "secondary" for a summary, "recalled" for what nobody here
has read; the page says the last two. No answer is decided here: the law is asked, by the facts
that an `Asker` presets, and a person decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from stillroom.disclosure.rules_options import Decision


@dataclass(frozen=True, slots=True)
class Must:
    """One thing that a paper of this kind must show, or that must be known before it is answered.

    `about` is a fact of the law or one of `BY_THE_PAPER`; `lacks` is said where it is known to be
    wanting, `look` where nobody has looked. `only` names the instruments it is asked of (all where
    it is empty).
    """

    about: str
    lacks: str
    look: str
    citation: str = ""
    checked: str = "text"
    only: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Note:
    """One or two sentences that a person should have in mind with this asker."""

    says: str
    citation: str = ""
    checked: str = "text"


@dataclass(frozen=True, slots=True)
class Span:
    """A clock that the asker's right winds up: days from receipt, and days of the one extension."""

    label: str
    days: int
    extension: int
    citation: str


@dataclass(frozen=True, slots=True)
class Way:
    """One way to decide on this asker: what is signed, the words beside it, and what it does.

    `even_shut` ways are open whatever the law says of sending, for they send nothing.
    """

    decision: Decision
    says: str
    why: str
    even_shut: bool = True


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody who may ask, as the law's facts call them, and what goes with their asking."""

    id: str
    title: str
    also: tuple[str, ...]
    group: str
    recipient: str
    instruments: tuple[str, ...]
    purpose: str = ""
    act: str = "disclose"
    fields: frozenset[str] = frozenset()
    facts: Mapping[str, str] = field(default_factory=dict)
    musts: tuple[Must, ...] = ()
    checks: tuple[str, ...] = ()
    span: Span | None = None
    ways: tuple[Way, ...] = ()
    notes: tuple[Note, ...] = ()
    wants: str = ""
    """The right that is used, in a word or two, where one person may use several at once."""


BY_THE_PAPER = frozenset({"judge_signed", "proceeding", "return_date", "period", "records_asked"})
"""Particulars that `rules_intake` reads off the paper itself."""

SEEN = {
    "paper.legal_basis": "Does it say on which law it rests?",
    "paper.limits": "Does it say what is to be produced, and nothing beside it?",
}
"""What is to be seen on a paper and is no fact of the law, as a question of yes or no."""

GROUPS = {
    "client": "The client, or somebody in the client's place",
    "care": "Care and payment",
    "court": "Lawyers and courts",
    "office": "Police, agencies and boards",
    "life": "Family, school, work and everybody else",
}
"""The groups in which askers stand, in this order."""

MORE = {
    "form": ("In which form", "paper, PDF by e-mail, a look at it here; as it was asked for"),
    "wish": (
        "What they want, in their own words",
        "which entry, and what it should say; or what is to be kept from whom",
    ),
    "claim": ("Claim or member number", "as the letter has it"),
    "door": ("By her own door", "what is to be taken along there"),
}
"""Fields of the entry that some askers have besides: label and hint."""

OF_PROCESS = frozenset({"proceeding", "caption", "court", "served_on", "return_date", "signed_by"})
"""Fields of the entry that process of a court brings."""
