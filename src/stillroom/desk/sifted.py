"""A sift of the timeline in words, and as the end of an address. Pure."""

from collections.abc import Mapping
from urllib.parse import urlencode

from stillroom.chart.kinds import SHELVES
from stillroom.chart.rules_sift import Sift
from stillroom.chart.sifting import Choices
from stillroom.identity.queries import Colleague


def sifted(sift: Sift) -> str:
    """A sift as it follows another question in an address: "&shelf=letter", or ""."""
    asked = sift.asked()
    return f"&{urlencode(asked)}" if asked else ""


def sift_choices(found: Choices, people: Mapping[str, Colleague]) -> dict[str, object]:
    """What a sift can ask for, as (value, words) pairs for its form."""
    authors = [
        (one, people[one].name if one in people else "somebody who has left")
        for one in found.authors
    ]
    return {
        "shelf_choices": [(one, SHELVES[one]) for one in found.shelves],
        "author_choices": sorted(authors, key=lambda pair: pair[1]),
    }
