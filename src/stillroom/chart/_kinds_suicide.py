"""The suicide risk assessment: asked, weighed, formulated, answered.

Rules: nothing is scored. Whoever assesses says a level and gives the reasons. The words are ours;
what is asked comes from

- SAFE-T, suicide assessment five-step evaluation and triage, SAMHSA and the Suicide Prevention
  Resource Center, pocket card of 2009 (seen in copies: risk factors, protective factors, inquiry
  into ideation, plan, behavior and intent, level with intervention, documentation);
- Joint Commission NPSG 15.01.01, elements of performance 2 to 7 as of 1 July 2019, and its answer
  000002237 (seen): ask directly about ideation, plan, intent, suicidal or self-harm behavior, risk
  and protective factors; document the level with its justification, and the plan;
- Pisani, Murrie and Silverman, Reformulating suicide risk formulation, Academic Psychiatry 2016,
  40:623-629 (abstract and opening seen): risk status, risk state, available resources, foreseeable
  changes;
- means safety, as the Means Matter pages of the Harvard T.H. Chan School tell it to clinicians
  (seen): firearms and medicines first, somebody close brought in with the client's permission.
"""

from stillroom.chart.kinds import SHEET_ONLY, Field, Kind, Part

_HOW_MUCH = (
    ("none", "None: asked, and denied"),
    ("wish", "Wishes not to live, or not to wake up"),
    ("thoughts", "Thoughts of ending their life"),
    ("method", "Thoughts, with a way in mind"),
    ("not_asked", "Could not be asked today"),
)
LEVELS = (
    ("low", "Low"),
    ("moderate", "Moderate"),
    ("high", "High"),
    ("imminent", "Imminent"),
)
"""What whoever assesses may conclude, least first: a judgment with reasons, never a sum."""

_SAME = (
    ("lower", "Lower than usual for this person"),
    ("usual", "As usual for this person"),
    ("higher", "Higher than usual for this person"),
)
_RAISES = (
    ("attempt", "An earlier attempt or self-harm"),
    ("mood", "Depression or another mood disorder"),
    ("psychosis", "Psychosis, or voices that command"),
    ("substances", "Alcohol or drugs"),
    ("trauma", "Trauma"),
    ("hopeless", "Hopelessness"),
    ("agitated", "Agitation, panic or sleeplessness"),
    ("impulsive", "Impulsivity or aggression"),
    ("pain", "Illness or pain"),
    ("loss", "A loss, a break-up or a humiliation"),
    ("alone", "Isolation"),
    ("family", "Suicide in the family or nearby"),
    ("change", "Discharge, or a change of treatment"),
    ("means", "A means within reach"),
)
_LOWERS = (
    ("reasons", "Reasons to live"),
    ("people", "People who are close"),
    ("duty", "Children, or others to care for; pets"),
    ("faith", "Faith or conviction"),
    ("coping", "Ways of coping that have worked"),
    ("treatment", "A bond with treatment"),
    ("future", "Plans for the time ahead"),
    ("help", "Asks for help"),
)
_DID = (
    ("sooner", "Agreed to meet sooner or more often"),
    ("plan", "Made or renewed the safety plan"),
    ("means", "Spoke about making means safer"),
    ("person", "Brought in somebody close, with consent"),
    ("prescriber", "Spoke with the prescriber"),
    ("emergency", "Sent or brought to emergency care"),
    ("lines", "Went through 988 and 911"),
)

ASKED = Part(
    "What brings it up",
    (
        Field(
            "occasion",
            "Occasion",
            "choice",
            options=(
                ("measure", "An answer on a measure"),
                ("said", "Said in session"),
                ("told", "Told by somebody else"),
                ("routine", "Asked as a matter of routine"),
                ("event", "Something that happened"),
                ("ending", "A transition or an ending"),
            ),
        ),
        Field("occasion_words", "What was said, answered or told, and by whom", "text"),
    ),
)
THOUGHTS = Part(
    "Thoughts of suicide",
    (
        Field("ideation", "Thoughts", "choice", options=_HOW_MUCH, required=True),
        Field("ideation_words", "In their own words", "text", hint="As spoken, in quotation."),
        Field("frequency", "How often", "line", hint="In the last two days, and the last month."),
        Field("duration", "How long they last", "line"),
        Field("control", "How hard they are to put aside", "line"),
        Field("worst", "The worst point: when, and what then", "text"),
    ),
)
PLAN = Part(
    "Plan, intent, means",
    (
        Field("plan", "Is there a plan?", "yesno"),
        Field("plan_words", "The plan: how, where, when", "text"),
        Field(
            "intent",
            "Intent",
            "choice",
            options=(
                ("none", "None"),
                ("unsure", "Unsure, or torn"),
                ("some", "Some"),
                ("acts", "Means to act"),
                ("not_told", "Would not say"),
            ),
        ),
        Field("intent_words", "What speaks for and against acting, in their words", "text"),
        Field("access", "Is the means within reach?", "yesno"),
        Field("firearm", "Is there a firearm at home or within reach?", "yesno"),
        Field("means", "Means, and who can get to them", "text"),
        Field("preparing", "Anything done to prepare or rehearse?", "yesno"),
        Field("preparing_words", "What was done", "text"),
    ),
)
HISTORY = Part(
    "History",
    (
        Field("attempted", "An attempt, ever?", "yesno"),
        Field(
            "attempts",
            "Attempts, also begun and broken off",
            "table",
            columns=(
                Field("when", "When"),
                Field("what", "What happened", "text"),
                Field("after", "What followed", "text"),
            ),
        ),
        Field("self_harm", "Self-harm without wish to die", "text"),
        Field("kin", "Suicide in the family or among those close", "text"),
    ),
)
WEIGHS = Part(
    "What raises and what lowers",
    (
        Field("warning", "Warning signs now", "text", hint="What is new, or more, these days."),
        Field("raises", "What raises the risk", "choices", options=_RAISES),
        Field("raises_words", "Of these, what weighs most, and what can be changed", "text"),
        Field("lowers", "What lowers it", "choices", options=_LOWERS),
        Field("lowers_words", "Of these, what can be relied upon", "text"),
    ),
)
FORMULATION = Part(
    "Formulation",
    (
        Field(
            "status",
            "Compared with others seen here",
            "line",
            hint="For example: higher than most who come to this practice.",
        ),
        Field("state", "Compared with themself", "choice", options=_SAME),
        Field("state_words", "Compared with when, and in what", "text"),
        Field("resources", "What and who is at hand in a crisis", "text"),
        Field("foreseeable", "What could soon make it worse", "text"),
        Field("level", "Level, in your judgment", "choice", options=LEVELS, required=True),
        Field("reasons", "Your reasons for that level", "text", required=True),
    ),
)
DONE = Part(
    "What was done",
    (
        Field("did", "Done today", "choices", options=_DID),
        Field("did_words", "What was done, and what was not and why", "text", required=True),
        Field("safer", "Means safety: what was agreed, with whom, by when", "text"),
        Field("consulted", "Consulted: whom, when, what was advised", "text"),
        Field("told_whom", "Who was told, and with whose consent", "text"),
        Field("follow_up", "What follows, and who does it", "text"),
        Field("follow_up_on", "By when", "date", hint="It will stand on Today until it is done."),
    ),
)

SUICIDE_RISK = Kind(
    "suicide_risk",
    "Suicide risk assessment",
    SHEET_ONLY,
    shelf="assessment",
    sheet=(ASKED, THOUGHTS, PLAN, HISTORY, WEIGHS, FORMULATION, DONE),
)
