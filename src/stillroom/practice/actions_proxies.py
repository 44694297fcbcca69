"""Letting somebody in who stands for a client: decided, signed, and changed by deciding anew.

Rules: who treats decides, in words of her own, on what the law on file says of that day; the
decision is sealed with the standing and signed, and what was decided before goes along under it.
The account is a new one, or that of somebody who comes in already to a chart that she treats, so
that a mother of two signs in once. What the law surely closes, nobody gives; what an order or a
danger shuts, stays shut, and nobody outside is told (45 CFR 164.502(g)(5)).
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time

import msgspec
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from stillroom.access import Act, Capacity, Grant, Purpose, Ward
from stillroom.identity import guests
from stillroom.identity import queries as people
from stillroom.identity.entries import EntryKind
from stillroom.kernel import StillroomError, new_id
from stillroom.law import Corpus
from stillroom.phi import NotHere, Presence, bridge, rings
from stillroom.practice import actions_guests, queries, queries_guests
from stillroom.practice import rules_proxies as rules
from stillroom.practice.actions_guests import Stand
from stillroom.practice.models import Standing
from stillroom.practice.queries_guests import Door
from stillroom.practice.rules_proxies import About, Asked, Basis

_DECISION = EntryKind("proxy")


class BasisAltered(StillroomError):
    """What is kept of a decision is not what was signed."""

    what = "on what somebody stands for this client is not what was signed"
    usual_advice = "Nothing of it is shown. Shut that door, and tell whoever hosts the practice."


@dataclass(frozen=True)
class Decided:
    """What somebody decided: for which client of the chart, what is given, why, until when."""

    client: str
    asked: Asked
    about: About
    given: frozenset[str]
    words: str
    wished_end: date | None = None


class _Kept(msgspec.Struct, frozen=True):
    basis: bytes
    signer: str
    signature: bytes


def let_in(presence: Presence, corpus: Corpus, chart_id: str, decided: Decided) -> guests.Offer:
    """A place for somebody new who stands for the client."""
    stand = _stand(presence, corpus, chart_id, decided, ())
    return actions_guests.invite(presence, chart_id, stand)


def let_in_known(
    presence: Presence, corpus: Corpus, chart_id: str, person: str, decided: Decided
) -> None:
    """The same for somebody who comes in already, to another chart that this clinician treats."""
    stand = _stand(presence, corpus, chart_id, decided, ())
    if person not in {one.person for one in known_elsewhere(presence, chart_id)}:
        raise NotHere
    ward, grant = _asked(presence, chart_id, Act.GUEST_INVITE)
    public = people.verifying_key(person)
    if public is None:
        raise NotHere
    standing = new_id()
    with transaction.atomic():
        queries.hold(chart_id)
        entry = bridge.note(presence, grant, ward, _details("let in too", person, decided))
        rings.share_ring(presence, chart_id, rings.Kind.CHART, person, public)
        sealed = bridge.seal(presence, grant, ward, standing, "standing", 1, stand.words)
        Standing.objects.create(
            id=standing,
            chart_id=chart_id,
            client_id=decided.client,
            person=person,
            capacity=Capacity.PROXY.value,
            reach=sorted(stand.reach),
            begins_at=presence.at,
            ends_at=stand.until,
            invited_by=presence.person,
            sealed=sealed,
            entry=entry,
        )


def change(
    presence: Presence, corpus: Corpus, chart_id: str, person: str, decided: Decided
) -> None:
    """Decide anew what a proxy is given; what was decided before is kept beneath."""
    ward, grant = _asked(presence, chart_id, Act.GUEST_INVITE)
    door = door_of(presence, chart_id, person)
    before = read(chart_id, door.words)
    earlier = (*before.before, msgspec.structs.replace(before, before=())) if before else ()
    decided = replace(decided, client=door.client)
    stand = _stand(presence, corpus, chart_id, decided, earlier)
    with transaction.atomic():
        queries.hold(chart_id)
        row = _running(presence, chart_id).filter(person=person).get()
        entry = bridge.note(presence, grant, ward, _details("changed a door", person, decided))
        row.reach, row.ends_at, row.entry = sorted(stand.reach), stand.until, entry
        row.sealed = bridge.seal(presence, grant, ward, row.pk, "standing", 1, stand.words)
        row.save(update_fields=["reach", "ends_at", "entry", "sealed"])


def _details(did: str, person: str, decided: Decided) -> bridge.Details:
    return {"did": did, "person": person, "client": decided.client, "reach": sorted(decided.given)}


def door_of(presence: Presence, chart_id: str, person: str) -> Door:
    """A proxy's door to a chart, for those who care; else `NotHere`."""
    for one in queries_guests.doors_of(presence, chart_id):
        if one.person == person and one.capacity is Capacity.PROXY:
            return one
    bridge.refuse(presence, Act.GUEST_READ, chart_id)
    raise NotHere


