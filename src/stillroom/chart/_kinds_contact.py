"""What happens around the sessions: contacts, case management, collaterals, letters, the end of
care.

Rules: who was spoken with stands apart from what was said, and what somebody said apart from what
the therapist makes of it; on what permission a person outside was spoken with is a field, because
it is the first thing that is asked later. A letter kept here has not left: it leaves as a packet
(P9).

Sources: 45 CFR 164.510(b) and 164.508 (on what ground one speaks with others; 42 CFR 2.31 for a
program's records), as `provisions/us` has them; 42 CFR 482.61(e) for what a discharge summary
holds, recalled and not read at for this file. Contact and case-management notes: usual practice.
"""

from stillroom.chart.choices import options
from stillroom.chart.kinds import SHEET_ONLY, Field, Kind, Part

_GROUNDS = options(
    "the client was there",
    "the client’s written authorization",
    "for treatment, with somebody who treats",
    "the client had the choice and did not object",
    "an emergency",
    "listening only: nothing was told",
    "other",
)
_HOW = options("telephone", "message", "video", "in person", "letter", "portal")
_LENGTH = Field("minutes", "How long, in minutes", "number")

CONTACT_NOTE = Kind(
    "contact_note",
    "Contact note",
    SHEET_ONLY,
    shelf="contact_note",
    sheet=(
        Part(
            "What happened",
            (
                Field(
                    "what",
                    "What it was",
                    "choice",
                    options(
                        "telephone call",
                        "message from the client",
                        "message to the client",
                        "missed session",
                        "session cancelled by the client",
                        "session cancelled by us",
                        "tried to reach the client",
                        "other",
                    ),
                    required=True,
                ),
                Field("with_whom", "With whom", "line", hint="The client, or who spoke for them."),
                _LENGTH,
                Field("said", "What was said or done", "text", required=True),
            ),
        ),
        Part(
            "And then",
            (
                Field(
                    "safe",
                    "Anything about safety",
                    "text",
                    hint="What you asked and heard; empty if it did not come up.",
                ),
                Field(
                    "next",
                    "What follows",
                    "text",
                    hint="Who does what, by when; a new appointment.",
                ),
                Field("charged", "Charged for", "yesno"),
            ),
        ),
    ),
)

CASE_MANAGEMENT_NOTE = Kind(
    "case_management_note",
    "Case-management note",
    SHEET_ONLY,
    shelf="contact_note",
    sheet=(
        Part(
            "What was done",
            (
                Field(
                    "need",
                    "For what need",
                    "text",
                    required=True,
                    hint="Housing, benefits, school, transport, another service.",
                ),
                Field("with_whom", "With whom", "line", hint="Name, and from where."),
                Field("how", "How", "choice", _HOW),
                _LENGTH,
                Field("ground", "On what permission", "choice", _GROUNDS, required=True),
                Field(
                    "told",
                    "What was told to them",
                    "text",
                    hint="No more than this purpose needed.",
                ),
                Field("done", "What was done and what came of it", "text", required=True),
            ),
        ),
        Part(
            "And then",
            (
                Field("objective", "Which objective of the plan it serves", "text"),
                Field("next", "What follows", "text", hint="Who does what, by when."),
            ),
        ),
    ),
)

COLLATERAL_NOTE = Kind(
    "collateral_note",
    "Collateral note",
    SHEET_ONLY,
    shelf="contact_note",
    sheet=(
        Part(
            "With whom",
            (
                Field(
                    "with_whom",
                    "Who was spoken with",
                    "line",
                    required=True,
                    hint="Name, and who they are to the client.",
                ),
                Field("how", "How", "choice", _HOW),
                _LENGTH,
                Field("client_there", "The client was there", "yesno"),
                Field("ground", "On what permission", "choice", _GROUNDS, required=True),
                Field("paper", "Which paper, or what the client said about it", "line"),
                Field(
                    "secret",
                    "They asked that the client not learn of it",
                    "yesno",
                    hint=(
                        "Say then what you answered: you promise nothing that the law of "
                        "records does not keep."
                    ),
                ),
            ),
        ),
        Part(
            "Who said what",
            (
                Field(
                    "heard",
                    "What they said",
                    "text",
                    required=True,
                    hint="As theirs: “the mother reports”, not as fact.",
                ),
                Field(
                    "told",
                    "What you told them",
                    "text",
                    hint="No more than this purpose needed; “nothing” is an answer.",
                ),
                Field("made_of_it", "What you make of it", "text"),
                Field("next", "What follows", "text"),
            ),
        ),
    ),
)

LETTER = Kind(
    "letter",
    "Letter",
    SHEET_ONLY,
    shelf="letter",
    sheet=(
        Part(
            "Letter",
            (
                Field("to", "To", "line", required=True),
                Field("address", "Address", "text"),
                Field("dated", "Dated", "date"),
                Field("about", "About", "line"),
                Field("words", "Words", "text", required=True),
            ),
            (
                "Kept in the chart. Signing sends nothing: a letter leaves by the one exit, as "
                "part of a packet, and stands then in the account."
            ),
        ),
    ),
)

DISCHARGE_SUMMARY = Kind(
    "discharge_summary",
    "Discharge summary",
    SHEET_ONLY,
    shelf="discharge_summary",
    sheet=(
        Part(
            "From when to when",
            (
                Field("began", "Care began", "date"),
                Field("ended", "Care ends", "date", required=True),
                Field("sessions", "Sessions held", "number"),
                Field(
                    "why_ended",
                    "Why it ends",
                    "choice",
                    options(
                        "goals met",
                        "by agreement, goals met in part",
                        "the client decided",
                        "the client stopped coming",
                        "referred elsewhere",
                        "moved away",
                        "the therapist leaves",
                        "need beyond what we offer",
                        "other",
                    ),
                    required=True,
                ),
                Field("why_words", "In words", "text"),
            ),
        ),
        Part(
            "What was done",
            (
                Field("presenting", "What brought them", "text", required=True),
                Field(
                    "treatment",
                    "What was done",
                    "text",
                    required=True,
                    hint="Modalities, frequency, medication, who else was involved.",
                ),
                Field(
                    "progress",
                    "What became of the goals",
                    "text",
                    required=True,
                    hint="Objective by objective, with measures where there are some.",
                ),
                Field("condition", "How they are at the end", "text", required=True),
                Field("diagnosis", "Diagnosis at the end", "text"),
                Field("medication", "Medication at the end", "text"),
                Field("risk", "Risk at the end", "text", required=True),
            ),
        ),
        Part(
            "Afterwards",
            (
                Field("referrals", "Where to, and what was arranged", "text", required=True),
                Field("coming_back", "When to come back, and how to reach help", "text"),
                Field(
                    "reached",
                    "How the client was told",
                    "text",
                    hint="And, if they stopped coming, what was tried and when.",
                ),
                Field(
                    "open",
                    "What is left open",
                    "text",
                    hint="Papers, requests, balances, records lent.",
                ),
            ),
        ),
    ),
)

KINDS_HERE: tuple[Kind, ...] = (
    CONTACT_NOTE,
    CASE_MANAGEMENT_NOTE,
    COLLATERAL_NOTE,
    LETTER,
    DISCHARGE_SUMMARY,
)
