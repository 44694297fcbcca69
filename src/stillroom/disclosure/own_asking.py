"""What a client asks for by her own door: entered as a matter, told how it stands, answered back.

Rules: the gate lets her ask (`OWN_ASK`) and take along (`OWN_TAKE`, with a fresh proof); each is in
the log first and sealed in the chart's ring. Who asks is proven by the door, and that is written
into the matter as a step of her own, signed with her key. She reads here what she asked herself and
how it stands, and nothing else of any matter.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from stillroom.access import Act, Grant, Purpose, Ward
from stillroom.consent.rules import Party
from stillroom.disclosure import actions, askers, matters, steps
from stillroom.disclosure import rules_own_asking as rules
from stillroom.disclosure.askers import amending, identity
from stillroom.disclosure.askers.amending import Done
from stillroom.disclosure.matters import Asked
from stillroom.disclosure.models import Determination, Matter, Step
from stillroom.disclosure.rules_own_asking import Request
from stillroom.identity import entries
from stillroom.phi import NotHere, Presence, bridge
from stillroom.practice import queries as practice
from stillroom.practice import queries_guests


@dataclass(frozen=True)
class OwnMatter:
    """One request of hers: what, when, in which words, how it stands and by when it is answered."""

    id: str
    chart: str
    title: str
    asked_at: datetime
    words: str
    state: str
    due: date | None
    along: bool
    disagrees: bool
    """Whether a statement of disagreement may be added now."""
    said: tuple[str, ...] = ()
    """Her statements of disagreement, oldest first."""
    carried: bool = False
    """Whether she asked that the request and its refusal go along."""


def ask(presence: Presence, chart_id: str, kind: str, words: str) -> str:
    """Ask for something; gives the matter's id. `NothingAsked`, `TooMany`."""
    stand = queries_guests.own_stand(presence, chart_id)
    grant = permission(presence, chart_id, Act.OWN_ASK)
    request = rules.require(kind, words)
    who = Party(_name(presence, stand), "client" if stand.holder else "personal_representative")
    asked = rules.matter_of(request, words, who, presence.today, proxy=not stand.holder)
    return enter(presence, chart_id, grant, asked)


def ask_along(presence: Presence, chart_id: str) -> str:
    """Ask to take everything along; gives the matter's id. It is not there before its wait."""
    stand = queries_guests.own_stand(presence, chart_id)
    grant = permission(presence, chart_id, Act.OWN_TAKE)
    who = Party(_name(presence, stand), "client")
    return enter(presence, chart_id, grant, rules.along(who, presence.today))


def permission(presence: Presence, chart_id: str, act: Act) -> Grant:
    """The gate's, for the own purpose."""
    cares = practice.cares_of(presence.person, chart_id)
    return bridge.ask(presence, act, Purpose.OWN, Ward(chart=chart_id), cares=cares)


def _name(presence: Presence, stand: queries_guests.Stands) -> str:
    sheet = queries_guests.own_sheet(presence, stand)
    return sheet.full if stand.holder else f"who stands for {sheet.full}"


def enter(presence: Presence, chart_id: str, grant: Grant, asked: Asked) -> str:
    """The matter, with the step that says how it is known who asks."""
    with transaction.atomic():
        practice.hold(chart_id)
        mine = Matter.objects.filter(chart=chart_id, opened_by=presence.person)
        if mine.filter(state=Matter.State.OPEN).count() >= rules.MOST_OPEN:
            raise rules.TooMany
        matter_id = actions.write(presence, chart_id, grant, asked)
        seen = "Signed in by the client’s own door, with the client’s own keys."
        check = identity.Check((identity.OWN_DOOR,), seen, verified=True)
        body = identity.body(check)
        steps.append(presence, grant, Matter.objects.get(pk=matter_id), identity.STEP, body)
    return matter_id


def asked_by_me(presence: Presence, chart_id: str) -> list[OwnMatter]:
    """What this person asked by her own door, newest first; one entry in the log, if anything."""
    queries_guests.own_stand(presence, chart_id)
    found = Matter.objects.filter(chart=chart_id, opened_by=presence.person)
    return _read(presence, chart_id, list(found.order_by("-opened_at", "-pk")))


