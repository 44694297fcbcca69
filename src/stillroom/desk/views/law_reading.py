"""A lawyer's reading list of one place: what is on file there whose words nobody has read here.

It is the list of `stillroom law coverage --reading-list`, to be read on a screen or printed for the
practice's counsel. It holds no client's word, and reading it writes no entry.
"""

from datetime import date

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from stillroom.desk import statutes
from stillroom.desk.pages import render
from stillroom.desk.places import STATES, name_of
from stillroom.desk.shell import DeskRequest
from stillroom.law import CODES, NATION, Corpus, Unread, law_of, reading_list


@require_GET
def listing(request: DeskRequest, place: str) -> HttpResponse:
    """What to read first in a place: most answers first, and what carries none at the end."""
    corpus, today = request.shell.corpus, request.today
    rules = [one for one in law_of(corpus, place) if one.in_force_on(today)]
    if not rules and place not in (*STATES, NATION, CODES):
        raise Http404
    unread = reading_list(corpus, place, today)
    values = {
        "place": place,
        "name": name_of(place),
        "today": today,
        "read": len(rules) - len(unread),
        "carrying": _lines([one for one in unread if one.questions], corpus, today),
        "others": _lines([one for one in unread if not one.questions], corpus, today),
        "corpus": corpus,
        "say": statutes,
    }
    return render(request, "law_reading.html", values, current="law")


def _lines(
    unread: list[Unread], corpus: Corpus, on: date
) -> list[tuple[statutes.Line, tuple[str, ...]]]:
    return [(statutes.line(one.rule, corpus, on), one.questions) for one in unread]
