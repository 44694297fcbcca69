"""Beside a note while it is written: what to notice, what is open, phrases, and moving apart.

Nothing here writes an entry of its own beyond those of the drafts it saves, and no text ever stands
in an address. What is noticed goes back to the page that sent the words, and nowhere else.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from stillroom.chart import _apart, _carrying, actions, actions_writing, queries_writing
from stillroom.chart import queries as charts
from stillroom.chart._completeness import Check, checked, open_ones
from stillroom.chart._phrases import PhraseSet, Pressed, Snippet, Wording, compose_all, spoken
from stillroom.chart._session import faults_of, session_of
from stillroom.chart._voice import Voice, voice_named, voice_of
from stillroom.chart.contents import Content
from stillroom.chart.kinds import Kind
from stillroom.chart.offering import said
from stillroom.desk.pages import fragment
from stillroom.desk.shell import DeskRequest
from stillroom.desk.views.posted import UnreadableSave, clashed, clock, sent
from stillroom.identity import queries as people
from stillroom.practice.heads import ChartHead
from stillroom.practice.near import near

PARTS = "parts/beside.html"


@dataclass(frozen=True)
class Beside:
    """What stands beside a note: remarks by section, and the check before signing."""

    remarks: Mapping[str, Sequence[_apart.Remark]]
    checks: tuple[Check, ...]

    @property
    def open(self) -> tuple[Check, ...]:
        """What is not met."""
        return open_ones(self.checks)


def beside(request: DeskRequest, chart_id: str, kind: Kind, content: Content) -> Beside:
    """Look at a note as it stands. Opens nothing."""
    there = near(request.shell.directory, chart_id)
    staff = {
        word.casefold()
        for one in people.colleagues(active=False).values()
        for word in one.name.replace("-", " ").split()
    }
    joint = there.given if len(there.given) > 1 else ()
    circle = _apart.Circle(frozenset(staff | there.words), joint, there.group)
    texts = [(part.name, part.text) for part in content.sections]
    found: dict[str, list[_apart.Remark]] = {part.name: [] for part in content.sections}
    for one in _apart.beside(texts, circle, private=kind.private):
        found[one.section].append(one)
    return Beside(found, checked(kind, content, queries_writing.switched_off()))


def as_json(found: Beside) -> dict[str, Any]:
    """The same as the page's script takes it: markup for each place."""
    remarks = {name: fragment(PARTS, "remarks", those) for name, those in found.remarks.items()}
    return {"remarks": remarks, "checks": fragment(PARTS, "checks", found.checks)}


def helped(request: DeskRequest, whole: charts.WholeRecord, head: ChartHead) -> dict[str, Any]:
    """What the page of a draft needs to help writing; nothing for a record that is signed."""
    if whole.draft is None:
        return {}
    wording = queries_writing.wording_for(request.presence.person)
    voice = voice_of([one.sheet.pronouns for one in head.holders])
    kind = whole.kind.id
    sets = {
        part.name: [one for one in wording.sets if one.offered(kind, part.name)]
        for part in whole.draft.sections
    }
    used = {one.id: one for those in sets.values() for one in those}
    return {
        "beside": beside(request, whole.chart, whole.kind, whole.draft),
        "sets": sets,
        "used_sets": list(used.values()),
        "snippets": [Snippet(one.key, spoken(one.says, voice)) for one in wording.snippets],
        "voice": voice.key,
        "carried": _carrying.unchanged_by_section(whole.draft),
        "can_carry": actions_writing.can_carry(whole),
    }


@dataclass(frozen=True)
class Asking:
    """What is asked once before signing: what is open, and what stands as it stood before."""

    open: tuple[Check, ...]
    carried: tuple[str, ...]

    @property
    def button(self) -> str:
        """What the button says that signs all the same."""
        if self.open:
            return f"Sign with {_count(len(self.open))} open"
        return f"Sign with {_count(len(self.carried))} carried"


