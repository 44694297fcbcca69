"""Words for what a permission names, as a client reads them; marked for translation where they
stand on a page."""

from typing import Final

RECIPIENTS: Final = (
    ("treating_provider", "Someone else who treats me"),
    ("attorney", "A lawyer"),
    ("payer", "A health plan"),
    ("court", "A court"),
    ("school", "A school"),
    ("employer", "An employer"),
    ("family_involved", "Family or a friend"),
    ("anyone_else", "Someone else"),
)
PURPOSES: Final = (
    ("treatment", "For my care"),
    ("payment", "To pay for care"),
    ("legal_proceeding", "For a court case"),
    ("education", "For school"),
    ("employment", "For work"),
    ("family_involvement", "So that family can help"),
    ("other", "Something else"),
)
KINDS: Final = {
    "progress_notes": "Notes of our talks",
    "treatment_plan": "The plan for my care",
    "diagnosis": "What it is called (diagnosis)",
    "medication": "Medicine",
    "test_results": "Test results",
    "appointments": "When I came",
    "billing": "Bills",
}
"""What she can allow in a permission that she writes herself."""
KINDS_SAID: Final = KINDS | {
    "demographics": "Name, address and date of birth",
    "risk_assessment": "Notes about safety",
    "joint_session_notes": "Notes of sessions with others",
    "sud_records": "Records about alcohol or drugs",
    "psychotherapy_notes": "Notes that my therapist keeps apart",
    "sud_counseling_notes": "Notes of talks about alcohol or drugs that are kept apart",
}
"""What the practice can ask for in one that it writes."""
