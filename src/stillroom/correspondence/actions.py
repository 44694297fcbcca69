"""Writing messages: by whoever comes in, and by those who care; and how the practice answers.

Rules: what is written stands; nothing is changed or taken back. Its entry is in the log before its
row, in one transaction (0012), and holds a digest of the words, sealed. Two who write at one moment
get a number each. An answer settles what its writer had before her, never what came meanwhile.
"""

from hashlib import sha256

from django.db import transaction
from django.db.models import Max

from stillroom.access import Act, Capacity, Grant, Purpose, Ward
from stillroom.correspondence import models, queries, rules
from stillroom.kernel import new_id
from stillroom.phi import Presence, bridge
from stillroom.practice import queries as practice
from stillroom.practice import queries_guests as guests


def write(presence: Presence, chart_id: str, words: str) -> str:
    """A message to the care team, in the writer's own thread; gives the thread's id."""
    stand, ward, _ = queries.own_place(presence, chart_id)
    cares = practice.cares_of(presence.person, chart_id)
    grant = bridge.ask(presence, Act.THREAD_WRITE, Purpose.OWN, ward, cares=cares)
    plain = rules.clean(words)
    person = presence.person if stand.capacity is Capacity.PROXY else ""
    with transaction.atomic():
        row = _thread(presence, chart_id, stand.client, person)
        _append(presence, grant, ward, row, plain, from_team=False)
    return row.pk


def write_to(presence: Presence, chart_id: str, person: str, words: str) -> str:
    """The care team writes first, to somebody who comes in now; gives the thread's id.

    `NobodyToWriteTo` for an account that does not.
    """
    cares = practice.cares_of(presence.person, chart_id)
    ward = Ward(chart=chart_id)
    grant = bridge.ask(presence, Act.THREAD_WRITE, Purpose.TREATMENT, ward, cares=cares)
    stand = guests.stand_of(chart_id, person, presence.at)
    if stand is None:
        raise rules.NobodyToWriteTo
    plain = rules.clean(words)
    whose = person if stand.capacity is Capacity.PROXY else ""
    with transaction.atomic():
        row = _thread(presence, chart_id, stand.client, whose)
        _append(presence, grant, ward, row, plain, from_team=True)
    return row.pk


def answer(presence: Presence, thread_id: str, words: str, *, seen: int) -> None:
    """An answer of the care team. It settles the messages up to the number that was `seen`."""
    row, grant, ward = queries.find(presence, thread_id, Act.THREAD_WRITE)
    plain = rules.clean(words)
    with transaction.atomic():
        models.Thread.objects.select_for_update().get(pk=row.pk)
        _append(presence, grant, ward, row, plain, from_team=True)
        _settle(presence, row, seen)


def settle(presence: Presence, thread_id: str, *, seen: int) -> None:
    """What was read up to a number needs no answer."""
    row, grant, ward = queries.find(presence, thread_id, Act.THREAD_WRITE)
    told: bridge.Details = {"did": "needs no answer", "thread": row.pk, "to": seen}
    with transaction.atomic():
        bridge.note(presence, grant, ward, told)
        _settle(presence, row, seen)


def say_manner(presence: Presence, words: str, spanish: str) -> None:
    """How this practice answers messages, from now on."""
    bridge.ask(presence, Act.SETTINGS_WRITE, Purpose.OPERATIONS, Ward(chart=""))
    plain, other = rules.clean(words), spanish.strip()
    if other:
        other = rules.clean(other)
    with transaction.atomic():
        told: bridge.Details = {"did": "said how messages are answered"}
        entry = bridge.note_house(presence, Act.SETTINGS_WRITE, told)
        models.Manner.objects.create(
            words=plain,
            spanish=other,
            said_by=presence.person,
            said_at=presence.at,
            entry=entry,
        )


def _thread(presence: Presence, chart: str, client: str, person: str) -> models.Thread:
    """The row of a thread, begun if need be, and held until the message stands."""
    begun = {"begun_at": presence.at}
    row, _ = models.Thread.objects.get_or_create(
        chart=chart, client=client, person=person, defaults=begun
    )
    return models.Thread.objects.select_for_update().get(pk=row.pk)


def _append(
    presence: Presence,
    grant: Grant,
    ward: Ward,
    row: models.Thread,
    words: str,
    *,
    from_team: bool,
) -> None:
    number = (row.messages.aggregate(top=Max("number"))["top"] or 0) + 1
    message, text = new_id(), rules.encode(words)
    digest = sha256(text).hexdigest()
    told: bridge.Details = {"did": "wrote", "thread": row.pk, "number": number, "digest": digest}
    entry = bridge.note(presence, grant, ward, told)
    models.Message.objects.create(
        id=message,
        thread=row,
        number=number,
        by=presence.person,
        from_team=from_team,
        written_at=presence.at,
        sealed=bridge.seal(presence, grant, ward, message, "message", 1, text),
        entry=entry,
    )


def _settle(presence: Presence, row: models.Thread, seen: int) -> None:
    waiting = row.messages.filter(from_team=False, settled_at=None, number__lte=seen)
    waiting.update(settled_at=presence.at, settled_by=presence.person)
