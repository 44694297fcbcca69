"""The day by which the client's own right is to be answered, a state's shorter time read too.

The federal days are counted from the paper alone (`askers.spans`); a state's come from the law, as
its facts stand: a duty that may apply counts, for a clock may be early and never late.
"""

from dataclasses import replace
from datetime import date

from stillroom.disclosure import rules
from stillroom.disclosure.queries import MatterLine, NoProfile, whole_matter
from stillroom.law import Corpus
from stillroom.phi import Presence

_ANSWERS = frozenset({"give_access", "give_copy", "make_available"})
"""Acts of the law's duties that answer a client who asks for the record."""


def day(presence: Presence, corpus: Corpus, line: MatterLine) -> date | None:
    """The nearest day of a matter in a list; that of the list where the law cannot be asked."""
    if not line.right:
        return line.due
    try:
        made = whole_matter(presence, corpus, line.id).determination
    except NoProfile:
        return line.due
    owed = [one for one in made.full.duties if one.act in _ANSWERS]
    paper = replace(made.asked.intake, return_date=None)
    of_state = [
        clock.due
        for clock in rules.clocks(paper, owed, made.around.today)
        if clock.due is not None and not clock.citation.startswith("45 CFR")
    ]
    return min([one for one in (line.due, *of_state) if one is not None], default=None)
