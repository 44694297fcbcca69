"""Adding somebody to the chart of a couple or a group.

Rules: each act asks the gate and is in the log before the rows change. A client who is known
already is added only by somebody who may know of her (P8). The chart's row is locked meanwhile, so
that a couple stays two.
"""

from django.db import transaction

from stillroom.access import Act
from stillroom.kernel import new_id
from stillroom.phi import Presence, bridge, fronts, rows
from stillroom.practice import queries_holders as found
from stillroom.practice.directory import Directory, encode
from stillroom.practice.models import Chart, Client, Holder
from stillroom.practice.rules import FrontSheet
from stillroom.practice.rules_holders import HoldsAlready, require_room


def add_new_holder(
    presence: Presence, directory: Directory, chart_id: str, sheet: FrontSheet
) -> str:
    """A new client, who comes to hold this chart with others; gives the client's id."""
    head = found.require_may_add(presence, chart_id)
    client = new_id()
    with transaction.atomic():
        require_room(head.kind, _held(chart_id))
        _note(presence, chart_id, client)
        sealed = fronts.begin_many(presence.house, {client: encode(sheet)})[client]
        rows.insert(
            [Client(id=client, front=sealed, front_revision=1)],
            [Holder(chart_id=chart_id, client_id=client)],
        )
    directory.put(client, [chart_id], sheet)
    return client


def add_known_holder(
    presence: Presence, directory: Directory, chart_id: str, client_id: str
) -> None:
    """A client who is known comes to hold this chart too."""
    head = found.require_may_add(presence, chart_id)
    known = found.known_client(presence, client_id)
    with transaction.atomic():
        held = _held(chart_id)
        if Holder.objects.filter(chart_id=chart_id, client_id=known.client).exists():
            raise HoldsAlready
        require_room(head.kind, held)
        _note(presence, chart_id, known.client)
        Holder.objects.create(chart_id=chart_id, client_id=known.client)
    directory.join(known.client, chart_id)


def _held(chart_id: str) -> int:
    """How many hold a chart, whose row stays locked until the transaction ends."""
    list(Chart.objects.select_for_update().filter(pk=chart_id).values_list("pk"))
    return Holder.objects.filter(chart_id=chart_id).count()


def _note(presence: Presence, chart_id: str, client: str) -> None:
    bridge.note_house(presence, Act.HOLDER_ADD, {"chart": chart_id, "client": client})
