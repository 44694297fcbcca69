"""A request for a record, read from what was typed. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from stillroom.consent.rules import RECORD_KINDS, Party, Period
from stillroom.desk.forms import days, known_kinds, trilean
from stillroom.disclosure.matters import Asked
from stillroom.disclosure.rules import Intake, Signer
from stillroom.kernel import StillroomError, Trilean
from stillroom.law import Corpus

_LONGEST_LETTER = 200_000


class Incomplete(StillroomError):
    """The entry lacks what nothing can be judged without."""

    what = "who asks, or by what, is missing"
    usual_advice = "Say who asks, and choose by what instrument; the rest may stay unknown."


class NotOffered(StillroomError):
    """A choice came that no list offers; the law could make nothing of it."""

    what = "one of the choices is none that was offered"
    usual_advice = "Choose again from the lists; the rest is kept."


_CHOSEN = {
    "asker_kind": "recipient",
    "instrument": "instrument",
    "purpose": "purpose",
    "proceeding": "proceeding",
    "signed_by": "signers",
}


def require_offered(
    typed: Mapping[str, str], choices: Mapping[str, Sequence[tuple[str, str]]]
) -> None:
    """Nothing when each choice is empty or from its list; else `NotOffered`."""
    for name, among in _CHOSEN.items():
        chosen = typed.get(name, "")
        if chosen and chosen not in {value for value, _ in choices[among]}:
            raise NotOffered


def asked_from(typed: Mapping[str, str], kinds: Sequence[str], today: date) -> Asked:
    """The matter's words. What was left open stays unknown, never no."""
    name = typed.get("asker", "").strip()
    if not name or not typed.get("instrument") or not typed.get("asker_kind"):
        raise Incomplete
    received = days(typed, "received_on") or today
    if received > today:
        raise StillroomError(
            "it cannot have arrived in the future", advice="Give the day on which it reached you."
        )
    signer = typed.get("signed_by", "")
    attached = {
        fact: trilean(typed.get(fact))
        for fact in ("satisfactory_assurances", "notice_to_client_proven")
        if typed.get(fact) in ("yes", "no")
    }
    intake = Intake(
        asker=Party(name, typed["asker_kind"]),
        received_on=received,
        instrument=typed["instrument"],
        purpose=typed.get("purpose", ""),
        proceeding=typed.get("proceeding", ""),
        caption=typed.get("caption", "").strip()[:300],
        signed_by=Signer(signer) if signer else None,
        served_on=days(typed, "served_on"),
        return_date=days(typed, "return_date"),
        asks_for=typed.get("asks_for", "").strip()[:2000],
        kinds=frozenset(kinds) & RECORD_KINDS,
        everything=Trilean.YES if "everything" in kinds else Trilean.UNKNOWN,
        period=Period(days(typed, "since"), days(typed, "until")),
        attached=attached,
    )
    court = {"federal": "yes", "state": "no"}.get(typed.get("court", ""))
    answers: dict[str, Any] = {"federal_court": court} if court else {}
    return Asked(intake, typed.get("letter", "")[:_LONGEST_LETTER], answers)


def intake_choices(corpus: Corpus) -> dict[str, list[tuple[str, str]]]:
    """Who, by what, what for: the values that the law knows, in its own words."""
    choices: dict[str, list[tuple[str, str]]] = {}
    for name in ("recipient", "instrument", "purpose", "proceeding"):
        fact = corpus.facts[name]
        choices[name] = [(value, meaning) for value, meaning in fact.values.items()]
    choices["kinds"] = known_kinds()
    choices["signers"] = [
        ("judge", "a judge"),
        ("clerk", "a clerk of court"),
        ("attorney", "an attorney"),
        ("nobody", "nobody"),
    ]
    return choices
