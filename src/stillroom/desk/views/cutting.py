"""Cutting a record before it leaves: the record as it stands beside what leaves of it."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from stillroom.chart.documents.facts import FILE_HEADING
from stillroom.desk.cuts_posted import Posted, changed, posted, value_of
from stillroom.desk.forms import kind_title
from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.disclosure import cutting, drafts
from stillroom.disclosure.cutting import Opened
from stillroom.disclosure.packet import Cut, Leaf, RecordPage
from stillroom.disclosure.packet.cuts import Paragraph, laid_out, pieces_of
from stillroom.disclosure.packet.painting import Box, painted
from stillroom.disclosure.rules import NotReleasable
from stillroom.disclosure.rules_draft import Cuts, Draft, applied, reasons_for, with_removals
from stillroom.kernel import StillroomError
from stillroom.phi import NotHere

_LETTERS_A_LINE = 62


@dataclass(frozen=True)
class Row:
    """A paragraph as it stands, and as it leaves; `backs` are its cuts, to be taken back."""

    paragraph: Paragraph
    pieces: tuple[str | Cut, ...]
    backs: tuple[tuple[str, str, str], ...]
    """value, reason, words"""

    @property
    def lines(self) -> int:
        """About how many lines it takes where no style makes the field fit."""
        words = self.paragraph.words.split("\n")
        return sum(1 + len(line) // _LETTERS_A_LINE for line in words)

    @property
    def whole(self) -> bool:
        """Whether nothing of it leaves."""
        return all(isinstance(one, Cut) for one in self.pieces)


@dataclass(frozen=True)
class Part:
    """A part of the record under its heading."""

    number: int
    heading: str
    rows: tuple[Row, ...]


@require_http_methods(["GET", "POST"])
def cut(request: DeskRequest, matter_id: str, record_id: str) -> HttpResponse:
    """Look at one record beside what leaves of it, and cut."""
    presence, corpus = request.presence, request.shell.corpus
    try:
        opened = cutting.opened(presence, corpus, matter_id, record_id)
    except NotReleasable:  # the page of the packet says why
        return redirect("packet_build", matter_id=matter_id)
    reasons = reasons_for(opened.bundle.whole.determination.asked.intake.purpose)
    error: StillroomError | None = None
    if request.method == "POST":
        fields = {name: str(value) for name, value in request.POST.items()}
        form = posted(fields, request.POST.getlist("suggested"), reasons)
        try:
            _apply(request, matter_id, opened, form)
            return redirect(_back_to(matter_id, record_id, form))
        except NotHere:
            raise
        except StillroomError as problem:
            error = problem
    values = {
        "matter": opened.bundle.whole,
        "opened": opened,
        "kind_title": kind_title,
        "parts": parts(opened.page, opened.cuts),
        "reasons": [(one.name, one.value) for one in reasons],
        "own_record": len(reasons) < len(reasons_for("")),
        "typed": request.POST,
        "problem": error,
        **_leaf(request, opened),
    }
    status = 409 if error else 200
    return render(request, "packet_cut.html", values, status=status, current="matters")


def _apply(request: DeskRequest, matter_id: str, opened: Opened, form: Posted) -> None:
    """Keep what the form changes: in this record, or wherever its words stand in the packet."""
    presence = request.presence
    if form.does == "words" and form.one.get("everywhere"):
        words, why = form.one.get("words", ""), form.reason()
        found = cutting.everywhere(presence, request.shell.corpus, matter_id, words, why)

        def all_of_them(draft: Draft) -> Draft:
            for record, (mark, places) in found.items():
                draft = draft.with_cuts(record, with_removals(draft.cuts_of(record, mark), places))
            return draft

        drafts.change(presence, matter_id, all_of_them)
        return
    record, mark = opened.page.id, opened.cuts.of

    def here(draft: Draft) -> Draft:
        return draft.with_cuts(record, changed(draft.cuts_of(record, mark), opened.page, form))

    drafts.change(presence, matter_id, here)


def _back_to(matter_id: str, record_id: str, form: Posted) -> str:
    """The same page, at what was changed."""
    at = reverse("packet_cut", kwargs={"matter_id": matter_id, "record_id": record_id})
    if form.does in ("box", "page") or form.about.startswith("box:"):
        number = form.one.get("page", "1")
        return f"{at}?page={number if number.isdigit() else 1}#page"
    spot = form.one.get("spot", "") if form.does == "selected" else form.about.split(":")[0]
    return f"{at}#p-{spot}" if spot.replace(".", "").isdigit() else at


def parts(page: RecordPage, cuts: Cuts) -> list[Part]:
    """The record's parts with their paragraphs, each beside what leaves of it."""
    rows: dict[int, list[Row]] = {}
    for one in laid_out(page):
        own = [removal for removal in cuts.removals if removal.spot == one.spot]
        backs = tuple(
            (value_of(removal), removal.why.value, one.words[removal.start : removal.end])
            for removal in own
        )
        pieces = _said_of_file(one, applied(page, cuts)) if cuts.boxes else ()
        row = Row(one, pieces or pieces_of(one.words, own), backs)
        rows.setdefault(int(one.spot.split(".")[0]), []).append(row)
    return [
        Part(number, page.sections[number].heading, tuple(found)) for number, found in rows.items()
    ]


def _said_of_file(one: Paragraph, leaving: RecordPage) -> tuple[str | Cut, ...]:
    """What leaves of a document's particulars once parts of it are painted over: a sentence in
    their place. Empty for any other paragraph."""
    if one.heading != FILE_HEADING:
        return ()
    section = next(each for each in leaving.sections if each.heading == FILE_HEADING)
    return tuple(each for each in section.passages if isinstance(each, str))


def _leaf(request: DeskRequest, opened: Opened) -> dict[str, Any]:
    """Of a document: one of its pages as it stands and as it leaves."""
    leaves = opened.page.leaves
    if not leaves:
        return {"total": 0}
    text = request.POST.get("page") or request.GET.get("page", "1")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    number = min(max(number, 1), len(leaves))
    here = [one for one in opened.cuts.boxes if one.page == number]
    return {
        "total": len(leaves),
        "number": number,
        "stands": _shown(leaves[number - 1]),
        "leaves": _shown(painted(leaves[number - 1], here)),
        "boxes": [(value_of(one), one.why.value, one.whole) for one in here],
        "elsewhere": _counted(opened.cuts.boxes, number),
    }


def _shown(leaf: Leaf) -> dict[str, Any]:
    picture = f"data:image/{leaf.type};base64,{b64encode(leaf.picture).decode('ascii')}"
    words = {"words": leaf.words, "why": "; ".join(dict.fromkeys(leaf.removed))}
    return {"picture": picture if leaf.type else "", "wide": leaf.wide, "high": leaf.high, **words}


def _counted(boxes: Sequence[Box], number: int) -> list[int]:
    """The other pages on which something is painted over."""
    return sorted({one.page for one in boxes if one.page != number})
