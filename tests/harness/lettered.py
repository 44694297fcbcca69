"""A signed letter of a matter, for who asks at its addresses."""

from stillroom.disclosure import lettering, queries
from tests.cast import Cast
from tests.web import corpus


def lettered(cast: Cast, matter: str) -> dict[str, str]:
    """Ada's letter that neither confirms nor denies, signed: the matter's second step; and the name
    of its form, as the matrix has it."""
    ada = cast.here("ada")
    whole = queries.whole_matter(ada, corpus(), matter)
    made = lettering.draft(ada, corpus(), whole, "neither", {}, {})
    assert lettering.sign(ada, corpus(), matter, made, made.seen) == 2
    return {"letter_form": "neither"}