_COUNTS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def _count(number: int) -> str:
    return _COUNTS[number] if number < len(_COUNTS) else str(number)


def before_signing(request: DeskRequest, whole: charts.WholeRecord) -> Asking | None:
    """What to ask before signing this draft; `None` if nothing is open and nothing was carried."""
    if whole.draft is None:
        return None
    found = open_ones(checked(whole.kind, whole.draft, queries_writing.switched_off()))
    carried = _carrying.unchanged(whole.draft)
    return Asking(found, carried) if found or carried else None


def settle(request: DeskRequest, whole: charts.WholeRecord, version: int) -> int:
    """Save the draft as it is to be signed: its own times, the plan's words, what was open.

    `rules.NotComplete` for a time that is none. Gives the version to be signed.
    """
    draft, zone = whole.draft, timezone.get_current_timezone()
    if draft is None or "start" not in whole.kind.fields:
        return version
    day = timezone.localtime(whole.occurred_at).date()
    if wrong := faults_of(draft, day, zone):
        raise actions.rules.NotComplete(wrong)
    asking = before_signing(request, whole)
    names = [one.says for one in asking.open] if asking else []
    content = actions_writing.as_signed(draft, names, said(request.presence, whole.chart, draft))
    session = session_of(draft, day, zone) or draft.session
    content = actions_writing.with_session(content, session)
    return actions.save_content(request.presence, whole.id, content, version).version


@require_POST
def compose(request: DeskRequest) -> HttpResponse:
    """Sentences of what was pressed. It names no client: the pronouns came with the page."""
    wording = queries_writing.wording_for(request.presence.person)
    try:
        body = json.loads(request.body)
        voice = voice_named(str(body["voice"]))
        pressed = [_pressed(wording, one) for one in body["sets"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise UnreadableSave from None
    words = compose_all([one for one in pressed if one], voice)
    return JsonResponse({"words": words})


def _pressed(
    wording: Wording, asked: Mapping[str, Any]
) -> tuple[PhraseSet, dict[str, Pressed]] | None:
    phrases = next((one for one in wording.sets if one.id == asked["set"]), None)
    if phrases is None:
        return None
    pressed = {
        str(group): Pressed(_labels(one.get("yes", [])), _labels(one.get("no", [])))
        for group, one in asked["pressed"].items()
    }
    return phrases, pressed


def _labels(values: Sequence[Any]) -> tuple[str, ...]:
    return tuple(str(one) for one in values)


@require_POST
def apart(request: DeskRequest, record_id: str) -> HttpResponse:
    """Move a passage into one's psychotherapy note of the same session."""
    version, fields, body = sent(request)
    passage = (str(body.get("section", "")), str(body.get("passage", "")))
    try:
        moved = actions_writing.move_apart(request.presence, record_id, fields, version, passage)
    except actions.Clash as clash:
        return clashed(request, record_id, clash)
    answer: dict[str, Any] = {
        "version": moved.saved.version,
        "at": clock(moved.saved.saved_at),
        "text": moved.text,
        "note": reverse("record", kwargs={"record_id": moved.note}),
    }
    if moved.saved.record is not None and moved.saved.content is not None:
        kind = charts.kinds.kind_on(moved.saved.record.kind, moved.saved.content.kind)
        found = beside(request, moved.saved.record.chart, kind, moved.saved.content)
        answer["beside"] = as_json(found)
    return JsonResponse(answer)


@require_POST
def carry(request: DeskRequest, record_id: str) -> HttpResponse:
    """Begin one's empty draft from the last signed note."""
    text = request.POST.get("version", "")
    if not text.isascii() or not text.isdigit():
        raise UnreadableSave
    actions_writing.carry(request.presence, record_id, int(text))
    return redirect("record", record_id=record_id)


def voice_for(head: ChartHead) -> Voice:
    """How sentences speak of a chart's holders."""
    return voice_of([one.sheet.pronouns for one in head.holders])
