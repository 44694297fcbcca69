"""The story of a client on one page, put together from what signed records say. Pure.

Rules: every sentence is a record's own, with the record it stands in and its day; nothing is
concluded, and what no record says is left out. A kind that this practice does not keep gives
nothing. What was entered in error says nothing here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from stillroom.chart.contents import Content, first_words
from stillroom.chart.kinds import Kind
from stillroom.chart.rules_plan import Objective, Plan
from stillroom.chart.sheets import opening

RISKS = ("suicide_risk", "violence_risk", "abuse_suspicion", "safety_plan")
LATEST = 5
"""So many of the latest sessions are told."""
TRENDS = 6
"""So many of the latest results of each measure."""


@dataclass(frozen=True)
class Piece:
    """A signed record as the story needs it; `at` in the practice's time zone."""

    record: str
    at: datetime
    author: str
    kind: Kind
    content: Content

    @property
    def title(self) -> str:
        """What the record is called."""
        return self.kind.titled(self.content.form)


@dataclass(frozen=True)
class Quote:
    """Words of one record: where they stand, on which day, under what name."""

    record: str
    on: date
    title: str
    words: str


@dataclass(frozen=True)
class Medicine:
    """A line of the medication list that has not ended."""

    what: str
    more: str


@dataclass(frozen=True)
class Trend:
    """A measure's results, newest first, each in the words of its record."""

    instrument: str
    results: tuple[Quote, ...]


@dataclass(frozen=True)
class Due:
    """What is asked for by a day; `past` says that the day is over."""

    words: str
    on: date
    past: bool


@dataclass(frozen=True)
class Story:
    """All of it; a part that no record speaks of is empty."""

    why: tuple[Quote, ...]
    medicines: tuple[Medicine, ...]
    medicines_of: Quote | None
    risks: tuple[Quote, ...]
    trends: tuple[Trend, ...]
    sessions: tuple[Quote, ...]
    due: tuple[Due, ...]


def story(pieces: Iterable[Piece], plan: Plan | None, today: date) -> Story:
    """The story that signed records tell on a day."""
    newest_first = sorted(pieces, key=lambda one: (one.at, one.record), reverse=True)
    medicines = next((one for one in newest_first if one.kind.id == "medication_list"), None)
    return Story(
        why=why_here(newest_first, plan),
        medicines=taken(medicines.content) if medicines else (),
        medicines_of=_quote(medicines, medicines.content.answer("taking").text)
        if medicines
        else None,
        risks=tuple(_risk(one) for one in _newest_of_each(newest_first)),
        trends=trends(newest_first),
        sessions=tuple(
            _quote(one, opening(one.kind, one.content))
            for one in islice(
                (one for one in newest_first if one.kind.id == "progress_note"), LATEST
            )
        ),
        due=due(plan, today),
    )


def _quote(piece: Piece, words: str) -> Quote:
    return Quote(piece.record, piece.at.date(), piece.title, words)


def why_here(newest_first: Sequence[Piece], plan: Plan | None) -> tuple[Quote, ...]:
    """Why somebody came: what the latest intake says of it, else the first note; and what the
    client said for the plan."""
    found: list[Quote] = []
    intake = next((one for one in newest_first if one.kind.id == "intake"), None)
    first = next((one for one in reversed(newest_first) if one.kind.id == "progress_note"), None)
    if intake and (reason := intake.content.answer("reason").text.strip()):
        found.append(_quote(intake, reason))
    elif first:
        found.append(_quote(first, opening(first.kind, first.content)))
    if plan and plan.own_words.strip():
        found.append(Quote(plan.record, plan.on, "Treatment plan", plan.own_words))
    return tuple(found)


def taken(content: Content) -> tuple[Medicine, ...]:
    """What a medication list says is taken: the lines that have not ended."""
    lines = [row for row in content.answer("medication").rows if row.get("what", "").strip()]
    return tuple(
        Medicine(
            row["what"],
            ", ".join(filter(None, (row.get(name, "").strip() for name in ("dose", "purpose")))),
        )
        for row in lines
        if not row.get("ended", "").strip()
    )


def _newest_of_each(newest_first: Sequence[Piece]) -> list[Piece]:
    found: dict[str, Piece] = {}
    for one in newest_first:
        if one.kind.id in RISKS:
            found.setdefault(one.kind.id, one)
    return sorted(found.values(), key=lambda one: RISKS.index(one.kind.id))


def _risk(piece: Piece) -> Quote:
    """The level and the reasons where the record has them, else its first words."""
    level, asked = piece.content.answer("level").text, piece.kind.fields.get("level")
    said = dict(asked.choosable).get(level, level) if asked else ""
    reasons = piece.content.answer("reasons").text.strip()
    words = ". ".join(filter(None, (said, first_words([reasons]) if reasons else "")))
    return _quote(piece, words or opening(piece.kind, piece.content))


def trends(newest_first: Sequence[Piece]) -> tuple[Trend, ...]:
    """Each measure's latest results, in the words that its records have for them."""
    found: dict[str, list[Quote]] = {}
    for one in newest_first:
        if one.kind.id == "measure" and one.content.sections:
            result = one.content.sections[0].text.split("\n", 1)[0]
            found.setdefault(one.title, []).append(_quote(one, result))
    return tuple(Trend(name, tuple(each[:TRENDS])) for name, each in sorted(found.items()))


def due(plan: Plan | None, today: date) -> tuple[Due, ...]:
    """What the plan asks for: its review, and objectives whose day is near or over."""
    if plan is None:
        return ()
    found = [
        _due(f"Objective {one.number}: {one.words}", one.target, today)
        for one in _near(plan, today)
    ]
    if plan.review_due:
        found.append(_due("Review of the plan", plan.review_due, today))
    return tuple(sorted(found, key=lambda one: one.on))


NEAR = timedelta(days=30)


def _near(plan: Plan, today: date) -> list[Objective]:
    return [one for one in plan.open if one.target and one.target <= today + NEAR]


def _due(words: str, on: date | None, today: date) -> Due:
    day = on or today
    return Due(words, day, day < today)
