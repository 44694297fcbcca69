"""The practice's policy: what is in force, what waits, what was; and what a change of law moves."""

from collections.abc import Iterable
from itertools import zip_longest
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.disclosure import standing
from stillroom.identity.refusals import SamePerson
from stillroom.kernel import StillroomError
from stillroom.law import Change, Corpus, Moved, differences, moved
from stillroom.phi import NotHere
from stillroom.policy import actions, queries
from stillroom.policy.rules import (
    NothingNew,
    OwnerNeeded,
    PolicyMistaken,
    notes_of,
    rules_of,
)
from stillroom.practice import queries as practice

_MOST_ASKED = 6
"""Standard questions are asked in so many places and professions, and no more."""
_LARGEST_FILE = 1_000_000


class FileUnreadable(StillroomError):
    """What was uploaded is no text."""

    what = "that file is no text in UTF-8, or it is too long for a policy"
    usual_advice = "Save it as plain text, or paste its words below."


def _difference(request: DeskRequest, before: Corpus, after: Corpus) -> dict[str, Any]:
    """What changes from one law to another, as the practice would notice it."""
    listed: tuple[Change, ...] = differences(before, after)
    answers: list[Moved] = []
    today = request.today
    licences = _each_place_first(practice.licences() or [("us", "psychologist")])
    for place, profession in licences[:_MOST_ASKED]:
        if place in after.places:
            answers += moved(before, after, [place], [profession], today)
    return {"changes": listed, "answers": answers, "unasked": licences[_MOST_ASKED:]}


def _each_place_first(licences: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """One profession of every place, then the next of each: no state is left out for another."""
    shelves: dict[str, list[tuple[str, str]]] = {}
    for place, profession in licences:
        shelves.setdefault(place, []).append((place, profession))
    return [one for row in zip_longest(*shelves.values()) for one in row if one is not None]


def _page(request: DeskRequest, error: StillroomError | None = None) -> HttpResponse:
    presence, law = request.presence, request.shell.corpus
    versions = queries.policies(presence)
    waiting = queries.proposal(presence)
    editions = queries.editions(presence)
    values: dict[str, Any] = {
        "law": law,
        "version": versions[0] if versions else None,
        "versions": versions,
        "rules": rules_of(law),
        "notes": notes_of(law),
        "waiting": waiting,
        "editions": editions,
        "may": queries.may_propose(presence),
        "troubles": request.shell.law_troubles,
        "problem": error,
        "mistakes": error.problems if isinstance(error, PolicyMistaken) else (),
    }
    if waiting is not None:
        try:
            values |= _difference(request, law, actions.under(law, waiting.text))
        except PolicyMistaken as mistaken:  # the law has changed since it was proposed
            values |= {"changes": (), "answers": [], "unasked": (), "mistakes": mistaken.problems}
    return render(request, "policy.html", values, status=409 if error else 200, current="policy")


@require_GET
def policy(request: DeskRequest) -> HttpResponse:
    """The policy in force, what waits for a second person, and older versions."""
    return _page(request)


@require_http_methods(["GET", "POST"])
def propose(request: DeskRequest) -> HttpResponse:
    """Write or paste a policy, see what it would change, propose it. Nothing typed is lost."""
    queries.require_proposer(request.presence)
    law = request.shell.corpus
    values: dict[str, Any] = {
        "text": queries.text_in_force(),
        "problem": None,
        "mistakes": (),
        "seen": False,
        "changes": (),
        "answers": [],
        "unasked": (),
    }
    if request.method == "POST":
        try:
            values["text"] = request.POST.get("text", "")
            values["text"] = _text(request)
            if request.POST.get("do") == "propose":
                actions.propose(request.presence, law, values["text"])
                return redirect("policy")
            values |= _difference(request, law, actions.under(law, values["text"]))
            values["seen"] = True
        except PolicyMistaken as mistaken:
            values |= {"problem": mistaken, "mistakes": mistaken.problems}
        except (NothingNew, FileUnreadable) as error:
            values["problem"] = error
    status = 409 if values["problem"] else 200
    return render(request, "policy_propose.html", values, status=status, current="policy")


def _text(request: DeskRequest) -> str:
    """What was uploaded, if anything was; else what stands in the field."""
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile) or not file.size:
        return request.POST.get("text", "").replace("\r\n", "\n")
    if file.size > _LARGEST_FILE:
        raise FileUnreadable
    try:
        return bytes(file.read()).decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise FileUnreadable from None


@require_POST
def agree(request: DeskRequest, proposal_id: str) -> HttpResponse:
    """Agree, as the second person. From the next request on it is in force."""
    book = request.shell.lawbook
    try:
        corpus = actions.agree(request.presence, request.shell.corpus, proposal_id, book.keep)
    except (SamePerson, OwnerNeeded, PolicyMistaken) as error:
        return _page(request, error)
    book.enact(corpus)
    return redirect("policy")


@require_POST
def decline(request: DeskRequest, proposal_id: str) -> HttpResponse:
    """Put a proposal aside."""
    actions.decline(request.presence, proposal_id)
    return redirect("policy")


@require_GET
def version(request: DeskRequest, number: int) -> HttpResponse:
    """A policy as it was agreed, and how it differs from another one or from none."""
    presence, law = request.presence, request.shell.corpus
    shown = queries.policy(presence, number)
    versions = queries.policies(presence)
    wanted = request.GET.get("with", str(number - 1))
    other = next((one for one in versions if str(one.number) == wanted), None)
    values: dict[str, Any] = {
        "version": shown,
        "other": other,
        "others": [one for one in versions if one.number != number],
        "changes": (),
        "mistakes": (),
    }
    try:
        before = actions.under(law, other.text) if other else law.bare
        after = actions.under(law, shown.text)
        values |= {
            "changes": differences(before, after),
            "rules": rules_of(after),
            "notes": notes_of(after),
        }
    except PolicyMistaken as mistaken:
        values |= {"mistakes": mistaken.problems, "rules": [], "notes": []}
    return render(request, "policy_version.html", values, current="policy")


@require_GET
def change(request: DeskRequest, edition: int) -> HttpResponse:
    """What came into force: the change list, the answers that move, and my open matters."""
    presence = request.presence
    one = queries.edition(presence, edition)
    values: dict[str, Any] = {"edition": one, "trouble": None, "touched": []}
    try:
        kept = request.shell.lawbook.kept
        before, after = kept(one.before), kept(one.digest)
        values |= _difference(request, before, after)
        values["touched"] = standing.touched(presence, before, after)
    except NotHere:
        raise
    except StillroomError as trouble:  # a corpus that is not kept, or not whole
        values |= {"trouble": trouble, "changes": (), "answers": [], "unasked": ()}
    return render(request, "policy_change.html", values, current="policy")


@require_GET
def again(request: DeskRequest, matter_id: str, number: int) -> HttpResponse:
    """A signed decision with the answer it was made on, given again under the law of that day."""
    shell = request.shell
    found = standing.replayed(request.presence, shell.corpus, matter_id, number, shell.lawbook.kept)
    return render(request, "matter_again.html", {"found": found}, current="matters")
