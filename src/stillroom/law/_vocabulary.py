"""The closed word lists that questions and provisions share.

Facts are open: they are declared in the corpus. These lists are not, because code elsewhere
(labels of records, roles of people, pages) is written against them.
"""

from typing import Final

ACTS: Final = ("disclose", "warn", "report", "testify", "consult", "withhold", "inform", "destroy")

PROFESSIONS: Final = (
    "psychiatrist",
    "physician",
    "psychologist",
    "social_worker",
    "counselor",
    "marriage_family_therapist",
    "psychiatric_nurse",
    "school_counselor",
    "supervised_trainee",
)

RECORD_KINDS: Final = (
    "demographics",
    "appointments",
    "billing",
    "progress_notes",
    "psychotherapy_notes",
    "sud_records",
    "sud_counseling_notes",
    "test_results",
    "treatment_plan",
    "diagnosis",
    "medication",
    "risk_assessment",
    "joint_session_notes",
)

MODALITIES: Final = ("forbids", "permits_with_authorization", "permits", "requires", "adds")
LAYERS: Final = ("rule", "exception", "bar")

CHECKED: Final = ("text", "secondary", "recalled")
"""How a provision was checked, strongest first: its words were read; a summary by others was
read; nobody has read it here."""

CONFIDENCE: Final = ("high", "medium", "low")
FACT_TYPES: Final = ("yesno", "choice", "number", "date", "set")

NATION: Final = "us"
"""The place whose law joins every matter."""

OWN: Final = "practice_policy"
"""The regime that a practice fills by itself, as an overlay; no provision on file belongs to it."""

ASKED: Final = "records_asked"
"""The set fact that says which record kinds a question is about."""
