"""Panels of a matter that was asked: what to look for, and who asks."""

from collections.abc import Mapping
from typing import Any

from stillroom.chart import releasing as leaving
from stillroom.desk._panel import MatterPanel
from stillroom.desk.letters_in import CAME_IN
from stillroom.desk.shell import DeskRequest
from stillroom.disclosure import askers
from stillroom.disclosure import rules_correcting as correcting_rules
from stillroom.disclosure.askers import amending
from stillroom.disclosure.askers.identity import HOW, said
from stillroom.disclosure.identifying import checks_of
from stillroom.disclosure.occasions import Side, occasion_of
from stillroom.disclosure.queries import WholeMatter
from stillroom.disclosure.rules import Decision, Gap
from stillroom.disclosure.rules_correcting import KIND as CORRECTED
from stillroom.identity import queries as people
from stillroom.kernel import Trilean
from stillroom.law import Corpus

IDENTITY = "identity_verified"


def _asked(whole: WholeMatter) -> bool:
    return occasion_of(whole.determination.asked.occasion).side is Side.ASKED


def _looks(corpus: Corpus, gaps: tuple[Gap, ...]) -> list[tuple[str, Gap]]:
    """What is to be looked for and can be answered by yes or no here, each as a question."""
    facts = corpus.facts
    return [
        (askers.SEEN.get(gap.about) or facts[gap.about].asks, gap)
        for gap in gaps
        if gap.state is Trilean.UNKNOWN
        and gap.about != IDENTITY
        and (
            gap.about.startswith("paper.")
            or (gap.about in facts and facts[gap.about].type == "yesno")
        )
    ]


def _to_look_for(request: DeskRequest, whole: WholeMatter) -> Mapping[str, Any] | None:
    if not _asked(whole):
        return None
    made = whole.determination
    gaps = askers.lacks(made.asker, made.asked.intake, made.asked.said)
    looks = _looks(request.shell.corpus, gaps)
    more = [(askers.MORE[name][0], value) for name, value in made.asked.more.items()]
    letters = [str(one.body["record"]) for one in whole.steps if one.kind == CAME_IN]
    if not (looks or made.asker.notes or more or letters):
        return None
    return {"looks": looks, "notes": made.asker.notes, "more": more, "letters": letters}


def _identity(request: DeskRequest, whole: WholeMatter) -> Mapping[str, Any] | None:
    if not _asked(whole):
        return None
    made = whole.determination
    known = made.facts.get(IDENTITY)
    ways = [*made.asker.checks, *(one for one in HOW if one not in made.asker.checks)]
    return {
        "checks": [(step, check, said(check)) for step, check in checks_of(whole.steps)],
        "known": known.value if isinstance(known, Trilean) else "",
        "ways": [(one, *HOW[one]) for one in ways[: max(len(made.asker.checks), 3)]],
        "colleagues": people.colleagues(active=False),
        "how": request.POST.getlist("how"),
        "seen": request.POST.get("seen", ""),
        "verified": request.POST.get("verified", "yes"),
        "typed": "seen" in request.POST,
    }


def _corrected(_: DeskRequest, whole: WholeMatter) -> Mapping[str, Any] | None:
    """What was corrected, and the way to correct it; nothing for what a client asked herself."""
    made = [(one, correcting_rules.read(one.body)) for one in whole.steps if one.kind == CORRECTED]
    colleagues = people.colleagues(active=False)
    may = _asked(whole) and whole.opened_by in colleagues
    return {"made": made[::-1], "may": may, "colleagues": colleagues} if may or made else None


def _amending(request: DeskRequest, whole: WholeMatter) -> Mapping[str, Any] | None:
    made = whole.determination
    decision = correcting(whole)
    if made.asker.id != "amendment" or decision is None:
        return None
    done = [(one, amending.read(one.body)) for one in whole.steps if one.kind == amending.STEP]
    ways = amending.open_ways(decision)
    named = [each.records for _, each in done if each.what == "about"]
    return {
        "owed": amending.owed(decision, (each for _, each in done)),
        "done": [(step, each, amending.WHAT.get(each.what, "")) for step, each in done],
        "denied": decision is Decision.DENY,
        "ways": {name: says for name, says in ways.items() if name != "about"},
        "records": leaving.nameable(request.presence, whole.chart) if "about" in ways else (),
        "about": request.POST.getlist("records") or (named[-1] if named else ()),
        "placed": bool(named),
        "me": request.presence.person,
        "against": any(each.what in ("statement", "carry") for _, each in done),
        "colleagues": people.colleagues(active=False),
        "what": request.POST.get("what", ""),
        "words": request.POST.get("amending", ""),
    }


def correcting(whole: WholeMatter) -> Decision | None:
    """The latest decision about a correction: accepted, denied, or none yet."""
    signed = [Decision(one.signed.decision) for one in whole.decisions]
    settled = [one for one in signed if one in (Decision.ACCEPT, Decision.DENY)]
    return settled[-1] if settled else None


def _answered(_: DeskRequest, whole: WholeMatter) -> Mapping[str, Any] | None:
    """Where the answer to an accounting, or an agreed restriction, is made."""
    who = whole.determination.asker.id
    return {"who": who} if who in ("accounting", "restriction") and whole.decisions else None


MATTER_PANELS_HERE: tuple[MatterPanel, ...] = (
    MatterPanel("to-look-for", "ask", "desk/parts/matter_look.html", _to_look_for),
    MatterPanel("identity", "ask", "desk/parts/matter_identity.html", _identity),
    MatterPanel("corrected", "ask", "desk/parts/matter_corrected.html", _corrected),
    MatterPanel("amending", "after", "desk/parts/matter_amending.html", _amending),
    MatterPanel("answered", "after", "desk/parts/matter_answered.html", _answered),
)
