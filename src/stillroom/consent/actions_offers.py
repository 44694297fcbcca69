"""Offering a permission to be signed at the client's own door, withdrawing it, and answering it.

Rules: what would not count, were it signed today by everybody named, is not offered; and it is held
against the law once more on the day of each signature, by the age of that day. Who may sign: the
client herself; a minor where the state lets her; a parent of a minor; a guardian or representative
whose document is on file; each holder of a joint chart. A helper signs for nobody. An answer, a
withdrawal and the authorization that comes of the last signature are each in one transaction with
the row that says whether it still waits, so that one of two is first (T17).

Sources: 45 CFR 164.508(b)-(c), 164.502(g), 164.514(h)(1); 42 CFR 2.31.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, tzinfo

from django.db import transaction
from msgspec.structs import replace as replaced

from stillroom.access import Act, Grant, Ward
from stillroom.access import Capacity as StandsAs
from stillroom.consent import actions, papers, queries_offers
from stillroom.consent.models_offers import Offer, OfferAnswer
from stillroom.consent.offers import (
    Given,
    NobodyToSign,
    NotWaiting,
    OfferLacks,
    OneOffer,
    Seat,
    State,
    Words,
    digest,
    encode,
    message,
    signed_paper,
    why_cut,
)
from stillroom.consent.rules import Authorization, Capacity, defects
from stillroom.consent.signings import NotSigned, Strokes
from stillroom.kernel import Trilean, new_id
from stillroom.phi import Presence, bridge
from stillroom.practice import actions_proxies, queries_guests
from stillroom.practice import queries as practice
from stillroom.practice.queries_guests import Door
from stillroom.practice.rules_proxies import Ground

FRESH, SESSION = "fresh", "session"
_AS = {
    Capacity.PARENT: Ground.PARENT,
    Capacity.GUARDIAN: Ground.GUARDIAN,
    Capacity.REPRESENTATIVE: Ground.REPRESENTATIVE,
}


@dataclass(frozen=True)
class Signing:
    """What she gave: her name as she wrote it, what she drew, the day, her age on it."""

    name: str
    on: date
    age: int | None
    strokes: Strokes = ()


def offer(
    presence: Presence,
    chart_id: str,
    paper: Authorization,
    words: Words,
    until: date,
    zone: tzinfo,
) -> str:
    """Let it be signed by everybody in `words.seats`; gives its id. `paper` is without signatures.

    `OfferLacks` names what would be wrong with it, `NobodyToSign` who cannot sign.
    """
    ward, grant = _may_write(presence, chart_id)
    doors = queries_guests.doors_of(presence, chart_id)
    for seat in words.seats:
        _require_door(chart_id, seat, doors)
    today = presence.at.astimezone(zone).date()
    if until < today:
        raise OfferLacks("the last day on which it can be signed is over")
    words = replaced(words, paper=papers.encode(paper), why=why_cut(words.why))
    as_if = [Given(one.holder, True, today, name=one.name) for one in words.seats]
    _require_whole(signed_paper(words, as_if, words.seats), presence, zone)
    made, sealed = new_id(), encode(words)
    details: bridge.Details = {"did": "offered a permission to sign", "offer": made}
    with transaction.atomic():
        entry = bridge.note(presence, grant, ward, {**details, "content": digest(sealed)})
        Offer.objects.create(
            id=made,
            chart=chart_id,
            sealed=bridge.seal(presence, grant, ward, made, "offer", 1, sealed),
            until=until,
            offered_by=presence.person,
            offered_at=presence.at,
            entry=entry,
        )
    return made


def require_may_offer(presence: Presence, chart_id: str) -> None:
    """Nothing, or `NotHere`: asked before anything is said of what was typed (P8)."""
    _may_write(presence, chart_id)


def _may_write(presence: Presence, chart_id: str) -> tuple[Ward, Grant]:
    cares, ward = practice.cares_of(presence.person, chart_id), Ward(chart=chart_id)
    purpose = practice.writes_for(presence)
    return ward, bridge.ask(presence, Act.CONSENT_WRITE, purpose, ward, cares=cares)


def _require_door(chart_id: str, seat: Seat, doors: Sequence[Door]) -> None:
    """Somebody comes in by a door who is what the seat says."""
    for one in doors:
        if one.client != seat.holder or not one.account.active:
            continue
        if seat.capacity is Capacity.CLIENT:
            if one.capacity is StandsAs.HOLDER and not seat.account:
                return
        elif one.person == seat.account and stands_as(chart_id, one) is seat.capacity:
            return
    raise NobodyToSign(f"{seat.name or 'somebody who has to sign'} cannot sign at an own door")


def stands_as(chart_id: str, door: Door) -> Capacity | None:
    """As what a proxy may sign in the client's place; `None` for a helper, and for one to whom
    forms were not given."""
    if door.capacity is not StandsAs.PROXY or "forms" not in door.reach:
        return None
    basis = actions_proxies.read(chart_id, door.words)
    grounds = {ground.value: capacity for capacity, ground in _AS.items()}
    return grounds.get(basis.ground) if basis else None


def _require_whole(paper: Authorization, presence: Presence, zone: tzinfo) -> None:
    found = [f"{one.says} {one.citation}." for one in defects(paper, at=presence.at, zone=zone)]
    if not any(one.name.strip() for one in paper.recipients):
        found.append("It names nobody who may receive the record.")
    if found:
        raise OfferLacks(advice=" ".join(found))


def withdraw(presence: Presence, offer_id: str) -> str:
    """The practice takes it back before everybody has signed, or notes how it ended; gives the
    chart. What ended stays as it ended."""
    found = queries_offers.offer(presence, offer_id)
    ward, grant = _may_write(presence, found.chart)
    with transaction.atomic():
        row = Offer.objects.select_for_update().get(pk=offer_id)
        if row.noted_at is not None:
            return row.chart
        if row.ended_at is None:
            did: bridge.Details = {"did": "withdrew an offered permission", "offer": offer_id}
            bridge.note(presence, grant, ward, did)
            row.ended_at, row.ended_by = presence.at, presence.person
        row.noted_at = presence.at
        row.save(update_fields=["ended_at", "ended_by", "noted_at"])
    return found.chart


def sign(presence: Presence, offer_id: str, own: Signing, zone: tzinfo) -> OneOffer:
    """Sign it; with the last signature it is an authorization like any other.

    `NotSigned` without a name, `NotWaiting` if it is over or was answered, `OfferLacks` if it would
    not count on this day.
    """
    found = queries_offers.offer(presence, offer_id)
    seat = queries_offers.own_seat(presence, found)
    name = " ".join(own.name.split())
    if not name or len(name) > 200:
        raise NotSigned
    unmarked = Given(
        holder=seat.holder,
        signed=True,
        on=own.on,
        name=name,
        how="drawn" if own.strokes else "typed",
        strokes=own.strokes,
        proven=FRESH if presence.stepped_up is Trilean.YES else SESSION,
        digest=digest(found.raw),
    )
    given = replaced(unmarked, mark=presence.key.sign(message(found.chart, unmarked)).hex())
    every = [*(one.given for one in found.answers), given]
    seats = [_on_the_day(one, seat, own) for one in found.words.seats]
    others = _others(found, given)
    paper = signed_paper(found.words, [*every, *others], seats)
    _require_whole(paper, presence, zone)
    return _answer(presence, found, given, None if others else paper)


def _on_the_day(seat: Seat, own: Seat, signing: Signing) -> Seat:
    if seat is not own:
        return seat
    return replaced(seat, standing=replace(seat.standing, age=signing.age))


def _others(found: OneOffer, given: Given) -> list[Given]:
    """Those who are still to sign, as if they signed on the same day."""
    return [
        Given(one.holder, True, given.on, name=one.name)
        for one in found.waits_for()
        if one.holder != given.holder
    ]


def decline(presence: Presence, offer_id: str, words: str, on: date) -> OneOffer:
    """She says no, with or without a word; it is over for everybody who was to sign. Until all have
    signed, a yes can still become a no."""
    found = queries_offers.offer(presence, offer_id)
    seat = queries_offers.own_seat(presence, found)
    given = Given(seat.holder, False, on, words=why_cut(words), digest=digest(found.raw))
    return _answer(presence, found, given, None)


def _answer(
    presence: Presence, found: OneOffer, given: Given, paper: Authorization | None
) -> OneOffer:
    ward, grant = _may_write(presence, found.chart)
    made, did = new_id(), "signed an offered permission"
    if not given.signed:
        did = "declined an offered permission"
    before = found.answer_of(given.holder)
    with transaction.atomic():
        row = Offer.objects.select_for_update().get(pk=found.id)
        answers = OfferAnswer.objects.filter(offer=row).count()
        waits = row.ended_at is None and found.state(given.on) is State.WAITS
        again = before is not None and given.signed
        if not waits or again or answers != len(found.answers):
            raise NotWaiting
        entry = bridge.note(presence, grant, ward, {"did": did, "offer": found.id})
        OfferAnswer.objects.create(
            id=made,
            offer=row,
            given_by=presence.person,
            given_at=presence.at,
            sealed=bridge.seal(presence, grant, ward, made, "offer answered", 1, encode(given)),
            entry=entry,
        )
        if paper is not None:
            row.paper = actions.take_up(presence, found.chart, paper)
        if paper is not None or not given.signed:
            row.ended_at, row.ended_by = presence.at, presence.person
            row.save(update_fields=["ended_at", "ended_by", "paper"])
    return queries_offers.offer(presence, found.id)
