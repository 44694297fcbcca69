"""What several share: a hand-over note, a group's session, each member's part of it, a couple's or
family's session.

Rules: what a group did is written once, without a name, in the group's own chart; who came stands
apart from it, so that the one can be shown without the other. What one member did and said is in
that member's own chart and names no other member. A couple's or family's session stands in the
chart that they hold together; each one's privilege in it stands alone.

Source of the division: usual practice; that a note of a session with several is asked about as such
stands in the law kinds (`law_kinds`). Order and wording are ours.
"""

from stillroom.chart.choices import options
from stillroom.chart.kinds import SHEET_ONLY, Field, Kind, Part

HANDOVER_NOTE = Kind(
    "handover_note",
    "Hand-over note",
    {"Free": ("Note",)},
    shelf="contact_note",
)

GROUP_SESSION = Kind(
    "group_session",
    "Group session",
    {"Group": ("What the group did", "How the group was", "What comes next")},
)

GROUP_ATTENDANCE = Kind(
    "group_attendance",
    "Who came to the group",
    SHEET_ONLY,
    shelf="group_session",
    sheet=(
        Part(
            "Who came",
            (
                Field(
                    "attendance",
                    "Attendance",
                    "table",
                    columns=(
                        Field("who", "Who", "line", required=True),
                        Field(
                            "came",
                            "Came",
                            "choice",
                            options("came", "came late", "left early", "did not come"),
                            required=True,
                        ),
                        Field("why", "Remark", "line"),
                    ),
                ),
            ),
        ),
    ),
)

GROUP_MEMBER_NOTE = Kind(
    "group_member_note",
    "Group session: this member’s part",
    {"Member": ("In the group", "Response", "Plan")},
    shelf="progress_note",
)

JOINT_SESSION = Kind(
    "joint_session",
    "Couple or family session",
    {"Together": ("What happened between them", "What was done", "How each took it", "Plan")},
    shelf="group_session",
    sheet=(
        Part(
            "Who was there",
            (
                Field("present", "Present", "line", required=True),
                Field("absent", "Absent, and why", "line"),
            ),
        ),
    ),
)

KINDS_HERE: tuple[Kind, ...] = (
    HANDOVER_NOTE,
    GROUP_SESSION,
    GROUP_ATTENDANCE,
    GROUP_MEMBER_NOTE,
    JOINT_SESSION,
)

WITH_SEVERAL = frozenset({GROUP_SESSION.id, GROUP_ATTENDANCE.id, JOINT_SESSION.id})
"""Kinds that are about more than one client, whatever chart they stand in."""
