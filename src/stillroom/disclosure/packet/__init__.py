"""The one exit: a packet of chosen records, with a cover letter, as PDF/A-2a and PDF/UA-1.

>>> from stillroom.disclosure.packet import Bates, check_words
>>> Bates("LRP", 411).number(3)
'LRP-000413'
>>> check_words("00" * 32)[:2]
('Alfa', 'Alfa')

`print_packet(PacketInput(…))` gives a `Packet`: the bytes, their digest, the manifest. Show those
bytes as the proof; keep them sealed, and let those very bytes leave.
"""

from stillroom.disclosure.packet.compose import compose, paragraphs
from stillroom.disclosure.packet.manifest import Manifest, ManifestLine, check_words, grouped
from stillroom.disclosure.packet.notices import NoticeLike, notices_owed
from stillroom.disclosure.packet.pages import (
    Addressee,
    Bates,
    Cited,
    Cropped,
    Cut,
    Leaf,
    Letterhead,
    Notice,
    PacketInput,
    Passage,
    RecordPage,
    Section,
    Told,
)
from stillroom.disclosure.packet.press import (
    Composition,
    PressFailed,
    Printed,
    ProofChanged,
    render,
    same_as_proof,
)
from stillroom.disclosure.packet.printing import Packet, print_packet
from stillroom.disclosure.packet.words import printable, shows_all

__all__ = [
    "Addressee",
    "Bates",
    "Cited",
    "Composition",
    "Cropped",
    "Cut",
    "Leaf",
    "Letterhead",
    "Manifest",
    "ManifestLine",
    "Notice",
    "NoticeLike",
    "Packet",
    "PacketInput",
    "Passage",
    "PressFailed",
    "Printed",
    "ProofChanged",
    "RecordPage",
    "Section",
    "Told",
    "check_words",
    "compose",
    "grouped",
    "notices_owed",
    "paragraphs",
    "print_packet",
    "printable",
    "render",
    "same_as_proof",
    "shows_all",
]
