"""The whole of one chart: sessions, notes, private notes, measures, plans, documents."""

from collections.abc import Sequence

from stillroom.config.demo import bookings, measuring, meetings, notes, papers
from stillroom.config.demo.arc import Beat, beats
from stillroom.config.demo.bookings import Slot
from stillroom.config.demo.records import Course, Measure, Session
from stillroom.config.demo.tale import Tale


def course(tale: Tale) -> Course:
    """Everything in the chart, from the first call to what is booked ahead."""
    rows = _rows(tale)
    met = meetings.sessions(
        tale.booking,
        rows,
        zone=tale.zone,
        code=tale.story.code,
        town=tale.town,
        seen_from=tale.written.seen_from,
        holders=tale.holders,
        covered_by=tale.written.covering,
        dice=tale.dice("sessions"),
    )
    held = [(session, slot) for session, slot in zip(met, rows, strict=True) if session.minutes]
    ended = tale.booking.until is not None
    told = beats(tale.story, [slot for _, slot in held], ended=ended, dice=tale.dice("arc"))
    pairs = [(session, beat) for (session, _), beat in zip(held, told, strict=True)]
    measured = _measures(tale, rows, pairs)
    return Course(
        sessions=tuple(met),
        notes=tuple(notes.progress_notes(tale, met, held, told, measured)),
        private_notes=tuple(notes.private_notes(tale, pairs)),
        measures=tuple(measured),
        plans=tuple(papers.plans(tale, held)),
        documents=tuple(papers.documents(tale, rows)),
    )


def _rows(tale: Tale) -> list[Slot]:
    """The calendar; a story told only by script has no session that the script does not know."""
    known = frozenset(told.week for told in tale.story.script)
    rows = bookings.slots(tale.booking, tale.today, known, tale.dice("calendar"))
    return [row for row in rows if tale.story.phases or row.state != "held" or row.week in known]


def _measures(
    tale: Tale, rows: Sequence[Slot], pairs: Sequence[tuple[Session, Beat]]
) -> list[Measure]:
    dice = tale.dice("measures")
    if tale.story.scores:
        days = {row.week: row.day for row in rows}
        return measuring.scripted(tale.story.scores, days, tale.holders[0], tale.zone, dice)
    return measuring.measures(tale.story, pairs, tale.holders[0], dice)
