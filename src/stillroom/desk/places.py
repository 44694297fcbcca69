"""Places of law in words. Which of them can be chosen is the corpus's to say. Pure."""

from stillroom.law import Corpus

NATION = "us"

_NAMES = {
    "al": "Alabama", "ak": "Alaska", "az": "Arizona", "ar": "Arkansas", "ca": "California",
    "co": "Colorado", "ct": "Connecticut", "de": "Delaware", "dc": "District of Columbia",
    "fl": "Florida", "ga": "Georgia", "hi": "Hawaii", "id": "Idaho", "il": "Illinois",
    "in": "Indiana", "ia": "Iowa", "ks": "Kansas", "ky": "Kentucky", "la": "Louisiana",
    "me": "Maine", "md": "Maryland", "ma": "Massachusetts", "mi": "Michigan", "mn": "Minnesota",
    "ms": "Mississippi", "mo": "Missouri", "mt": "Montana", "ne": "Nebraska", "nv": "Nevada",
    "nh": "New Hampshire", "nj": "New Jersey", "nm": "New Mexico", "ny": "New York",
    "nc": "North Carolina", "nd": "North Dakota", "oh": "Ohio", "ok": "Oklahoma", "or": "Oregon",
    "pa": "Pennsylvania", "pr": "Puerto Rico", "ri": "Rhode Island", "sc": "South Carolina",
    "sd": "South Dakota", "tn": "Tennessee", "tx": "Texas", "ut": "Utah", "vt": "Vermont",
    "va": "Virginia", "wa": "Washington", "wv": "West Virginia", "wi": "Wisconsin",
    "wy": "Wyoming",
}  # fmt: skip


def place_name(place: str) -> str:
    """A place in words; a place without provisions of its own is asked of federal law."""
    return _NAMES.get(place.removeprefix("us-"), "federal law only")


def places(corpus: Corpus) -> list[tuple[str, str]]:
    """The places that can be chosen: each state with provisions on file, by name; federal last."""
    states = [place for place in corpus.places if place.removeprefix("us-") in _NAMES]
    named = [(place, place_name(place)) for place in states]
    return [*sorted(named, key=lambda one: one[1]), (NATION, place_name(NATION))]
