"""Asking a colleague, a supervisor, a lawyer or an ethics line without saying who it is about.

What is asked is written by the therapist. Everything by which somebody can be known is taken out
(`removal`), a person reads what is left, and nothing is kept or printed while anything known is
still in it. The sheet and the answer are steps of the matter (`sheet`).

>>> from stillroom.disclosure.consulting import Known, cleaned
>>> cleaned("Dov rang from 410 555 0187.", Known({"dov": "the client"})).text
'the client rang from [telephone number].'
"""

from stillroom.disclosure.consulting.known import Known, known_of
from stillroom.disclosure.consulting.removal import Cleaned, Removed, cleaned, still_in
from stillroom.disclosure.consulting.sheet import (
    ANSWERED,
    ASKED,
    WHOM,
    Answer,
    Consultation,
    consultations,
)

__all__ = [
    "ANSWERED",
    "ASKED",
    "WHOM",
    "Answer",
    "Cleaned",
    "Consultation",
    "Known",
    "Removed",
    "cleaned",
    "consultations",
    "known_of",
    "still_in",
]
