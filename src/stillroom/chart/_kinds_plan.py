"""Kinds of the treatment plan, its reviews, and the list of diagnoses.

A plan asks what payers and licensing boards usually look for: a problem, a goal in the client's
words, an objective that can be measured, who does what and how often, by when, the client's part,
and when it is looked at again. Source: usual practice; no payer's own text was seen.
"""

from typing import Final

from stillroom.chart.kinds import SHEET_ONLY, Field, Kind, Options, Part
from stillroom.chart.rules_plan import CHANGED, CONTINUED, DROPPED, MET, WORKING

STATES: Final[Options] = (
    (WORKING, "we work on it"),
    (MET, "met"),
    (DROPPED, "dropped"),
)
OUTCOMES: Final[Options] = (
    (CONTINUED, "goes on"),
    (MET, "met"),
    (CHANGED, "changed"),
    (DROPPED, "dropped"),
)
PARTICIPATION: Final[Options] = (
    ("together", "we wrote it together"),
    ("discussed", "it was discussed, and their wishes are in it"),
    ("guardian", "a parent or guardian took part, and the client as far as able"),
    ("declined", "was asked and did not wish to take part"),
)
AGREEMENT: Final[Options] = (
    ("said", "agrees, as said in session"),
    ("signed", "signed; the paper is attached or kept"),
    ("in_part", "agrees in part"),
    ("refused", "does not agree"),
    ("open", "not asked yet"),
)

_AGREED: Final = Part(
    "The client’s part",
    (
        Field("participation", "How the client took part", "choice", PARTICIPATION, required=True),
        Field("agreement", "Agreement", "choice", AGREEMENT, required=True),
        Field("agreed_on", "On", "date"),
        Field("agreement_words", "In their words, or what they do not agree to", "text"),
        Field("others", "Who else took part"),
    ),
)

PROBLEMS: Final = Field(
    "problems",
    "Problems and goals",
    "table",
    required=True,
    columns=(
        Field("letter", "Problem"),
        Field("problem", "What is the matter", "text", required=True),
        Field("goal", "Goal, in the client’s words where possible", "text", required=True),
    ),
)
OBJECTIVES: Final = Field(
    "objectives",
    "Objectives",
    "table",
    required=True,
    columns=(
        Field("number", "Number"),
        Field("of", "Problem"),
        Field("objective", "Objective", "text", required=True),
        Field("measure", "How we shall know", "text"),
        Field("intervention", "What is done", "text", required=True),
        Field("frequency", "How often"),
        Field("by", "Who"),
        Field("target", "By", "date"),
        Field("state", "Now", "choice", STATES),
        Field("since", "Since", "date"),
    ),
)

TREATMENT_PLAN: Final = Kind(
    "treatment_plan",
    "Treatment plan",
    SHEET_ONLY,
    shelf="treatment_plan",
    sheet=(
        Part(
            "What the client wants",
            (
                Field("own_words", "In the client’s own words", "text"),
                Field("strengths", "Strengths and what helps already", "text"),
            ),
        ),
        Part("Problems and goals", (PROBLEMS,)),
        Part("Objectives", (OBJECTIVES,)),
        Part(
            "When it is looked at again",
            (
                Field("review_due", "Review due", "date", required=True),
                Field("done_when", "We shall be done when", "text"),
            ),
        ),
        _AGREED,
    ),
)

REVIEWED: Final = Field(
    "objectives",
    "Objectives",
    "table",
    required=True,
    columns=(
        Field("number", "Number"),
        Field("objective", "Objective", "text"),
        Field("progress", "Progress", "text", required=True),
        Field("outcome", "From here", "choice", OUTCOMES, required=True),
        Field("words", "Its new words", "text"),
        Field("target", "By", "date"),
    ),
)

PLAN_REVIEW: Final = Kind(
    "plan_review",
    "Review of the plan",
    SHEET_ONLY,
    shelf="treatment_plan",
    sheet=(
        Part("Objectives", (REVIEWED,)),
        Part(
            "The whole",
            (
                Field("overall", "How treatment goes", "text"),
                Field("client_view", "How the client sees it, in their words", "text"),
                Field("necessity", "Why care goes on, or ends", "text", required=True),
                Field("review_due", "Next review", "date", required=True),
            ),
        ),
        _AGREED,
    ),
)

CERTAINTIES: Final[Options] = (
    ("confirmed", "confirmed"),
    ("provisional", "provisional"),
    ("rule_out", "to be ruled out"),
    ("history", "by history"),
)
CODED: Final = Field(
    "diagnoses",
    "Diagnoses",
    "table",
    columns=(
        Field("code", "Code", required=True),
        Field("title", "Diagnosis", required=True),
        Field("specifier", "Specifiers"),
        Field("certainty", "Certainty", "choice", CERTAINTIES, required=True),
        Field("principal", "Principal", "choice", (("yes", "principal"),)),
        Field("onset", "Onset"),
        Field("resolved_on", "Resolved on", "date"),
        Field(
            "looked_up",
            "Not among the codes shipped here",
            "choice",
            (("yes", "looked up in the code set in force"),),
        ),
    ),
)

DIAGNOSES: Final = Kind(
    "diagnoses",
    "Diagnoses",
    SHEET_ONLY,
    shelf="chart_list",
    sheet=(
        Part("Diagnoses", (CODED,)),
        Part("Why it changed", (Field("basis", "On what this rests, and what changed", "text"),)),
    ),
)

KINDS_HERE: Final[tuple[Kind, ...]] = (TREATMENT_PLAN, PLAN_REVIEW, DIAGNOSES)
