"""The log: entries without words for the auditor and owner, one's own for everybody who cares;
proofs that an outsider can repeat with one file."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from stillroom.access import Act, Purpose, Role, Ward
from stillroom.desk.pages import render
from stillroom.desk.shell import DeskRequest
from stillroom.desk.views.entries import Shown, shown, verb
from stillroom.disclosure import queries as disclosure
from stillroom.identity import queries as people
from stillroom.phi import bridge, proving
from stillroom.practice import queries as practice

_PAGE = 50
_ALL = frozenset({Role.OWNER, Role.AUDITOR})


def _before(request: DeskRequest) -> int | None:
    text = request.GET.get("before", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


@require_GET
def log(request: DeskRequest) -> HttpResponse:
    """The latest entries: everybody's for the auditor and the owner, one's own for others."""
    presence = request.presence
    whole = bool(presence.roles & _ALL)
    if whole:
        bridge.ask(presence, Act.LEDGER_LIST, Purpose.AUDIT, Ward(chart=""))
    found = proving.latest(presence, _PAGE, _before(request), mine=not whole)
    names = people.colleagues(active=False)
    entries = [
        Shown(
            one.index,
            one.entry.at,
            names[one.entry.actor].name if one.entry.actor in names else "Stillroom",
            verb(one.entry.act),
            "",
            "refused" if one.entry.act == Act.GATE_REFUSE.value else "",
        )
        for one in found
    ]
    values = {
        "entries": entries,
        "whole": whole,
        "size": presence.house.log.size,
        "older": found[-1].index if len(found) == _PAGE and found[-1].index else None,
    }
    return render(request, "log.html", values, current="log")


@require_GET
def of_chart(request: DeskRequest, chart_id: str) -> HttpResponse:
    """Everything that was done with one chart, for those who care for it."""
    presence = request.presence
    entries = shown(disclosure.who_opened(presence, chart_id, 200), people.colleagues(active=False))
    values = {"entries": entries, "head": practice.chart_head(presence, chart_id)}
    return render(request, "chart_log.html", values, current="clients")


@require_GET
def proof(request: DeskRequest, index: int) -> HttpResponse:
    """The proof that one entry is in the log; as a page, or as the file an outsider checks."""
    presence = request.presence
    whole = bridge.may(presence, Act.LEDGER_LIST, Purpose.AUDIT, Ward(chart=""))
    shown_proof = proving.proof_of(presence, index, whole=whole)
    if request.GET.get("file"):
        response = HttpResponse(shown_proof.document, content_type="application/json")
        response.headers["Content-Disposition"] = f'attachment; filename="entry-{index}.json"'
        return response
    names = people.colleagues(active=False)
    entry = shown_proof.entry
    values = {
        "proof": shown_proof,
        "who": names[entry.actor].name if entry.actor in names else "Stillroom",
        "act": verb(entry.act),
        "index": index,
    }
    return render(request, "proof.html", values, current="log")


@require_GET
def checkpoint(request: DeskRequest) -> HttpResponse:
    """The signed checkpoint, to be kept by somebody outside."""
    text = request.shell.checkpoint()
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="checkpoint.txt"'
    return response
