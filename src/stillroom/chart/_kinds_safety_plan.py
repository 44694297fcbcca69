"""The safety plan, made with the client, in the client's words.

Its six parts, in their order, are those of the Safety Planning Intervention of Barbara Stanley and
Gregory K. Brown (Cognitive and Behavioral Practice 2012, 19:256-264, abstract seen): warning signs;
coping alone; people and places that distract; people to ask for help; professionals and agencies;
making the surroundings safer. The sentences here are ours, and their form is not reproduced. What
is known of its terms: their form carries their copyright and is used with the authors' permission,
which is asked for at suicidesafetyplan.com (general knowledge; the terms themselves could not be
read). Whoever wants the form itself asks there. A plan that was made on it is kept as a document.
"""

from stillroom.chart.kinds import SHEET_ONLY, Field, Kind, Part

TITLES = (
    ("mine", "My plan"),
    ("hard_days", "For hard days"),
    ("helps", "What helps"),
    ("list", "List"),
)
"""Titles that tell a finder nothing, and one that tells a little; the first is taken if none is."""

_PEOPLE = (Field("name", "Name"), Field("number", "How to reach them"))

SAFETY_PLAN = Kind(
    "safety_plan",
    "Safety plan",
    SHEET_ONLY,
    shelf="assessment",
    sheet=(
        Part(
            "1 How it begins",
            (
                Field(
                    "signs",
                    "What I notice when it begins",
                    "text",
                    hint="Thoughts, pictures, moods, situations, what I do. One to a line.",
                    required=True,
                ),
            ),
        ),
        Part(
            "2 What I do by myself",
            (Field("alone", "What takes my mind off it, without anybody", "text"),),
        ),
        Part(
            "3 People and places that take my mind elsewhere",
            (
                Field("company", "People", "table", columns=_PEOPLE),
                Field("places", "Places", "text"),
            ),
        ),
        Part(
            "4 People I can ask for help",
            (Field("helpers", "People I would tell", "table", columns=_PEOPLE),),
        ),
        Part(
            "5 Professionals",
            (
                Field("professionals", "Professionals and places", "table", columns=_PEOPLE),
                Field("nearest", "The nearest emergency department", "line"),
            ),
            note="988 (call or text) and 911 stand on every printed plan.",
        ),
        Part(
            "6 Safer surroundings",
            (
                Field("safer", "What I and others do so that it is harder to act", "text"),
                Field("safer_who", "Who helps with that", "line"),
            ),
        ),
        Part("What I live for", (Field("worth", "What matters most to me", "text"),)),
        Part(
            "About this plan",
            (
                Field(
                    "title",
                    "What stands at its head when it is printed",
                    "choice",
                    options=TITLES,
                    hint="Whoever finds the paper reads this first.",
                ),
                Field("kept", "Where the client keeps it", "line"),
                Field("shared", "Whom the client has shown it to", "line"),
                Field("barriers", "What could keep the client from using it", "text"),
                Field("review_on", "To be looked at again on", "date"),
            ),
        ),
    ),
)
