"""The demonstration's packet in the making: a payer asks, the answer is decided, a name is cut.

What is asked is what the payer’s letter of the story asks; nothing has left. All of it goes through
the doors of a practice; the words of the decision are made up.
"""

from stillroom.disclosure import actions, cutting, drafts, releasing
from stillroom.disclosure.rules import Decision, State
from stillroom.disclosure.rules_draft import with_removals
from stillroom.law import Corpus
from stillroom.phi import Presence

_KNOWN = {"paid_out_of_pocket": False, "restriction_agreed": False}
_WHY = (
    "They pay for these sessions and ask only for those days. I send the notes and nothing that"
    " stands beside them, and I take out who is not her."
)
_LOOKED_AT = 3
"""Records that are looked through for names; the rest is left for whoever tries it."""


def answer_the_payer(presence: Presence, corpus: Corpus, matter: str) -> None:
    """A payer's request that was entered, answered up to the packet."""
    for fact, value in _KNOWN.items():
        actions.answer(presence, corpus, matter, fact, value)
    actions.decide(presence, corpus, matter, Decision.BUILD, _WHY)
    choices = releasing.choices(presence, corpus, matter).choices
    chosen = [one.record.id for one in choices if one.state is State.CHOSEN]
    for record in chosen[:_LOOKED_AT]:
        opened = cutting.opened(presence, corpus, matter, record)
        found = [place for one in opened.suggestions for place in one.removals]
        cuts = with_removals(opened.cuts, found)
        drafts.change(presence, matter, lambda draft, r=record, c=cuts: draft.with_cuts(r, c))  # type: ignore[misc]
