"""Changing a matter: enter it, answer a question, sign a decision.

Rules: the words of a matter are sealed in the chart's ring; each change is asked of the gate and is
in the log before the row changes; a decision is signed with the whole opinion it was made on, and
one against the opinion says so and why (P7).
"""

import secrets
from typing import Any

from django.db import transaction
from django.db.models import Max
from msgspec import structs

from stillroom.access import Act, Grant, Purpose, Ward
from stillroom.disclosure import askers, matters, queries, rules
from stillroom.disclosure.finding import find_matter
from stillroom.disclosure.matters import Asked, Signed
from stillroom.disclosure.models import Determination, Matter
from stillroom.disclosure.occasions import occasion_of
from stillroom.disclosure.queries import WholeMatter
from stillroom.disclosure.rules import Decision
from stillroom.kernel import StillroomError, new_id
from stillroom.law import Corpus, facts_from_json, states_on_file
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


class NoSuchPlace(StillroomError):
    """A place of law that nobody has on file."""

    what = "the law of that place is not on file"
    usual_advice = "Choose a state or the District of Columbia; nothing was changed."


def enter(presence: Presence, chart_id: str, asked: Asked) -> str:
    """Enter what was asked or what happened; gives the matter's id."""
    return write(presence, chart_id, _allowed(presence, chart_id, Act.MATTER_OPEN), asked)


def write(presence: Presence, chart_id: str, grant: Grant, asked: Asked) -> str:
    """The same under a permission that the caller has: whoever asks by her own door
    (`own_asking`)."""
    occasion_of(asked.occasion)
    ward = Ward(chart=chart_id)
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
    row = find_matter(presence, matter_id, Act.MATTER_WRITE)
    grant = _allowed(presence, row.chart, Act.MATTER_WRITE)
    cares = practice.cares_of(presence.person, row.chart)
    (asked,) = queries.open_asked(presence, [row], cares)
    rewrite(presence, grant, row, asked.with_answer(fact, value), {"fact": fact})


def look(presence: Presence, matter_id: str, seen: str, value: str) -> None:
    """What was seen on the paper: "yes", "no", or "" for not looked."""
    row = find_matter(presence, matter_id, Act.MATTER_WRITE)
    grant = _allowed(presence, row.chart, Act.MATTER_WRITE)
    cares = practice.cares_of(presence.person, row.chart)
    (asked,) = queries.open_asked(presence, [row], cares)
    shown = {must.about for must in askers.asker(asked.occasion).musts}
    if seen not in shown or not seen.startswith("paper.") or value not in ("yes", "no", ""):
        raise StillroomError("that is nothing to look for on this paper", advice="Reload the page.")
    looked = {name: old for name, old in asked.looked.items() if name != seen}
    if value:
        looked[seen] = value
    rewrite(presence, grant, row, structs.replace(asked, looked=looked), {"looked": seen})


def also_governed(presence: Presence, corpus: Corpus, matter_id: str, place: str) -> None:
    """The law of one more place is asked too; empty: of the chart's own place alone.

    A client who was elsewhere during a session by video may bring that place's law with her. A
    place that is not on file is refused, for an answer would silently leave it out.
    """
    row = find_matter(presence, matter_id, Act.MATTER_WRITE)
    grant = _allowed(presence, row.chart, Act.MATTER_WRITE)
    if place and place not in states_on_file(corpus):
        raise NoSuchPlace
    cares = practice.cares_of(presence.person, row.chart)
    (before,) = queries.open_asked(presence, [row], cares)
    changed = structs.replace(before, elsewhere=(place,) if place else ())
    rewrite(presence, grant, row, changed, {"did": "places of law"})


def rewrite(
    presence: Presence, grant: Grant, row: Matter, asked: Asked, details: bridge.Details
) -> None:
    """The matter's words anew, over those of the revision that was read, or `ChangedMeanwhile`."""
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
    option = next((one for one in whole.determination.options if one.decision is decision), None)
    if option is None or not option.open:
        raise OptionClosed
    grant = _allowed(presence, whole.chart, Act.MATTER_DECIDE)
    sheet = _signed(whole, decision, words)
    raw = matters.encode_signed(sheet)
    digest = matters.DECISION.digest(raw)
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
        message = matters.DECISION.message(matter_id, number, digest)
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
        _move_on(presence, grant, whole, decision)
    return entry


def _move_on(presence: Presence, grant: Grant, whole: WholeMatter, decision: Decision) -> None:
    """What a signed decision does to its matter: its state, and the one extension taken."""
    made = whole.determination
    if decision is Decision.EXTEND:
        row = find_matter(presence, whole.id, Act.MATTER_WRITE)
        extended = structs.replace(made.asked, extended=True)
        rewrite(presence, grant, row, extended, {"did": "extended"})
    if state := askers.state_after(made.asker, decision):
        Matter.objects.filter(pk=whole.id).update(state=state)


def _signed(whole: WholeMatter, decision: Decision, words: str) -> Signed:
    made = whole.determination
    record = made.record
    return Signed(
        version=1,
        decision=decision.value,
        words=words.strip(),
        on=made.around.today,
        corpus=made.full.corpus,
        matter=record["matter"],
        facts=record["facts"],
        opinion=record,
        against=rules.against(decision, made.answers),
        corrections=whole.corrections,
        salt=secrets.token_bytes(16),
    )
