"""A packet that may leave: Dov's progress note, for Rex, on Dov's paper."""

from stillroom.consent import actions as consent
from stillroom.disclosure import actions, releasing
from stillroom.disclosure.rules import Decision, State
from stillroom.kernel import Trilean
from stillroom.phi import Presence
from tests.cast import Cast
from tests.disclosure.story import authorization, notes, subpoena
from tests.web import corpus

TO = "Rex Dunleavy"


def proven(cast: Cast, name: str = "ada", **later: float) -> Presence:
    """Somebody who has just proven again who she is, so much later."""
    return cast.later(**later).here(name, stepped_up=Trilean.YES)


def packet_for_rex(cast: Cast) -> dict[str, str]:
    """Up to the moment before it leaves; ids by name."""
    ada = cast.here("ada")
    cast.licensed("ada")
    notes(cast)
    paper = consent.take_up(ada, cast.dov, authorization(cast))
    matter = actions.enter(ada, cast.dov, subpoena())
    for fact, value in (("identity_verified", True), ("federal_court", False)):
        actions.answer(ada, corpus(), matter, fact, value)
    actions.decide(ada, corpus(), matter, Decision.BUILD, "He has signed.")
    return {"paper": paper, "matter": matter, "packet": another(cast, matter)}


def another(cast: Cast, matter: str) -> str:
    """One more packet of what is chosen for it."""
    ada = cast.here("ada")
    bundle = releasing.choices(ada, corpus(), matter)
    chosen = [one.record.id for one in bundle.choices if one.state is State.CHOSEN]
    return releasing.build(ada, corpus(), matter, chosen, ["1 Court Square", "Towson"])
