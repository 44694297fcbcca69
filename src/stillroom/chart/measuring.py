"""Taking measures: by the clinician, from paper, or by the client on this device.

Rules: what is taken is signed at once, because nobody drafts a measure; an answer that asks for an
assessment of risk makes something that follows *today* for all who treat or cover (`Followup`),
until somebody signs an assessment or says that it is done. While a client holds the device, no key
is in the session: what comes back is sealed to the clinician alone and waits for her.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
from django.db import transaction
from django.utils import timezone

from stillroom.access import Act, Grant, Purpose, Ward
from stillroom.chart import actions, again, kinds, measured, queries, queries_risk, risk
from stillroom.chart._kinds_measures import MEASURE
from stillroom.chart.contents import Answer
from stillroom.chart.measures import Answers, Library, Measure
from stillroom.chart.models import Followup, Handed, Record
from stillroom.chart.settling import ASSESSMENT
from stillroom.identity import queries as people
from stillroom.kernel import StillroomError
from stillroom.phi import House, NotHere, Presence, bridge, handing
from stillroom.practice import queries as practice

WAITS = timedelta(days=2)
"""So long a questionnaire may be out in a client's hands; afterwards it takes no answers."""
LONGEST = 64 * 1024


class NothingAnswered(StillroomError):
    """A measure without a single answer was to be signed."""

    what = "nothing is answered yet"
    usual_advice = "Choose at least one answer, or leave the page; nothing was kept."


@dataclass(frozen=True)
class Waiting:
    """Something that a client handed back and that nobody has looked at."""

    id: str
    chart: str
    answered_at: datetime


@dataclass(frozen=True)
class HandedBack:
    """What a client handed back, opened."""

    id: str
    chart: str
    instrument: str
    answers: Answers
    answered_at: datetime


def keep(
    presence: Presence,
    chart_id: str,
    measure: Measure,
    answers: Answers,
    by: str,
    *,
    occurred_at: datetime,
) -> str:
    """Sign a measure that was taken; gives the record's id."""
    kept = measure.asks.kept(answers)
    if not kept:
        raise NothingAnswered
    content = measured.content_of(measure, kept, by)
    # All or nothing: a measure that could not be signed leaves no draft behind.
    with transaction.atomic():
        record = actions.begin(presence, chart_id, MEASURE.id, occurred_at=occurred_at)
        saved = actions.save_content(presence, record, content, 1)
        actions.sign(presence, record, saved.version)
        again.taken(presence, *_may_write(presence, chart_id), measure.id)
        if measured.signals_of(measure, kept):
            row = Record.objects.get(pk=record)
            Followup.objects.get_or_create(record=row, defaults={"due_on": presence.today})
    return record


def _may_write(presence: Presence, chart_id: str) -> tuple[Grant, Ward]:
    ward = queries.chart_ward(chart_id)
    cares = practice.cares_of(presence.person, chart_id)
    grant = bridge.ask(presence, Act.RECORD_WRITE, Purpose.TREATMENT, ward, cares=cares)
    return grant, ward


def hand(presence: Presence, chart_id: str, measure: Measure) -> str:
    """Hand a questionnaire to the client; gives the occasion's id. The session is then locked."""
    details: bridge.Details = {"did": "handed a questionnaire", "instrument": measure.id}
    return hand_out(presence, chart_id, measure.id, details)


def hand_out(presence: Presence, chart_id: str, ask: str, details: bridge.Details) -> str:
    """Hand over anything that is answered on this device: `ask` says what, and is sealed."""
    grant, ward = _may_write(presence, chart_id)
    # What never came back is over.
    mine = Handed.objects.filter(person=presence.person, answered_at=None)
    mine.filter(handed_at__lte=presence.at - WAITS).delete()
    row = Handed(chart=chart_id, person=presence.person, handed_at=presence.at)
    bridge.note(presence, grant, ward, details)
    row.sealed_ask = bridge.seal(presence, grant, ward, row.pk, "ask", 1, ask.encode())
    row.save(force_insert=True)
    return row.pk


