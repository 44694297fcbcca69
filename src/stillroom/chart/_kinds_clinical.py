"""Assessments by conversation: intake, and psychiatric evaluation.

Rules: nothing is preselected; what was not asked stays empty and is left out, so that silence never
reads as an answer. A sheet that everybody fills differently is still one: only few fields are
required, and those are what any reader of the record looks for.

Sources, read at: 42 CFR 482.61(a), (b) (what an inpatient psychiatric record must hold; it binds
hospitals and is used here as a measure of completeness); 42 CFR 483.134(b)(4) (parts of a
psychiatric evaluation); Maine's licensing standard CS.4.A for community mental health (parts of a
comprehensive assessment). Order and wording are ours. Where none of these says it: usual practice.
"""

from stillroom.chart._kinds_mental import EXAMINED
from stillroom.chart.choices import options
from stillroom.chart.kinds import SHEET_ONLY, Field, Kind, Part


def _words(name: str, label: str, hint: str = "", *, required: bool = False) -> Field:
    return Field(name, label, "text", hint=hint, required=required)


_REASON = Part(
    "Why now",
    (
        _words("reason", "What brings them, in their own words", required=True),
        _words("onset", "When it began, and what was happening then"),
        _words("course", "How it has gone since, and what helps or makes it worse"),
        Field("referred_by", "Who sent them", "line"),
    ),
)
_HISTORY = Part(
    "Before now",
    (
        _words(
            "treatment_before", "Treatment before", "With whom, when, for what, and what it did."
        ),
        _words("hospital", "Hospital stays and emergencies"),
        _words(
            "medical", "Health, illnesses, injuries, operations", "Also head injuries, sleep, pain."
        ),
        Field("physician", "Physician, and when last seen", "line"),
        _words(
            "substances",
            "Alcohol, tobacco, drugs, gambling",
            "What, how much, since when, last use; treatment for it.",
        ),
        _words(
            "trauma",
            "What was done to them or happened to them",
            "As much as was offered; nothing has to be told at a first meeting.",
        ),
        _words("family_history", "Illness in the family", "Also suicide and dependence."),
    ),
)
_LIFE = Part(
    "Life",
    (
        _words("development", "Childhood and growing up"),
        _words("family", "Family, partners, children, who lives together"),
        _words("work", "School, work, service, money"),
        _words("living", "Home, food, safety, transport"),
        _words(
            "belonging",
            "Culture, language, faith, who they are",
            "Language wished for, interpreter needed, pronouns, what a helper should know.",
        ),
        _words(
            "legal",
            "Law and courts",
            "Custody, protective orders, probation, matters that are open.",
        ),
        _words(
            "support",
            "Who helps, and what is strong",
            "People, skills, what has carried them so far.",
        ),
        _words(
            "function",
            "How daily life goes",
            "Self-care, sleep, work or school, with others: what is hard now and was not.",
        ),
    ),
)
_RISK = Part(
    "Risk",
    (
        Field(
            "risk_asked",
            "Asked about",
            "choices",
            options(
                "suicide", "self-harm", "harm to others", "harm by others", "access to firearms"
            ),
            "Tick what you asked. What you did not ask is left open, not denied.",
        ),
        _words(
            "risk",
            "What was said, and what you make of it",
            "A risk that needs more than a line gets a record of its own.",
            required=True,
        ),
    ),
)
_CONCLUSION = Part(
    "What you make of it",
    (
        _words("formulation", "How it hangs together", required=True),
        _words(
            "impression",
            "Diagnosis, or what is to be ruled out",
            "Codes stand in the chart’s list of diagnoses.",
        ),
        _words("wishes", "What they want from treatment", "Their goals, in their words."),
        _words(
            "recommended",
            "What you recommend",
            "Treatment, how often, with whom; why this level of care.",
            required=True,
        ),
        Field(
            "agreed",
            "Talked about and agreed",
            "choices",
            options(
                "confidentiality and its limits",
                "consent to treatment",
                "fees and cancellations",
                "how to reach help between sessions",
                "telehealth",
                "others may be spoken with, on paper",
            ),
        ),
    ),
)

INTAKE = Kind(
    "intake",
    "Intake and biopsychosocial assessment",
    SHEET_ONLY,
    shelf="intake",
    sheet=(
        Part(
            "The conversation",
            (
                Field(
                    "informants",
                    "Who was asked",
                    "line",
                    hint="The client, a parent, papers from elsewhere.",
                ),
                Field(
                    "setting",
                    "Where",
                    "choice",
                    options("in the office", "by video", "by telephone", "at home", "elsewhere"),
                ),
            ),
        ),
        _REASON,
        _HISTORY,
        _LIFE,
        Part(
            "Medication and allergies",
            (
                _words(
                    "medication",
                    "What they take",
                    "Name, dose, since when, by whom prescribed. The chart’s list is kept apart.",
                ),
                _words("allergies", "What they must not be given"),
            ),
        ),
        _RISK,
        _CONCLUSION,
    ),
)

PSYCHIATRIC_EVALUATION = Kind(
    "psychiatric_evaluation",
    "Psychiatric evaluation",
    SHEET_ONLY,
    shelf="assessment",
    sheet=(
        _REASON,
        _HISTORY,
        Part(
            "Medication",
            (
                _words("medication", "What they take now, and whether they take it"),
                _words(
                    "medication_before",
                    "What was tried before",
                    "Dose, how long, what it did, why it ended.",
                ),
                _words("allergies", "Allergies and bad reactions"),
                _words(
                    "findings", "Vital signs, examination, laboratory", "With dates and where from."
                ),
            ),
        ),
        Part(
            "Life",
            (
                _words("life", "What of their life bears on it"),
                _words(
                    "assets",
                    "What is strong",
                    "Described, not interpreted: skills, people, interests.",
                ),
            ),
        ),
        EXAMINED,
        _RISK,
        Part(
            "What you make of it",
            (
                _words("formulation", "How it hangs together", required=True),
                _words("impression", "Diagnosis, or what is to be ruled out", required=True),
                _words(
                    "treatment",
                    "Treatment recommended",
                    "Medication with dose and purpose, therapy, tests, level of care.",
                    required=True,
                ),
                _words(
                    "informed",
                    "What was told of benefits, risks and other ways, and what they said",
                ),
                _words("follow_up", "Follow-up", required=True),
            ),
        ),
    ),
)

KINDS_HERE: tuple[Kind, ...] = (INTAKE, PSYCHIATRIC_EVALUATION)
