"""What the law calls a record of each kind. Pure.

Rules: protection first (a psychotherapy note, an SUD counseling note, a record of a Part 2
program), then how it came about (a session with several clients), then what it is about. A kind
that stands in no row is a progress note to the law: part of the record of treatment, and let out
as no less.

The words are the corpus' own record kinds (`law.RECORD_KINDS`); the psychotherapy note's definition
(45 CFR 164.501) leaves test results, medication, diagnosis and plan outside, which is why these are
kinds of their own.
"""

from collections.abc import Mapping

from stillroom.chart._kinds_team import WITH_SEVERAL
from stillroom.chart.kinds import KINDS

_PRIVATE: Mapping[str, str] = {
    "private_document": "psychotherapy_notes",
    "psychotherapy_note": "psychotherapy_notes",
    "sud_counseling_note": "sud_counseling_notes",
}
_ABOUT: Mapping[str, str] = {
    "abuse_suspicion": "risk_assessment",
    "diagnoses": "diagnosis",
    "measure": "test_results",
    "medication_list": "medication",
    "plan_review": "treatment_plan",
    "safety_plan": "risk_assessment",
    "suicide_risk": "risk_assessment",
    "treatment_plan": "treatment_plan",
    "violence_risk": "risk_assessment",
}
_TREATMENT = "progress_notes"


def law_kind(kind: str, *, part2: bool, joint: bool) -> str:
    """The law's word for a record of this exact kind."""
    if kind in _PRIVATE:
        return _PRIVATE[kind]
    if part2:
        return "sud_records"
    return "joint_session_notes" if joint or kind in WITH_SEVERAL else _ABOUT.get(kind, _TREATMENT)


def shelf_tells(shelf: str) -> bool:
    """Whether all kinds of a shelf are one kind to the law, so that nothing need be opened."""
    on_it = {kind.id for kind in KINDS.values() if kind.shelf == shelf} or {shelf}
    return len({law_kind(kind, part2=False, joint=False) for kind in on_it}) == 1


def kind_of_shelf(shelf: str) -> str:
    """A kind that stands for all of a shelf that tells."""
    return next((kind.id for kind in KINDS.values() if kind.shelf == shelf), shelf)
