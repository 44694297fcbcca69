"""The demonstration's content, put into a practice through its own doors.

People make their keys, clients are admitted, notes are sealed and signed by their authors, all as
in a real practice. Beyond the first clients (`WRITTEN`) a large practice gets front sheets, charts
and appointments, and no notes: that is what its benches need.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from rich.progress import Progress

from stillroom.access import Capacity
from stillroom.chart import actions as charting
from stillroom.chart import contents, kinds, rules
from stillroom.chart.importing import ImportedNote, import_notes
from stillroom.config import (
    demo_plans,
    demo_reviews,
)
from stillroom.config.demo import risks
from stillroom.config.demo.people import Chart, Front
from stillroom.config.demo.practice import DemoPractice, practice
from stillroom.config.demo.records import Course, Note, PrivateNote, Session
from stillroom.config.demo.taken import taken
from stillroom.config.demo_across import live_across
from stillroom.config.demo_records import write_records, write_supervision
from stillroom.config.demo_run import Loading
from stillroom.config.demo_wishes import write_wishes
from stillroom.config.demonstration import Person, batches
from stillroom.config.home import NewHome
from stillroom.config.house import compose
from stillroom.practice.importing import (
    ImportedCare,
    ImportedChart,
    ImportedMeeting,
    import_charts,
    import_clients,
    import_meetings,
)
from stillroom.practice.rules import Contact, FrontSheet

WRITTEN = 60
_BATCH = 1000


def load(
    made: NewHome, *, clients: int, seed: int, today: datetime, steps: Progress
) -> list[Person]:
    """Fill a new practice; gives its people."""
    shell = compose(made.home)
    at = today.astimezone(shell.clock().tzinfo)
    shell.house.unseal(made.server, at=at)
    house = practice(seed, clients, today.date())
    run = Loading(shell, at)
    try:
        staff = steps.add_task("People", total=len(house.staff))
        for one in house.staff:
            run.enrol(one)
            steps.advance(staff)
        _clients(run, house, steps)
        _charts(run, house, steps)
        live_across(run, house)
        write_supervision(run.here, house.today)
    finally:
        shell.house.log.close()
    return run.people


def _sheet(front: Front) -> FrontSheet:
    emergency = front.emergency
    return FrontSheet(
        given=front.given,
        family=front.family,
        called=front.called,
        pronouns=front.pronouns,
        born=front.born,
        phone=front.phone,
        email=front.email,
        address=tuple(front.address),
        safe_contact=front.safe_contact,
        payer=front.payer,
        member_id=front.member_id,
        emergency=Contact(emergency.name, emergency.relation, emergency.phone, emergency.authority),
        guardians=tuple(
            Contact(one.name, one.relation, one.phone, one.authority) for one in front.guardians
        ),
    )


def _clients(run: Loading, house: DemoPractice, steps: Progress) -> None:
    task = steps.add_task("Clients", total=house.count)
    for batch in batches(house.clients(), _BATCH):
        run.clients += import_clients(run.admitting, [_sheet(one.front) for one in batch])
        steps.advance(task, len(batch))


def _charts(run: Loading, house: DemoPractice, steps: Progress) -> None:
    task = steps.add_task("Charts", total=house.count)
    for batch in batches(house.charts(), _BATCH):
        ids = import_charts(run.admitting, [_imported(run, chart) for chart in batch])
        pairs = list(zip(ids, batch, strict=True))
        for chart_id, chart in pairs:
            if _is_written(chart):
                _write(run, house, chart_id, chart)
                run.written.append((chart_id, chart))
            steps.advance(task)
        plain = [(i, c) for i, c in pairs if not _is_written(c)]
        if plain:
            import_meetings(run.admitting, [_next_meeting(run, i, c) for i, c in plain])


def _is_written(chart: Chart) -> bool:
    return len(chart.holders) > 1 or chart.holders[0] < WRITTEN


def _imported(run: Loading, chart: Chart) -> ImportedChart:
    return ImportedChart(
        holders=tuple(run.clients[index] for index in chart.holders),
        cares=tuple(
            ImportedCare(
                run.here[care.person].person,
                Capacity(care.capacity),
                care.begins_at,
                care.ends_at,
            )
            for care in chart.cares
        ),
        opened_at=chart.opened_at,
        closed_at=chart.closed_at,
        kind=chart.kind,
        place=chart.place,
        number=chart.number,
    )


def _next_meeting(run: Loading, chart_id: str, chart: Chart) -> ImportedMeeting:
    """One appointment for each chart of a large practice, spread over the coming weeks."""
    day = run.at.replace(hour=14, minute=0, second=0, microsecond=0)
    starts = day + timedelta(days=chart.number % 28 + 1, hours=chart.number % 7)
    return ImportedMeeting(
        chart=chart_id,
        person=run.here[chart.clinician].person,
        starts_at=starts,
        ends_at=starts + timedelta(minutes=50),
        state="planned",
        mode="in_person",
        code="90834",
    )


def _write(run: Loading, house: DemoPractice, chart_id: str, chart: Chart) -> None:
    course = house.course(chart)
    import_meetings(run.admitting, [_meeting(run, chart_id, one) for one in course.sessions])
    sessions = {one.number: one for one in course.sessions}
    above = demo_reviews.supervisors(run.here, chart, run.at)
    for author in sorted(_authors(course)):
        notes = [note for note in course.notes if note.author == author and note.signed_at]
        signed = [_note(note, sessions[note.session], course) for note in notes]
        signed += [
            _private(note, sessions[note.session])
            for note in course.private_notes
            if note.author == author
        ]
        if author == chart.clinician:
            signed += _documents(course)
            signed += demo_plans.records(course, chart)
            signed += _risks(chart, course, house.today)
            signed += _measures(course) if len(chart.holders) == 1 else ()
        if signed and run.cares_now(chart, author):
            ids = import_notes(run.here[author], chart_id, signed)
            pairs = list(zip(ids, notes, strict=False))
            demo_reviews.send_signed(run.here[author], above, chart_id, pairs)
    _drafts(run, chart_id, chart, course, sessions)
    if run.cares_now(chart, chart.clinician):
        write_records(run.here[chart.clinician], chart_id, chart, house.today)
        write_wishes(run.here[chart.clinician], run.shell.directory, chart_id, chart)


def _authors(course: Course) -> set[str]:
    return {note.author for note in course.notes} | {note.author for note in course.private_notes}


def _meeting(run: Loading, chart_id: str, session: Session) -> ImportedMeeting:
    return ImportedMeeting(
        chart=chart_id,
        person=run.here[session.clinician].person,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        state=session.state,
        mode=session.mode,
        code=session.code,
    )


def _facts(session: Session) -> contents.SessionFacts:
    return contents.SessionFacts(
        session.began_at or session.starts_at,
        session.stopped_at or session.ends_at,
        session.mode,
        session.code,
    )


def _note(note: Note, session: Session, course: Course) -> ImportedNote:
    words = {"Data": note.data, "Assessment": note.assessment, "Plan": note.plan}
    content = rules.written(kinds.PROGRESS_NOTE, "DAP", words)
    content = demo_plans.serving(content, note, course.plans)
    first = rules.with_head(content, rules.encode_head(_facts(session)))
    signed_at = note.signed_at or note.written_at
    own = [one for one in note.addenda if one.author == note.author]
    addenda = tuple(
        (rules.written(kinds.ADDENDUM, "Free", {"Note": one.words}), one.signed_at) for one in own
    )
    return ImportedNote("progress_note", session.starts_at, ((first, signed_at), *addenda))


def _private(note: PrivateNote, session: Session) -> ImportedNote:
    content = rules.written(kinds.PSYCHOTHERAPY_NOTE, "Free", {"Note": note.words})
    return ImportedNote("psychotherapy_note", session.starts_at, ((content, note.written_at),))


def _documents(course: Course) -> Iterable[ImportedNote]:
    for paper in course.documents:
        received = f"{paper.title}, from {paper.source}, {paper.pages} pages."
        content = rules.written(
            kinds.OUTSIDE_RECORD, "Free", {"Received": received, "Text": paper.words}
        )
        yield ImportedNote(
            "outside_record",
            paper.received_at,
            ((content, paper.received_at),),
            part2="part2" in paper.labels,
        )


def _risks(chart: Chart, course: Course, today: date) -> Iterable[ImportedNote]:
    for one in risks.of_chart(chart.number, course.sessions, today):
        content = rules.written(kinds.KINDS[one.kind], "Sheet", one.fields)
        signed_at = one.occurred_at + timedelta(hours=1)
        yield ImportedNote(one.kind, one.occurred_at, ((content, signed_at),))


def _measures(course: Course) -> Iterable[ImportedNote]:
    for one, content in taken(course.measures):
        yield ImportedNote("measure", one.taken_at, ((content, one.taken_at),))


def _drafts(
    run: Loading, chart_id: str, chart: Chart, course: Course, sessions: dict[int, Session]
) -> None:
    above = demo_reviews.supervisors(run.here, chart, run.at)
    for note in course.notes:
        if note.signed_at or not run.cares_now(chart, note.author):
            continue
        here = run.here[note.author]
        session = sessions[note.session]
        record = charting.begin(
            here,
            chart_id,
            "progress_note",
            occurred_at=session.starts_at,
            session=_facts(session),
        )
        words = {"Data": note.data, "Assessment": note.assessment, "Plan": note.plan}
        charting.save_draft(here, record, words, 1)
        if note.returned and above:
            demo_reviews.return_draft(here, above, record, note.returned)
