"""Charts: who holds them, who cares for them, and what their course is told from."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final, Protocol

from stillroom.config.demo import bookings, caseload, casting, sources, stories
from stillroom.config.demo.bookings import Booking
from stillroom.config.demo.days import closed, instant, next_open
from stillroom.config.demo.dice import Dice
from stillroom.config.demo.people import Care, Chart, Client
from stillroom.config.demo.sources import ChartSeed
from stillroom.config.demo.tale import Tale
from stillroom.kernel import Misuse

_FIRST_NUMBER: Final = 412  # Dov's; the next clients follow
_FIRST_JOINT: Final = 301


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
    seed, name = _unwritten(standing), client.front.name
    return _chart(house, seed, standing.booking, number, (client.index,), name)


def joint_chart(house: House, nth: int) -> Chart | None:
    """The chart that a couple or a group holds; `None` while a holder is beyond the practice."""
    seed = sources.cast().joint[nth]
    holders = tuple(_places()[name] for name in seed.holders)
    if max(holders) >= house.count:
        return None
    booking = caseload.written_booking(seed, f"joint-{nth}")
    return _chart(house, seed, booking, _FIRST_JOINT + nth, holders, seed.title)


def tale(house: House, chart: Chart) -> Tale:
    """What the course of a chart is told from."""
    clients = [house.client(holder) for holder in chart.holders]
    seed, booking = _seed_and_booking(house, chart, clients[0])
    story = stories.story(chart.story)
    if seed.script:
        story = stories.scripted(chart.story, seed.script)
    person = caseload.colleagues()[chart.clinician]
    trainee = person.profession == "supervised_trainee"
    dice = Dice(house.seed, chart.key, "people")
    present = bookings.present_day(booking.day, house.today)
    return Tale(
        seed=house.seed,
        today=house.today,
        zone=caseload.zones()[chart.clinician],
        booking=booking,
        story=story,
        written=seed,
        holders=chart.holders,
        given=tuple(client.front.called or client.front.given for client in clients),
        teller=casting.teller(dice, chart, clients, story, seed, present),
        town=casting.town(clients[0]),
        diagnosis=chart.diagnoses[0].code if chart.diagnoses else "",
        cosigner=person.supervisor if trainee or seed.supervised else "",
        every_note_cosigned=trainee,
    )


def _seed_and_booking(house: House, chart: Chart, client: Client) -> tuple[ChartSeed, Booking]:
    cast = sources.cast()
    if chart.number < _FIRST_NUMBER:
        joint = cast.joint[chart.number - _FIRST_JOINT]
        return joint, caseload.written_booking(joint, chart.key)
    if client.index >= len(cast.clients):
        standing = _drawn(house, client)
        return _unwritten(standing), standing.booking
    seed = cast.clients[client.index].chart
    if seed is None:
        raise Misuse(f"client {client.index} has no chart to tell of")
    return seed, caseload.written_booking(seed, chart.key)


def _unwritten(standing: caseload.Standing) -> ChartSeed:
    booking = standing.booking
    return ChartSeed(booking.clinician, standing.story, booking.since)


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
    zone = caseload.zones()[booking.clinician]
    first = bookings.first_day(booking, house.today)
    called = min(first - timedelta(days=4 + number % 9), house.today - timedelta(days=1))
    opened = instant(_open_by(called), 10, number * 7 % 60, zone)
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
    seed: ChartSeed, booking: Booking, opened: datetime, ended: datetime | None, today: date
) -> tuple[Care, ...]:
    cares = [Care(booking.clinician, "treating", opened, ended)]
    person = caseload.colleagues()[booking.clinician]
    if person.supervisor and (seed.supervised or person.profession == "supervised_trainee"):
        cares.append(Care(person.supervisor, "supervising", opened, ended))
    if seed.covering:
        turn = bookings.turning_day(today)
        zone = caseload.zones()[seed.covering]
        begins = instant(_open_by(today - timedelta(days=1)), 9, 0, zone)
        ends = instant(next_open(turn + timedelta(days=5)), 18, 0, zone)
        cares.append(Care(seed.covering, "covering", begins, ends))
    return tuple(cares)


def _open_by(day: date) -> date:
    """`day`, or the last open day before it."""
    while closed(day):
        day -= timedelta(days=1)
    return day


def _key(given: str, family: str) -> str:
    return f"{given}-{family}".lower().replace(" ", "-")


@lru_cache(maxsize=1)
def _places() -> dict[str, int]:
    """Where in the cast somebody stands, by `given.family`."""
    return {
        f"{seed.given}.{seed.family}".lower().replace(" ", "-"): index
        for index, seed in enumerate(sources.cast().clients)
    }
