"""Where each state stands on the map of tiles, and which places a page offers. Pure.

The arrangement is the usual one of equal tiles: eleven columns, eight rows, north at the top.
"""

from stillroom.law import NATION, Corpus, states_on_file
from stillroom.practice.places import STATES as STATES
from stillroom.practice.places import name_of as name_of
from stillroom.practice.places import named as named

_TILES = """
al 7 7|ak 1 1|az 2 6|ar 5 6|ca 1 5|co 3 5|ct 10 4|de 10 5|dc 9 6|fl 9 8|ga 8 7
hi 1 8|id 2 3|il 6 3|in 6 4|ia 5 4|ks 4 6|ky 6 5|la 5 7|me 11 1|md 9 5|ma 10 3
mi 8 3|mn 5 3|ms 6 7|mo 5 5|mt 3 3|ne 4 5|nv 2 4|nh 11 2|nj 9 4|nm 3 6|ny 9 3
nc 7 6|nd 4 3|oh 7 4|ok 4 7|or 1 4|pa 8 4|ri 11 3|sc 8 6|sd 4 4|tn 6 6|tx 4 8
ut 2 5|vt 10 2|va 8 5|wa 1 3|wv 7 5|wi 7 3|wy 3 4
"""


def _read(text: str) -> dict[str, tuple[int, int]]:
    found = {}
    for item in text.replace("\n", "|").split("|"):
        if item:
            code, column, row = item.split()
            found[f"us-{code}"] = (int(column), int(row))
    return found


_KNOWN = _read(_TILES)


def letters_of(place: str) -> str:
    """The two letters of a state."""
    return place.rpartition("-")[2].upper()


def tile_of(place: str) -> tuple[int, int]:
    """Column and row on the map."""
    return _KNOWN[place]


def offered(corpus: Corpus) -> list[tuple[str, str]]:
    """Where somebody may be licensed, or a chart belong: each state on file; federal law last."""
    return [*named(states_on_file(corpus)), (NATION, "Federal law only")]
