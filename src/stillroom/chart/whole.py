"""A whole chart at once: everything signed in it, as a search or a hand-over needs it.

One gate decision and one durable entry, whatever number of notes it opens (P1). Private notes are
not among them: they are under their author's own ring (P4). What opening authenticates is the place
of each revision and its words; the signatures are checked where one record is shown
(`queries.record`) or leaves (`releasing`).

    for one in whole_chart(presence, chart_id):
        print(one.occurred_at, opening(one.kind, one.content))
"""

from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter

import msgspec

from stillroom.access import Broken
from stillroom.chart import contents, kinds, rules, rules_review
from stillroom.chart.wards import reach_into
from stillroom.phi import Presence, bridge, glass, statements
from stillroom.practice.queries import moment_written

# Written out and read as plain tuples: making objects of rows costs more than opening what they
# hold, and making a moment of a text as much as deciphering a page. Sorted at the end and not by
# the database, which would carry sealed words while it sorts.
_SIGNED = """
    SELECT record.id, revision.number, revision.sealed, CAST(record.occurred_at AS text),
           record.kind, record.state, record.author, CAST(revision.addendum AS integer)
    FROM chart_record record JOIN chart_revision revision ON revision.record_id = record.id
    WHERE record.chart = %s AND NOT record.private AND record.state <> 'draft'{}
"""
_ON_SHELVES = " AND record.kind IN ({})"


class SignedWords(msgspec.Struct, frozen=True, gc=False):
    """A record's words in force (no `addendum`), or an addendum to it."""

    record: str
    number: int
    content: contents.Content
    occurred: str
    shelf: str
    state: str
    author: str
    addendum: bool = False

    @property
    def kind(self) -> kinds.Kind:
        """The exact kind; of an addendum, the kind of its shelf."""
        return kinds.kind_on(self.shelf, self.content.kind)

    @property
    def occurred_at(self) -> datetime:
        """The moment that the record is about."""
        return moment_written(self.occurred)


_IN_ORDER = attrgetter("occurred", "record", "number")


def whole_chart(
    presence: Presence,
    chart_id: str,
    *,
    shelves: Sequence[str] = (),
    broken: Broken | None = None,
) -> list[SignedWords]:
    """Everything signed that is in force in a chart, oldest first, addenda after their record.

    With `shelves`, only what stands on these; the entry in the log names them. `broken`: in an
    emergency, by whoever has broken the glass; the ring is lent to her for this request.
    """
    reach = reach_into(presence, chart_id, broken=broken)
    grant, ward = reach.grant, reach.ward
    if broken is not None:
        glass.lend(presence, grant, ward)
    details: bridge.Details = {"did": "whole", "why": reach.purpose.value}
    query = _SIGNED.format(reach.also)
    if shelves:
        details["shelves"] = list(shelves)
        query += _ON_SHELVES.format(", ".join(["%s"] * len(shelves)))
    rows = statements.fetch_each(query, (chart_id, *shelves))
    found = [
        SignedWords(record, number, content, at, shelf, state, author, addendum == 1)
        for (record, number, _, at, shelf, state, author, addendum), content in bridge.reveal_rows(
            presence, grant, ward, "revision", rows, details, rules.decode
        )
    ]
    found.sort(key=_IN_ORDER)
    return _in_force(found)


def _in_force(found: list[SignedWords]) -> list[SignedWords]:
    """Without steps of supervision, and of each record only the version in force."""
    if not any(one.number > 1 for one in found):  # nearly always: nothing was added, or returned
        return found
    versions = {one.record: one.number for one in found if not one.addendum}

    def counts(one: SignedWords) -> bool:
        if one.addendum:
            return not rules_review.is_step(one.content)
        return one.number == versions[one.record]

    return [one for one in found if counts(one)]