def hand_back(house: House, person: str, occasion: str, answers: Answers, *, at: datetime) -> bool:
    """What a client wrote, sealed to the person whose locked session this is. Nothing is opened.

    False when there is no such occasion of this person, or it has its answers already.
    """
    waiting = Handed.objects.filter(
        pk=occasion, person=person, answered_at=None, handed_at__gt=at - WAITS
    )
    words = msgspec.json.encode(dict(answers))
    key = people.public_key(person)
    if key is None or len(words) > LONGEST:
        return False
    with transaction.atomic():
        if not waiting.update(answered_at=at):
            return False
        sealed = handing.leave(house, occasion, person, key, words)
        Handed.objects.filter(pk=occasion).update(sealed_answers=sealed)
    return True


def waiting(presence: Presence) -> list[Waiting]:
    """What clients handed back to me, oldest first; nothing is opened."""
    rows = Handed.objects.filter(person=presence.person, answered_at__isnull=False)
    charts = practice.charts_in_care(presence)
    return [
        Waiting(row.pk, row.chart, row.answered_at)
        for row in rows.order_by("answered_at", "pk")
        if row.chart in charts and row.answered_at is not None
    ]


def look(presence: Presence, occasion: str) -> HandedBack:
    """Open what a client handed back. Whose it is not is told that there is no such thing."""
    row = Handed.objects.filter(pk=occasion, person=presence.person).first()
    if row is None or row.answered_at is None:
        bridge.refuse(presence, Act.RECORD_WRITE, occasion)
        raise NotHere
    grant, ward = _may_write(presence, row.chart)
    details: bridge.Details = {"did": "looked at what was handed back", "occasion": occasion}
    ask = (row.pk, "ask", 1, bytes(row.sealed_ask))
    (instrument,) = bridge.reveal(presence, grant, ward, [ask], details)
    words = handing.take(presence, grant, ward, occasion, bytes(row.sealed_answers), details)
    answers = msgspec.json.decode(words, type=dict[str, str])
    return HandedBack(row.pk, row.chart, instrument.decode(), answers, row.answered_at)


def keep_handed(presence: Presence, back: HandedBack, measure: Measure) -> str:
    """Sign what a client handed back, and forget the occasion: both or neither."""
    with transaction.atomic():
        record = keep(
            presence, back.chart, measure, back.answers, "client", occurred_at=back.answered_at
        )
        put_away(back.id)
    return record


def put_away(occasion: str) -> None:
    """Forget an occasion whose answers are signed, or were not wanted."""
    with transaction.atomic():
        handing.forget(occasion)
        Handed.objects.filter(pk=occasion).delete()


def assess(presence: Presence, record_id: str, library: Library) -> str:
    """The assessment that a measure asked for: one's open draft, or a new one that says why."""
    whole = queries.record(presence, record_id)
    if whole.kind.id != MEASURE.id or not whole.revisions:
        bridge.refuse(presence, Act.RECORD_WRITE, record_id)
        raise NotHere
    taken = measured.taken_of(whole.id, whole.occurred_at, whole.revisions[0].content)
    held = queries_risk.risk_of(presence, whole.chart, drafts=True)
    begun = next((one.id for one in held.drafts if one.kind == ASSESSMENT), "")
    if begun:
        return begun
    measure = library.measures.get(taken.instrument)
    said = measured.signals_of(measure, taken.answers) if measure else ()
    day = timezone.localtime(taken.occurred_at)
    words = f"{taken.short}, {day:%B} {day.day}: {' '.join(said)}"
    kind = kinds.kind_named(ASSESSMENT)
    stays = risk.begun_from(kind, risk.newest(held.signed, ASSESSMENT))
    ours = (Answer("occasion", "measure"), Answer("occasion_words", words))
    named = {one.name for one in ours}
    return actions.begin(
        presence,
        whole.chart,
        ASSESSMENT,
        occurred_at=presence.at,
        answers=(*ours, *(one for one in stays if one.name not in named)),
    )
