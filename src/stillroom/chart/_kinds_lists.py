"""Lists that a chart keeps: medication; allergies and alerts.

Rules: a list is one record a state. A change begins with the last signed one, is signed as a whole
and stands beside it; the newest signed one is the list, the earlier ones say what it was on their
day. What ended stays on the list with its end, and whether somebody looked and found none is said:
an empty list that nobody asked about says nothing.

Source: usual practice; what somebody must not be given is asked of everybody who prescribes or
refers. 45 CFR 164.501 names medication prescription and monitoring among what no psychotherapy note
may hide.
"""

from stillroom.chart.kinds import SHEET_ONLY, Field, Kind, Part

MEDICATION_LIST = Kind(
    "medication_list",
    "Medication list",
    SHEET_ONLY,
    shelf="medication_list",
    sheet=(
        Part(
            "Medication",
            (
                Field(
                    "medication",
                    "Medication",
                    "table",
                    columns=(
                        Field("what", "What", required=True),
                        Field("dose", "Dose and how often"),
                        Field("purpose", "For what"),
                        Field("since", "Since"),
                        Field("prescriber", "Prescribed by"),
                        Field("ended", "Ended"),
                    ),
                    hint=(
                        "Also what is bought without prescription. What ended stays, with its day."
                    ),
                ),
                Field("none", "Asked, and takes none", "yesno"),
                Field(
                    "source",
                    "How this is known",
                    "line",
                    hint="The client, the bottles, the prescriber, a pharmacy.",
                ),
                Field("taking", "Whether it is taken, and what it does", "text"),
                Field(
                    "changed",
                    "What changed with this list",
                    "text",
                    hint="What began, what ended, and why.",
                ),
            ),
        ),
    ),
)

ALLERGIES_ALERTS = Kind(
    "allergies_alerts",
    "Allergies and alerts",
    SHEET_ONLY,
    shelf="chart_list",
    sheet=(
        Part(
            "Allergies and bad reactions",
            (
                Field(
                    "allergies",
                    "Allergies",
                    "table",
                    columns=(
                        Field("to", "To what", required=True),
                        Field("reaction", "What happened"),
                        Field("severity", "How bad"),
                        Field("since", "Since"),
                    ),
                ),
                Field("none", "Asked, and none known", "yesno"),
            ),
        ),
        Part(
            "Alerts",
            (
                Field(
                    "alerts",
                    "Alerts",
                    "table",
                    columns=(
                        Field("alert", "What to know", required=True),
                        Field("act", "What to do"),
                        Field("until", "Until"),
                    ),
                    hint=(
                        "What a colleague must know before the door opens: seizures, a person "
                        "to keep away, no messages on the telephone."
                    ),
                ),
            ),
            "Whoever cares for this client sees these beside the chart.",
        ),
    ),
)

KINDS_HERE: tuple[Kind, ...] = (MEDICATION_LIST, ALLERGIES_ALERTS)
