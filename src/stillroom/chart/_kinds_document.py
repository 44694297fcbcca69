"""Documents that come as a file: what is asked about them, and what signing binds of the file.

Rules: the last part of a sheet is written by the software when the document is signed and by nobody
else (`documents.completing`): name, kind and size of the original, its SHA-256, the pages as they
were drawn and the words that the file itself brings. Psychotherapy notes of another therapist stay
what they are when they arrive (45 CFR 164.501 asks who recorded them and that they are kept apart,
not where they lie); they are sealed to whoever takes them in, alone (P4, docs/decisions/0024).
"""

from stillroom.chart.documents.facts import FILE_HEADING
from stillroom.chart.kinds import SHEET_ONLY, Field, Kind, Part

_ABOUT = Part(
    "What it is",
    (
        Field(
            "title",
            "Title",
            required=True,
            hint="As you would look for it, such as School report 2024.",
        ),
        Field("dated", "Date of the document", "date", hint="Leave it open if it bears none."),
        Field(
            "origin",
            "Made here or received",
            "choice",
            (("received", "Received from elsewhere"), ("made", "Made in this practice")),
            required=True,
        ),
        Field("source", "From whom", hint="Who wrote it, and who sent it if not the same."),
        Field(
            "part2",
            "Comes from a substance use program under 42 CFR Part 2",
            "yesno",
            hint="Such records say so in front. Marked, it leaves only as Part 2 allows.",
        ),
        Field("matters", "What matters in it", "text"),
    ),
)
_FILE = Part(
    FILE_HEADING,
    (
        Field(
            "file",
            "Original",
            "table",
            columns=(
                Field("name", "Name"),
                Field("type", "Kind"),
                Field("bytes", "Bytes", "number"),
                Field("pages", "Pages", "number"),
                Field("sha256", "SHA-256"),
            ),
            required=True,
        ),
        Field("found", "Found in it", "text"),
        Field("words", "Words in the file", "text"),
    ),
)

DOCUMENT = Kind("document", "Document", SHEET_ONLY, sheet=(_ABOUT, _FILE))
PRIVATE_DOCUMENT = Kind(
    "private_document",
    "Psychotherapy notes from elsewhere",
    SHEET_ONLY,
    private=True,
    shelf="psychotherapy_note",
    sheet=(_ABOUT, _FILE),
)
KINDS_HERE: tuple[Kind, ...] = (DOCUMENT, PRIVATE_DOCUMENT)
