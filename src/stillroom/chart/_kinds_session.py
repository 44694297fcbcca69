"""What a progress note asks beside its prose: the session, what it served, and danger. Pure data.

Times, place, modality and code are filled from the appointment and may be changed. `objectives` are
the plan's, by number; `objectives_said` keeps their words as the plan had them when the note was
signed, so that the note stands alone. `carried` lives in drafts only (`carrying`).
"""

from stillroom.chart.kinds import Field, Part

MODALITIES = (
    ("in_person", "In person"),
    ("telehealth", "By video"),
    ("telephone", "By telephone"),
)
RISKS = (
    ("none", "Asked, none voiced"),
    ("voiced", "Asked and voiced; the note says what"),
    ("unasked", "Not asked"),
)
FROM_CHART = frozenset({"objectives", "carried"})
"""Choices whose options stand in the client's chart (`offering`), not here."""
BESIDE = frozenset({"carried", "objectives_said"})
"""Fields that are not asked as fields: the page has its own place for them."""

SHEET: tuple[Part, ...] = (
    Part(
        "Session",
        (
            Field("start", "Start", size="short"),
            Field("stop", "Stop", size="short"),
            Field("place", "Place", size="medium"),
            Field("modality", "How", "choice", MODALITIES),
            Field("code", "Billing code", size="short"),
        ),
    ),
    Part(
        "What it served",
        (
            Field("objectives", "Objectives of the plan", "choices"),
            Field("objectives_said", "In the plan’s words", "text"),
            Field("diagnosis", "Diagnosis treated"),
            Field("risk", "Danger", "choice", RISKS),
            Field("carried", "Carried from the last note", "choices"),
        ),
    ),
)