def one_of_mine(presence: Presence, matter_id: str) -> OwnMatter:
    """One request of hers, or `NotHere` for anybody else's, written down."""
    row = Matter.objects.filter(pk=matter_id, opened_by=presence.person).first()
    if row is None:
        bridge.refuse(presence, Act.OWN_ASK, matter_id)
        raise NotHere
    (found,) = _read(presence, row.chart, [row])
    return found


def _read(presence: Presence, chart_id: str, rows: Sequence[Matter]) -> list[OwnMatter]:
    grant = permission(presence, chart_id, Act.OWN_ASK)
    if not rows:
        return []
    decided = list(Determination.objects.filter(matter__in=rows).order_by("number"))
    hers = list(Step.objects.filter(matter__in=rows, signer=presence.person).order_by("number"))
    parts: list[bridge.SealedPart] = [
        *((row.pk, "matter", row.revision, bytes(row.sealed)) for row in rows),
        *((one.matter_id, "decision", one.number, bytes(one.sealed)) for one in decided),
        *((one.matter_id, "step", one.number, bytes(one.sealed)) for one in hers),
    ]
    details: bridge.Details = {"did": "looked at own requests"}
    words = bridge.reveal(presence, grant, Ward(chart=chart_id), parts, details)
    signed: dict[str, list[str]] = {}
    for one, text in zip(decided, words[len(rows) :], strict=False):
        signed.setdefault(one.matter_id, []).append(matters.decode_signed(text).decision)
    said: dict[str, list[Done]] = {}
    for step, text in zip(hers, words[len(rows) + len(decided) :], strict=True):
        kind, body = entries.of_sheet(text)
        if kind == amending.STEP:
            said.setdefault(step.matter_id, []).append(amending.read(body))
    return [
        _own(row, matters.decode(text), tuple(signed.get(row.pk, ())), said.get(row.pk, ()))
        for row, text in zip(rows, words, strict=False)
    ]


def _own(row: Matter, asked: Asked, decisions: tuple[str, ...], said: Sequence[Done]) -> OwnMatter:
    state = rules.state_of(decisions, row.state)
    who = askers.asker(asked.occasion)
    open_still = state in ("open", "extended")
    due = askers.due(who, asked.intake, extended=asked.extended) if open_still else None
    return OwnMatter(
        id=row.pk,
        chart=row.chart,
        title=_title(asked),
        asked_at=row.opened_at,
        words=asked.letter,
        state=state,
        due=due,
        along=rules.is_along(asked),
        disagrees=asked.occasion == "amendment" and state == "refused",
        said=tuple(one.words for one in said if one.what == "statement"),
        carried=any(one.what == "carry" for one in said),
    )


def _title(asked: Asked) -> str:
    """The words under which it was asked, marked for translation."""
    if rules.is_along(asked):
        return "Everything, to take along"
    first = asked.intake.asks_for
    titles: list[Request] = [one for one in rules.REQUESTS.values() if first.startswith(one.title)]
    return titles[0].title if titles else ""


def disagree(presence: Presence, matter_id: str, words: str) -> None:
    """A statement of disagreement beside a correction that was refused (164.526(d)(2)); as often
    as she has something to say."""
    if not words.strip() or len(words) > rules.MOST_WORDS:
        one_of_mine(presence, matter_id)
        raise rules.NothingAsked
    _against(presence, matter_id, amending.Done("statement", words))


def carry(presence: Presence, matter_id: str) -> None:
    """No statement, but her request and the denial are to go along (164.526(d)(1)(iii))."""
    _against(presence, matter_id, amending.Done("carry", amending.CARRY))


def _against(presence: Presence, matter_id: str, done: amending.Done) -> None:
    mine = one_of_mine(presence, matter_id)
    if not mine.disagrees:
        raise rules.NotNow
    grant = permission(presence, mine.chart, Act.OWN_ASK)
    with transaction.atomic():
        row = Matter.objects.select_for_update().get(pk=matter_id)
        practice.hold(mine.chart)
        steps.append(presence, grant, row, amending.STEP, amending.body(done))
