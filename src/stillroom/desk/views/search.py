"""Looking for words in the records: a page with its filters, and lines for the palette.

Rules (P8): the words come posted, so that no address holds one; nothing of the asking is kept. Who
cares for nobody is answered like somebody whose charts hold nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from stillroom.access import Role
from stillroom.chart import kinds
from stillroom.chart.found import Found, Hit
from stillroom.chart.search import Snippet, read_question
from stillroom.chart.searching import PAGE, Narrowing, search
from stillroom.desk.environment import show_short
from stillroom.desk.forms import NoSuchDay, days, whole
from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.identity import queries as people
from stillroom.phi import Presence
from stillroom.practice import queries as practice
from stillroom.practice.queries import ChartHead

_FIELDS = ("q", "chart", "kind", "author", "since", "until", "from")
CARING = frozenset({Role.CLINICIAN, Role.SUPERVISOR})
_MOST_TYPED = 200
_LONGEST = 40
"""Characters of a filter: an identifier has 26, and a refusal writes down what was asked for."""
_IN_PALETTE = 5
_LEAST_IN_PALETTE = 3
_WIDE_IN_PALETTE = 80


@dataclass(frozen=True)
class Shown:
    """A hit with the top of its chart."""

    hit: Hit
    head: ChartHead


@require_http_methods(["GET", "POST"])
def searching(request: DeskRequest) -> HttpResponse:
    """The field and its filters; posted, what was found. To a script, the found part alone."""
    presence = request.presence
    typed = {name: _plain(request.POST.get(name, "")) for name in _FIELDS}
    # A space at the end says that the last word is whole.
    typed["q"] = request.POST.get("q", "").lstrip()[:_MOST_TYPED]
    values: dict[str, object] = {"typed": typed, "problem": None, "found": None, "shown": []}
    if typed["q"].strip():
        try:
            values |= _found(presence, typed)
        except NoSuchDay as problem:
            values["problem"] = problem
    if request.headers.get("HX-Request"):
        return render(request, "search_part.html", values | _names(presence))
    values |= _names(presence) | _choices(presence)
    status = 409 if values["problem"] else 200
    return render(request, "search.html", values, status=status, current="clients")


def _plain(text: str) -> str:
    """A filter as it was sent, if it can be one: PostgreSQL takes no NUL, even to find nothing."""
    return text.replace("\0", "?").strip()[:_LONGEST]


def _found(presence: Presence, typed: Mapping[str, str]) -> dict[str, object]:
    question = read_question(typed["q"])
    offset = whole(typed.get("from", ""))
    found = search(presence, question, _narrowing(typed), offset=offset)
    return {"found": found, "shown": shown(presence, found), "offset": offset, "page": PAGE}


def _narrowing(typed: Mapping[str, str]) -> Narrowing:
    since, until = days(typed, "since"), days(typed, "until")
    return Narrowing(
        chart=typed.get("chart", ""),
        kinds=frozenset(filter(None, [typed.get("kind", "")])),
        authors=frozenset(filter(None, [typed.get("author", "")])),
        since=_midnight(since) if since else None,
        before=_midnight(until + timedelta(days=1)) if until else None,
    )


def _midnight(day: date) -> datetime:
    """When a day begins by the practice's clock."""
    return timezone.make_aware(datetime.combine(day, time.min))


def shown(presence: Presence, found: Found) -> list[Shown]:
    """Hits with the names of their charts, for whoever may read both."""
    named = practice.names_of(presence, {hit.chart for hit in found.hits})
    return [Shown(hit, named[hit.chart]) for hit in found.hits if hit.chart in named]


def _names(presence: Presence) -> dict[str, object]:
    """The colleagues whom hits and filters name. Staff are no secret."""
    return {"colleagues": people.colleagues(active=False), "cares": bool(presence.roles & CARING)}


def _choices(presence: Presence) -> dict[str, object]:
    """What the filters offer: kinds of record, one's own clients, colleagues who write."""
    caring = {role.value for role in CARING}
    writers = [one for one in people.colleagues(active=False).values() if caring & set(one.roles)]
    return {
        "kinds": sorted((kind.title, kind.id) for kind in kinds.KINDS.values()),
        "clients": practice.my_charts(presence) if presence.roles & CARING else [],
        "writers": sorted((one.name, one.id) for one in writers),
    }


def in_palette(presence: Presence, typed: str) -> list[dict[str, str]]:
    """The first records that hold what was typed, as lines of the palette.

    Behind the privacy screen a line says what the record is, and never whose or what it says.
    """
    if len(typed) < _LEAST_IN_PALETTE or not presence.roles & CARING:
        return []
    found = search(presence, read_question(typed), most=_IN_PALETTE, width=_WIDE_IN_PALETTE)
    return [
        {
            "label": _line(one.hit.snippet) or one.hit.title,
            "short": one.hit.title,
            "href": reverse("record", kwargs={"record_id": one.hit.record}),
            "kind": "Records",
            "note": f"{one.head.short}, {show_short(one.hit.occurred_at)}",
        }
        for one in shown(presence, found)
    ]


def _line(found: Snippet) -> str:
    """A stretch of a passage as plain words."""
    words = "".join(piece.text for piece in found.pieces)
    return f"{'… ' if found.cut_before else ''}{words}{' …' if found.cut_after else ''}"


def look_further(presence: Presence) -> list[dict[str, str]]:
    """Where what was typed can be looked for on a page of its own; it goes there posted."""
    doors = [("Search the records", "search", CARING)]
    doors.append(("Search the law", "law_search", CARING | {Role.AUDITOR, Role.OWNER}))
    return [
        {"label": label, "href": reverse(name), "kind": "Look further", "posts": "q"}
        for label, name, roles in doors
        if presence.roles & roles
    ]
