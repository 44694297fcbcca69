"""The ways to decide, as they recur among askers. Pure data.

Sources: 45 CFR 164.524(b)(2), (d) (access: grant, deny, extend), 164.526(b)-(d) (amendment),
164.528(c) (accounting), 164.522(a) (restriction), 164.522(b) (channel).
"""

from stillroom.disclosure.askers.shapes import Way
from stillroom.disclosure.rules_options import Decision

NOTHING = Way(
    Decision.OBJECT,
    "Send nothing, and object in writing",
    "Nothing leaves, and nothing is confirmed.",
)
SILENCE = Way(
    Decision.OBJECT,
    "Say nothing: neither confirm nor deny",
    "Whoever asks learns nothing, not even whether there is such a client.",
)
ASK = Way(
    Decision.ASK,
    "Ask the client for a written authorization first",
    "Nothing leaves until the client has signed.",
)
SEND = Way(Decision.BUILD, "Build a packet", "", even_shut=False)
LEAST = Way(Decision.BUILD, "Send the least that answers", "", even_shut=False)
ORDERED = Way(Decision.BUILD, "Build what the order names, and no more", "", even_shut=False)

GENERAL = (NOTHING, ASK, SEND)
ORDER = (NOTHING, ASK, ORDERED)
PAYING = (NOTHING, ASK, LEAST)
QUIET = (SILENCE, ASK, LEAST)

ACCESS = (
    Way(Decision.BUILD, "Give access: build the packet for the client", "", even_shut=False),
    Way(
        Decision.PART,
        "Give a part, and deny the rest in writing",
        "The denial names its ground; everything outside the ground is given.",
        even_shut=False,
    ),
    Way(
        Decision.DENY,
        "Deny access in writing",
        "Only on a ground of 164.524(a)(2) or (3); what is outside the ground must still be given.",
    ),
    Way(
        Decision.EXTEND,
        "Take the one extension of 30 days",
        "Tell the client in writing, before the first 30 days are over, why and by what day.",
    ),
)
AMENDMENT = (
    Way(
        Decision.ACCEPT,
        "Accept: amend the record",
        "Link the amendment, tell the client, and tell those whom the client names or who rely"
        " on it.",
    ),
    Way(
        Decision.DENY,
        "Deny in writing",
        "Say why; the client may put a statement of disagreement beside the record.",
    ),
    Way(
        Decision.EXTEND,
        "Take the one extension of 30 days",
        "Tell the client in writing, before the 60 days are over, why and by what day.",
    ),
)
ACCOUNTING = (
    Way(
        Decision.GIVE,
        "Give the accounting",
        "The account of this chart is the answer; the first in twelve months is free.",
    ),
    Way(
        Decision.EXTEND,
        "Take the one extension of 30 days",
        "Tell the client in writing, before the 60 days are over, why and by what day.",
    ),
)
CHANNEL = (
    Way(
        Decision.ACCEPT,
        "Agree, and reach the client so from now on",
        "Write it down under Wishes and restrictions; what is sent from here keeps to it.",
    ),
    Way(
        Decision.DENY,
        "Do not agree: it cannot reasonably be done",
        "Say what can be done instead. Do not ask for a reason.",
    ),
)
RESTRICTION = (
    Way(
        Decision.ACCEPT,
        "Agree to the restriction",
        "What is agreed binds from then on, but for an emergency.",
    ),
    Way(
        Decision.DENY,
        "Do not agree",
        "Not open for a service that the client paid in full and wants kept from the plan.",
    ),
)
