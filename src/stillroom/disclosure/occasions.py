"""What a matter is about: somebody asked for something, or something happened. Data, pure.

An occasion says which act the law is asked about, and what of the law's facts it settles by itself.
Which occasion a matter has is sealed with its words: that a chart holds a report of abuse is told
by nothing in the clear.

>>> occasion_of("request").act
'disclose'
"""

from stillroom.disclosure._occasion import Occasion, Side
from stillroom.disclosure._occasions_asked import ASKED_HERE
from stillroom.disclosure._occasions_happened import HAPPENED_HERE
from stillroom.kernel import Misuse

__all__ = ["OCCASIONS", "Occasion", "Side", "occasion_of"]


def occasion_of(name: str) -> Occasion:
    """The occasion of that name; an unknown name is a `Misuse`."""
    found = OCCASIONS.get(name)
    if found is None:
        raise Misuse(f"no such occasion: {name!r}")
    return found


def _registry(*groups: tuple[Occasion, ...]) -> dict[str, Occasion]:
    every = [one for group in groups for one in group]
    known = {one.id: one for one in every}
    if len(known) != len(every):
        raise Misuse("two occasions share a name")
    return known


OCCASIONS = _registry(ASKED_HERE, HAPPENED_HERE)
"""Every occasion by its name."""
