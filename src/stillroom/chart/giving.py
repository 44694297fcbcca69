"""Giving a measure by the client's own door, answering it, and signing what she answered.

Rules: she saves as she goes, and each answer is sealed as it comes; an answer that asks for an
assessment of risk tells the practice in the same transaction, whether she hands in or not, and is
never untold; what she handed in changes no more; it becomes a record when whoever treats signs it.
"""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from stillroom.access import Act, Grant, Purpose, Ward
from stillroom.chart import again, measured, measuring, queries, queries_given
from stillroom.chart.given import (
    AnsweredAlready,
    Ask,
    Filled,
    GivenOne,
    NothingYet,
    encode,
)
from stillroom.chart.measures import Measure
from stillroom.chart.models_given import Given
from stillroom.kernel import new_id
from stillroom.phi import NotHere, Presence, bridge
from stillroom.practice import queries as practice
from stillroom.practice.queries_guests import own_stand


def give(
    presence: Presence, chart_id: str, ask: Ask, measure: Measure, due_on: date | None = None
) -> str:
    """Give a questionnaire to a client of the chart; gives its id."""
    grant, ward = _may_write(presence, chart_id)
    head = practice.chart_head(presence, chart_id)
    if ask.client not in {one.client for one in head.holders} or not measure.asks.can_be_handed:
        bridge.refuse(presence, Act.RECORD_WRITE, chart_id)
        raise NotHere
    made = new_id()
    details: bridge.Details = {"did": "gave questions by the own door", "given": made}
    with transaction.atomic():
        bridge.note(presence, grant, ward, {**details, "instrument": ask.instrument})
        Given.objects.create(
            id=made,
            chart=chart_id,
            given_by=presence.person,
            given_at=presence.at,
            due_on=due_on,
            sealed_ask=bridge.seal(presence, grant, ward, made, "ask", 1, encode(ask)),
        )
        again.taken(presence, grant, ward, ask.instrument, ask.client)
    return made


def save(
    presence: Presence, given_id: str, answers: Mapping[str, str], measure: Measure
) -> GivenOne:
    """Lay these answers over what was there. `AnsweredAlready` once it was handed in."""
    one = queries_given.own_one(presence, given_id)
    grant, ward = queries_given.grant_to_answer(presence, one.chart)
    with transaction.atomic():
        row, now = _locked(presence, grant, ward, given_id)
        if not now.waits:
            raise AnsweredAlready
        by = "own" if own_stand(presence, one.chart).capacity.value == "holder" else "proxy"
        filled = now.filled.with_more(answers, by)
        kept = measure.asks.kept(filled.answers)
        if kept == now.filled.answers:
            return now
        filled = Filled(kept, filled.by)
        pressing = row.pressing_at
        if pressing is None and measured.signals_of(measure, kept):
            pressing = presence.at
            # What is to be looked at at once is in the log before she sees the next page.
            did: bridge.Details = {"did": "an answer asks for somebody", "given": given_id}
            bridge.note(presence, grant, ward, did)
        revision = row.revision + 1
        Given.objects.filter(pk=given_id).update(
            revision=revision,
            sealed_answers=bridge.seal(
                presence, grant, ward, given_id, "answers", revision, encode(filled)
            ),
            saved_at=presence.at,
            pressing_at=pressing,
        )
    return queries_given.own_one(presence, given_id)


def hand_in(presence: Presence, given_id: str) -> GivenOne:
    """She is done. `NothingYet` without a single answer."""
    one = queries_given.own_one(presence, given_id)
    grant, ward = queries_given.grant_to_answer(presence, one.chart)
    with transaction.atomic():
        _, now = _locked(presence, grant, ward, given_id)
        if not now.waits:
            raise AnsweredAlready
        if not now.filled.answers:
            raise NothingYet
        bridge.note(presence, grant, ward, {"did": "handed in", "given": given_id})
        Given.objects.filter(pk=given_id).update(answered_at=presence.at)
    return now


def see(presence: Presence, given_id: str) -> GivenOne:
    """Open what she answered; whoever treats or covers has then seen what is pressing."""
    one = queries_given.given_one(presence, given_id)
    if one.pressing_at is not None and one.seen_at is None and _on_duty(presence, one.chart):
        unseen = Given.objects.filter(pk=given_id, seen_at=None)
        unseen.update(seen_at=presence.at, seen_by=presence.person)
    return one


def keep(presence: Presence, given_id: str, measure: Measure) -> str:
    """Sign what she answered into the record; gives the record's id. Here it is then gone."""
    one = queries_given.given_one(presence, given_id)
    if not one.to_look_at:
        bridge.refuse(presence, Act.RECORD_WRITE, given_id)
        raise NotHere
    when = one.answered_at or one.saved_at or presence.at
    with transaction.atomic():
        row = Given.objects.select_for_update().get(pk=given_id)
        if row.record:
            return row.record
        record = measuring.keep(
            presence, one.chart, measure, one.filled.answers, one.filled.by, occurred_at=when
        )
        Given.objects.filter(pk=given_id).update(
            record=record, sealed_answers=b"", answered_at=row.answered_at or presence.at
        )
    return record


def take_away(presence: Presence, given_id: str) -> str:
    """It is not wanted any more; gives the chart. What is pressing and unseen stays."""
    one = queries_given.given_one(presence, given_id)
    grant, ward = _may_write(presence, one.chart)
    with transaction.atomic():
        row = Given.objects.select_for_update().get(pk=given_id)
        if row.record or (row.pressing_at is not None and row.seen_at is None):
            raise NotHere
        bridge.note(presence, grant, ward, {"did": "took questions away", "given": given_id})
        row.delete()
    return one.chart


def _on_duty(presence: Presence, chart_id: str) -> bool:
    cares = practice.cares_of(presence.person, chart_id)
    ward = queries.chart_ward(chart_id)
    return bridge.may(presence, Act.RECORD_WRITE, Purpose.TREATMENT, ward, cares=cares)


def _may_write(presence: Presence, chart_id: str) -> tuple[Grant, Ward]:
    ward = queries.chart_ward(chart_id)
    cares = practice.cares_of(presence.person, chart_id)
    return bridge.ask(presence, Act.RECORD_WRITE, Purpose.TREATMENT, ward, cares=cares), ward


def _locked(presence: Presence, grant: Grant, ward: Ward, given_id: str) -> tuple[Given, GivenOne]:
    """The row as it is under its lock: two devices come one after the other, and neither's answer
    is lost."""
    row = Given.objects.select_for_update().get(pk=given_id)
    (now,) = queries_given.open_rows(presence, grant, ward, [row], "went on answering")
    return row, now
