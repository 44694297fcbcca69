"""An opinion told as a colleague would tell it: the answer, why, what to do, what is missing.

Plain lines of text, for a terminal or a letter. Nothing is said here that the opinion does not
hold; every reason has its citation and says on what it rests (P7), and an answer that rests on
words nobody has read here says so before its reasons.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from stillroom.kernel import Trilean, spoken
from stillroom.law._facts import Fact, FactValue
from stillroom.law._stance import span

if TYPE_CHECKING:
    from stillroom.law._doors import Opening
    from stillroom.law._duties import Duty
    from stillroom.law._findings import Finding
    from stillroom.law._opinion import Opinion

_GROUNDS = {
    "text": "It stands on provisions whose own words were read here.",
    "secondary": "It needs a provision that is known here by a summary only.",
    "recalled": "It needs a provision that nobody here has read. Have counsel look at it before "
    "you rely on it.",
    "nothing": "No provision on file decides it.",
}
_MARKS = {"text": "text read", "secondary": "by a summary", "recalled": "not read"}
_MOST_WANTING = 8
_MOST_DOORS = 8


def narrative(opinion: "Opinion", declared: Mapping[str, Fact]) -> list[str]:
    """The opinion in lines; an empty line parts paragraphs. `declared` are the corpus' facts."""
    parts = (
        _question(opinion, declared),
        _answer(opinion),
        _bodies(opinion),
        _reasons(opinion),
        _duties(opinion),
        _wanting(opinion),
        _doors(opinion),
        _foot(opinion),
    )
    lines: list[str] = []
    for part in parts:
        found = list(part)
        if found:
            lines += ([""] if lines else []) + found
    return lines


def known(fact: Fact, value: FactValue) -> str:
    """One fact with its value, as it was told."""
    if isinstance(value, Trilean):
        return f"{fact.asks} {value.value.capitalize()}."
    if isinstance(value, frozenset):
        return f"{fact.asks} {', '.join(_worded(fact, one) for one in sorted(value))}."
    unit = f" {fact.unit}" if fact.unit else ""
    return f"{fact.asks} {_worded(fact, value)}{unit}."


def _worded(fact: Fact, value: object) -> str:
    said = fact.values.get(value, "") if isinstance(value, str) else ""
    return said or spoken(str(value))


def _question(opinion: "Opinion", declared: Mapping[str, Fact]) -> Iterator[str]:
    matter = opinion.matter
    places = " and ".join(matter.states) or "the United States"
    who = spoken(matter.profession)
    yield f"Asked on {opinion.on.isoformat()}: to {matter.act}, as {who}, in {places}."
    for name in sorted(opinion.facts):
        if opinion.facts[name] is not Trilean.UNKNOWN:
            yield f"  {known(declared[name], opinion.facts[name])}"


def _answer(opinion: "Opinion") -> Iterator[str]:
    yield opinion.sentence
    yield f"Overall: {span(opinion.stance)}. {_GROUNDS[opinion.rests_on]}"
    if not opinion.exact:
        yield "Too tangled for an exact answer: the ends given hold, and may be too wide."
    for conflict in opinion.conflicts:
        kind = "Conflict" if conflict.certain is Trilean.YES else "Possible conflict"
        yield f"{kind}: {conflict.text}"


def _bodies(opinion: "Opinion") -> Iterator[str]:
    yield "What each body of law says:"
    for answer in opinion.regimes:
        where = ", ".join(part for part in (answer.statute, answer.place) if part)
        if answer.stance is None:
            said = "says nothing here"
        elif answer.governs:
            said = span(answer.stance)
        else:
            said = f"{span(answer.stance)}; adds duties and does not weigh"
        yield f"  {answer.title} ({where}): {said}."


def _reasons(opinion: "Opinion") -> Iterator[str]:
    asked = frozenset(opinion.asked)
    near = [one for one in opinion.findings if one.rule.kinds & asked]
    applying = [one for one in near if one.applies is Trilean.YES]
    maybe = [one for one in near if one.applies is Trilean.UNKNOWN and one.decides]
    if applying:
        yield "Because:"
        for found in sorted(applying, key=lambda one: not one.decides):
            yield from _reason(found)
    if maybe:
        yield "And, if a fact is so:"
        for found in maybe:
            yield from _reason(found)


def _reason(found: "Finding") -> Iterator[str]:
    rule = found.rule
    grounds = _MARKS[rule.checked]
    if rule.checked != "text":
        grounds = f"{grounds}, confidence {rule.confidence}"
    day = f", {rule.as_of.isoformat()}" if rule.as_of else ""
    yield f"  {rule.says} {rule.citation} ({grounds}{day})."


def _duties(opinion: "Opinion") -> Iterator[str]:
    owed = [one for one in opinion.duties if one.applies is Trilean.YES]
    if owed:
        yield "What goes with it:"
        for duty in owed:
            yield from _duty(duty)
    for notice in opinion.notices:
        if notice.applies is Trilean.YES:
            yield f"  Print on what leaves: {notice.text} ({notice.citation})"


def _duty(duty: "Duty") -> Iterator[str]:
    when = ""
    if duty.deadline is not None:
        when = f" By when: {duty.deadline.words}"
        when += f", that is {duty.due.isoformat()}." if duty.due else "."
    cited = f" ({duty.citation})" if duty.citation else ""
    yield f"  {duty.text}{when}{cited}"
    if len(duty.discharged_by) > 1:
        ways = "; or ".join(" and ".join(spoken(act) for act in way) for way in duty.discharged_by)
        yield f"    Any one of these meets it: {ways}."


def _wanting(opinion: "Opinion") -> Iterator[str]:
    wanted = opinion.wanting
    if not wanted:
        yield "No other fact can change this answer."
        return
    yield "What could still change it, most decisive first:"
    for want in wanted[:_MOST_WANTING]:
        leads = "; ".join(f"{answer.label}: {span(answer.stance)}" for answer in want.answers)
        yield f"  {want.asks} ({leads})"
    if len(wanted) > _MOST_WANTING:
        yield f"  and {len(wanted) - _MOST_WANTING} more."


def _doors(opinion: "Opinion") -> Iterator[str]:
    asked = frozenset(opinion.asked)
    doors = sorted((one for one in opinion.opens if asked & set(one.kinds)), key=_with_others)
    if doors:
        yield "What would open it:"
        for door in doors[:_MOST_DOORS]:
            more = ", together with what else is missing" if _with_others(door) else ""
            yield f"  {door.text} ({door.citation}){more}."
    if len(doors) > _MOST_DOORS:
        yield f"  and {len(doors) - _MOST_DOORS} more ways."


def _with_others(door: "Opening") -> bool:
    return not door.alone


def _foot(opinion: "Opinion") -> Iterator[str]:
    yield f"Corpus {opinion.corpus}."
    yield "Information with its sources, for your judgment; no legal advice."
