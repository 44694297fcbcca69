"""A matter: one question to the law."""

from dataclasses import dataclass
from datetime import date

from stillroom.law._vocabulary import NATION


@dataclass(frozen=True, slots=True)
class Matter:
    """An act, the places whose law is asked, a profession and a day.

    The law of the nation always joins; naming it is optional. Two states mean that the law of both
    must be met.
    """

    act: str
    places: tuple[str, ...]
    profession: str
    on: date

    @property
    def all_places(self) -> tuple[str, ...]:
        """The nation first, then the states in alphabetical order."""
        return (NATION, *sorted(set(self.places) - {NATION}))

    @property
    def states(self) -> tuple[str, ...]:
        """The places other than the nation."""
        return self.all_places[1:]
