"""Which denied corrections of a chart go along with its records; and what is done about one.

What is done about a correction and what leaves a chart come one after the other: both hold the
chart. So a statement that is there before a packet leaves is in it, or the packet does not leave.
"""

from django.db import transaction
from django.utils import timezone

from stillroom.access import Act, Purpose, Ward
from stillroom.chart import releasing as leaving
from stillroom.disclosure import queries, steps
from stillroom.disclosure.askers import amending
from stillroom.disclosure.finding import find_matter
from stillroom.disclosure.models import Matter
from stillroom.disclosure.paging import day_words
from stillroom.disclosure.rules_disputes import Dispute, dispute_of
from stillroom.disclosure.rules_told import Named
from stillroom.disclosure.steps import Step, steps_of
from stillroom.phi import Presence, bridge
from stillroom.practice import queries as practice


def disputes(presence: Presence, chart_id: str) -> tuple[Dispute, ...]:
    """What goes along, oldest first. Opens the chart's matters; nothing where none was decided."""
    rows = list(
        Matter.objects.filter(chart=chart_id, determinations__isnull=False)
        .distinct()
        .order_by("opened_at", "pk")
    )
    cares = practice.cares_of(presence.person, chart_id)
    asked = queries.open_asked(presence, rows, cares)
    zone = timezone.get_default_timezone()
    found = [
        dispute_of(
            row.pk,
            queries.number_of(row),
            words,
            queries.decisions_of(presence, row, cares),
            steps_of(presence, row, cares),
            zone,
        )
        for row, words in zip(rows, asked, strict=True)
        if words.occasion == "amendment"
    ]
    return tuple(one for one in found if one is not None)


def named(presence: Presence, chart_id: str) -> tuple[Named, ...]:
    """The same, each with the entries that it is about in words, for who is asked about them."""
    found = disputes(presence, chart_id)
    if not found:
        return ()
    entries = {one.id: one for one in leaving.nameable(presence, chart_id)}
    return tuple(
        Named(one, _entries([entries[each] for each in one.records or () if each in entries]))
        for one in found
    )


def _entries(found: list[leaving.Nameable]) -> str:
    said = [f"{one.title.lower()} of {day_words(one.occurred_on)}" for one in found]
    return f"about {' and '.join(sorted(said))}" if said else ""


def write_down(presence: Presence, matter_id: str, done: amending.Done) -> Step:
    """One thing done about a correction, signed. `SaysNothing` for no words, and for a record that
    is none of the chart's signed ones: a private note cannot be disputed (164.526(a)(2)(iii))."""
    row = find_matter(presence, matter_id, Act.MATTER_WRITE)
    cares, ward = practice.cares_of(presence.person, row.chart), Ward(chart=row.chart)
    grant = bridge.ask(presence, Act.MATTER_WRITE, Purpose.TREATMENT, ward, cares=cares)
    body = amending.body(done)
    known = {one.id for one in leaving.nameable(presence, row.chart)} if done.records else set()
    if not set(done.records) <= known:
        raise amending.SaysNothing
    with transaction.atomic():
        held = Matter.objects.select_for_update().get(pk=matter_id)
        practice.hold(row.chart)
        return steps.append(presence, grant, held, amending.STEP, body)
