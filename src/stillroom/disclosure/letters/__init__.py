"""Letters: an objection that confirms nothing, an answer, a request for permission.

    letter = objection(intake, findings=opinion.findings, writer=me, address=(), dated=today)
    printed = print_letter(letter, created=now)
    printed.pdf, letter.left_out      # the bytes, and citations that nobody has read

Each letter is data until it is printed; it cites only what the opinion's findings cite.
"""

from stillroom.disclosure.letters.letter import Letter, Part, Writer, print_letter, settled
from stillroom.disclosure.letters.objection import objection
from stillroom.disclosure.letters.request import Wish, authorization_request, signed_paper
from stillroom.disclosure.letters.response import Coming, response

__all__ = [
    "Coming",
    "Letter",
    "Part",
    "Wish",
    "Writer",
    "authorization_request",
    "objection",
    "print_letter",
    "response",
    "settled",
    "signed_paper",
]
