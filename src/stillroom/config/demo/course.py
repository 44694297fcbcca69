"""The whole of one chart: sessions, notes, private notes, measures, plans, documents."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from stillroom.config.demo import bookings, measuring, meetings, signing, stories
from stillroom.config.demo.arc import Beat, beats
from stillroom.config.demo.bookings import Booking, Slot
from stillroom.config.demo.days import instant
from stillroom.config.demo.dice import Deck, Dice
from stillroom.config.demo.records import (
    Addendum,
    Course,
    Document,
    Measure,
    Note,
    Plan,
    PrivateNote,
    Session,
)
from stillroom.config.demo.sources import ChartSeed
from stillroom.config.demo.stories import Story
from stillroom.config.demo.telling import Person, Teller
from stillroom.config.demo.writing import Before, Scribe, Written

_PLAN_EVERY: Final = timedelta(days=175)
_REVIEW: Final = timedelta(days=183)
_PRIVATE_EVERY: Final = 7  # sessions to one private note, at most
_WRITES_PRIVATELY: Final = frozenset({"ada", "bea", "renata", "marisol", "delphine"})


@dataclass(frozen=True, slots=True)
class Telling:
    """All that a course is told from."""

    seed: int
    today: date
    zone: str
    booking: Booking
    story: Story
    written: ChartSeed | None
    holders: tuple[int, ...]
    given: tuple[str, ...]  # the holders' names, in their order
    teller: Teller
    town: str
    diagnosis: str
    cosigner: str
    every_note_cosigned: bool

    def dice(self, what: str) -> Dice:
        """Draws for one part of this chart."""
        return Dice(self.seed, self.booking.key, what)


def course(telling: Telling) -> Course:
    """Everything in the chart, from the first call to what is booked ahead."""
    rows = _rows(telling)
    met = meetings.sessions(
        telling.booking,
        rows,
        zone=telling.zone,
        code=telling.story.code,
        town=telling.town,
        seen_from=telling.written.seen_from if telling.written else {},
        holders=telling.holders,
        covered_by=telling.written.covering if telling.written else "",
        dice=telling.dice("sessions"),
    )
    held = [(session, slot) for session, slot in zip(met, rows, strict=True) if session.minutes]
    ended = telling.booking.until is not None
    told = beats(
        telling.story, [slot for _, slot in held], ended=ended, dice=telling.dice("arc")
    )
    pairs = [(session, beat) for (session, _), beat in zip(held, told, strict=True)]
    measured = _measures(telling, rows, pairs)
    notes = _notes(telling, met, held, told, measured)
    return Course(
        sessions=tuple(met),
        notes=tuple(notes),
        private_notes=tuple(_private(telling, pairs)),
        measures=tuple(measured),
        plans=tuple(_plans(telling, held)),
        documents=tuple(_papers(telling, rows)),
    )


def _rows(telling: Telling) -> list[Slot]:
    """The calendar; a story told only by script has no session that the script does not know."""
    rows = bookings.slots(telling.booking, telling.today, telling.dice("calendar"))
    if telling.story.phases:
        return list(rows)
    known = {told.week for told in telling.story.script}
    return [row for row in rows if row.state != "held" or row.week in known]


def _measures(
    telling: Telling, rows: Sequence[Slot], pairs: Sequence[tuple[Session, Beat]]
) -> list[Measure]:
    dice = telling.dice("measures")
    if telling.story.scores:
        days = {row.week: row.day for row in rows}
        scores = telling.story.scores
        return measuring.scripted(scores, days, telling.holders[0], telling.zone, dice)
    return measuring.measures(telling.story, pairs, telling.holders[0], dice)


def _notes(
    telling: Telling,
    met: Sequence[Session],
    held: Sequence[tuple[Session, Slot]],
    told: Sequence[Beat],
    measured: Sequence[Measure],
) -> list[Note]:
    dice = telling.dice("notes")
    scribe = Scribe(telling.story.audience, telling.zone, dice)
    added = Deck(stories.frames().addenda, telling.dice("addenda"))
    drafts = telling.written.drafts if telling.written else {}
    before = Before()
    found = []
    for (session, slot), beat in zip(held, told, strict=True):
        after = met[session.number + 1] if session.number + 1 < len(met) else None
        teller = _attending(telling, session)
        words = scribe.write(
            beat, session, before, after, _of_day(measured, session, before), teller
        )
        draft = drafts.get(slot.week, "")
        note = _note(telling, session, beat, words, draft, dice)
        found.append(_with_addendum(telling, note, beat, teller, added, dice))
        before = Before(session, beat.then, _missed_after(met, session))
    return found


def _attending(telling: Telling, session: Session) -> Teller:
    """Of a group, the ones who were there, as `m1`, `m2` and so on."""
    if len(telling.holders) < 3:
        return telling.teller
    there = [
        telling.given[telling.holders.index(holder)]
        for holder in session.attended
    ]
    people = {f"m{place}": Person(name, "they") for place, name in enumerate(there, start=1)}
    listed = f"{', '.join(there[:-1])} and {there[-1]}"
    facts = {"there": listed, "count": _COUNTS[len(there)], "of": _COUNTS[len(telling.holders)]}
    return Teller({**telling.teller.people, **people}, {**telling.teller.facts, **facts})


_COUNTS: Final = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight")


def _of_day(
    measured: Sequence[Measure], session: Session, before: Before
) -> list[tuple[Measure, Measure | None]]:
    """The measures taken since the last note, each with the one before it."""
    start = before.session.starts_at if before.session else None
    found: list[tuple[Measure, Measure | None]] = []
    earlier: dict[str, Measure] = {}
    for measure in measured:
        if measure.taken_at > session.starts_at:
            break
        if start is None or measure.taken_at > start:
            found.append((measure, earlier.get(measure.instrument)))
        earlier[measure.instrument] = measure
    return found


def _missed_after(met: Sequence[Session], session: Session) -> str:
    """How the row after a session ended, if it was not held."""
    following = met[session.number + 1].state if session.number + 1 < len(met) else ""
    return following if following in ("missed", "cancelled") else ""


def _note(
    telling: Telling, session: Session, beat: Beat, words: Written, draft: str, dice: Dice
) -> Note:
    stopped = session.stopped_at or session.ends_at
    written = stopped + timedelta(minutes=dice.between(4, 48))
    signed = None if draft else signing.signed_at(stopped, written, telling.today, telling.zone, dice)
    cosigned = None
    if signed and telling.cosigner and (telling.every_note_cosigned or dice.chance(30)):
        cosigned = signing.cosigned_at(signed, telling.today, telling.zone, dice)
    if draft == "begun":
        words = Written(". ".join(words.data.split(". ")[:3]).rstrip(".") + ".", "", "")
    return Note(
        session=session.number,
        kind=beat.kind,
        author=session.clinician,
        written_at=written,
        signed_at=signed,
        minutes=session.minutes,
        code=session.code,
        diagnosis=telling.diagnosis,
        risk=beat.risk or "none",
        data=words.data,
        assessment=words.assessment,
        plan=words.plan,
        cosigned_by=telling.cosigner if cosigned else "",
        cosigned_at=cosigned,
        returned=draft if draft not in ("begun", "whole") else "",
    )


def _with_addendum(
    telling: Telling, note: Note, beat: Beat, teller: Teller, added: Deck, dice: Dice
) -> Note:
    wanted = bool(beat.addendum) or (beat.kind == "progress" and bool(beat.mood) and dice.chance(4))
    if note.signed_at is None or not wanted or telling.story.audience in ("couple", "group"):
        return note
    at = signing.added_at(note.signed_at, telling.today, telling.zone, dice)
    if at is None:
        return note
    words = teller.tell(beat.addendum or added.deal(), dice)
    return signing.with_addendum(note, Addendum(note.author, at, words))


def _private(telling: Telling, pairs: Sequence[tuple[Session, Beat]]) -> list[PrivateNote]:
    """Private notes: scripted ones, or the story's spread over the course."""
    dice = telling.dice("private")
    author = telling.booking.clinician
    texts = {session.number: beat.private for session, beat in pairs if beat.private}
    lines = telling.story.private if author in _WRITES_PRIVATELY else ()
    count = min(len(lines), len(pairs) // _PRIVATE_EVERY)
    for nth in range(count):
        session = pairs[(nth * len(pairs) + len(pairs) // 2) // count][0]
        texts.setdefault(session.number, lines[nth])
    found = []
    for session, _ in pairs:
        if session.number in texts:
            at = (session.stopped_at or session.ends_at) + timedelta(minutes=dice.between(50, 170))
            words = telling.teller.tell(texts[session.number], dice)
            found.append(PrivateNote(session.number, author, at, words))
    return found


def _plans(telling: Telling, held: Sequence[tuple[Session, Slot]]) -> list[Plan]:
    """A plan from the second or third session on, written again every half year."""
    story, dice = telling.story, telling.dice("plans")
    days: list[date] = []
    for session, slot in held[1:]:
        day = session.starts_at.astimezone(ZoneInfo(telling.zone)).date()
        due = not days or day - days[-1] >= _PLAN_EVERY
        if slot.week in story.plan_weeks if story.plan_weeks else due:
            days.append(day)
    tell = telling.teller.tell
    return [
        Plan(
            written_on=day,
            review_by=day + _REVIEW,
            author=telling.booking.clinician,
            problem=tell(story.problem, dice),
            goal=tell(story.goal, dice),
            objectives=tuple(tell(line, dice) for line in story.objectives),
            interventions=tuple(tell(line, dice) for line in story.interventions),
        )
        for day in days
    ]


def _papers(telling: Telling, rows: Sequence[Slot]) -> list[Document]:
    days = {row.week: row.day for row in rows}
    dice = telling.dice("papers")
    found = []
    for paper in telling.story.papers:
        week = telling.booking.since - paper.after if paper.week is None else paper.week
        day = days.get(week) or _week_day(telling, week)
        if day is None or day >= telling.today:
            continue
        at: datetime = instant(day, 8, dice.between(31, 58), telling.zone)
        words = telling.teller.tell(paper.words, dice)
        found.append(
            Document(paper.title, paper.source, at, paper.pages, paper.labels, words)
        )
    return found


def _week_day(telling: Telling, week: int) -> date | None:
    """The day of a week without a row, if the course had begun by then and still went on."""
    until = telling.booking.until or 0
    if not until <= week < telling.booking.since:
        return None
    day = bookings.present_day(telling.booking.day, telling.today) - timedelta(weeks=week)
    return bookings.next_open(day)
