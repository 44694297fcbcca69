"""Places of law in words: fifty states and the District of Columbia. Pure."""

import re
from collections.abc import Iterable
from typing import Final

from stillroom.kernel import spoken
from stillroom.law import CODES, NATION

_NAMES: Final = """
al Alabama|ak Alaska|az Arizona|ar Arkansas|ca California|co Colorado|ct Connecticut|de Delaware
dc District of Columbia|fl Florida|ga Georgia|hi Hawaii|id Idaho|il Illinois|in Indiana|ia Iowa
ks Kansas|ky Kentucky|la Louisiana|me Maine|md Maryland|ma Massachusetts|mi Michigan|mn Minnesota
ms Mississippi|mo Missouri|mt Montana|ne Nebraska|nv Nevada|nh New Hampshire|nj New Jersey
nm New Mexico|ny New York|nc North Carolina|nd North Dakota|oh Ohio|ok Oklahoma|or Oregon
pa Pennsylvania|ri Rhode Island|sc South Carolina|sd South Dakota|tn Tennessee|tx Texas|ut Utah
vt Vermont|va Virginia|wa Washington|wv West Virginia|wi Wisconsin|wy Wyoming
"""


def _read(text: str) -> dict[str, str]:
    found = (item.strip().partition(" ") for item in text.replace("\n", "|").split("|") if item)
    named = {f"us-{code}": name for code, _, name in found}
    return dict(sorted(named.items(), key=lambda one: one[1]))


_KNOWN: Final = _read(_NAMES)
STATES: Final[tuple[str, ...]] = tuple(_KNOWN)
"""Fifty states and the District of Columbia, by name."""

_OTHERS: Final = {NATION: "Federal law", CODES: "Codes of ethics"}


def name_of(place: str) -> str:
    """A place in words; a place that is none of these by its code."""
    return _KNOWN.get(place) or _OTHERS.get(place, place)


def fact_words(name: str) -> str:
    """A fact of the law in words; one that only a state's law asks for names the state."""
    state, _, rest = name.partition("_")
    place = f"us-{state}"
    return f"{spoken(rest)} ({_KNOWN[place]})" if rest and place in _KNOWN else spoken(name)


_IN_ADDRESS: Final = re.compile(r",\s*([A-Z]{2})\.?$|(?:^|[\s,])([A-Z]{2})\s+\d{5}(?:-\d{4})?$")


def place_in(address: Iterable[str]) -> str:
    """The state that an address names plainly: two letters before a ZIP code or after a comma at
    the end of a line, or the state's name there. Empty where it names none; nothing is guessed."""
    for line in reversed([" ".join(one.split()) for one in address]):
        letters = _IN_ADDRESS.search(line)
        code = (letters[1] or letters[2]).lower() if letters else ""
        if f"us-{code}" in _KNOWN:
            return f"us-{code}"
        tail = re.sub(r"\s+\d{5}(?:-\d{4})?$", "", line).rpartition(",")[2].strip().casefold()
        for place, name in _KNOWN.items():
            if tail == name.casefold():
                return place
    return ""


def named(places: Iterable[str]) -> list[tuple[str, str]]:
    """Places with their names, in the order of the names, for a field to choose from."""
    return sorted(((one, name_of(one)) for one in places), key=lambda one: one[1])
