"""Books of phrases: the practice's, and one's own. YAML, with every mistake told by its line."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from stillroom.chart import completeness
from stillroom.chart.actions_phrasebook import (
    keep_own_book,
    keep_practice_book,
    sections_of_notes,
)
from stillroom.chart.phrase_files import WordingMistaken
from stillroom.chart.queries_writing import Book, may_change, own_books, practice_books, wording_for
from stillroom.desk.forms import whole
from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.identity import queries as people


def _values(books: list[Book], asked: str) -> dict[str, Any]:
    """The newest version to write on, or an older one that was asked for."""
    shown = next((one for one in books if one.number == whole(asked)), None) or (
        books[0] if books else None
    )
    return {
        "books": books,
        "shown": shown,
        "text": shown.text if shown else "",
        "colleagues": people.colleagues(active=False),
        "sections": sorted(sections_of_notes()),
        "problem": None,
    }


@require_http_methods(["GET", "POST"])
def practice(request: DeskRequest) -> HttpResponse:
    """The practice's phrases, snippets and checks, for whoever runs the practice."""
    books = practice_books(request.presence)
    values = _values(books, request.GET.get("version", ""))
    without = values["shown"].without if values["shown"] else frozenset()
    if request.method == "POST":
        values["text"] = request.POST.get("text", "").replace("\r\n", "\n")
        asked = set(request.POST.getlist("checks"))
        without = frozenset(one.id for one in completeness.rules()) - asked
        try:
            keep_practice_book(request.presence, values["text"], without)
            return redirect("phrasebook")
        except WordingMistaken as mistaken:
            values["problem"] = mistaken
    values["checks"] = [
        {"value": one.id, "label": one.says, "hint": completeness.source_of(one)}
        for one in completeness.rules()
    ]
    values["wanted"] = [one.id for one in completeness.rules() if one.id not in without]
    status = 409 if values["problem"] else 200
    return render(request, "phrasebook.html", values, status=status)


@require_http_methods(["GET", "POST"])
def own(request: DeskRequest) -> HttpResponse:
    """One's own snippets and sets; what they are written over stands beside them."""
    books = own_books(request.presence)
    values = _values(books, request.GET.get("version", ""))
    if request.method == "POST":
        values["text"] = request.POST.get("text", "").replace("\r\n", "\n")
        try:
            keep_own_book(request.presence, values["text"])
            return redirect("snippets")
        except WordingMistaken as mistaken:
            values["problem"] = mistaken
    values["wording"] = wording_for(request.presence.person)
    values["may_change"] = may_change(request.presence)
    return render(request, "snippets.html", values, status=409 if values["problem"] else 200)
