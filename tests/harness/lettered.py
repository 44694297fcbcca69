"""A signed letter of a matter, for who asks at its addresses; and one to the client, by a link."""

from collections.abc import Callable, Mapping
from typing import Any

from stillroom.consent.rules import Party
from stillroom.disclosure import actions, letter_going, letter_links, lettering, queries
from stillroom.disclosure.matters import Asked
from stillroom.disclosure.rules import Intake
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


LINKED: dict[str, Callable[[Cast, Mapping[str, str]], Any]] = {
    "put a letter behind a link": lambda cast, ids: _put(cast, ids["hers"], ids["her_letter"]),
    "weigh a letter again": lambda cast, ids: _weigh(cast, ids["hers"], ids["her_letter"]),
    "call a letter back": lambda cast, ids: letter_links.call_back(
        cast.here("ada"), ids["there"], int(ids["lying"])
    ),
}
