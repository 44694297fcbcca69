"""What the demonstration's clients do by their own doors: one reads, one is refused a correction,
one asks to take everything along; and from one of them something is held."""

from collections.abc import Sequence
from dataclasses import replace

from stillroom.chart import holding, own
from stillroom.chart.holding import Reason
from stillroom.chart.rules_holds import USUAL
from stillroom.disclosure import actions, own_asking
from stillroom.disclosure.rules import Decision
from stillroom.kernel import Trilean
from stillroom.law import Corpus
from stillroom.phi import Presence
from stillroom.practice import queries_guests

_HELD = (
    "His sister told us by telephone, and asked that he not learn of it. The line about her call"
    " would show who it was."
)
_CORRECTION = "It says that I slept badly all week. It was three nights."
_REFUSED = "The note says what was told in the session, and stands as it was signed."


def read_and_ask(ada: Presence, guests: Sequence[Presence], corpus: Corpus) -> None:
    """Deterministic, of the charts to which these guests stand."""
    for nth, here in enumerate(guests):
        for stand in queries_guests.stands(here):
            _one(nth, ada, here, stand.chart, corpus)


def _one(nth: int, ada: Presence, here: Presence, chart: str, corpus: Corpus) -> None:
    found = own.own_chart(here, chart)
    notes = [one for one in found.lines if one.exact == "progress_note" and not one.struck]
    if notes:
        own.own_record(here, notes[0].id)
    if nth == 0 and len(notes) > 1:
        reason = Reason("promise", _HELD, ada.today + USUAL)
        holding.hold_record(ada, notes[1].id, reason)
        asked = own_asking.ask(here, chart, "amendment", _CORRECTION)
        actions.decide(ada, corpus, asked, Decision.DENY, _REFUSED)
        own_asking.ask(here, chart, "accounting", "")
    if nth == 1:
        own_asking.ask_along(replace(here, stepped_up=Trilean.YES), chart)
