"""A signed letter of a matter, for who asks at its addresses; and one to the client, by a link."""

from collections.abc import Callable, Mapping
from typing import Any

from stillroom.consent.rules import Party
from stillroom.disclosure import (
    actions,
    disputing,
    happening,
    letter_going,
    letter_links,
    lettering,
    queries,
)
from stillroom.disclosure.askers.amending import Done
from stillroom.disclosure.matters import Asked
from stillroom.disclosure.rules import Decision, Intake
from tests.cast import NOON, Cast
from tests.web import corpus


def lettered(cast: Cast, matter: str) -> dict[str, str]:
    """Ada's letter that neither confirms nor denies, signed: the matter's second step; and the name
    of its form, as the matrix has it."""
    ada = cast.here("ada")
    whole = queries.whole_matter(ada, corpus(), matter)
    made = lettering.draft(ada, corpus(), whole, "neither", {}, {})
    assert lettering.sign(ada, corpus(), matter, made, made.seen) == 2
    return {"letter_form": "neither"}


def more_time(cast: Cast) -> tuple[str, str]:
    """Dov asked for a copy, and a letter to him takes more time: its matter, and its step."""
    ada = cast.here("ada")
    intake = Intake(Party("Dov Halpern", "client"), NOON.date(), "client_request", "client_access")
    matter = actions.enter(ada, cast.dov, Asked(intake, "", {}, "access"))
    whole = queries.whole_matter(ada, corpus(), matter)
    typed = {"reason": "The old charts lie in a store.", "until": "2027-01-10"}
    made = lettering.draft(ada, corpus(), whole, "extension", typed, {})
    return matter, str(lettering.sign(ada, corpus(), matter, made, made.seen))


def live_linked(cast: Cast) -> dict[str, str]:
    """One letter to Dov that may go behind a link, and one that lies there."""
    hers, number = more_time(cast)
    there, lying = more_time(cast)
    _put(cast, there, lying)
    return {"hers": hers, "her_letter": number, "there": there, "lying": lying}


def _put(cast: Cast, matter: str, number: str) -> None:
    ada = cast.here("ada")
    whole = queries.whole_matter(ada, corpus(), matter)
    letter_links.send(ada, whole, lettering.find(whole, int(number)), "d.h@example.org")


def _weigh(cast: Cast, matter: str, number: str) -> None:
    ada = cast.here("ada")
    whole = queries.whole_matter(ada, corpus(), matter)
    letter_going.weigh(ada, matter, lettering.find(whole, int(number)), "It still stands.")


def live_disputed(cast: Cast) -> dict[str, str]:
    """Bea's Fay asked for corrections: one waits, one is denied, one is denied and she disagrees. Since
    then one danger is open of which nobody was told, and one of which the police were."""
    bea = cast.here("bea")
    cast.licensed("bea")
    asked, denied, disputed = (_ask_for_a_correction(cast) for _ in range(3))
    for one in (denied, disputed):
        actions.decide(bea, corpus(), one, Decision.DENY, "It says what was told.")
    _disagree(cast, disputed)
    quiet, told = (
        happening.open_matter(bea, corpus(), cast.fay, "danger_to_others") for _ in range(2)
    )
    _tell(cast, told)
    (unsaid,) = happening.read(bea, corpus(), told).unsaid
    return {
        "correction": asked, "denied": denied, "quiet": quiet,
        "told": told, "unsaid": str(unsaid.entry),
    }  # fmt: skip


def _ask_for_a_correction(cast: Cast) -> str:
    intake = Intake(Party("Fay Castellane", "client"), NOON.date(), "client_request")
    return actions.enter(cast.here("bea"), cast.fay, Asked(intake, "", {}, "amendment"))


def _disagree(cast: Cast, denied: str) -> None:
    said = Done("statement", "She said it of a film.")
    disputing.write_down(cast.here("bea"), denied, said)


def _tell(cast: Cast, danger: str) -> None:
    typed = {"deed": "notify_law_enforcement", "result": "told", "whom": "The desk"}
    happening.attempt(cast.here("bea"), corpus(), danger, typed)


DISPUTED: dict[str, Callable[[Cast, Mapping[str, str]], Any]] = {
    "enter a request": lambda cast, ids: _ask_for_a_correction(cast),
    "deny a correction": lambda cast, ids: actions.decide(
        cast.here("bea"), corpus(), ids["correction"], Decision.DENY, "It says what was told."
    ),
    "write down that she disagrees": lambda cast, ids: _disagree(cast, ids["denied"]),
    "tell of a disputed entry": lambda cast, ids: _tell(cast, ids["quiet"]),
    "say that she was heard": lambda cast, ids: happening.say_of_told(
        cast.here("bea"), corpus(), ids["told"], int(ids["unsaid"]), "along"
    ),
}


LINKED: dict[str, Callable[[Cast, Mapping[str, str]], Any]] = {
    "put a letter behind a link": lambda cast, ids: _put(cast, ids["hers"], ids["her_letter"]),
    "weigh a letter again": lambda cast, ids: _weigh(cast, ids["hers"], ids["her_letter"]),
    "call a letter back": lambda cast, ids: letter_links.call_back(
        cast.here("ada"), ids["there"], int(ids["lying"])
    ),
}
