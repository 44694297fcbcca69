"""Lists that a chart keeps: the one that is current, and a change that begins with it.

Rules: the newest signed list of a kind is current; one that was entered in error is none. A change
is a new record that begins with all that the current one says, so that nothing is left out by being
forgotten. Somebody who has begun one already goes on with it: two half changes would each undo the
other.

    answers = carried_forward(presence, chart_id, MEDICATION_LIST)
    beside(presence, chart_id)    # for the chart's margin: one gate decision, one entry
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from stillroom.access import Act
from stillroom.chart import actions_plan, queries, queries_plan
from stillroom.chart._kinds_lists import ALLERGIES_ALERTS, MEDICATION_LIST
from stillroom.chart._kinds_plan import DIAGNOSES, PLAN_REVIEW, TREATMENT_PLAN
from stillroom.chart.contents import Answer, Content
from stillroom.chart.kinds import Kind
from stillroom.chart.models import Record, Revision
from stillroom.chart.queries import WholeRecord
from stillroom.chart.queries_plan import Listed
from stillroom.chart.rules_plan import Plan
from stillroom.chart.whole import SignedWords, whole_chart
from stillroom.phi import Presence, bridge
from stillroom.practice import queries as practice

# Those that know more of how they begin than that the last one stands.
_BEGINS: Mapping[str, Callable[[Presence, str], tuple[Answer, ...]]] = {
    TREATMENT_PLAN.id: actions_plan.plan_answers,
    PLAN_REVIEW.id: actions_plan.review_answers,
    DIAGNOSES.id: actions_plan.diagnoses_answers,
}
CARRIED = frozenset({MEDICATION_LIST.id, ALLERGIES_ALERTS.id, *_BEGINS})
_SHELVES = (MEDICATION_LIST.shelf, ALLERGIES_ALERTS.shelf, TREATMENT_PLAN.shelf)
# What was said of one state of the list and would be untrue of the next.
_OF_ONE_STATE = frozenset({"changed"})


@dataclass(frozen=True)
class Current:
    """A list as it stands."""

    record: str
    content: Content
    occurred_at: datetime

    def rows(self, name: str) -> tuple[tuple[str, ...], ...]:
        """The filled rows of one of its tables, cells in the order in which they were kept."""
        return tuple(
            tuple(row.values()) for row in self.content.answer(name).rows if any(row.values())
        )


@dataclass(frozen=True)
class Beside:
    """What stands in a chart's margin: medication not ended; allergies; alerts; the plan in force;
    the diagnoses."""

    medication: Current | None
    allergies: Current | None
    plan: Plan | None = None
    diagnoses: Listed | None = None

    @property
    def taken(self) -> tuple[tuple[str, str], ...]:
        """What is taken now, with its dose."""
        if self.medication is None:
            return ()
        rows = self.medication.content.answer("medication").rows
        return tuple(
            (row.get("what", ""), row.get("dose", ""))
            for row in rows
            if row.get("what", "").strip() and not row.get("ended", "").strip()
        )

    @property
    def not_to_be_given(self) -> tuple[tuple[str, str], ...]:
        """Allergies and bad reactions: to what, and what happened."""
        return self._rows("allergies", "to", "reaction")

    @property
    def alerts(self) -> tuple[tuple[str, str], ...]:
        """What to know, and what to do."""
        return self._rows("alerts", "alert", "act")

    def _rows(self, table: str, what: str, then: str) -> tuple[tuple[str, str], ...]:
        if self.allergies is None:
            return ()
        rows = self.allergies.content.answer(table).rows
        return tuple((row.get(what, ""), row.get(then, "")) for row in rows if row.get(what, ""))


def newest(signed: Iterable[SignedWords], kind: Kind, order: Sequence[str]) -> Current | None:
    """The current list of a kind among signed records; `order` are records as they were signed,
    the newest last: it is by signing that a list takes another's place. Pure."""
    place = {record: nth for nth, record in enumerate(order)}
    found = [one for one in signed if not one.addendum and one.record in place]
    lists = [one for one in found if one.shelf == kind.shelf and one.kind.id == kind.id]
    if not lists:
        return None
    last = max(lists, key=lambda one: (place[one.record], one.number))
    return Current(last.record, last.content, last.occurred_at)


