"""The mental-status examination: by domain, what was seen, and how.

Rules: nothing is preselected, least of all *normal*; a domain that was not looked at is left out.
Choices name what was seen, words say how. What the client told and what the examiner saw stand in
different domains (mood, affect).

Sources, read at: CMS, 1997 Documentation Guidelines for Evaluation and Management Services,
psychiatric examination (the domains); SSA, POMS DI 22510.112 (the description is the examiner's,
and no list of symptoms told). The choices are ours, as usual practice has them.
"""

from stillroom.chart.choices import options
from stillroom.chart.kinds import SHEET_ONLY, Field, Kind, Part

_DOMAINS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "appearance",
        "Appearance",
        (
            "well groomed",
            "disheveled",
            "older than stated age",
            "younger than stated age",
            "unusual dress",
            "underweight",
            "injuries visible",
        ),
    ),
    (
        "behavior",
        "Behavior and attitude",
        (
            "cooperative",
            "guarded",
            "hostile",
            "withdrawn",
            "tearful",
            "restless",
            "slowed",
            "little eye contact",
            "tics or other movements",
        ),
    ),
    (
        "speech",
        "Speech and language",
        (
            "usual rate and volume",
            "rapid",
            "pressured",
            "slow",
            "loud",
            "soft",
            "few words",
            "mute",
            "slurred",
            "trouble finding words",
        ),
    ),
    (
        "mood",
        "Mood, as told",
        ("content", "sad", "anxious", "angry", "irritable", "elated", "empty", "hopeless"),
    ),
    (
        "affect",
        "Affect, as seen",
        (
            "full range",
            "narrow",
            "blunted",
            "flat",
            "labile",
            "fits what is said",
            "does not fit what is said",
        ),
    ),
    (
        "process",
        "Thought process and associations",
        (
            "logical and goal-directed",
            "circumstantial",
            "tangential",
            "loose",
            "flight of ideas",
            "blocked",
            "perseverating",
            "slowed",
        ),
    ),
    (
        "content",
        "Thought content",
        (
            "hopelessness",
            "worthlessness",
            "guilt",
            "obsessions",
            "compulsions",
            "phobias",
            "delusions",
            "paranoid ideas",
            "preoccupied with violence",
        ),
    ),
    (
        "danger",
        "Thoughts of death or harm",
        (
            "denies thoughts of suicide",
            "thoughts of death",
            "thoughts of suicide",
            "plan",
            "intent",
            "denies thoughts of harming others",
            "thoughts of harming others",
        ),
    ),
    (
        "perception",
        "Perception",
        (
            "none told or seen",
            "hears voices",
            "sees things",
            "other senses",
            "illusions",
            "depersonalization",
            "derealization",
        ),
    ),
    (
        "orientation",
        "Orientation and consciousness",
        (
            "alert",
            "drowsy",
            "fluctuating",
            "knows who",
            "knows where",
            "knows when",
            "knows why here",
        ),
    ),
    (
        "memory",
        "Memory",
        (
            "recent intact",
            "recent impaired",
            "remote intact",
            "remote impaired",
            "by conversation alone",
            "tested",
        ),
    ),
    (
        "attention",
        "Attention and concentration",
        ("intact", "distractible", "impaired", "tested"),
    ),
    (
        "knowledge",
        "Knowledge and abstraction",
        ("as expected", "below what is expected", "above what is expected", "concrete", "tested"),
    ),
    (
        "insight",
        "Insight",
        ("good", "partial", "poor", "absent"),
    ),
    (
        "judgment",
        "Judgment",
        ("good", "fair", "poor", "impaired by intoxication"),
    ),
)


def _domain(name: str, label: str, seen: tuple[str, ...]) -> tuple[Field, Field]:
    return (
        Field(name, label, "choices", options(*seen)),
        Field(f"{name}_words", f"{label}: in words", "text"),
    )


EXAMINED = Part(
    "Mental status",
    tuple(field for domain in _DOMAINS for field in _domain(*domain)),
    "Tick what you saw. A domain that you leave empty is left out of the record.",
)

MENTAL_STATUS = Kind(
    "mental_status",
    "Mental-status examination",
    SHEET_ONLY,
    shelf="assessment",
    sheet=(
        EXAMINED,
        Part(
            "Altogether",
            (
                Field(
                    "limits",
                    "What the examination could not show",
                    "text",
                    hint="Language, sedation, video without a view of the body, refusal.",
                ),
                Field("summary", "In sum", "text", required=True),
            ),
        ),
    ),
)


KINDS_HERE: tuple[Kind, ...] = (MENTAL_STATUS,)
