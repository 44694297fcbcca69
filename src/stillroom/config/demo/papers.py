"""Treatment plans, and papers that came from elsewhere."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from stillroom.config.demo import bookings
from stillroom.config.demo.bookings import Slot
from stillroom.config.demo.days import instant, next_open
from stillroom.config.demo.records import Document, Plan, Session
from stillroom.config.demo.tale import Tale

_PLAN_EVERY: Final = timedelta(days=175)
_REVIEW: Final = timedelta(days=183)


def plans(tale: Tale, held: Sequence[tuple[Session, Slot]]) -> list[Plan]:
    """A plan from the second session on, written again every half year."""
    dice, tell = tale.dice("plans"), tale.teller.tell
    story = tale.story
    return [
        Plan(
            written_on=day,
            review_by=day + _REVIEW,
            author=tale.booking.clinician,
            problem=tell(story.problem, dice),
            goal=tell(story.goal, dice),
            objectives=tuple(tell(line, dice) for line in story.objectives),
            interventions=tuple(tell(line, dice) for line in story.interventions),
        )
        for day in _plan_days(tale, held)
    ]


def _plan_days(tale: Tale, held: Sequence[tuple[Session, Slot]]) -> list[date]:
    days: list[date] = []
    for session, slot in held[1:]:
        day = session.starts_at.astimezone(ZoneInfo(tale.zone)).date()
        due = not days or day - days[-1] >= _PLAN_EVERY
        if slot.week in tale.story.plan_weeks if tale.story.plan_weeks else due:
            days.append(day)
    return days


def documents(tale: Tale, rows: Sequence[Slot]) -> list[Document]:
    """What came before `today`; a paper of a time before or after the care came not at all."""
    days = {row.week: row.day for row in rows}
    dice = tale.dice("papers")
    found = []
    for paper in tale.story.papers:
        week = tale.booking.since - paper.after if paper.week is None else paper.week
        day = days.get(week) or _week_day(tale, week)
        if day is None or day >= tale.today:
            continue
        at = instant(day, 8, dice.between(31, 58), tale.zone)
        words = tale.teller.tell(paper.words, dice)
        found.append(Document(paper.title, paper.source, at, paper.pages, paper.labels, words))
    return found


def _week_day(tale: Tale, week: int) -> date | None:
    """The day of a week without a row, if the course had begun by then and still went on."""
    until = tale.booking.until or 0
    if not until <= week < tale.booking.since:
        return None
    day = bookings.present_day(tale.booking.day, tale.today) - timedelta(weeks=week)
    return next_open(day)
