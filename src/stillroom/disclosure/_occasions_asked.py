"""Matters that begin because somebody asked: one occasion for every asker.

What is known of each asker (what the paper must show, how to verify, clocks, ways to decide)
stands in `stillroom.disclosure.askers`, by the same id.
"""

from stillroom.disclosure._occasion import Occasion, Side
from stillroom.disclosure.askers import ANYBODY, ASKERS

ASKED_HERE: tuple[Occasion, ...] = tuple(
    Occasion(
        one.id,
        "A request for a record" if one.id == ANYBODY else one.title,
        Side.ASKED,
        one.act,
        dict(one.facts),
    )
    for one in ASKERS.values()
)
