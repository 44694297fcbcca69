"""Reading permissions that wait for a client's signature, and what became of them.

Rules: those who care see all of a chart's; whoever comes in by a client's door sees those that she
is to sign, and no other's (P8). Each look is in the log.
"""

from collections.abc import Iterable
from datetime import date

from msgspec.structs import replace

from stillroom.access import Act, Ward
from stillroom.consent.models_offers import Offer, OfferAnswer
from stillroom.consent.offers import (
    Answered,
    Given,
    OneOffer,
    Seat,
    State,
    decode,
    decode_given,
    digest,
    message,
    signed_paper,
)
from stillroom.consent.queries import KeptPaper
from stillroom.identity import queries as people
from stillroom.kernel import StillroomError
from stillroom.phi import NotHere, Presence, Told, across, bridge
from stillroom.practice import queries as practice
from stillroom.practice import queries_guests
from stillroom.practice.queries_guests import Stands

_MOST = 50


def offers(presence: Presence, chart_id: str) -> list[OneOffer]:
    """All of a chart's that whoever asks may see, the newest first."""
    rows = list(Offer.objects.filter(chart=chart_id).order_by("-offered_at", "-pk")[:_MOST])
    if not rows:
        return []
    found = _opened(presence, chart_id, rows)
    if not presence.guest:
        return found
    stand = queries_guests.own_stand(presence, chart_id)
    return [one for one in found if seat_of(presence, stand, one) is not None]


def offer(presence: Presence, offer_id: str) -> OneOffer:
    """One of them, or `NotHere`, which is written down."""
    row = Offer.objects.filter(pk=offer_id).first()
    if row is None:
        bridge.refuse(presence, Act.CONSENT_READ, offer_id)
        raise NotHere
    (found,) = _opened(presence, row.chart, [row])
    if presence.guest:
        own_seat(presence, found)
    return found


def own_seat(presence: Presence, found: OneOffer) -> Seat:
    """As whom the guest who asks is to sign; `NotHere`, written down, for anybody else."""
    stand = queries_guests.own_stand(presence, found.chart)
    seat = seat_of(presence, stand, found)
    if seat is None:
        bridge.refuse(presence, Act.CONSENT_READ, found.id)
        raise NotHere
    return seat


def seat_of(presence: Presence, stand: Stands, found: OneOffer) -> Seat | None:
    """The seat of whoever stands so. The client's own is hers alone, a proxy's that account's."""
    account = "" if stand.holder else presence.person
    for one in found.words.seats:
        if one.holder == stand.client and one.account == account:
            return one
    return None


def _opened(presence: Presence, chart_id: str, rows: list[Offer]) -> list[OneOffer]:
    cares = practice.cares_of(presence.person, chart_id)
    ward = Ward(chart=chart_id)
    purpose = practice.purpose_for(presence, cares)
    grant = bridge.ask(presence, Act.CONSENT_READ, purpose, ward, cares=cares)
    given = list(OfferAnswer.objects.filter(offer__in=rows).order_by("given_at", "pk"))
    parts = [(row.pk, "offer", 1, bytes(row.sealed)) for row in rows]
    parts += [(row.pk, "offer answered", 1, bytes(row.sealed)) for row in given]
    details: bridge.Details = {"offers": [row.pk for row in rows]}
    words = bridge.reveal(presence, grant, ward, parts, details)
    said = list(zip(given, map(decode_given, words[len(rows) :]), strict=True))
    return [
        _one(row, raw, [(answer, one) for answer, one in said if answer.offer_id == row.pk])
        for row, raw in zip(rows, words, strict=False)
    ]


def _one(row: Offer, raw: bytes, said: Iterable[tuple[OfferAnswer, Given]]) -> OneOffer:
    return OneOffer(
        id=row.pk,
        chart=row.chart,
        words=decode(raw),
        raw=raw,
        until=row.until,
        offered_by=row.offered_by,
        offered_at=row.offered_at,
        ended_at=row.ended_at,
        ended_by=row.ended_by,
        paper=row.paper,
        noted=row.noted_at is not None,
        entry=row.entry,
        answers=tuple(
            Answered(one, answer.given_by, answer.given_at, answer.entry) for answer, one in said
        ),
    )


def to_note(presence: Presence, today: date) -> list[tuple[str, str, State]]:
    """(chart, offer, how it ended) of charts in one's care, where nobody has noted it yet. What the
    practice itself withdrew is noted by that."""
    mine = practice.charts_in_care(presence)
    rows = list(Offer.objects.filter(chart__in=mine, noted_at=None).order_by("offered_at", "pk"))
    over = [row for row in rows if row.ended_at is not None or row.until < today]
    charts = sorted({row.chart for row in over})
    cares = practice.cares_in(presence.person, charts)
    wanted = [
        across.Wanted(
            Act.CONSENT_READ,
            practice.purpose_for(presence, cares.get(chart, ())),
            Ward(chart=chart),
            cares.get(chart, ()),
        )
        for chart in charts
    ]
    details: bridge.Details = {"did": "looked which offered permissions ended"}
    held = across.hold(presence, wanted, details) if wanted else []
    may = {one.ward.chart for one in held}
    return [(row.chart, row.pk, _ended(row)) for row in over if row.chart in may]


def _ended(row: Offer) -> State:
    if row.paper:
        return State.SIGNED
    return State.DECLINED if row.ended_at is not None else State.EXPIRED


def of_paper(presence: Presence, paper_id: str) -> OneOffer | None:
    """The offer from which an authorization came, if it came from one."""
    found = Offer.objects.filter(paper=paper_id).values_list("pk", flat=True).first()
    return offer(presence, found) if found else None


def holds(kept: KeptPaper, found: OneOffer) -> bool:
    """Whether the paper is the one that was offered, and each signature under it stands under these
    very words with the key of her account. What was known of a signer is not hers to sign."""
    paper = kept.authorization.as_signed()
    known = {one.holder: one.standing for one in paper.signatures}
    seats = [replace(one, standing=known.get(one.holder)) for one in found.words.seats]
    given = [one for one in found.answers if one.given.signed]
    same = paper == signed_paper(found.words, [one.given for one in given], seats)
    return same and all(_by_her_key(found, one) for one in given)


def _by_her_key(found: OneOffer, one: Answered) -> bool:
    key = people.verifying_key(one.by)
    if key is None or one.given.digest != digest(found.raw):
        return False
    try:
        key.verify(message(found.chart, one.given), bytes.fromhex(one.given.mark))
    except (StillroomError, ValueError):
        return False
    return True


_WRITTEN = frozenset({Act.CONSENT_WRITE})


def told_of_log(most: int) -> list[Told]:
    """The entries that the newest offers and answers name."""
    rows = Offer.objects.order_by("-entry").values_list("entry", "offered_by")[:most]
    said = OfferAnswer.objects.order_by("-entry").values_list("entry", "given_by")[:most]
    return [Told(entry, _WRITTEN, actor) for entry, actor in (*rows, *said)]
