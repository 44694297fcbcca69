"""A measure that was taken, as a record: what is sealed of it, and how it is read again. Pure.

Rules: the words of the questions and of the answers are kept in the record itself, so that it reads
the same when the questionnaire is changed or gone; the answers are kept by code beside them, and
the scores as they were found on that day, so that a later rule changes no signed record.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from stillroom.chart._kinds_measures import ANSWERS, MEASURE, RESULT
from stillroom.chart.contents import Answer, Content, Section
from stillroom.chart.measures import Answers, Item, Measure, Reading, Scored, read

BY: Mapping[str, str] = {
    "client": "Answered by the client alone, on this practice’s device.",
    "asked": "Asked and entered by the clinician.",
    "own": "Answered by the client alone, by the client’s own door.",
    "proxy": "Answered by somebody who stands for the client, by their own door.",
    "paper": "Entered from the client’s paper copy.",
}
_ITEM, _SCORE = "item.", "score."


def content_of(measure: Measure, answers: Answers, by: str) -> Content:
    """What is signed: the result and every question with its answer, in words and by code."""
    kept = measure.asks.kept(answers)
    reading = read(measure, kept)
    facts = [
        Answer("instrument", measure.id),
        Answer("version", measure.asks.version),
        Answer("by", by),
        *(Answer(_ITEM + name, given) for name, given in kept.items()),
        *(
            Answer(_SCORE + one.score.id, str(one.value))
            for one in reading.scores
            if one.value is not None
        ),
    ]
    return Content(
        form=measure.asks.short,
        sections=(
            Section(RESULT, "\n".join(result_lines(reading, by))),
            Section(ANSWERS, "\n".join(answer_lines(measure, kept))),
        ),
        salt=secrets.token_bytes(16),
        kind=MEASURE.id,
        answers=tuple(facts),
    )


def result_lines(reading: Reading, by: str = "") -> list[str]:
    """The result in sentences, the whole first."""
    lines = [score_line(one) for one in reading.scores]
    found = [(one.graded.label, one.label) for one in reading.graded]
    found += [(one.screen.label, one.says) for one in reading.screens]
    lines += [f"{label}: {said or 'cannot be said, answers are open'}." for label, said in found]
    lines += [f"Asks for an assessment: {one.says}" for one in reading.signals]
    if by in BY:
        lines.append(BY[by])
    return lines


def score_line(scored: Scored) -> str:
    """One score in a sentence: “PHQ-9: 14 of 27, moderate.”"""
    label = scored.score.label
    if scored.value is None:
        return f"{label}: not scored, {unanswered(scored.missing)}."
    band = f", {scored.band.label}" if scored.band else ""
    most = f" of {scored.score.bands[-1].high}" if scored.score.bands else ""
    filled = f" ({unanswered(scored.missing)}, filled with the mean)" if scored.filled else ""
    return f"{label}: {scored.value}{most}{band}{filled}."


def unanswered(missing: tuple[Item, ...]) -> str:
    """“items 3 and 7 unanswered”."""
    names = [one.number or one.id for one in missing]
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return f"item{'' if len(names) == 1 else 's'} {listed} unanswered"


def answer_lines(measure: Measure, kept: Answers) -> list[str]:
    """Every question that was asked, with its answer and what that counts."""
    values = measure.values(kept)
    lines: list[str] = []
    for item in measure.asks.asked(kept):
        given = kept.get(item.id)
        option = item.option(given) if given is not None else None
        said = option.text if option else (given or "not answered")
        points = values.get(item.id)
        count = f" ({points})" if option is not None and points is not None else ""
        number = f"{item.number}. " if item.number else ""
        lines.append(f"{number}{item.text} — {said}{count}")
    return lines


@dataclass(frozen=True)
class Taken:
    """A measure out of a chart: which, when, and what was found on that day."""

    record: str
    instrument: str
    short: str
    occurred_at: datetime
    answers: Mapping[str, str]
    scores: Mapping[str, int]
    by: str = ""
    struck: bool = False


def taken_of(
    record: str, occurred_at: datetime, content: Content, *, struck: bool = False
) -> Taken:
    """A signed measure read back."""
    facts = {one.name: one.text for one in content.answers}
    scores = {
        name.removeprefix(_SCORE): int(text)
        for name, text in facts.items()
        if name.startswith(_SCORE) and text.lstrip("-").isdigit()
    }
    return Taken(
        record,
        facts.get("instrument", ""),
        content.form,
        occurred_at,
        {name.removeprefix(_ITEM): text for name, text in facts.items() if name.startswith(_ITEM)},
        scores,
        facts.get("by", ""),
        struck,
    )


def signals_of(measure: Measure, answers: Answers) -> tuple[str, ...]:
    """What of these answers asks for an assessment of risk, in words."""
    return tuple(one.says for one in read(measure, measure.asks.kept(answers)).signals)
