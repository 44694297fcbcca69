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

from stillroom.chart import actions, actions_writing, apart, carrying, queries_writing, rules
from stillroom.chart import queries as charts
from stillroom.chart.completeness import Check, checked, open_ones
from stillroom.chart.contents import Answer, Content, SessionFacts
from stillroom.chart.kinds import Kind, kind_on
from stillroom.chart.offering import diagnosis_treated, offered, said
from stillroom.chart.phrasing import PhraseSet, Pressed, Snippet, Wording, compose_all, spoken
from stillroom.chart.session_times import answers_of, faults_of, session_of
from stillroom.chart.voice import voice_named, voice_of
from stillroom.desk import posting
from stillroom.desk.forms import whole as whole_number
from stillroom.desk.pages import fragment
from stillroom.desk.shell import DeskRequest
from stillroom.identity import queries as people
from stillroom.kernel import StillroomError
from stillroom.practice import queries as practice
from stillroom.practice.heads import ChartHead
from stillroom.practice.near import near

PARTS = "parts/beside.html"


@dataclass(frozen=True)
class Beside:
    """What stands beside a note: remarks by section, and the check before signing."""

    remarks: Mapping[str, Sequence[apart.Remark]]
    checks: tuple[Check, ...]

    @property
    def open(self) -> tuple[Check, ...]:
        """What is not met."""
        return open_ones(self.checks)

    @property
    def button(self) -> str:
        """What the button says that signs."""
        return signs(len(self.open))


def beside(request: DeskRequest, chart_id: str, kind: Kind, content: Content) -> Beside:
    """Look at a note as it stands. Opens nothing."""
    there = near(request.shell.directory, chart_id)
    staff = {
        word.casefold()
        for name in people.names_of_staff()
        for word in name.replace("-", " ").split()
    }
    joint = there.given if len(there.given) > 1 else ()
    circle = apart.Circle(frozenset(staff | there.words), joint, there.group)
    texts = [(part.name, part.text) for part in content.sections]
    found: dict[str, list[apart.Remark]] = {part.name: [] for part in content.sections}
    for one in apart.beside(texts, circle, private=kind.private):
        found[one.section].append(one)
    return Beside(found, checked(kind, content, queries_writing.switched_off()))


def noticed(request: DeskRequest, saved: actions.Saved) -> dict[str, Any]:
    """The same for the page's script after a save: markup for each place, "" where none is."""
    if saved.record is None or saved.content is None:
        return {}
    kind = kind_on(saved.record.kind, saved.content.kind)
    found = beside(request, saved.record.chart, kind, saved.content)
    remarks = {name: fragment(PARTS, "remarks", those) for name, those in found.remarks.items()}
    checks = fragment(PARTS, "checks", found.checks)
    shown = {"remarks": remarks, "checks": checks, "open": len(found.open), "button": found.button}
    return {"beside": shown}


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
        "asking": None,
        "asked": offered(request.presence, whole.chart, whole.kind, whole.draft),
        "beside": beside(request, whole.chart, whole.kind, whole.draft),
        "sets": sets,
        "used_sets": list(used.values()),
        "snippets": [Snippet(one.key, spoken(one.says, voice)) for one in wording.snippets],
        "voice": voice.key,
        "carried": carrying.unchanged_by_section(whole.draft),
        "can_carry": actions_writing.can_carry(whole),
    }


_COUNTS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def signs(open_count: int) -> str:
    """A button that signs names how much is open, so that nobody signs without having been told."""
    if not open_count:
        return "Sign"
    said = _COUNTS[open_count] if open_count < len(_COUNTS) else str(open_count)
    return f"Sign with {said} open"


class Asked(StillroomError):
    """Before a note is signed: what is open that the button did not say, and what was carried."""

    what = "look at this once before you sign"
    usual_advice = "Nothing is signed yet; sign it as it is, or go on writing."

    def __init__(self, checks: tuple[Check, ...], carried: tuple[str, ...]) -> None:
        super().__init__()
        self.checks, self.carried = checks, carried

    @property
    def button(self) -> str:
        """What the button says that signs all the same."""
        return signs(len(self.checks)) if self.checks else "Sign as it was carried"


def settle(request: DeskRequest, record_id: str, version: int) -> int:
    """Save the draft as it is to be signed: its own times, the plan's words, what is open in it.

    `Asked` when more is open than the button that was pressed said, or when sentences were carried;
    `NotComplete` for a time that is none. Gives the version to be signed. A record that states no
    session is left as it is.
    """
    presence, zone = request.presence, timezone.get_current_timezone()
    whole = charts.record(presence, record_id)
    draft = whole.draft
    if draft is None or draft.empty or "start" not in whole.kind.fields:
        return version
    day = timezone.localtime(whole.occurred_at).date()
    if wrong := faults_of(draft, day, zone):
        raise rules.NotComplete(wrong)
    found = open_ones(checked(whole.kind, draft, queries_writing.switched_off()))
    carried = carrying.unchanged(draft)
    shown = request.POST.get("as_it_is", "")
    if shown != "all" and (carried or len(found) > whole_number(shown)):
        raise Asked(found, carried)
    content = actions_writing.as_signed(
        draft,
        session_of(draft, day, zone) or draft.session,
        [one.says for one in found],
        said(presence, whole.chart, draft),
    )
    return actions.save_content(presence, record_id, content, version).version


def of_the_session(
    request: DeskRequest, chart_id: str, kind: Kind, session: SessionFacts | None
) -> tuple[Answer, ...]:
    """The fields of a note as the appointment, the writer's profile and the chart fill them."""
    if "start" not in kind.fields:
        return ()
    treated = diagnosis_treated(request.presence, chart_id)
    known = (Answer("diagnosis", treated),) if treated else ()
    if session is None:
        return known
    profile = practice.staff_profile(request.presence.person)
    place = profile.location if profile and session.mode == "in_person" else ""
    return (*answers_of(session, timezone.get_current_timezone(), place), *known)


@require_POST
def compose(request: DeskRequest) -> HttpResponse:
    """Sentences of what was pressed. It names no client: the pronouns came with the page."""
    wording = queries_writing.wording_for(request.presence.person)
    try:
        body = json.loads(request.body)
        voice = voice_named(str(body["voice"]))
        pressed = [_pressed(wording, one) for one in body["sets"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise posting.UnreadableSave from None
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
def move_apart(request: DeskRequest, record_id: str) -> HttpResponse:
    """Move a passage into one's psychotherapy note of the same session."""
    version, fields = posting.sent(request)
    body = json.loads(request.body)
    passage = (str(body.get("section", "")), str(body.get("passage", "")))
    try:
        moved = actions_writing.move_apart(request.presence, record_id, fields, version, passage)
    except actions.Clash as clash:
        whole = charts.record(request.presence, record_id)
        return JsonResponse(posting.clash(clash, whole.draft, whole.draft_version), status=409)
    answer = {
        "version": moved.saved.version,
        "at": posting.clock(moved.saved.saved_at),
        "section": passage[0],
        "text": moved.text,
        "note": reverse("record", kwargs={"record_id": moved.note}),
    }
    return JsonResponse({**answer, **noticed(request, moved.saved)})


@require_POST
def carry(request: DeskRequest, record_id: str) -> HttpResponse:
    """Begin one's empty draft from the last signed note."""
    actions_writing.carry(request.presence, record_id, posting.version(request))
    return redirect("record", record_id=record_id)
