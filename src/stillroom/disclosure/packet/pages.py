"""What goes into a packet, as data: who sends, who receives, the records with their cuts, the law.

A cut is a place, a reason and nothing else: `cuts.py` takes the words out of a page before the page
is composed, so they cannot be in the file, selected or searched.
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
    """Words were here. `why` is printed in their place ("another person"); it never tells how much
    was cut, and its bar is as wide as the reason is long."""

    why: str


@dataclass(frozen=True, slots=True)
class Told:
    """An answer under its label, as a structured record has it; the page sets the label apart."""

    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Cropped:
    """A paragraph of its own with its cuts in their places, under a label if it has one."""

    pieces: tuple[str | Cut, ...]
    label: str = ""


Passage = str | Cut | Told | Cropped


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a record under its heading; an empty line within it parts paragraphs."""

    heading: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of a document as it is shown: a picture (`png` or `jpeg`, or empty for a page that
    cannot be drawn or does not leave) and the words on it, for whoever does not see pictures.

    `removed` are the reasons for what was painted over, one for each place; on a page without a
    picture, why it does not leave.
    """

    type: str
    wide: int
    high: int
    picture: bytes
    words: str
    removed: tuple[str, ...] = ()


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
    stands_for: tuple[str, ...] = ()
    """Of a summary: the records in whose place it stands, the first of them its own id."""

    @property
    def covers(self) -> tuple[str, ...]:
        """The records of the selection for which this page stands."""
        return self.stands_for or (self.id,)

    @property
    def cuts(self) -> int:
        """How many places were cut."""
        passages = [one for section in self.sections for one in section.passages]
        pieces = [one for each in passages if isinstance(each, Cropped) for one in each.pieces]
        bars = sum(isinstance(one, Cut) for one in (*passages, *pieces))
        return bars + sum(len(leaf.removed) for leaf in self.leaves)


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
    file's metadata. `companion` is the SHA-256 of the file for machines that goes with the pages,
    if one does. `request` completes "in answer to …". `created` is the instant the file bears:
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
    companion: str = ""
