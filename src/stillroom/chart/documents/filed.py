"""Which kinds of record have a file. Pure."""

from stillroom.chart.kinds import kind_named

DOCUMENT = kind_named("document")
PRIVATE_DOCUMENT = kind_named("private_document")
OF_FILES = frozenset({DOCUMENT.id, PRIVATE_DOCUMENT.id})
SHELVES_OF_FILES = frozenset({DOCUMENT.shelf, PRIVATE_DOCUMENT.shelf})
ASKED = DOCUMENT.sheet[:1]
"""The parts of the sheet that a person fills in; the software writes the last one."""
