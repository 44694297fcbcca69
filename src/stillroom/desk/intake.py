"""A request for a record, read from what was typed. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from stillroom.consent.rules import RECORD_KINDS, Party, Period
from stillroom.desk.forms import days, known_kinds, trilean
from stillroom.disclosure.askers import ANYBODY, MORE, Asker, asker, found, named
from stillroom.disclosure.askers.reading import read
from stillroom.disclosure.matters import Asked
from stillroom.disclosure.rules import Intake, Signer
from stillroom.kernel import StillroomError, Trilean
from stillroom.law import Corpus

LONGEST_LETTER = 200_000


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
_OF_A_CASE = frozenset({"proceeding", "caption", "court", "signed_by"})


@dataclass(frozen=True)
class Entry:
    """An entry as it stands: who asks, what was typed or suggested, what the letter suggests.

    `because` holds for each field that the letter filled the words it was read from; `nearest` are
    the askers that plain words may mean, where they name no one.
    """

    asker: Asker
    typed: Mapping[str, str]
    kinds: tuple[str, ...]
    because: Mapping[str, str]
    nearest: tuple[Asker, ...] = ()


def entry(typed: Mapping[str, str], kinds: Sequence[str], today: date) -> Entry:
    """The entry with the letter read: empty fields take what it suggests, typed ones stay."""
    said = read(typed.get("letter", ""), today)
    who, nearest = _who(typed, said["occasion"].value if "occasion" in said else "")
    filled, because = dict(typed), {}
    for field, one in said.items():
        if field == "occasion" or field.startswith("kinds."):
            continue
        if filled.get(field, "") in ("", one.value) and (
            field not in _OF_A_CASE or field in who.fields
        ):
            filled[field], because[field] = one.value, one.because
    of_letter = {one.value: one.because for name, one in said.items() if name[:6] == "kinds."}
    chosen = tuple(kinds) or tuple(of_letter)
    if of_letter and set(chosen) == set(of_letter):
        because["kinds"] = ", ".join(of_letter.values())
    filled["occasion"] = who.id
    filled["who"] = "" if who.id == ANYBODY else who.title
    settled = _preset(who, filled)
    because = {k: v for k, v in because.items() if k == "kinds" or settled[k] == said[k].value}
    return Entry(who, settled, chosen, because, nearest)


def _who(typed: Mapping[str, str], suggested: str) -> tuple[Asker, tuple[Asker, ...]]:
    """Who asks: by name, by plain words that mean one, by the letter; else what stood there."""
    words = typed.get("who", "").strip()
    if words:
        if one := named(words):
            return one, ()
        near = found(words)
        if suggested:  # the letter knows better than words that name no one
            return asker(suggested), tuple(one for one in near[:3] if one.id != suggested)
        return (near[0], tuple(near[1:4])) if near else (asker(ANYBODY), ())
    return asker(suggested or typed.get("occasion", ANYBODY)), ()


def _preset(who: Asker, typed: Mapping[str, str]) -> dict[str, str]:
    """What the asker settles where nothing was typed: the instrument, the purpose, no case."""
    preset = {"purpose": who.purpose}
    if who.instruments and typed.get("instrument") not in who.instruments:
        preset["instrument"] = who.instruments[0]
    if "proceeding" not in who.fields and who.id != ANYBODY:
        preset["proceeding"] = "none"
    kept = {name: value for name, value in typed.items() if value}
    if "instrument" in preset:
        kept["instrument"] = preset["instrument"]
    return {**preset, **kept}


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
    who = asker(typed.get("occasion", ANYBODY))
    name, kind = typed.get("asker", "").strip(), who.recipient or typed.get("asker_kind", "")
    if not name or not typed.get("instrument") or not kind:
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
    served = days(typed, "served_on")
    intake = Intake(
        asker=Party(name, kind),
        received_on=received,
        instrument=typed["instrument"],
        purpose=typed.get("purpose", ""),
        proceeding=typed.get("proceeding", ""),
        caption=typed.get("caption", "").strip()[:300],
        signed_by=Signer(signer) if signer else None,
        served_on=served or (received if who.span else None),
        return_date=days(typed, "return_date"),
        dated=days(typed, "dated"),
        asks_for=typed.get("asks_for", "").strip()[:2000],
        kinds=frozenset(kinds) & RECORD_KINDS,
        everything=Trilean.YES if "everything" in kinds else Trilean.UNKNOWN,
        period=Period(days(typed, "since"), days(typed, "until")),
        attached=attached,
    )
    court = {"federal": "yes", "state": "no"}.get(typed.get("court", ""))
    answers: dict[str, Any] = {"federal_court": court} if court else {}
    more = {name: typed[name].strip()[:2000] for name in MORE if typed.get(name, "").strip()}
    letter = typed.get("letter", "")[:LONGEST_LETTER]
    return Asked(intake, letter, answers, who.id, more=more)


def typed_of(asked: Asked) -> tuple[dict[str, str], list[str]]:
    """What was entered, as the fields that its form has."""
    intake = asked.intake
    every = ["everything"] if intake.everything is Trilean.YES else []
    federal = asked.answers.get("federal_court")
    court = "" if federal is None else "federal" if federal in ("yes", True) else "state"
    days_of = {
        "received_on": intake.received_on,
        "served_on": intake.served_on,
        "return_date": intake.return_date,
        "dated": intake.dated,
        "since": intake.period.since,
        "until": intake.period.until,
    }
    typed = {
        "occasion": asked.occasion,
        "asker": intake.asker.name,
        "asker_kind": intake.asker.kind,
        "instrument": intake.instrument,
        "signed_by": intake.signed_by.value if intake.signed_by else "",
        "purpose": intake.purpose,
        "proceeding": intake.proceeding,
        "court": court,
        "caption": intake.caption,
        "asks_for": intake.asks_for,
        **{name: on.isoformat() if on else "" for name, on in days_of.items()},
        **asked.more,
    }
    return typed, [*every, *sorted(intake.kinds)]


def intake_choices(corpus: Corpus, who: Asker | None = None) -> dict[str, list[tuple[str, str]]]:
    """Who, by what, what for: the values that the law knows, in its own words; for this asker."""
    choices: dict[str, list[tuple[str, str]]] = {}
    for name in ("recipient", "instrument", "purpose", "proceeding"):
        fact = corpus.facts[name]
        choices[name] = [(value, meaning) for value, meaning in fact.values.items()]
    if who is not None and who.instruments:
        choices["instrument"] = [one for one in choices["instrument"] if one[0] in who.instruments]
    choices["kinds"] = known_kinds()
    choices["signers"] = [
        ("judge", "a judge"),
        ("clerk", "a clerk of court"),
        ("attorney", "an attorney"),
        ("nobody", "nobody"),
    ]
    return choices
