"""Suspected abuse or neglect, of a child or of an adult: seen, heard, by whom, learned how.

What it asks follows what California's forms SS 8572 (children) and SOC 341 (adults) ask a reporter
for, seen in copies and in agencies' instructions, and the facts that the law on file turns on
(`provisions/facts/abuse.yaml`), so that `risk_facts` can hand them over. Other states' own forms
were not read; what a state has a report say stands with its provisions.
"""

from stillroom.chart.kinds import SHEET_ONLY, Field, Kind, Part

ABUSE_SUSPICION = Kind(
    "abuse_suspicion",
    "Suspected abuse or neglect",
    SHEET_ONLY,
    shelf="assessment",
    sheet=(
        Part(
            "Who may have been harmed",
            (
                Field(
                    "suspicion",
                    "What you suspect",
                    "choice",
                    options=(
                        ("child_abuse", "Abuse of a child"),
                        ("child_neglect", "Neglect of a child"),
                        ("vulnerable", "Abuse, neglect or exploitation of an adult at risk"),
                        ("elder", "Abuse, neglect or exploitation of an older adult"),
                        ("none", "Considered, and nothing of the kind suspected"),
                    ),
                    required=True,
                ),
                Field("person", "Who: name, and where they are now", "text"),
                Field("age", "Their age, if known", "number"),
                Field("minor_now", "Are they under 18 now?", "yesno"),
                Field("survivor", "Is it the client, grown, telling of childhood?", "yesno"),
                Field("vulnerable", "Is the adult one whom the law calls vulnerable?", "yesno"),
            ),
        ),
        Part(
            "What was seen and heard",
            (
                Field("heard", "What was said, as spoken, and by whom", "text"),
                Field("seen", "What you saw yourself", "text"),
                Field("when", "When it is said to have happened, and where", "text"),
                Field("injured", "Injury, and care that is needed now", "text"),
                Field("bodily", "Did it cause serious bodily injury?", "yesno"),
                Field("other", "What else could explain it", "text"),
            ),
        ),
        Part(
            "By whom",
            (
                Field(
                    "alleged", "Who is alleged: name, tie to the one harmed, whereabouts", "text"
                ),
                Field("at_risk", "May a child be at risk now from the same person?", "yesno"),
                Field("at_risk_words", "Which children, and how you know", "text"),
            ),
        ),
        Part(
            "How you know",
            (
                Field("in_practice", "Did you learn of it in your professional work?", "yesno"),
                Field("privileged", "Only in a privileged communication?", "yesno"),
                Field("learned", "How and when you learned of it", "text"),
                Field("reasonable", "Is there reasonable cause to suspect it?", "yesno"),
                Field("reasons", "Your reasons", "text", required=True),
            ),
            note="Suspicion is enough to record; proof is not yours to find.",
        ),
        Part(
            "What was done",
            (
                Field("emergency", "Does someone need care or protection now?", "yesno"),
                Field("prevents", "Would a report prevent serious harm?", "yesno"),
                Field("reported", "Was it reported?", "yesno"),
                Field(
                    "reports",
                    "Reports",
                    "table",
                    columns=(
                        Field("to", "To whom"),
                        Field("when", "When"),
                        Field("number", "Their reference"),
                        Field("written", "In writing by"),
                    ),
                ),
                Field(
                    "did_words", "What was done, and what was not and why", "text", required=True
                ),
                Field("consulted", "Consulted: whom, when, what was advised", "text"),
                Field("client_told", "What the client was told", "text"),
                Field("danger_if_told", "Would telling the client endanger somebody?", "yesno"),
                Field("agrees", "Does the client agree to the report?", "yesno"),
                Field("follow_up", "What follows, and who does it", "text"),
                Field("follow_up_on", "By when", "date", hint="It will stand on Today until done."),
            ),
        ),
    ),
)
