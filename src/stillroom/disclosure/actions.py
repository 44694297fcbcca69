"""Changing a matter: enter it, answer a question, sign a decision.

Rules: the words of a matter are sealed in the chart's ring; each change is asked of the gate and is
in the log before the row changes; a decision is signed with the whole opinion it was made on, and
one against the opinion says so and why (P7).
"""

import secrets
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import Max

from stillroom.access import Act, Grant, Purpose, Ward
from stillroom.disclosure import matters, queries
from stillroom.disclosure.matters import Asked, Signed
from stillroom.disclosure.models import Determination, Matter
from stillroom.disclosure.queries import WholeMatter
from stillroom.disclosure.rules import Decision
from stillroom.kernel import StillroomError, new_id
from stillroom.law import Corpus, facts_from_json
from stillroom.phi import Presence, bridge
from stillroom.practice import queries as practice


class NoReason(StillroomError):
    """A decision was to be signed without the therapist's own words."""

    what = "the reason is missing"
    usual_advice = "Say in your own words why you decide so; one sentence is enough."


class OptionClosed(StillroomError):
    """A decision was chosen that is not open as things stand."""

    what = "that is not open as things stand"
    usual_advice = "Look at what would open the door, or choose another way."


class ChangedMeanwhile(StillroomError):
    """The matter moved on since the page was made."""

    what = "this matter changed in another window"
    usual_advice = "Look at it as it is now, then go on; nothing was overwritten."


def enter(presence: Presence, chart_id: str, asked: Asked) -> str:
    """Enter a request for a record; gives the matter's id."""
    ward = Ward(chart=chart_id)
    grant = _allowed(presence, chart_id, Act.MATTER_OPEN)
    matter_id = new_id()
    year = presence.at.year
    words = matters.encode(asked)
    with transaction.atomic():
        bridge.note(presence, grant, ward, {"did": "entered", "matter": matter_id})
        highest = Matter.objects.filter(year=year).aggregate(top=Max("number"))["top"] or 0
        Matter.objects.create(
            id=matter_id,
            chart=chart_id,
            year=year,
            number=highest + 1,
            opened_by=presence.person,
            opened_at=presence.at,
            sealed=bridge.seal(presence, grant, ward, matter_id, "matter", 1, words),
        )
    return matter_id


def _allowed(presence: Presence, chart_id: str, act: Act) -> Grant:
    cares = practice.cares_of(presence.person, chart_id)
    return bridge.ask(presence, act, Purpose.TREATMENT, Ward(chart=chart_id), cares=cares)


def answer(presence: Presence, corpus: Corpus, matter_id: str, fact: str, value: Any) -> None:
    """One more fact known, or (with `None`) unknown again. Unknown names and values are refused."""
    facts_from_json(corpus, {fact: value})
    row = queries.find_matter(presence, matter_id, Act.MATTER_WRITE)
    grant = _allowed(presence, row.chart, Act.MATTER_WRITE)
    cares = practice.cares_of(presence.person, row.chart)
    (asked,) = queries.open_asked(presence, [row], cares)
    _rewrite(presence, grant, row, asked.with_answer(fact, value), {"fact": fact})


def change_paper(presence: Presence, matter_id: str, asked: Asked) -> None:
    """The intake corrected; what was answered since stays."""
    row = queries.find_matter(presence, matter_id, Act.MATTER_WRITE)
    grant = _allowed(presence, row.chart, Act.MATTER_WRITE)
    cares = practice.cares_of(presence.person, row.chart)
    (before,) = queries.open_asked(presence, [row], cares)
    attached = {**before.intake.attached, **asked.intake.attached}
    intake = replace(asked.intake, attached=attached)
    changed = Asked(intake, asked.letter or before.letter, before.answers)
    _rewrite(presence, grant, row, changed, {"did": "paper corrected"})


def _rewrite(
    presence: Presence, grant: Grant, row: Matter, asked: Asked, details: bridge.Details
) -> None:
    ward = Ward(chart=row.chart)
    revision = row.revision + 1
    words = matters.encode(asked)
    bridge.note(presence, grant, ward, {"matter": row.pk, **details})
    sealed = bridge.seal(presence, grant, ward, row.pk, "matter", revision, words)
    moved = Matter.objects.filter(pk=row.pk, revision=row.revision).update(
        revision=revision, sealed=sealed
    )
    if not moved:
        raise ChangedMeanwhile


def decide(
    presence: Presence, corpus: Corpus, matter_id: str, decision: Decision, words: str
) -> int:
    """Sign a decision with the opinion it is made on; gives the entry's number in the log."""
    if not words.strip():
        raise NoReason
    whole = queries.whole_matter(presence, corpus, matter_id)
    option = next(one for one in whole.determination.options if one.decision is decision)
    if not option.open:
        raise OptionClosed
    grant = _allowed(presence, whole.chart, Act.MATTER_DECIDE)
    sheet = _signed(whole, decision, words)
    raw = matters.encode_signed(sheet)
    digest = matters.signed_hash(raw)
    number = len(whole.decisions) + 1
    ward = Ward(chart=whole.chart)
    details: bridge.Details = {
        "did": "decided",
        "matter": matter_id,
        "decision": decision.value,
        "content": digest.hex(),
    }
    with transaction.atomic():
        opinion = whole.determination.digest
        entry = bridge.note(presence, grant, ward, details, opinion=opinion)
        message = matters.signed_message(matter_id, number, digest)
        Determination.objects.create(
            matter_id=matter_id,
            number=number,
            sealed=bridge.seal(presence, grant, ward, matter_id, "decision", number, raw),
            content_hash=digest,
            signer=presence.person,
            signed_at=presence.at,
            signature=presence.key.sign(message),
            entry=entry,
        )
        state = Matter.State.DECIDED if decision is not Decision.OBJECT else Matter.State.CLOSED
        Matter.objects.filter(pk=matter_id).update(state=state)
    return entry


def _signed(whole: WholeMatter, decision: Decision, words: str) -> Signed:
    made = whole.determination
    record = made.record
    must = any(str(answer.low.name) == "REQUIRED" for answer in made.answers.values())
    return Signed(
        version=1,
        decision=decision.value,
        words=words.strip(),
        on=made.around.today,
        corpus=made.full.corpus,
        matter=record["matter"],
        facts=record["facts"],
        opinion=record,
        against=must and decision is Decision.OBJECT,
        salt=secrets.token_bytes(16),
    )
