"""Who is to be let in for a client, as a form. Pure.

Rule: what cannot be read is told and nothing typed is lost; what was left open is not known.
"""

from collections.abc import Mapping, Sequence

from stillroom.access import REACHES
from stillroom.desk.forms import NoSuchDay, days, kind_title, trilean
from stillroom.kernel import StillroomError, Trilean
from stillroom.law import Corpus
from stillroom.practice import rules_proxies as rules
from stillroom.practice.rules_proxies import Asked, Basis, Custody, Ground, Proposal

GROUNDS = (
    (Ground.PARENT, "a parent", "of a minor; the law of the place and any order say how far"),
    (Ground.GUARDIAN, "a guardian", "with the court’s paper"),
    (Ground.REPRESENTATIVE, "a personal representative", "a power of attorney for health care"),
    (Ground.HELPER, "a helper", "with the authorization of a client who is of age"),
)
CUSTODY = (
    (Custody.NONE, "I know of no order"),
    (Custody.BOTH, "an order: both parents decide"),
    (Custody.THIS_ONE, "an order: this parent decides"),
    (Custody.OTHER_ONE, "an order: the other parent decides"),
    (Custody.EXCLUDED, "an order shuts this parent out"),
)
_WAYS = {
    "appointments": ("appointments", "see them, and come into a call"),
    "forms": ("forms and questionnaires", "sign and fill them in the client’s place"),
    "messages": ("messages", "a thread of their own; the client’s own is apart"),
    "requests": ("requests", "ask for access, a correction, a restriction"),
    "account": ("who looked into the record", "it names what this person does not see, too"),
}
MOST_FACTS = 6
_FACT = "fact_"
_NOT_ASKED = frozenset({"psychotherapy_notes_authorization", "sud_counseling_notes_consent"})


class GroundMissing(StillroomError):
    """Nobody chose as what somebody stands."""

    what = "it is not said as what this person stands for the client"
    usual_advice = "Choose one of the four; the rest is kept as you typed it."


def title(reach: str) -> str:
    """Something that can be given, in words."""
    return _WAYS[reach][0] if reach in _WAYS else kind_title(reach)


def asked_from(typed: Mapping[str, str], corpus: Corpus) -> Asked:
    """Who asks, as it was typed. `GroundMissing`, `NoSuchDay`."""
    grounds = {one.value: one for one, _, _ in GROUNDS}
    if typed.get("ground") not in grounds:
        raise GroundMissing
    orders = {one.value: one for one, _ in CUSTODY}
    return Asked(
        name=typed.get("name", ""),
        relation=typed.get("relation", ""),
        ground=grounds[typed["ground"]],
        custody=orders.get(typed.get("custody", ""), Custody.NONE),
        paper=typed.get("paper", ""),
        seen_on=days(typed, "seen_on"),
        order_ends=days(typed, "order_ends"),
        answers=_answers(typed, corpus),
    )


def as_far_as_read(
    typed: Mapping[str, str], corpus: Corpus
) -> tuple[Asked | None, StillroomError | None]:
    """The same as far as it can be read, for a page that shows it again; and what could not be."""
    try:
        return asked_from(typed, corpus), None
    except GroundMissing as missing:
        return None, missing
    except NoSuchDay as unread:
        return asked_from({**typed, "seen_on": "", "order_ends": ""}, corpus), unread


def _answers(typed: Mapping[str, str], corpus: Corpus) -> dict[str, Trilean]:
    named = {key[len(_FACT) :]: value for key, value in typed.items() if key.startswith(_FACT)}
    return {
        name: trilean(value)
        for name, value in named.items()
        if name in corpus.facts and corpus.facts[name].type == "yesno"
    }


def typed_from(basis: Basis) -> tuple[dict[str, str], list[str]]:
    """A decision as the form's fields have it; its words are to be written anew."""
    typed = {
        "name": basis.name,
        "relation": basis.relation,
        "ground": basis.ground,
        "custody": basis.custody,
        "paper": basis.paper,
        "seen_on": basis.seen_on.isoformat() if basis.seen_on else "",
        "ends": basis.ends.isoformat() if basis.ends else "",
    }
    typed |= {f"{_FACT}{name}": value for name, value in basis.answers.items()}
    return typed, list(basis.given)


def questions(
    corpus: Corpus, asked: Asked, first: Sequence[str], proposal: Proposal
) -> list[dict[str, str]]:
    """The facts to ask of: those that always matter, those that were answered, and those that can
    still change the law's answer, as far as they can be said with yes or no."""
    wanted = [one for one in proposal.wanting if one not in _NOT_ASKED][:MOST_FACTS]
    names = dict.fromkeys([*first, *asked.answers, *wanted])
    return [
        {
            "name": _FACT + name,
            "asks": corpus.facts[name].asks,
            "means": corpus.facts[name].means,
            "value": asked.answers.get(name, Trilean.UNKNOWN).value,
        }
        for name in names
        if name in corpus.facts and corpus.facts[name].type == "yesno"
    ]


def options(reaches: Sequence[str], proposal: Proposal) -> list[dict[str, object]]:
    """What can be given, with what the law says of each."""
    return [
        {
            "value": one,
            "label": title(one),
            "hint": _hint(one, proposal),
            "disabled": one in proposal.closed,
        }
        for one in reaches
    ]


def _hint(one: str, proposal: Proposal) -> str:
    if one in proposal.closed:
        return "the law on file closes it, as far as the answers go"
    told = _WAYS[one][1] if one in _WAYS else ""
    if one in proposal.ticked:
        return told
    left = "left out until you choose it" if one in rules.LEFT_OUT else "not surely open"
    return f"{told}; {left}" if told else left


def reach_from(chosen: Sequence[str]) -> frozenset[str]:
    """What was ticked, as far as it can be given at all."""
    return frozenset(chosen) & (frozenset(rules.KINDS) | REACHES)
