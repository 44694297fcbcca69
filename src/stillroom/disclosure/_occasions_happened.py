"""Matters that begin because something happened.

Whom the law is asked about (a named person, the police, an agency) is answered in the matter; what
is owed is asked of all whom `happened.puts` names. Partner violence against an adult who is neither
old nor vulnerable is no occasion: the law on file has no word for it (facts/abuse.yaml).
"""

from stillroom.disclosure._occasion import Occasion, Side

HAPPENED_HERE: tuple[Occasion, ...] = (
    Occasion("danger_to_others", "Someone may be in danger", Side.HAPPENED, act="warn"),
    Occasion(
        "danger_to_self",
        "The client may be in danger",
        Side.HAPPENED,
        act="warn",
        known={"victim": "self"},
    ),
    Occasion("child_abuse", "A child may be abused or neglected", Side.HAPPENED, act="report"),
    Occasion("adult_abuse", "An adult at risk may be abused", Side.HAPPENED, act="report"),
)