def _asked(presence: Presence, chart_id: str, act: Act) -> tuple[Ward, Grant]:
    cares = queries.cares_of(presence.person, chart_id)
    ward = Ward(chart=chart_id)
    return ward, bridge.ask(presence, act, Purpose.TREATMENT, ward, cares=cares)


def _running(presence: Presence, chart_id: str) -> QuerySet[Standing]:
    rows = queries_guests.running(presence.at)
    return rows.filter(chart=chart_id, capacity=Capacity.PROXY.value)


def _stand(
    presence: Presence,
    corpus: Corpus,
    chart_id: str,
    decided: Decided,
    before: tuple[Basis, ...],
) -> Stand:
    """The gate is asked first, so that what is wrong with a form tells nobody of a chart."""
    _asked(presence, chart_id, Act.GUEST_INVITE)
    asked, about = decided.asked, decided.about
    found = rules.opinion(corpus, asked, about)
    rules.require(asked, about, rules.propose(found, asked), decided.given, decided.words)
    ends = rules.last_day(asked, about, decided.wished_end)
    rules.require_time(ends, about.today)
    basis = Basis(
        name=asked.name.strip()[: rules.LONGEST_NAME],
        relation=asked.relation.strip()[: rules.LONGEST_NAME],
        ground=asked.ground.value,
        custody=asked.custody.value,
        paper=asked.paper.strip()[: rules.LONGEST],
        seen_on=asked.seen_on,
        answers={name: said.value for name, said in asked.answers.items()},
        given=tuple(sorted(decided.given)),
        words=decided.words.strip()[: rules.LONGEST],
        said=rules.in_words(found),
        rests_on=found.rests_on,
        corpus=found.corpus,
        on=about.today,
        ends=ends,
        by=presence.person,
        before=before,
    )
    words = rules.encode(basis)
    signature = presence.key.sign(_DECISION.message(chart_id, 1, _DECISION.digest(words)))
    kept = msgspec.json.encode(_Kept(words, presence.person, signature))
    until = morning(ends) if ends else None
    return Stand(decided.client, Capacity.PROXY, decided.given, until, kept)


def morning(day: date) -> datetime:
    """The moment at which a day begins where the practice is."""
    return datetime.combine(day, time(), timezone.get_default_timezone())


def read(chart_id: str, words: bytes) -> Basis | None:
    """A basis as it was signed; `None` where none was kept, `BasisAltered` where it is another."""
    if not words:
        return None
    kept = msgspec.json.decode(words, type=_Kept)
    key = people.verifying_key(kept.signer)
    if not _DECISION.holds(kept.basis, chart_id, 1, key, kept.signature):
        raise BasisAltered
    return rules.decode(kept.basis)


@dataclass(frozen=True)
class Elsewhere:
    """An account that comes in to another chart of this clinician's."""

    person: str
    chart: str
    capacity: Capacity


def known_elsewhere(presence: Presence, chart_id: str) -> list[Elsewhere]:
    """Who comes in to other charts that this person may let somebody in to, and not to this one."""
    charts = queries.charts_in_care(presence) - {chart_id}
    rows = queries_guests.running(presence.at)
    here = frozenset(rows.filter(chart=chart_id).values_list("person", flat=True))
    found = rows.filter(chart__in=charts).order_by("chart", "begins_at")
    return [
        Elsewhere(row.person, row.chart_id, Capacity(row.capacity))
        for row in found
        if row.person not in here and _treats(presence, row.chart_id)
    ]


def _treats(presence: Presence, chart_id: str) -> bool:
    cares = queries.cares_of(presence.person, chart_id)
    ward = Ward(chart=chart_id)
    return bridge.may(presence, Act.GUEST_INVITE, Purpose.TREATMENT, ward, cares=cares)
