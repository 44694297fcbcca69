"""Who is in a story: the client or clients, their people, and the facts drawn for them."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from stillroom.config.demo import caseload
from stillroom.config.demo.bookings import LONGEST
from stillroom.config.demo.dice import Dice
from stillroom.config.demo.people import Chart, Client
from stillroom.config.demo.sources import ChartSeed
from stillroom.config.demo.stories import Story
from stillroom.config.demo.telling import Person, Teller

_SEASONS: Final = ("winter", "spring", "summer", "fall")
_MEN: Final = frozenset({"father", "grandfather", "uncle", "brother"})


def teller(
    dice: Dice,
    chart: Chart,
    clients: Sequence[Client],
    story: Story,
    seed: ChartSeed,
    present: date,
) -> Teller:
    """Who is in the story: the cast's word first, then names that nobody else in it has."""
    people: dict[str, Person] = {}
    named = [client.front.called or client.front.given for client in clients]
    spoken = [client.front.pronouns.split("/")[0] for client in clients]
    pairs = zip(named, spoken, strict=True)
    facts = {"clinician": caseload.colleagues()[chart.clinician].name, "town": town(clients[0])}
    if len(clients) == 1:
        people[""] = Person(named[0], spoken[0])
        facts["name"] = named[0]
    else:
        people |= {role: Person(*one) for role, one in zip("ab", pairs, strict=False)}
    people |= _guardians(clients[0])
    facts |= {
        f"{role}_kin": guardian.relation
        for role, guardian in zip(("parent", "other"), clients[0].front.guardians, strict=False)
    }
    for role, choices in story.people.items():
        taken = {person.name for person in people.values()}
        free = [choice for choice in choices if choice[0] not in taken] or list(choices)
        drawn = dice.pick(free)
        people[role] = Person(*seed.people.get(role, drawn))
    facts |= {name: dice.pick(choices) for name, choices in story.facts.items()}
    facts |= seed.facts
    if story.script:
        facts |= _seasons(present)
    return Teller(people, facts)


def _seasons(present: date) -> dict[str, str]:
    """`month-12` and `season-12`: names of the month and the season twelve weeks ago."""
    facts = {}
    for week in range(LONGEST):
        day = present - timedelta(weeks=week)
        facts[f"month-{week}"] = f"{day:%B}"
        facts[f"season-{week}"] = _SEASONS[day.month % 12 // 3]
    return facts


def _guardians(client: Client) -> dict[str, Person]:
    """The grown-ups of a minor: `parent`, and `other` if there are two."""
    roles = zip(("parent", "other"), client.front.guardians, strict=False)
    return {
        role: Person(guardian.name.split()[0], "he" if guardian.relation in _MEN else "she")
        for role, guardian in roles
    }


def town(client: Client) -> str:
    """Where a client lives, without the postal code."""
    return client.front.address[-1].rpartition(" ")[0]
