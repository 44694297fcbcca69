"""Places of law in words, and where each state stands on the map of tiles. Pure.

The arrangement is the usual one of equal tiles: eleven columns, eight rows, north at the top.
"""

from collections.abc import Iterable

from stillroom.law import CODES, NATION, Corpus, states_on_file

_STATES = """
al Alabama 7 7|ak Alaska 1 1|az Arizona 2 6|ar Arkansas 5 6|ca California 1 5|co Colorado 3 5
ct Connecticut 10 4|de Delaware 10 5|dc District of Columbia 9 6|fl Florida 9 8|ga Georgia 8 7
hi Hawaii 1 8|id Idaho 2 3|il Illinois 6 3|in Indiana 6 4|ia Iowa 5 4|ks Kansas 4 6|ky Kentucky 6 5
la Louisiana 5 7|me Maine 11 1|md Maryland 9 5|ma Massachusetts 10 3|mi Michigan 8 3
mn Minnesota 5 3|ms Mississippi 6 7|mo Missouri 5 5|mt Montana 3 3|ne Nebraska 4 5|nv Nevada 2 4
nh New Hampshire 11 2|nj New Jersey 9 4|nm New Mexico 3 6|ny New York 9 3|nc North Carolina 7 6
nd North Dakota 4 3|oh Ohio 7 4|ok Oklahoma 4 7|or Oregon 1 4|pa Pennsylvania 8 4
ri Rhode Island 11 3|sc South Carolina 8 6|sd South Dakota 4 4|tn Tennessee 6 6|tx Texas 4 8
ut Utah 2 5|vt Vermont 10 2|va Virginia 8 5|wa Washington 1 3|wv West Virginia 7 5
wi Wisconsin 7 3|wy Wyoming 3 4
"""


def _read(text: str) -> dict[str, tuple[str, int, int]]:
    found = {}
    for item in text.replace("\n", "|").split("|"):
        if item:
            code, _, rest = item.partition(" ")
            name, column, row = rest.rsplit(" ", 2)
            found[f"us-{code}"] = (name, int(column), int(row))
    return dict(sorted(found.items(), key=lambda one: one[1][0]))


_KNOWN = _read(_STATES)
STATES: tuple[str, ...] = tuple(_KNOWN)
"""Fifty states and the District of Columbia, by name."""

_OTHERS = {NATION: "Federal law", CODES: "Codes of ethics"}


def name_of(place: str) -> str:
    """A place in words; a place that is none of these by its code."""
    if place in _KNOWN:
        return _KNOWN[place][0]
    return _OTHERS.get(place, place)


def letters_of(place: str) -> str:
    """The two letters of a state."""
    return place.rpartition("-")[2].upper()


def tile_of(place: str) -> tuple[int, int]:
    """Column and row on the map."""
    return _KNOWN[place][1:]


def named(places: Iterable[str]) -> list[tuple[str, str]]:
    """Places with their names, in the order of the names, for a field to choose from."""
    return sorted(((one, name_of(one)) for one in places), key=lambda one: one[1])


def offered(corpus: Corpus) -> list[tuple[str, str]]:
    """Where somebody may be licensed, or a chart belong: each state on file; federal law last."""
    return [*named(states_on_file(corpus)), (NATION, "Federal law only")]
