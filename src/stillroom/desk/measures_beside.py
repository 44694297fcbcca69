"""What the pages of measures show of those already taken: the latest, and the trend of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from stillroom.access import Act, Purpose
from stillroom.chart import queries, queries_measures
from stillroom.chart.measured import Taken, signals_of, taken_of
from stillroom.chart.measures import Library, Measure, Moved, Score, moved
from stillroom.desk import trend
from stillroom.desk.shell import DeskRequest
from stillroom.phi import Presence, bridge
from stillroom.practice import queries as practice


@dataclass(frozen=True)
class Row:
    """One measure in a table, newest first."""

    record: str
    at: datetime
    value: int | None
    band: str
    since_last: Moved | None
    since_first: Moved | None
    signal: bool
    struck: bool


@dataclass(frozen=True)
class Course:
    """All measures of one instrument in a chart. `picture` needs two that were scored."""

    measure: Measure
    score: Score | None
    picture: trend.Picture | None
    rows: tuple[Row, ...]


def courses(presence: Presence, chart_id: str, library: Library) -> list[Course]:
    """Every instrument that was used in a chart, the one used last first."""
    found = queries_measures.taken(presence, chart_id)
    beside = queries_measures.beside(presence, chart_id) if found else queries_measures.Beside()
    latest: dict[str, list[Taken]] = {}
    for one in found:
        latest.setdefault(one.instrument, []).append(one)
    order = sorted(latest.values(), key=lambda many: many[-1].occurred_at, reverse=True)
    return [
        course(library.measures[many[0].instrument], many, beside)
        for many in order
        if many[0].instrument in library.measures
    ]


def course(measure: Measure, many: Sequence[Taken], beside: queries_measures.Beside) -> Course:
    """One instrument's measures, oldest first, as a picture and a table."""
    score = measure.rules.main_score
    counted = [one for one in many if not one.struck and score and score.id in one.scores]
    points = [
        trend.Point(
            one.occurred_at,
            one.scores[score.id],
            one.record,
            bool(signals_of(measure, one.answers)),
        )
        for one in counted
        if score
    ]
    picture = trend.draw(score, points, beside.sessions, beside.medication) if score else None
    rows = [_row(measure, score, one, counted) for one in many]
    return Course(measure, score, picture, tuple(rows[::-1]))


def _row(measure: Measure, score: Score | None, one: Taken, counted: Sequence[Taken]) -> Row:
    value = one.scores.get(score.id) if score and not one.struck else None
    last = first = None
    if score and value is not None:
        nth = counted.index(one)
        if nth:
            last = moved(score, counted[nth - 1].scores[score.id], value)
            first = moved(score, counted[0].scores[score.id], value)
    band = score.band(value) if score and value is not None else None
    signal = bool(signals_of(measure, one.answers))
    return Row(
        one.record,
        one.occurred_at,
        value,
        band.label if band else "",
        last,
        first,
        signal,
        one.struck,
    )


def values(request: DeskRequest, whole: queries.WholeRecord) -> dict[str, Any]:
    """What the page of a signed measure must know: its words, its course, what it asks for."""
    content, library = whole.revisions[0].content, request.shell.measures
    taken = taken_of(whole.id, whole.occurred_at, content)
    measure = library.measures.get(taken.instrument)
    found = [
        one for one in courses(request.presence, whole.chart, library) if one.measure is measure
    ]
    here = found[0] if found else None
    row = next((one for one in here.rows if one.record == whole.id), None) if here else None
    words = [part.text.split("\n") for part in content.sections]
    return {
        "measure": measure,
        "course": here,
        "row": row,
        "result": words[0] if words else [],
        "lines": words[1] if len(words) > 1 else [],
        "signals": signals_of(measure, taken.answers) if measure else (),
        "writes": may_write(request.presence, whole.chart),
    }


def may_write(presence: Presence, chart_id: str) -> bool:
    """Whether this person may take a measure in a chart: for showing a button, no more."""
    cares = practice.cares_of(presence.person, chart_id)
    ward = queries.chart_ward(chart_id)
    return bridge.may(presence, Act.RECORD_WRITE, Purpose.TREATMENT, ward, cares=cares)
