"""The directory: names in the memory of the unsealed server, and front sheets by client.

Rules: built when the house is unsealed and forgotten when it is sealed; asked through `queries`,
which ask the gate. Nothing here is written to a disk.
"""

from collections.abc import Iterable

import msgspec

from stillroom.phi import House, fronts
from stillroom.practice.models import Client, Holder
from stillroom.practice.rules import FrontSheet, Hit, NameIndex

_BATCH = 2000

decode = msgspec.json.Decoder(FrontSheet).decode
encode = msgspec.json.Encoder().encode


class Directory:
    """Who can be found, for a house that is unsealed."""

    def __init__(self) -> None:
        self._index = NameIndex()

    def __len__(self) -> int:
        return len(self._index)

    def fill(self, house: House) -> None:
        """Read every front sheet once. Takes some tens of microseconds a client."""
        last = ""
        while batch := _batch_after(last):
            self._take(house, batch)
            last = batch[-1][0]

    def _take(self, house: House, batch: list[tuple[str, int, bytes]]) -> None:
        charts: dict[str, list[str]] = {}
        held = Holder.objects.filter(client_id__in=[row[0] for row in batch]).order_by("pk")
        for chart, client in held.values_list("chart_id", "client_id"):
            charts.setdefault(client, []).append(chart)
        for client, words in fronts.open_all(house, batch).items():
            self._index.put(client, tuple(charts.get(client, ())), decode(words))

    def put(self, client: str, charts: Iterable[str], sheet: FrontSheet) -> None:
        """Add or renew one client."""
        self._index.put(client, tuple(charts), sheet)

    def join(self, client: str, chart: str) -> None:
        """One more chart of a client who is there."""
        self._index.join(client, chart)

    def find(
        self, typed: str, *, within: frozenset[str] | None, without: frozenset[str] = frozenset()
    ) -> list[Hit]:
        """Clients by the beginnings of words; within these charts only, or (front desk) all, and
        never by a chart of `without`."""
        return self._index.find(typed, within=within, without=without)

    def near(self, chart: str) -> tuple[tuple[str, ...], ...]:
        """The words by which each holder of a chart is found, given names first."""
        return self._index.near(chart)

    def forget(self) -> None:
        """Empty the directory, when the house is sealed."""
        self._index = NameIndex()


def _batch_after(client: str) -> list[tuple[str, int, bytes]]:
    """The next front sheets, in the order of their clients' ids."""
    rows = Client.objects.filter(pk__gt=client).order_by("pk")
    found = rows.values_list("pk", "front_revision", "front")[:_BATCH]
    return [(pk, revision, bytes(front)) for pk, revision, front in found]
