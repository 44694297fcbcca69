"""The chart's page and a note's page from plain rows: the same templates, given the same values.

No sealing, no gate and no log; signing in is Django's own, with its sessions in the database.
"""

from types import SimpleNamespace
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.utils import timezone
from django.utils.html import format_html

from stillroom.access import Role
from stillroom.chart import kinds, rules
from stillroom.chart import queries as charts
from stillroom.chart.sheets import opening
from stillroom.desk.pages import nav
from stillroom.desk.views.entries import Shown
from stillroom.identity import queries as people
from stillroom.practice import queries as practice
from stillroom.practice.models import CareRelationship, Chart, Holder
from stillroom.practice.rules import FrontSheet
from tests.bench.clear.models import Allowed, Asked, Looked, Record, Revision, Sheet

PAGE = charts.PAGE
_ROLES = frozenset({Role.CLINICIAN})


@login_required
def chart(request: HttpRequest, chart_id: str) -> HttpResponse:
    """A chart: who holds it, the record newest first, and who looked."""
    colleagues = people.colleagues(active=False)
    head = _head(chart_id)
    values = {
        "head": head,
        "timeline": _timeline(request, chart_id),
        "offset": 0,
        "colleagues": colleagues,
        "kinds": kinds.KINDS.values(),
        "matters": list(Asked.objects.filter(chart=chart_id).order_by("-opened_at")),
        "authorizations": list(Allowed.objects.filter(chart=chart_id).order_by("-entered_at")),
        "entries": _looked(chart_id, colleagues),
        "writes": True,
        "today": timezone.now().date(),
    }
    return _render(request, "chart.html", values)


def _head(chart_id: str) -> practice.ChartHead:
    row = get_object_or_404(Chart, pk=chart_id)
    held = Holder.objects.filter(chart_id=chart_id).order_by("pk")
    clients = list(held.values_list("client_id", flat=True))
    sheets = {sheet.client: sheet for sheet in Sheet.objects.filter(pk__in=clients)}
    team = CareRelationship.objects.filter(chart_id=chart_id, ends_at__isnull=True)
    return practice.ChartHead(
        id=row.pk,
        number=row.number,
        kind=row.kind,
        place=row.place,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        holders=tuple(practice.HolderSheet(one, _front(sheets[one])) for one in clients),
        care_team=tuple(team.values_list("person", "capacity")),
    )


def _front(row: Sheet) -> FrontSheet:
    return FrontSheet(
        given=row.given,
        family=row.family,
        pronouns=row.pronouns,
        born=row.born,
        phone=row.phone,
        email=row.email,
    )


def _timeline(request: HttpRequest, chart_id: str) -> charts.Timeline:
    visible = Record.objects.filter(chart=chart_id, private=False).exclude(state="draft")
    rows = list(visible.order_by("-occurred_at", "-pk")[:PAGE])
    openings: dict[str, str] = {}
    addenda: dict[str, int] = {}
    for one in Revision.objects.filter(record__in=rows):
        if one.number == 1:
            openings[one.record_id] = opening(kinds.PROGRESS_NOTE, rules.decode(one.words.encode()))
        else:
            addenda[one.record_id] = addenda.get(one.record_id, 0) + 1
    mine = str(request.user.get_username())
    lines = tuple(
        charts.Line(
            id=row.pk,
            kind=row.kind,
            title=kinds.KINDS[row.kind].title,
            author=row.author,
            occurred_at=row.occurred_at,
            state=row.state,
            private=row.private,
            part2=row.part2,
            opening=openings.get(row.pk, ""),
            addenda=addenda.get(row.pk, 0),
            mine=row.author == mine,
        )
        for row in rows
    )
    return charts.Timeline(lines, max(0, visible.count() - PAGE), PAGE)


def _looked(chart_id: str, colleagues: dict[str, people.Colleague]) -> list[Shown]:
    rows = Looked.objects.filter(chart=chart_id).order_by("-pk")[:6]
    return [Shown(row.pk, row.at, colleagues[row.actor].name, row.act, row.why, "") for row in rows]


@login_required
def record(request: HttpRequest, record_id: str) -> HttpResponse:
    """One note with what was signed in it."""
    row = get_object_or_404(Record, pk=record_id)
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
    whole = charts.WholeRecord(
        id=row.pk,
        chart=row.chart,
        kind=kinds.KINDS[row.kind],
        author=row.author,
        occurred_at=row.occurred_at,
        state=row.state,
        private=row.private,
        part2=row.part2,
        revisions=written,
        draft=None,
        draft_version=0,
        draft_saved_at=None,
    )
    values = {
        "record": whole,
        "head": _head(row.chart),
        "colleagues": people.colleagues(active=False),
        "mine": True,
        "late": False,
        "problem": None,
    }
    return _render(request, "note_signed.html", values)


def _render(request: HttpRequest, template: str, values: dict[str, Any]) -> HttpResponse:
    token = get_token(request)
    mark = '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
    shared = {
        "csrf_token": token,
        "csrf_input": format_html(mark, token),
        "visitor": SimpleNamespace(name=request.user.get_full_name(), roles=("clinician",)),
        "nav": nav(cast("Any", SimpleNamespace(roles=_ROLES)), "clients"),
        "idle": 900,
        "veil": "",
        "now": timezone.now(),
        "path": request.get_full_path(),
        "practice": SimpleNamespace(name="Linden Row Practice", unsealed_at=None, log_size=0),
        "demonstration": True,
    }
    page = cast("Jinja2", engines["jinja2"]).env.get_template(f"desk/{template}")
    return HttpResponse(page.render({**shared, **values}))
