"""What a risk record tells the law, so that nothing is typed twice. Pure.

Rules: only what was answered becomes a fact, and an empty answer stays unknown (P6); prose is never
read for a fact; a fact that follows from two answers follows by Kleene's *and*; two answers that
contradict one another give none. Each fact says from which answer it came. The names and values are
those of `provisions/facts`; a test holds every answer of every sheet against the corpus.

    for one in facts_of("violence_risk", content.answers):
        print(one.fact, one.value, "because of", one.field)
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from stillroom.chart.contents import Answer
from stillroom.kernel import Trilean
from stillroom.law import FactValue

ADULT = 18
"""Completed years: the fact `victim_now_minor` means under 18."""
OLDEST = 130
"""The greatest age that the law's facts admit."""


@dataclass(frozen=True)
class Told:
    """A fact of the law, its value, and the fields of the record that say it."""

    fact: str
    value: FactValue
    fields: tuple[str, ...]


_YESNO: Mapping[str, Mapping[str, str]] = {
    "violence_risk": {
        "threat": "threat_communicated",
        "explicit": "threat_explicit",
        "specified": "victim_specified",
        "child_near": "child_foreseeably_near_victim",
        "serious": "threat_serious",
        "imminent": "threat_imminent",
        "violent_before": "propensity_for_violence_known",
        "emergency": "emergency",
        "needed": "disclosure_needed_to_prevent_danger",
        "agrees": "client_agrees",
    },
    "abuse_suspicion": {
        "survivor": "adult_survivor",
        "vulnerable": "adult_is_vulnerable",
        "at_risk": "child_still_at_risk",
        "in_practice": "learned_in_practice",
        "privileged": "learned_in_privileged_communication",
        "reasonable": "reasonable_suspicion",
        "bodily": "serious_bodily_injury",
        "emergency": "emergency",
        "prevents": "report_prevents_serious_harm",
        "danger_if_told": "client_in_danger_if_told",
        "agrees": "client_agrees",
    },
}
_CHOICE: Mapping[str, Mapping[str, tuple[str, Mapping[str, str]]]] = {
    "violence_risk": {
        "teller": (
            "threat_communicated_by",
            {"client": "client", "family": "family", "other": "other"},
        ),
        "harm": (
            "threat_kind",
            {
                "serious": "serious_physical_harm_or_death",
                "physical": "physical_violence",
                "property": "property",
                "vague": "vague",
            },
        ),
        "target": (
            "victim",
            {
                "named": "identified",
                "findable": "reasonably_identifiable",
                "class": "class_or_public",
                "self": "self",
                "nobody": "none",
            },
        ),
    },
    "abuse_suspicion": {
        "suspicion": (
            "suspicion",
            {
                "child_abuse": "child_abuse",
                "child_neglect": "child_neglect",
                "vulnerable": "vulnerable_adult_abuse",
                "elder": "elder_abuse",
                "none": "none",
            },
        ),
    },
    "suicide_risk": {
        # Thoughts and no more are no threat; that it is the client who would be harmed is said.
        "ideation": ("victim", {"thoughts": "self", "method": "self"}),
    },
}


def facts_of(kind: str, answers: Iterable[Answer]) -> tuple[Told, ...]:
    """The facts that a record of a kind tells, in the order of the law's names."""
    given = {one.name: one for one in answers}
    found = [*_yes_and_no(kind, given), *_chosen(kind, given)]
    found += [told for derive in _DERIVED.get(kind, ()) if (told := derive(given)) is not None]
    return tuple(sorted(found, key=lambda one: one.fact))


def _yes_and_no(kind: str, given: Mapping[str, Answer]) -> list[Told]:
    return [
        Told(fact, value, (name,))
        for name, fact in _YESNO.get(kind, {}).items()
        if (value := yes_or_no(given.get(name))) is not Trilean.UNKNOWN
    ]


def _chosen(kind: str, given: Mapping[str, Answer]) -> list[Told]:
    return [
        Told(fact, values[said], (name,))
        for name, (fact, values) in _CHOICE.get(kind, {}).items()
        if (said := choice(given.get(name))) in values
    ]


def yes_or_no(answer: Answer | None) -> Trilean:
    """An answer as yes or no; everything else is unknown."""
    return {"yes": Trilean.YES, "no": Trilean.NO}.get(choice(answer), Trilean.UNKNOWN)


def choice(answer: Answer | None) -> str:
    """The value chosen, or what was typed; empty for no answer."""
    return answer.text.strip() if answer is not None else ""


def _intent_and_ability(given: Mapping[str, Answer]) -> Told | None:
    said = {name: yes_or_no(given.get(name)) for name in ("intends", "able")}
    both = said["intends"] & said["able"]
    if both is Trilean.UNKNOWN:
        return None
    # One no settles it, and is then the whole reason.
    return Told("intent_and_ability", both, tuple(name for name in said if said[name] is both))


def age_of(given: Mapping[str, Answer]) -> int | None:
    """An age in whole years as typed; `None` for what is none."""
    text = choice(given.get("age"))
    age = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else -1
    return age if 0 <= age <= OLDEST else None


def _minor_now(given: Mapping[str, Answer]) -> Told | None:
    age, said = age_of(given), yes_or_no(given.get("minor_now"))
    by_age = Trilean.of(None if age is None else age < ADULT)
    if Trilean.UNKNOWN not in (by_age, said):
        return Told("victim_now_minor", said, ("age", "minor_now")) if by_age is said else None
    if said is not Trilean.UNKNOWN:
        return Told("victim_now_minor", said, ("minor_now",))
    return None if by_age is Trilean.UNKNOWN else Told("victim_now_minor", by_age, ("age",))


def _adult_age(given: Mapping[str, Answer]) -> Told | None:
    age = age_of(given)
    if age is None or age < ADULT or yes_or_no(given.get("minor_now")) is Trilean.YES:
        return None
    return Told("harmed_adult_age", age, ("age",))


def _imminent_for_oneself(given: Mapping[str, Answer]) -> Told | None:
    if choice(given.get("level")) != "imminent":
        return None
    return Told("threat_imminent", Trilean.YES, ("level",))


_DERIVED: Mapping[str, tuple[Callable[[Mapping[str, Answer]], Told | None], ...]] = {
    "violence_risk": (_intent_and_ability,),
    "abuse_suspicion": (_minor_now, _adult_age),
    "suicide_risk": (_imminent_for_oneself,),
}
