"""A practice of made-up people for the demonstration, for journeys and for benches.

Everything follows from a seed, a number of clients and a day; there is no clock and no chance in
it. Clients and charts are made when asked for, so a practice of a hundred thousand costs no more
than what is read of it. Nothing here knows Django, a database or a key: `config` carries it in
through the same actions that a person uses.

    >>> from datetime import date
    >>> from stillroom.config.demo import practice
    >>> linden_row = practice(seed=412, clients=60, today=date(2026, 11, 24))
    >>> linden_row.client(0).front.name
    'Dov Halpern'
    >>> chart = linden_row.chart(0)
    >>> len(linden_row.notes(chart)), linden_row.notes(chart)[-1].code
    (36, '90834')
"""

from stillroom.config.demo.people import (
    Care,
    Chart,
    Client,
    Contact,
    Diagnosis,
    Front,
    Location,
    Staff,
)
from stillroom.config.demo.practice import DemoPractice, practice
from stillroom.config.demo.records import (
    Addendum,
    Authorization,
    Course,
    Document,
    Letter,
    Measure,
    Note,
    Plan,
    PrivateNote,
    Session,
    Threat,
)

__all__ = [
    "Addendum",
    "Authorization",
    "Care",
    "Chart",
    "Client",
    "Contact",
    "Course",
    "DemoPractice",
    "Diagnosis",
    "Document",
    "Front",
    "Letter",
    "Location",
    "Measure",
    "Note",
    "Plan",
    "PrivateNote",
    "Session",
    "Staff",
    "Threat",
    "practice",
]