def beside(presence: Presence, chart_id: str) -> Beside:
    """The current lists; where the chart has none, nothing is opened and no entry written."""
    order = _signed(chart_id, _SHELVES)
    if not order:
        return Beside(None, None)
    signed = whole_chart(presence, chart_id, shelves=_SHELVES)
    return Beside(
        newest(signed, MEDICATION_LIST, order),
        newest(signed, ALLERGIES_ALERTS, order),
        queries_plan.course_of(signed).plan,
        queries_plan.diagnoses_of(signed),
    )


def current(presence: Presence, chart_id: str, kind: Kind) -> Current | None:
    """The current list of one kind. The gate is asked first, also where there is none (P8)."""
    _ask(presence, chart_id)
    order = _signed(chart_id, (kind.shelf,))
    if not order:
        return None
    return newest(whole_chart(presence, chart_id, shelves=(kind.shelf,)), kind, order)


def _signed(chart_id: str, shelves: tuple[str, ...]) -> list[str]:
    """The records on these shelves that stand, as they were signed."""
    rows = Revision.objects.filter(
        record__chart=chart_id,
        record__kind__in=shelves,
        record__state=Record.State.SIGNED,
        number=1,
    )
    return list(rows.order_by("signed_at", "pk").values_list("record_id", flat=True))


@dataclass(frozen=True)
class Overtaken:
    """A state of a list that was signed after a draft of it was begun."""

    record: str
    signed_at: datetime


def overtaken(presence: Presence, whole: WholeRecord) -> Overtaken | None:
    """The current list, if it was signed since this draft was begun: what the draft began with is
    then not the last one any more."""
    if whole.draft is None or whole.kind.id not in CARRIED:
        return None
    since = Record.objects.values_list("started_at", flat=True).get(pk=whole.id)
    own = Revision.objects.filter(record__chart=whole.chart, addendum=False, signed_at__gt=since)
    shelf = own.filter(record__kind=whole.kind.shelf).order_by("signed_at")
    later = dict(shelf.values_list("record_id", "signed_at"))
    # Nothing is opened for a list on whose shelf nothing was signed meanwhile.
    now = current(presence, whole.chart, whole.kind) if later else None
    if now is None or now.record not in later:
        return None
    return Overtaken(now.record, later[now.record])


def _ask(presence: Presence, chart_id: str) -> None:
    cares = practice.cares_of(presence.person, chart_id)
    purpose = practice.purpose_for(presence, cares)
    bridge.ask(presence, Act.RECORD_READ, purpose, queries.chart_ward(chart_id), cares=cares)


def carried_forward(presence: Presence, chart_id: str, kind: Kind) -> tuple[Answer, ...]:
    """The answers with which a new state of a list begins; none for other kinds."""
    if kind.id in _BEGINS:
        return _BEGINS[kind.id](presence, chart_id)
    if kind.id not in CARRIED:
        return ()
    last = current(presence, chart_id, kind)
    if last is None:
        return ()
    return tuple(one for one in last.content.answers if one.name not in _OF_ONE_STATE)


def draft_waiting(presence: Presence, chart_id: str, kind: Kind) -> str:
    """My own draft of a change to this list, if I have begun one; "" if not."""
    if kind.id not in CARRIED:
        return ""
    _ask(presence, chart_id)
    own = Record.objects.filter(chart=chart_id, author=presence.person, kind=kind.shelf)
    rows = own.filter(state=Record.State.DRAFT).order_by("started_at", "pk")
    for record in rows.values_list("pk", flat=True):
        if queries.record(presence, record).kind.id == kind.id:
            return record
    return ""
