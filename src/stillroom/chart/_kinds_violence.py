"""The violence risk assessment: a structured professional judgment, never a sum.

What it asks of the statement, the target, plan, means and imminence follows the facts that the law
on file turns on (`provisions/facts/danger.yaml`), so that `risk_facts` can hand them over. The
arrangement (what was before, how the person is now, what lies ahead, a formulation, scenarios) is
that of structured professional judgment as an abstract on the HCR-20 describes it (Psychiatric
Services 2003, 54:1372; seen); that a formulation and scenarios follow is general knowledge and was
not seen in a manual. The items of the HCR-20 are proprietary, and none of them is here.
"""

from stillroom.chart._kinds_suicide import LEVELS
from stillroom.chart.kinds import SHEET_ONLY, Field, Kind, Part

_VIOLENCE_DONE = (
    ("client", "Spoke about it with the client"),
    ("consulted", "Consulted"),
    ("sooner", "Agreed to meet sooner or more often"),
    ("means", "Spoke about giving up the means"),
    ("treatment", "Changed the treatment"),
    ("evaluation", "Sought an evaluation for hospital care"),
    ("person", "Told the person threatened"),
    ("police", "Told the police"),
)

VIOLENCE_RISK = Kind(
    "violence_risk",
    "Violence risk assessment",
    SHEET_ONLY,
    shelf="assessment",
    sheet=(
        Part(
            "What was said",
            (
                Field("threat", "Was a threat communicated to you?", "yesno", required=True),
                Field("statement", "The words as spoken", "text", hint="In quotation."),
                Field(
                    "teller",
                    "Who told you",
                    "choice",
                    options=(
                        ("client", "The client"),
                        ("family", "A member of the client’s family"),
                        ("other", "Somebody else"),
                    ),
                ),
                Field("told_to", "To whom, when, in what setting", "line"),
                Field("explicit", "Was it said in so many words?", "yesno"),
                Field(
                    "harm",
                    "The gravest harm it spoke of",
                    "choice",
                    options=(
                        ("serious", "Death or serious bodily harm"),
                        ("physical", "Physical violence short of that"),
                        ("property", "Damage to property"),
                        ("vague", "Nothing definite"),
                    ),
                ),
            ),
        ),
        Part(
            "Against whom",
            (
                Field(
                    "target",
                    "The one who would be harmed",
                    "choice",
                    options=(
                        ("named", "A person who was named"),
                        ("findable", "A person who can be identified with little effort"),
                        ("class", "A group, a place or the public"),
                        ("self", "The client"),
                        ("nobody", "Nobody in particular"),
                    ),
                ),
                Field("target_words", "Who, how you know, and how to reach them", "text"),
                Field("specified", "Did the client point to the person or the group?", "yesno"),
                Field("child_near", "Would a child foreseeably be there?", "yesno"),
            ),
        ),
        Part(
            "Plan and means",
            (
                Field("plan", "Plan: how, where, when", "text"),
                Field("means", "Means, and who can get to them", "text"),
                Field("intends", "Does the client seem to mean it?", "yesno"),
                Field("able", "Does the client seem able to do it?", "yesno"),
                Field("serious", "Do you believe that it is serious?", "yesno"),
                Field("imminent", "Do you believe that it is imminent?", "yesno"),
                Field("when", "How soon, and what that depends on", "line"),
            ),
        ),
        Part(
            "Before, now, ahead",
            (
                Field("violent_before", "Did you know that the client is prone to it?", "yesno"),
                Field(
                    "before", "Violence and threats before: against whom, what ended them", "text"
                ),
                Field(
                    "now", "Now: symptoms that bear on it, substances, how treatment goes", "text"
                ),
                Field("ahead", "Ahead: home, work, stressors, contact with the one named", "text"),
                Field("changed", "What changed since it was last considered", "text"),
                Field("protects", "What holds the client back, and who helps", "text"),
            ),
        ),
        Part(
            "Formulation",
            (
                Field("why", "Why, in your understanding, violence would come about", "text"),
                Field(
                    "scenarios",
                    "What could happen: to whom, how grave, how soon, what would announce it",
                    "text",
                ),
                Field(
                    "level",
                    "Concern, in your judgment",
                    "choice",
                    options=LEVELS,
                    required=True,
                    hint="A judgment with reasons; nothing is added up.",
                ),
                Field("reasons", "Your reasons", "text", required=True),
            ),
            note="A structured judgment: nothing is scored.",
        ),
        Part(
            "What was done",
            (
                Field("emergency", "Does someone need care or protection now?", "yesno"),
                Field("needed", "Must somebody be told, to prevent the danger?", "yesno"),
                Field("did", "Done today", "choices", options=_VIOLENCE_DONE),
                Field(
                    "did_words", "What was done, and what was not and why", "text", required=True
                ),
                Field("consulted", "Consulted: whom, when, what was advised", "text"),
                Field("client_told", "What the client was told, and said to it", "text"),
                Field("agrees", "Does the client agree that somebody is told?", "yesno"),
                Field("follow_up", "What follows, and who does it", "text"),
                Field("follow_up_on", "By when", "date", hint="It will stand on Today until done."),
            ),
        ),
    ),
)
