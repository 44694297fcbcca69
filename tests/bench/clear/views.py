"""The chart's page and a note's page from plain rows: the same templates, given the same values.

No sealing, no gate and no log; signing in is Django's own, with its sessions in the database.
"""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from stillroom.chart import kinds, rules
from stillroom.chart import queries as charts
from stillroom.chart.rules_review import course_of_written
from stillroom.chart.rules_sift import EVERYTHING
from stillroom.chart.sheets import opening
from stillroom.chart.sifting import Choices
from stillroom.chart.timing import age
from stillroom.desk import reviews
from stillroom.desk.held_pages import OwnDoor
from stillroom.desk.places import name_of
from stillroom.desk.sheets import lacks_guardian
from stillroom.desk.sifted import sift_choices
from stillroom.desk.views.entries import Shown
from stillroom.identity import queries as people
from stillroom.practice import queries as practice
from stillroom.practice.models import CareRelationship, Chart, Holder
from stillroom.practice.rules import FrontSheet
from tests.bench.clear import around
from tests.bench.clear.frame import render
from tests.bench.clear.models import Allowed, Asked, Looked, Record, Revision, Sheet

PAGE = charts.PAGE


@login_required
def chart(request: HttpRequest, chart_id: str) -> HttpResponse:
    """A chart: who holds it, the record newest first, and who looked."""
    now, me = timezone.now(), str(request.user.get_username())
    colleagues = people.colleagues(active=False)
    head = _head(chart_id)
    shelves, authors = around.choices(chart_id, me)
    around.risks(chart_id)
    values = {
        "head": head,
        "flags": [],
        "levels": [],
        "place": name_of(head.place) if head.place else "",
        "timeline": _timeline(chart_id, me),
        "offset": 0,
        "sift": EVERYTHING,
        "sifted": "",
        **sift_choices(Choices(tuple(shelves), tuple(authors)), colleagues),
        "colleagues": colleagues,
        "kinds": kinds.KINDS.values(),
        "matters": list(Asked.objects.filter(chart=chart_id).order_by("-opened_at")),
        "authorizations": list(Allowed.objects.filter(chart=chart_id).order_by("-entered_at")),
        "beside": around.lists(chart_id),
        "next": around.planned(chart_id, now),
        "entries": _looked(chart_id, colleagues),
        "writes": True,
        "danger_href": reverse("risk", kwargs={"chart_id": chart_id}),
        "without_guardian": any(lacks_guardian(one.sheet, now.date()) for one in head.holders),
        "panels": around.panels(head, now),
        "today": now.date(),
    }
    return render(request, "chart.html", values)


def _head(chart_id: str) -> practice.ChartHead:
    row = get_object_or_404(Chart, pk=chart_id)
    held = Holder.objects.filter(chart_id=chart_id).order_by("pk")
    clients = list(held.values_list("client_id", flat=True))
    sheets = {sheet.client: sheet for sheet in Sheet.objects.filter(pk__in=clients)}
    team = CareRelationship.objects.filter(chart_id=chart_id, ends_at__isnull=True).order_by("pk")
    return practice.ChartHead(
        id=row.pk,
        number=row.number,
        kind=row.kind,
        place=row.place,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        holders=tuple(practice.HolderSheet(one, front(sheets[one])) for one in clients),
        care_team=tuple(team.values_list("person", "capacity")),
    )


def front(row: Sheet) -> FrontSheet:
    """A plain front sheet as the templates know it."""
    return FrontSheet(
        given=row.given,
        family=row.family,
        pronouns=row.pronouns,
        born=row.born,
        phone=row.phone,
        email=row.email,
    )


def _timeline(chart_id: str, me: str) -> charts.Timeline:
    visible = around.visible(chart_id, me)
    rows = list(visible.order_by("-occurred_at", "-pk")[:PAGE])
    firsts: dict[str, Revision] = {}
    addenda: dict[str, int] = {}
    for one in Revision.objects.filter(record__in=rows):
        if one.number == 1:
            firsts[one.record_id] = one
        else:
            addenda[one.record_id] = addenda.get(one.record_id, 0) + 1
    lines = tuple(_line(row, firsts[row.pk], addenda.get(row.pk, 0), me) for row in rows)
    return charts.Timeline(lines, max(0, visible.count() - PAGE), PAGE)


def _line(row: Record, first: Revision, addenda: int, me: str) -> charts.Line:
    content = rules.decode(first.words.encode())
    kind = kinds.kind_on(row.kind, content.kind)
    return charts.Line(
        id=row.pk,
        kind=kind.id,
        title=kind.titled(content.form),
        author=row.author,
        occurred_at=row.occurred_at,
        state=row.state,
        private=row.private,
        part2=row.part2,
        opening=opening(kind, content),
        addenda=addenda,
        mine=row.author == me,
        age=age(row.kind, row.occurred_at, first.signed_at),
    )


def _looked(chart_id: str, colleagues: dict[str, people.Colleague]) -> list[Shown]:
    rows = Looked.objects.filter(chart=chart_id).order_by("-pk")[:6]
    return [Shown(row.pk, row.at, colleagues[row.actor].name, row.act, row.why, "") for row in rows]


@login_required
def record(request: HttpRequest, record_id: str) -> HttpResponse:
    """One note with what was signed in it."""
    now = timezone.now()
    row = get_object_or_404(Record, pk=record_id)
    whole = _whole(row)
    found = whole.age_at(now)
    colleagues = people.colleagues(active=False)
    around.holds(row.chart)
    several = Holder.objects.filter(chart_id=row.chart).count() > 1
    values = {
        "record": whole,
        "head": _head(row.chart),
        "colleagues": colleagues,
        "danger_href": reverse("risk", kwargs={"chart_id": row.chart}),
        "mine": True,
        "risk_since": None,
        "late": found if found.late else None,
        "problem": None,
        "review": _review(whole, colleagues),
        "own_door": OwnDoor(bool(around.doors(row.chart, now)), (), not several, held=False),
        "restricts": True,
        "reads": "",
    }
    return render(request, "note_signed.html", values)


def _whole(row: Record) -> charts.WholeRecord:
    written = tuple(
        charts.Written(
            one.number,
            one.addendum,
            rules.decode(one.words.encode()),
            one.signer,
            one.signed_at,
            one.pk,
            "",
        )
        for one in row.revisions.order_by("number")
    )
    return charts.WholeRecord(
        id=row.pk,
        chart=row.chart,
        kind=kinds.kind_on(row.kind, written[0].content.kind),
        author=row.author,
        occurred_at=row.occurred_at,
        state=row.state,
        private=row.private,
        part2=row.part2,
        revisions=written,
        draft=None,
        draft_version=0,
        draft_saved_at=None,
        course=course_of_written(row.author, row.state, written),
    )


def _review(whole: charts.WholeRecord, colleagues: dict[str, people.Colleague]) -> reviews.Onward:
    supervising = CareRelationship.objects.filter(
        chart_id=whole.chart, capacity="supervising", ends_at__isnull=True
    ).values_list("person", flat=True)
    return reviews.Onward(
        state=whole.course.state,
        last=whole.course.last,
        steps=reviews.steps(whole, colleagues),
        versions=reviews.versions(whole, colleagues),
        waits_for=(),
        approved=(),
        returned=None,
        supervisors=tuple((one, reviews.name_of(one, colleagues)) for one in supervising),
        writes=True,
        decides=False,
        undo_until=None,
        changes=False,
        sends=True,
    )
