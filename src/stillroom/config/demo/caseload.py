"""Who comes to whom, how often and since when: for the cast as written, for others by index."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from stillroom.config.demo import sources, stories
from stillroom.config.demo.bookings import LONGEST, Booking
from stillroom.config.demo.dice import Dice
from stillroom.config.demo.people import Front, Staff
from stillroom.config.demo.sources import ChartSeed

# How the clients beyond the cast are dealt to the colleagues; who stands twice works full time.
# Ada is not among them: her clients are all written by hand.
_DEAL: Final = (
    *("bea", "priya", "renata", "marisol", "josephine", "hollis", "delphine", "kenji"),
    *("bea", "priya", "renata", "marisol", "josephine", "hollis", "delphine", "sol"),
)
_TIMES: Final = ((8, 0), (12, 0), (13, 0), (14, 0), (16, 30), (17, 30))  # the cast has the others
_MOST_WEEKS: Final = 32  # of weekly sessions; after that life would repeat itself
_OPEN_HOURS: Final = 5 * len(_TIMES)


@dataclass(frozen=True, slots=True)
class Standing:
    """A booking and the storyline that is told in it."""

    booking: Booking
    story: str


@lru_cache(maxsize=1)
def colleagues() -> dict[str, Staff]:
    """All staff by the name they sign in with."""
    return {person.sign_in: person for person in sources.house().staff}


@lru_cache(maxsize=1)
def zones() -> dict[str, str]:
    """The clock of each colleague."""
    clocks = {location.key: location.zone for location in sources.house().locations}
    return {person.sign_in: clocks[person.location] for person in sources.house().staff}


def dealt_to(index: int, written: int) -> str:
    """The clinician of a client beyond the `written` ones."""
    return _DEAL[(index - written) % len(_DEAL)]


def place_of(clinician: str) -> str:
    """The law under which a clinician works."""
    return colleagues()[clinician].place


def written_booking(seed: ChartSeed, key: str) -> Booking:
    """The booking of a chart in `cast.yaml`."""
    hour, minute = seed.at.split(":")
    return Booking(
        key=key,
        clinician=seed.clinician,
        day=seed.day,
        hour=int(hour),
        minute=int(minute),
        since=seed.since,
        until=seed.until,
        rhythm=seed.rhythm,
        minutes=seed.minutes,
        mode=seed.mode,
        room=seed.room,
        absent=seed.absent,
    )


def drawn_standing(dice: Dice, index: int, written: int, front: Front, today: date) -> Standing:
    """The booking and story of a client beyond the cast.

    Each colleague has thirty hours a week; whoever came to a full week is a former client.
    """
    turn, seat = divmod(index - written, len(_DEAL))
    clinician = _DEAL[seat]
    often = _DEAL.count(clinician)
    nth = turn * often + (1 if often > 1 and seat >= len(_DEAL) // 2 else 0)
    now = nth < _OPEN_HOURS
    story = dice.pick(_fitting(front.age_on(today), front.pronouns))
    rhythm = dice.pick(("weekly", "tapering", "tapering", "biweekly"))
    most = min(stories.capacity(story), _MOST_WEEKS)
    if most < _MOST_WEEKS:
        rhythm = "weekly"
    elif rhythm != "weekly":
        most *= 2
    until = 0 if now else dice.between(2, LONGEST - 10)
    since = min(LONGEST, until + dice.between(4 if now else 8, most))
    slot = nth % _OPEN_HOURS
    hour, minute = _TIMES[slot // 5]
    booking = Booking(
        key=f"client-{index}",
        clinician=clinician,
        day=slot % 5,
        hour=hour,
        minute=minute,
        since=since,
        until=None if now else until,
        rhythm=rhythm,
        minutes=dice.pick((50, 50, 60)),
        mode=dice.pick(("in_person", "in_person", "telehealth")),
        room=f"room {dice.between(1, 3)}",
    )
    return Standing(booking, story)


@lru_cache(maxsize=1024)
def _fitting(age: int, pronouns: str) -> tuple[str, ...]:
    """The storylines that somebody of that age and those pronouns may be in."""
    found = ((key, stories.story(key)) for key in stories.all_keys())
    return tuple(
        key
        for key, story in found
        if story.drawn and story.ages[0] <= age <= story.ages[1] and pronouns in story.pronouns
    )
