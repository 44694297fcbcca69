"""What stands around a plain record: one ordinary question of the ORM for each thing that ours reads.

The practice in which both are measured holds none of most of these things; their rows lie in our own
tables, and a row with sealed words, which a plain program could not read, stops the measurement.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from stillroom.chart.lists import Beside
from stillroom.chart.models import Given, Hold
from stillroom.chart.queries_risk import MOST, SHELF
from stillroom.consent.models import PrivilegeEvent, Restriction
from stillroom.consent.models_forms import FormSigning
from stillroom.consent.models_offers import Offer
from stillroom.correspondence.models import Thread
from stillroom.desk.panels import CHART_PANELS, Shown
from stillroom.desk.privileges import held
from stillroom.disclosure.models import Watch
from stillroom.identity.models import GuestInvitation, Person, Unfamiliar
from stillroom.practice.models import Appointment, Breaking, Staff
from stillroom.practice.models_guests import Standing
from stillroom.practice.queries import ChartHead
from stillroom.telehealth.models import Room
from tests.bench.clear.models import Record, Revision

_LISTS = ("medication_list", "chart_list", "treatment_plan")


class NotInTheClear(AssertionError):
    """The practice holds something of which there is no plain table."""


def none_of(rows: QuerySet[Any]) -> list[Any]:
    """Rows as objects, of which there must be none."""
    if found := list(rows):
        raise NotInTheClear(f"{rows.model.__name__}: {len(found)}")
    return found


def lists(chart: str) -> Beside:
    """Medication, allergies, the plan and the diagnoses: none."""
    rows = Revision.objects.filter(record__chart=chart, record__kind__in=_LISTS, number=1)
    none_of(rows.exclude(record__state="draft").order_by("signed_at"))
    return Beside(None, None)


def risks(chart: str) -> list[Any]:
    """What was assessed: nothing."""
    rows = Revision.objects.filter(record__chart=chart, record__kind=SHELF, addendum=False)
    return none_of(rows.select_related("record").order_by("-record__occurred_at")[:MOST])


def holds(chart: str) -> list[Any]:
    """What is held from the client: nothing."""
    return none_of(Hold.objects.filter(chart=chart, ended_at=None).order_by("begun_at", "pk"))


def doors(chart: str, at: datetime) -> list[Standing]:
    """Who comes in by a door of their own."""
    rows = Standing.objects.filter(begins_at__lte=at, chart=chart)
    return list(rows.filter(Q(ends_at=None) | Q(ends_at__gt=at)).order_by("begins_at", "pk"))


def bar(person: str, at: datetime) -> Mapping[str, list[Any]]:
    """What stands above every page of whoever treats: nothing is open."""
    waits = Q(seen_at=None) | Q(reviewed_at=None) | Q(ends_at__gt=at)
    mine = Q(person=person, count__gt=0) | Q(offered=person)
    none_of(Given.objects.filter(pressing_at__isnull=False, seen_at=None, record=""))
    none_of(Breaking.objects.filter(waits).select_related("chart").order_by("begins_at", "pk"))
    none_of(Watch.objects.filter(mine).select_related("matter").order_by("since"))
    return {"alarms": [], "watched": []}


def panels(head: ChartHead, at: datetime) -> dict[str, list[Shown]]:
    """What features add to a chart's page, by place, each with the values that it would have.

    A panel that is not named here shows nothing. Where ours shows something, the pages differ, and
    the test of the peers says so.
    """
    values = {
        "happened": _open(head),
        "privilege": _privilege(head, at),
        "reach": _reach(head),
        "papers": {},
        "own-door": _doors(head, at),
        "consents": _forms(head),
        "calls": _visits(head, at),
        "threads": _threads(head),
        "offers": _offers(head),
    }
    shown: dict[str, list[Shown]] = {"top": [], "strip": [], "margin": []}
    for one in CHART_PANELS:
        it = values.get(one.id)
        if it is not None:
            shown[one.place].append(Shown(one.id, one.template, it))
    return shown


def _open(head: ChartHead) -> None:
    none_of(Watch.objects.filter(matter__chart=head.id, count__gt=0).order_by("since"))


def _privilege(head: ChartHead, at: datetime) -> Mapping[str, Any]:
    none_of(PrivilegeEvent.objects.filter(chart=head.id).order_by("number"))
    holders = [(one.client, one.sheet.full, one.sheet.short) for one in head.holders]
    return {"chart": head.id, "held": held(holders, [], at.date())}


def _reach(head: ChartHead) -> Mapping[str, Any]:
    none_of(Restriction.objects.filter(chart=head.id).order_by("-pk"))
    return {"lines": [], "several": len(head.holders) > 1, "stand": 0}


def _doors(head: ChartHead, at: datetime) -> Mapping[str, int]:
    persons = [one.person for one in doors(head.id, at)]
    accounts: list[Person] = []
    offered = 0
    if persons:
        accounts = list(Person.anyone.filter(pk__in=persons, guest=True))
        offered = GuestInvitation.objects.filter(person__in=persons).count()
    return {
        "open": sum(one.active and not one.frozen for one in accounts),
        "frozen": sum(one.frozen for one in accounts),
        "offered": offered,
    }


def _forms(head: ChartHead) -> Mapping[str, Any]:
    none_of(FormSigning.objects.filter(chart=head.id).order_by("-kept_at"))
    none_of(Staff.objects.filter(person__in=[person for person, _ in head.care_team]))
    return {"states": [], "limits": None}


def _visits(head: ChartHead, at: datetime) -> Mapping[str, Any]:
    since = at - timedelta(hours=2)
    by_video = Appointment.objects.filter(chart=head.id, mode="telehealth", ends_at__gt=since)
    rooms = Room.objects.filter(chart=head.id)
    none_of(by_video.order_by("starts_at", "pk"))
    none_of(rooms.filter(closed_at=None))
    none_of(rooms.filter(opened_at__isnull=False, closed_at__isnull=False).order_by("-opened_at"))
    return {"coming": [], "met": [], "begins": head.closed_at is None}


def _threads(head: ChartHead) -> Mapping[str, int]:
    open_ = Q(messages__from_team=False, messages__settled_at=None)
    rows = Thread.objects.filter(chart=head.id).order_by("person", "begun_at")
    none_of(rows.annotate(count=Count("messages"), waits=Count("messages", filter=open_)))
    return {"threads": 0, "waits": 0}


def _offers(head: ChartHead) -> None:
    none_of(Offer.objects.filter(chart=head.id).order_by("-offered_at", "-pk"))


def planned(chart: str, at: datetime) -> list[Any]:
    """What is planned next: nothing."""
    rows = Appointment.objects.filter(chart=chart, starts_at__gte=at, state="planned")
    return none_of(rows.order_by("starts_at", "pk")[:1])


def elsewhere(person: str) -> None:
    """Whether her pages were opened somewhere unknown: no."""
    none_of(Unfamiliar.objects.filter(pk=person, unread__gt=0))


def choices(chart: str, author: str) -> tuple[list[str], list[str]]:
    """The kinds and the authors that a chart's sift can ask for."""
    rows = visible(chart, author).values_list("kind", "author").distinct().order_by()
    found = list(rows)
    return sorted({kind for kind, _ in found}), sorted({one for _, one in found})


def visible(chart: str, author: str) -> QuerySet[Record]:
    """The records that an author sees: her own, and what others have signed that is not private."""
    signed = Q(private=False) & ~Q(state="draft")
    return Record.objects.filter(Q(author=author) | signed, chart=chart)
