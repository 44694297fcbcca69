"""All that the course of one chart is told from."""

from dataclasses import dataclass
from datetime import date

from stillroom.config.demo.bookings import Booking
from stillroom.config.demo.dice import Dice
from stillroom.config.demo.sources import ChartSeed
from stillroom.config.demo.stories import Story
from stillroom.config.demo.telling import Teller


@dataclass(frozen=True, slots=True)
class Tale:
    """A booking, a story, and the people in it. `given` are the holders' names in their order."""

    seed: int
    today: date
    zone: str
    booking: Booking
    story: Story
    written: ChartSeed
    holders: tuple[int, ...]
    given: tuple[str, ...]
    teller: Teller
    town: str
    diagnosis: str
    cosigner: str
    every_note_cosigned: bool

    def dice(self, what: str) -> Dice:
        """Draws for one part of this chart."""
        return Dice(self.seed, self.booking.key, what)
