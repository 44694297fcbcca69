"""Charts: who holds them, who cares for them, and what their course is told from."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final, Protocol

from stillroom.config.demo import bookings, caseload, sources, stories
from stillroom.config.demo.bookings import LONGEST, Booking
from stillroom.config.demo.course import Telling
from stillroom.config.demo.days import instant, next_open
from stillroom.config.demo.dice import Dice
from stillroom.config.demo.people import Care, Chart, Client
from stillroom.config.demo.sources import ChartSeed
from stillroom.config.demo.stories import Story
from stillroom.config.demo.telling import Person, Teller

_FIRST_NUMBER: Final = 412  # Dov's; the next clients follow
_FIRST_JOINT: Final = 301
_SEASONS: Final = ("winter", "spring", "summer", "fall")
_MEN: Final = frozenset({"father", "grandfather", "uncle", "brother"})


class House(Protocol):
    """What is asked of a practice here."""

    @property
    def seed(self) -> int:
        """Names all draws."""

    @property
    def count(self) -> int:
        """How many clients there are."""

    @property
    def today(self) -> date:
        """The day of the demonstration."""

    def client(self, index: int) -> Client:
        """One client."""


def own_chart(house: House, client: Client) -> Chart | None:
    """The chart that a client holds alone, if there is one."""
    written = sources.cast().clients
    number = _FIRST_NUMBER + client.index
    if client.index < len(written):
        seed = written[client.index].chart
        if seed is None:
            return None
        booking = caseload.written_booking(seed, _key(client.front.given, client.front.family))
        return _chart(house, seed, booking, number, (client.index,), client.front.name)
    standing = _drawn(house, client)
    seed = ChartSeed(clinician=standing.booking.clinician, story=standing.story, since=0)
    return _chart(house, seed, standing.booking, number, (client.index,), client.front.name)


def joint_chart(house: House, nth: int) -> Chart | None:
    """The chart that a couple or a group holds; `None` while a holder is beyond the practice."""
    seed = sources.cast().joint[nth]
    holders = tuple(_places()[name] for name in seed.holders)
    if max(holders) >= house.count:
        return None
    booking = caseload.written_booking(seed, f"joint-{nth}")
    return _chart(house, seed, booking, _FIRST_JOINT + nth, holders, seed.title)


def telling(house: House, chart: Chart) -> Telling:
    """What the course of a chart is told from."""
    clients = [house.client(holder) for holder in chart.holders]
    seed, booking = _seed_and_booking(house, chart, clients[0])
    story = stories.story(chart.story)
    if seed and seed.script:
        story = stories.scripted(chart.story, seed.script)
    person = caseload.colleagues()[chart.clinician]
    trainee = person.profession == "supervised_trainee"
    supervised = trainee or bool(seed and seed.supervised)
    return Telling(
        seed=house.seed,
        today=house.today,
        zone=caseload.zones()[chart.clinician],
        booking=booking,
        story=story,
        written=seed,
        holders=chart.holders,
        given=tuple(client.front.called or client.front.given for client in clients),
        teller=_teller(house, chart, clients, story, seed, booking),
        town=_town(clients[0]),
        diagnosis=chart.diagnoses[0].code if chart.diagnoses else "",
        cosigner=person.supervisor if supervised else "",
        every_note_cosigned=trainee,
    )


def _seed_and_booking(
    house: House, chart: Chart, client: Client
) -> tuple[ChartSeed | None, Booking]:
    cast = sources.cast()
    if chart.number < _FIRST_NUMBER:
        joint = cast.joint[chart.number - _FIRST_JOINT]
        return joint, caseload.written_booking(joint, chart.key)
    if client.index >= len(cast.clients):
        return None, _drawn(house, client).booking
    seed = cast.clients[client.index].chart
    assert seed is not None, "a chart is only made from a seed"  # noqa: S101
    return seed, caseload.written_booking(seed, chart.key)


def _drawn(house: House, client: Client) -> caseload.Standing:
    dice = Dice(house.seed, "chart", client.index)
    written = len(sources.cast().clients)
    return caseload.drawn_standing(dice, client.index, written, client.front, house.today)


def _chart(
    house: House,
    seed: ChartSeed,
    booking: Booking,
    number: int,
    holders: tuple[int, ...],
    title: str,
) -> Chart:
    dice = Dice(house.seed, booking.key, "opening")
    zone = caseload.zones()[booking.clinician]
    first = bookings.first_day(booking, house.today)
    opened = instant(_open_before(first, dice.between(4, 12)), 10, dice.below(60), zone)
    opened = min(opened, instant(_open_before(house.today, 1), 10, 0, zone))
    last = bookings.last_day(booking, house.today)
    closed_at = instant(last + timedelta(days=1), 17, 30, zone) if last else None
    story = stories.story(seed.story)
    return Chart(
        key=booking.key,
        number=number,
        kind=seed.kind,
        title=title,
        place=caseload.place_of(booking.clinician),
        holders=holders,
        clinician=booking.clinician,
        story=seed.story,
        opened_at=opened,
        closed_at=closed_at,
        cares=_cares(seed, booking, opened, closed_at, house.today),
        diagnoses=story.diagnoses if seed.diagnoses is None else seed.diagnoses,
        restrictions=seed.restrictions,
        restricted_from=seed.restricted_from,
    )


def _cares(
    seed: ChartSeed, booking: Booking, opened: datetime, closed: datetime | None, today: date
) -> tuple[Care, ...]:
    cares = [Care(booking.clinician, "treating", opened, closed)]
    person = caseload.colleagues()[booking.clinician]
    if person.supervisor and (seed.supervised or person.profession == "supervised_trainee"):
        cares.append(Care(person.supervisor, "supervising", opened, closed))
    if seed.covering:
        turn = bookings.turning_day(today)
        zone = caseload.zones()[seed.covering]
        begins = instant(_open_before(today, 1), 9, 0, zone)
        ends = instant(next_open(turn + timedelta(days=5)), 18, 0, zone)
        cares.append(Care(seed.covering, "covering", begins, ends))
    return tuple(cares)


def _teller(
    house: House,
    chart: Chart,
    clients: list[Client],
    story: Story,
    seed: ChartSeed | None,
    booking: Booking,
) -> Teller:
    """Who is in the story: the cast's word first, then names that nobody else in it has."""
    dice = Dice(house.seed, chart.key, "people")
    people: dict[str, Person] = {}
    named = [client.front.called or client.front.given for client in clients]
    spoken = [client.front.pronouns.split("/")[0] for client in clients]
    facts = {"clinician": caseload.colleagues()[chart.clinician].name, "town": _town(clients[0])}
    if len(clients) == 1:
        people[""] = Person(named[0], spoken[0])
        facts["name"] = named[0]
    else:
        people |= {role: Person(*one) for role, one in zip("ab", zip(named, spoken), strict=False)}
    people |= _guardians(clients[0])
    facts |= {
        f"{role}_kin": guardian.relation
        for role, guardian in zip(("parent", "other"), clients[0].front.guardians, strict=False)
    }
    settled = seed.people if seed else {}
    for role, choices in story.people.items():
        taken = {person.name for person in people.values()}
        free = [choice for choice in choices if choice[0] not in taken] or list(choices)
        drawn = dice.pick(free)
        people[role] = Person(*settled.get(role, drawn))
    facts |= {name: dice.pick(choices) for name, choices in story.facts.items()}
    facts |= seed.facts if seed else {}
    if story.script:
        facts |= _seasons(bookings.present_day(booking.day, house.today))
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


def _town(client: Client) -> str:
    return client.front.address[-1].rpartition(" ")[0]


def _open_before(day: date, days: int) -> date:
    """An open day at least `days` before `day`."""
    found = day - timedelta(days=days)
    while next_open(found) != found:
        found -= timedelta(days=1)
    return found


def _key(given: str, family: str) -> str:
    return f"{given}-{family}".lower().replace(" ", "-")


@lru_cache(maxsize=1)
def _places() -> dict[str, int]:
    """Where in the cast somebody stands, by `given.family`."""
    return {
        f"{seed.given}.{seed.family}".lower().replace(" ", "-"): index
        for index, seed in enumerate(sources.cast().clients)
    }
