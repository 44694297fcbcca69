"""Whether every record of a practice is consistent: its rows, its chain, its signatures.

To open a record is to ask the gate and to write into the log, so after thousands of broken writes
it matters how often it is done. What a record is made of (its rows, those of its files, who cares
for its chart and holds its rings) is hashed; one that was found whole and has not changed by a bit
since is whole.
"""

from collections import defaultdict
from hashlib import sha256

from django.db.models import Q, QuerySet

from stillroom.access import Capacity
from stillroom.chart import queries as charts
from stillroom.chart.models import Asked, Draft, Record, Restricted, Review, Revision
from stillroom.chart.models_files import Leaf, Original, Piece
from stillroom.chart.states import State
from stillroom.phi.models import Ring, Wrap
from stillroom.practice.models import CareRelationship
from tests.cast import Cast
from tests.harness.documents import require_signed_file

_WHOLE: set[bytes] = set()
"""What the records were made of that were found whole in this process."""


def _of_records() -> list[tuple[str, QuerySet[object]]]:
    """The tables of which a record is made, each with the way to its record."""
    return [
        ("pk", Record.objects.all()),
        ("record_id", Draft.objects.all()),
        ("record_id", Revision.objects.all()),
        ("record_id", Restricted.objects.all()),
        ("record_id", Review.objects.all()),
        ("review__record_id", Asked.objects.all()),
        ("record_id", Original.objects.all()),
        ("original__record_id", Piece.objects.all()),
        ("original__record_id", Leaf.objects.all()),
    ]


def _made_of(cast: Cast) -> dict[str, bytes]:
    """A hash of all that a record's being whole depends on, by record."""
    around = sha256(repr(sorted(one.id for one in cast.people.values())).encode())
    for table in (CareRelationship, Ring, Wrap):
        for row in table.objects.order_by("pk").values_list():
            around.update(_bytes(row))
    found = defaultdict(around.copy)
    for way, rows in _of_records():
        columns = [column.attname for column in rows.model._meta.concrete_fields]
        for record, *row in rows.order_by("pk").values_list(way, *columns):
            found[record].update(_bytes((rows.model.__name__, *row)))
    return {record: digest.digest() for record, digest in found.items()}


def _bytes(row: tuple[object, ...]) -> bytes:
    plain = [bytes(one) if isinstance(one, memoryview) else one for one in row]
    return repr(plain).encode()


def require_records(cast: Cast) -> None:
    """A record is a draft or signed, and both only while its author changes what was returned;
    chains and signatures hold, and the rows that find a record say what its chain says."""
    made_of = _made_of(cast)
    for row in Record.objects.all():
        if made_of[row.pk] not in _WHOLE:
            _require_record(cast, row)
            _WHOLE.add(made_of[row.pk])


def _require_record(cast: Cast, row: Record) -> None:
    drafts = Draft.objects.filter(record=row).count()
    signed = Revision.objects.filter(record=row).count()
    reader = _reader(cast, row)
    if not reader:
        own = row.private or row.restricted or row.state == Record.State.DRAFT
        assert own, (
            "only what was private, kept to those who treat or never signed is opened by nobody"
        )
        return
    whole = charts.record(cast.here(reader), row.pk)
    require_signed_file(cast.here(reader), row, whole)
    assert [one.number for one in whole.revisions] == list(range(1, signed + 1))
    agreed = row.kept_to.order_by("number").values_list("begins", flat=True).last()
    assert row.restricted == bool(agreed), "the mark says what the last step says"
    state = whole.course.state
    assert (row.state == Record.State.DRAFT) == (state is State.DRAFT), row.pk
    assert bool(signed) != (state is State.DRAFT), row.pk
    assert drafts <= 1 if state is State.RETURNED else drafts == (state is State.DRAFT), row.pk
    assert (row.state == Record.State.IN_ERROR) == (state is State.IN_ERROR)
    kept = Review.objects.filter(pk=row.pk).first()
    assert (kept.state if kept else "") == _KEPT.get(state, ""), (row.pk, state)
    if kept:
        assert kept.version == whole.course.version
        approved = {one.by for one in whole.course.approvals}
        asked = dict(kept.asked.values_list("person", "cosigned"))
        assert set(asked) == set(whole.course.asked)
        assert asked == {person: person in approved for person in asked}


def _reader(cast: Cast, row: Record) -> str:
    """Who can open a record: its author while she cares, else somebody who does."""
    running = CareRelationship.objects.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=cast.at))
    if row.restricted:  # kept to those who treat
        running = running.filter(capacity=Capacity.TREATING.value)
    caring = set(running.filter(chart_id=row.chart).values_list("person", flat=True))
    names = {one.id: name for name, one in cast.people.items() if one.id in caring}
    own = row.private or row.state == Record.State.DRAFT
    return names.get(row.author, "" if own else next(iter(names.values()), ""))


_KEPT = {
    State.WAITING: Review.State.WAITING.value,
    State.RETURNED: Review.State.RETURNED.value,
    State.COSIGNED: Review.State.COSIGNED.value,
}
