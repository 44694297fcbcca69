"""What a note about supervision holds, and who may be its colleague. Pure.

Sources, read at: the Minnesota Board of Psychology's page on documenting supervision (a
supervisor's file holds a chronological list of all sessions, and the supervisee's performance);
Utah R156-61-302e (timely and periodic review of the client records). That cases are named by
number and never by name: usual practice. Not every board asks the same; whoever supervises for a
licence looks at her own board's form.
"""

from stillroom.chart.choices import options
from stillroom.chart.kinds import SHEET_ONLY, Field, Kind, Part
from stillroom.kernel import StillroomError

KIND = Kind(
    "supervision_note",
    "Supervision note",
    SHEET_ONLY,
    sheet=(
        Part(
            "The meeting",
            (
                Field("held_on", "Held on", "date", required=True),
                Field("minutes", "How long, in minutes", "number", required=True),
                Field(
                    "how",
                    "How",
                    "choice",
                    options(
                        "together in a room",
                        "by video",
                        "by telephone",
                        "in a group",
                        "listening to a recording",
                    ),
                ),
                Field("present", "Who else was there", "line"),
            ),
        ),
        Part(
            "The work",
            (
                Field(
                    "cases",
                    "Cases",
                    "table",
                    columns=(
                        Field("chart", "Chart number"),
                        Field("asked", "What was asked"),
                        Field("advised", "What was advised"),
                    ),
                    hint=(
                        "By number, never by name. What changes a client’s care belongs in that"
                        " client’s chart as well, where it is found."
                    ),
                ),
                Field("records", "Records looked at, and how they are", "text"),
                Field(
                    "risk",
                    "Safety, reports, duties to warn",
                    "text",
                    hint="What was decided, by whom, and what is checked next time.",
                ),
                Field("ethics", "Law and ethics", "text"),
            ),
        ),
        Part(
            "The colleague",
            (
                Field("skills", "What goes well", "text"),
                Field("growth", "What is being learned, and how", "text"),
                Field("feedback", "What I said, and how it was taken", "text"),
                Field("agreed", "What we agreed", "text", required=True),
                Field("next", "Next meeting", "line"),
            ),
        ),
    ),
)


class NobodyToSupervise(StillroomError):
    """A note about nobody, or about oneself."""

    what = "there is no such colleague to write about"
    usual_advice = "Choose a clinician who works here, and not yourself."


class NotSignedYet(StillroomError):
    """A draft was to be given away, or added to."""

    what = "this note is not signed yet"
    usual_advice = "Sign it first; until then it is a draft that only you can open."


class Clash(StillroomError):
    """The draft was saved elsewhere since it was read."""

    what = "this draft was changed in another window"
    usual_advice = "Both versions are kept: compare them and choose, or join them by hand."
