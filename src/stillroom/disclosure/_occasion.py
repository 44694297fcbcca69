"""One kind of matter: somebody asked for something, or something happened. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any


class Side(Enum):
    """The two ways in which a matter begins."""

    ASKED = "asked"
    HAPPENED = "happened"


@dataclass(frozen=True, slots=True)
class Occasion:
    """One kind of matter.

    `act` is the law's (`stillroom law facts`), `title` what people call such a matter, and `known`
    holds facts that are settled by the occasion, as the law's JSON values.
    """

    id: str
    title: str
    side: Side
    act: str = "disclose"
    known: Mapping[str, Any] = field(default_factory=dict)
