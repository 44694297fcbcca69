"""What a clinician is shown of a visit of several: of each member what is hers, and how she stands.

Rules: each member's answers, licence and consent are her own, opened in the chart where they lie;
who has no chart of her own with whoever leads, or is not in this person's care, is named, no more.
"""

from dataclasses import dataclass
from datetime import datetime

from stillroom.access import Act
from stillroom.desk import calls
from stillroom.desk.shell import DeskRequest
from stillroom.kernel import StillroomError
from stillroom.practice import queries as practice
from stillroom.practice import queries_guests as guests
from stillroom.practice.heads import ChartHead, HolderSheet
from stillroom.practice.rules import FrontSheet
from stillroom.telehealth import meetings, queries, rules_several
from stillroom.telehealth import rules_facts as facts
from stillroom.telehealth.meetings import Meeting
from stillroom.telehealth.rules_session import Phase
from stillroom.telehealth.rules_several import Came, Stands


@dataclass(frozen=True)
class Member:
    """One of several: her seat, who she is, where she stands. `it` is absent where this person may
    not open what is hers."""

    one: Meeting
    sheet: FrontSheet
    stands: Stands
    has_door: bool
    since: datetime | None
    it: calls.Shown | None
    to: dict[str, str]

    @property
    def called(self) -> str:
        """As one speaks of her."""
        return self.sheet.called or self.sheet.given

    @property
    def phone(self) -> str:
        """The number that she gave today."""
        return self.it.check.call_back if self.it and self.it.check else ""

    @property
    def was_in(self) -> bool:
        """Whether some pair of hers came about, or she is in it now."""
        kinds = {line.kind for line in self.it.lines} if self.it else set()
        return self.stands is Stands.INSIDE or facts.REACHED in kinds or facts.FELL in kinds

    @property
    def absent(self) -> bool:
        """Whether it was written down that she did not come."""
        return bool(self.it and any(line.kind == facts.ABSENT for line in self.it.lines))


@dataclass(frozen=True)
class Together:
    """A meeting of several as its page needs it."""

    meeting: Meeting
    head: ChartHead
    phase: str
    members: tuple[Member, ...]
    lines: tuple[calls.Line, ...]
    mark: str
    barred: StillroomError | None
    """Why its door cannot be opened by video, if it cannot."""
    carried: bool
    """Whether a server carries it, or would."""

    @property
    def over(self) -> bool:
        """Whether nobody comes in any more."""
        return self.phase in (Phase.OVER.value, Phase.MISSED.value, Phase.CANCELLED.value)

    @property
    def waiting(self) -> tuple[Member, ...]:
        """Who waits before the door."""
        return tuple(one for one in self.members if one.stands is Stands.WAITS)

    @property
    def inside(self) -> tuple[Member, ...]:
        """Who is in the call."""
        return tuple(one for one in self.members if one.stands is Stands.INSIDE)

    @property
    def let_in_by_one_press(self) -> tuple[Member, ...]:
        """Who waits and of whom nothing is in doubt."""
        some = [(one.one.member, one.it is None or one.it.wants_reason) for one in self.waiting]
        seats = rules_several.let_in_together(some)
        return tuple(one for one in self.waiting if one.one.member in seats)


def shown(request: DeskRequest, one: Meeting) -> Together:
    """All of the page, for whoever treats or covers."""
    head = practice.chart_head(request.presence, one.chart)
    sheets = {each.client: each for each in head.holders}
    seats = meetings.seats_of(one, request.at)
    found = queries.facts_of(request.presence, one)
    many = one.carried or request.shell.relays.carries_many
    return Together(
        meeting=one,
        head=head,
        phase=one.phase_at(request.at).value,
        members=tuple(_member(request, each, sheets[each.client]) for each in seats),
        lines=calls.lines_of(found),
        mark=mark(request, one),
        barred=rules_several.barred(len(seats), many=many, among=one.among),
        carried=one.carried if one.begun else len(seats) > rules_several.AMONG_THEMSELVES,
    )


def mark(request: DeskRequest, one: Meeting) -> str:
    """The same while nothing new was said and nobody came or went. Opens nothing."""
    stand = [_stands(request, each).value for each in meetings.seats_of(one, request.at)]
    phase = one.phase_at(request.at).value
    return "-".join([str(queries.count(one.id)), phase, *stand]).replace(" ", "_")


def came(it: Together) -> list[Came]:
    """Who was there and where, for the note."""
    return [Came(one.called, one.it.place if one.it else "", one.was_in) for one in it.members]


def _member(request: DeskRequest, seat: Meeting, holder: HolderSheet) -> Member:
    presence = request.presence
    mine = bool(seat.chart) and queries.may(presence, seat.chart, Act.CALL_JOIN)
    here = request.shell.seats.whose(seat.id, seat.seat, request.at)
    door = bool(seat.chart and guests.own_accounts(seat.chart, seat.client, request.at))
    return Member(
        one=seat,
        sheet=holder.sheet,
        stands=_stands(request, seat),
        has_door=door,
        since=here.since if here else None,
        it=calls.shown(request, seat) if mine else None,
        to=calls.links(seat),
    )


def _stands(request: DeskRequest, seat: Meeting) -> Stands:
    here = request.shell.seats.whose(seat.id, seat.seat, request.at)
    let_in = seat.planned.opened_at is not None
    return rules_several.stands(
        let_in=let_in, here=here is not None, inside=bool(here and here.inside)
    )
