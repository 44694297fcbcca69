"""The notice of a breach on paper: the five contents of 45 CFR 164.404(c)(1), and nobody's name.

The register names charts by number, so whoever may read the front sheet writes the address.
"""

from datetime import date, datetime

from stillroom.disclosure.breach import Letter as Contents
from stillroom.disclosure.letters.letter import Letter, Part, Writer, print_letter
from stillroom.disclosure.packet import Addressee, Cited, Letterhead, Printed

BLANK = "_" * 38
"""Where a name and an address are written by hand."""
OPENING = (
    "We are writing to tell you of something that happened to information about you which this"
    " practice keeps."
)
CLOSING = "We are sorry that this happened."


def notice(practice: str, signer: str, contents: Contents, dated: date, made: datetime) -> Printed:
    """The notice as PDF/A. Same contents and instant, same bytes."""
    parts = (
        ("What happened", contents.what),
        ("What information it was", contents.kinds),
        ("What you can do", contents.steps),
        ("What we are doing", contents.doing),
        ("How to reach us", contents.contact),
    )
    letter = Letter(
        title="Notice about your information",
        writer=Writer(Letterhead(practice), signer),
        to=Addressee(BLANK, (BLANK, BLANK)),
        dated=dated,
        about=(),
        opening=(OPENING,),
        parts=tuple(Part(label, (Cited(words, ""),)) for label, words in parts),
        closing=(CLOSING,),
    )
    return print_letter(letter, made.replace(microsecond=0))
