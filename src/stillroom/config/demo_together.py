"""The demonstration's group session and hand-over note, through the same doors as in a practice.

The words are made up, and name nobody.
"""

from collections.abc import Mapping
from datetime import timedelta

from stillroom.chart import actions as charting
from stillroom.chart import together
from stillroom.chart.contents import SessionFacts
from stillroom.config.demo.people import Chart
from stillroom.phi import Presence
from stillroom.practice import queries as practice

SHARED = {
    "What the group did": (
        "We began with the week in one sentence each. Then the exercise of the opposite action: in"
        " pairs, one told of an evening on which staying away had seemed the only way, the other"
        " asked what the first small step in the other direction would have been."
    ),
    "How the group was": (
        "Quieter than last time at first. One member said that it helps to hear that others also"
        " cancel and are sorry afterwards; the rest nodded. Nobody left early."
    ),
    "What comes next": "Each tries one small step before the next meeting and says how it went.",
}
MEMBERS = (
    {
        "In the group": "Spoke early, and asked another member a kind question.",
        "Response": "Named a step for this week: ringing back on the same day.",
        "Plan": "Go on in the group; look at the step together in the next single session.",
    },
    {
        "In the group": "Listened for most of the hour, and spoke once, to the point.",
        "Response": "Said afterwards that it was easier than last time.",
        "Plan": "Go on in the group. Ask once more about sleep when we meet alone.",
    },
    {
        "In the group": "Came with an example written down, and read it out.",
        "Response": "Surprised at how many knew the same evening.",
        "Plan": "Go on in the group; bring the next example.",
    },
)
HANDED = (
    "Away until the last day that stands in the care team. Steady these weeks. If sleep goes below"
    " five hours on two nights, please ring rather than write; mornings are good. The plan stands,"
    " nothing is to be begun anew while I am away."
)


def group_session(here: Presence, chart_id: str) -> str:
    """One session of a group, written and signed; gives the shared part's record."""
    head = practice.chart_head(here, chart_id)
    attended = {one.client: together.Attended("came") for one in head.holders}
    starts = here.at - timedelta(days=2, minutes=90)
    facts = SessionFacts(starts, starts + timedelta(minutes=90), "in_person", "90853")
    whole = together.begin(here, chart_id, attended, occurred_at=starts, session=facts)
    versions: dict[str, int] = {}
    for nth, part in enumerate(together.parts(here, whole)):
        record = part.record
        words: Mapping[str, str] | None = None
        if record.id == whole:
            words = SHARED
        elif record.kind.id == "group_member_note":
            words = MEMBERS[nth % len(MEMBERS)]
        if words is not None:
            kind = "" if record.id == whole else record.kind.id
            charting.save_draft(here, record.id, words, 1, kind=kind)
        versions[record.id] = 2 if words is not None else 1
    together.sign_all(here, whole, versions)
    return whole


def handed_over(here: Presence, chart_id: str) -> None:
    """What whoever covers is to know, signed by whoever treats."""
    record = charting.begin(here, chart_id, "handover_note", occurred_at=here.at)
    charting.save_draft(here, record, {"Note": HANDED}, 1, kind="handover_note")
    charting.sign(here, record, 2)


def covered(chart: Chart) -> bool:
    """Whether somebody covers in a chart of the demonstration."""
    return any(care.capacity == "covering" for care in chart.cares)
