"""The demonstration practice: everything from a seed, a number of clients and a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from stillroom.config.demo import bookings, caseload, charting, course, letters, sources
from stillroom.config.demo.days import closed
from stillroom.config.demo.dice import Dice
from stillroom.config.demo.fronts import drawn_front, written_front
from stillroom.config.demo.people import Chart, Client, Location, Staff
from stillroom.config.demo.records import (
    Authorization,
    Course,
    Document,
    Letter,
    Measure,
    Note,
    Plan,
    PrivateNote,
    Session,
    Threat,
)
from stillroom.kernel import Misuse


@dataclass(frozen=True, slots=True)
class DemoPractice:
    """Linden Row as it stands on `today`. Same seed, count and day: same bytes.

    Clients and charts come one by one and cost nothing until they are asked for; a chart's words
    are written when first asked for.
    """

    seed: int
    count: int
    today: date
    name: str = "Linden Row Practice"

    @property
    def staff(self) -> tuple[Staff, ...]:
        """All colleagues; the first is Ada Merrow."""
        return sources.house().staff

    @property
    def locations(self) -> tuple[Location, ...]:
        """The houses of the practice."""
        return sources.house().locations

    def client(self, index: int) -> Client:
        """One client. Raises `Misuse` beyond the practice's count."""
        if not 0 <= index < self.count:
            raise Misuse(f"this practice has clients 0 to {self.count - 1}, not {index}")
        written = sources.cast().clients
        dice = Dice(self.seed, "front", index)
        if index < len(written):
            seed = written[index]
            return Client(index, written_front(dice, seed, index, self.today), seed.place)
        place = caseload.place_of(caseload.dealt_to(index, len(written)))
        return Client(index, drawn_front(dice, index, place, self.today), place)

    def clients(self) -> Iterator[Client]:
        """Everybody, by index."""
        return map(self.client, range(self.count))

    def charts(self) -> Iterator[Chart]:
        """Every chart: individual ones by client, then those that several hold."""
        for client in self.clients():
            chart = self.chart_of(client)
            if chart is not None:
                yield chart
        for nth in range(len(sources.cast().joint)):
            joint = charting.joint_chart(self, nth)
            if joint is not None:
                yield joint

    def chart(self, index: int) -> Chart | None:
        """A client's own chart; `None` for somebody who comes only with others."""
        return self.chart_of(self.client(index))

    def chart_of(self, client: Client) -> Chart | None:
        """The same, for somebody already at hand: half the time in a loop over many."""
        return charting.own_chart(self, client)

    def course(self, chart: Chart) -> Course:
        """All that a chart holds."""
        return _course(self, chart)

    def sessions(self, chart: Chart) -> tuple[Session, ...]:
        """Sessions past and booked, in order."""
        return self.course(chart).sessions

    def notes(self, chart: Chart) -> tuple[Note, ...]:
        """Progress notes in order, drafts among them."""
        return self.course(chart).notes

    def private_notes(self, chart: Chart) -> tuple[PrivateNote, ...]:
        """Psychotherapy notes in order: their author's alone."""
        return self.course(chart).private_notes

    def measures(self, chart: Chart) -> tuple[Measure, ...]:
        """Questionnaires in order."""
        return self.course(chart).measures

    def plans(self, chart: Chart) -> tuple[Plan, ...]:
        """Treatment plans, the last one in force."""
        return self.course(chart).plans

    def documents(self, chart: Chart) -> tuple[Document, ...]:
        """Papers from elsewhere."""
        return self.course(chart).documents

    @property
    def subpoena(self) -> Letter:
        """What came from Rex Dunleavy yesterday."""
        return letters.subpoena(self.today)

    @property
    def payer_request(self) -> Letter:
        """What came from Chesapeake Mutual a week ago. Raises `Misuse` in a practice of two."""
        present = bookings.present_day(0, self.today)
        asked = (present - timedelta(weeks=week) for week in letters.ASKED_WEEKS)
        days = tuple(day for day in asked if not closed(day))
        member = self.client(letters.MARGUERITE).front.member_id
        return letters.payer_request(self.today, days, member)

    @property
    def authorization(self) -> Authorization:
        """What Dov Halpern may sign."""
        chart = self.chart(letters.DOV)
        days = [note.written_at.date() for note in self.notes(chart)] if chart else []
        born = self.client(letters.DOV).front.born
        return letters.authorization(self.today, born, days[0], days[-1])

    @property
    def threat(self) -> Threat:
        """What Teodor Vance says today, if the danger page is walked through."""
        return letters.threat()


def practice(seed: int, clients: int, today: date) -> DemoPractice:
    """The demonstration practice with `clients` clients on `today`."""
    return DemoPractice(seed, clients, today)


@lru_cache(maxsize=128)
def _course(house: DemoPractice, chart: Chart) -> Course:
    return course.course(charting.tale(house, chart))
