"""What goes into a packet, as data: who sends, who receives, the records with their cuts, the law.

A cut is a place, a reason and nothing else: the words that were cut are never handed to this
package, so they cannot be in the file, selected or searched.
"""

from dataclasses import dataclass
from datetime import date, datetime

from stillroom.disclosure.rules_selection import Selection


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The practice that sends: its name, and the lines under it (street, place, telephone)."""

    name: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who receives: the name as the release has it, and the lines of the address."""

    name: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cited:
    """A sentence of the law in our words, and where it stands."""

    says: str
    citation: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A redisclosure statement that must go with what leaves. Its first sentence is set bold."""

    text: str
    citation: str = ""


@dataclass(frozen=True, slots=True)
class Cut:
    """Words were here. `why` is printed in their place: "another person's health, 3 lines"."""

    why: str


@dataclass(frozen=True, slots=True)
class Told:
    """An answer under its label, as a structured record has it; the page sets the label apart."""

    label: str
    words: str


Passage = str | Cut | Told


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a record under its heading; an empty line within it parts paragraphs."""

    heading: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of a document as it is shown: a picture (`png` or `jpeg`, or empty for a page that
    cannot be drawn) and the words on it, for whoever does not see pictures."""

    type: str
    wide: int
    high: int
    picture: bytes
    words: str


@dataclass(frozen=True, slots=True)
class RecordPage:
    """One signed record as it leaves.

    `title` names kind and day ("Progress note, October 13, 2026"), `particulars` are the lines
    under it (whose, what, by whom), `signed` says by whom and when.
    """

    id: str
    kind: str
    title: str
    on: date | None
    particulars: tuple[str, ...]
    sections: tuple[Section, ...]
    signed: str = ""
    leaves: tuple[Leaf, ...] = ()

    @property
    def cuts(self) -> int:
        """How many places were cut."""
        return sum(isinstance(p, Cut) for section in self.sections for p in section.passages)


@dataclass(frozen=True, slots=True)
class Bates:
    """How the pages are numbered across all packets of a practice: LRP-000411."""

    prefix: str
    first: int = 1

    def number(self, page: int) -> str:
        """The number of a page of this packet, counted from 1."""
        return f"{self.prefix}-{self.first + page - 1:06d}"


@dataclass(frozen=True, slots=True)
class PacketInput:
    """All that a packet is made of; nothing else can get into it.

    `client` is how the recipient knows whose record it is; it stands on the pages and never in the
    file's metadata. `request` completes "in answer to …". `created` is the instant the file bears:
    keep it with the draft, so that the release prints the very bytes of the proof.
    """

    matter: str
    practice: Letterhead
    to: Addressee
    client: str
    request: str
    purpose: str
    selection: Selection
    records: tuple[RecordPage, ...]
    grounds: tuple[Cited, ...]
    notices: tuple[Notice, ...]
    bates: Bates
    created: datetime
    dated: date
    signer: str
    signer_line: str = ""
