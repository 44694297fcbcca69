"""Whether a practice is consistent: what must hold of its rows and its log after anything (6.4).

Two questions only: do the two agree, and did anything become visible without an entry?
"""

from dataclasses import dataclass

from django.db.models import F, Q

from stillroom.access import Act
from stillroom.chart import queries as charts
from stillroom.chart.models import Draft, Record, Review, Revision
from stillroom.chart.states import State
from stillroom.consent.models import Paper
from stillroom.disclosure.models import Departure, Determination, Matter, Packet
from stillroom.ledger import Entry
from stillroom.phi.models import Wrap
from stillroom.practice.models import CareRelationship, Chart, Client, Holder
from tests.cast import Cast
from tests.harness.documents import require_signed_file, require_whole_files

_SIGNED = (
    Act.RECORD_SIGN.value,
    Act.PRIVATE_SIGN.value,
    Act.RECORD_COSIGN.value,
    Act.RECORD_RETURN.value,
)


@dataclass(frozen=True)
class Told:
    """What a row says of the log: this entry is of one of these acts, by this person."""

    what: str
    entry: int
    acts: tuple[str, ...]
    actor: str


def require_upright(cast: Cast) -> None:
    """Nothing when all holds; `AssertionError` says what does not."""
    cast.house.log.audit()
    entries = [logged.entry for logged in cast.house.log.entries()]
    for told in _told():
        _require_entry(told, entries)
    _require_records(cast)
    require_whole_files()
    _require_departures(entries)
    _require_care(cast)


def _told() -> list[Told]:
    found = [
        Told(f"revision {row.number} of {row.record_id}", row.entry, _SIGNED, row.signer)
        for row in Revision.objects.all()
    ]
    found += [
        Told("decision", row.entry, (Act.MATTER_DECIDE.value,), row.signer)
        for row in Determination.objects.all()
    ]
    found += [
        Told("packet", row.entry, (Act.RELEASE_PREPARE.value,), row.built_by)
        for row in Packet.objects.all()
    ]
    found += [
        Told("departure", row.entry, (Act.RELEASE_SEND.value,), "")
        for row in Departure.objects.all()
    ]
    found += [
        Told("authorization", row.entry, (Act.CONSENT_WRITE.value,), row.entered_by)
        for row in Paper.objects.all()
    ]
    return found


def _require_entry(told: Told, entries: list[Entry]) -> None:
    assert told.entry < len(entries), f"{told.what} names entry {told.entry}, which is not there"
    entry = entries[told.entry]
    assert entry.act in told.acts, f"{told.what} names an entry of {entry.act}"
    assert not told.actor or entry.actor == told.actor, told.what


def _require_records(cast: Cast) -> None:
    """A record is a draft or signed, and both only while its author changes what was returned;
    chains and signatures hold, and the rows that find a record say what its chain says."""
    for row in Record.objects.all():
        drafts = Draft.objects.filter(record=row).count()
        signed = Revision.objects.filter(record=row).count()
        reader = _reader(cast, row)
        if not reader:
            assert row.private, "only what was private is opened by nobody"
            continue
        whole = charts.record(cast.here(reader), row.pk)
        require_signed_file(cast.here(reader), row, whole)
        assert [one.number for one in whole.revisions] == list(range(1, signed + 1))
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
    caring = set(running.filter(chart_id=row.chart).values_list("person", flat=True))
    names = {one.id: name for name, one in cast.people.items() if one.id in caring}
    return names.get(row.author, "" if row.private else next(iter(names.values()), ""))


_KEPT = {
    State.WAITING: Review.State.WAITING.value,
    State.RETURNED: Review.State.RETURNED.value,
    State.COSIGNED: Review.State.COSIGNED.value,
}


def _require_departures(entries: list[Entry]) -> None:
    """A packet has left if and only if the account says so, and the log."""
    left = set(Departure.objects.values_list("packet_id", flat=True))
    released = set(Packet.objects.filter(state=Packet.State.RELEASED).values_list("pk", flat=True))
    assert left == released
    for row in Packet.objects.filter(pk__in=left).select_related("matter"):
        assert row.matter.state == Matter.State.RELEASED
        assert row.matter.determinations.filter(entry__lt=F("matter__packets__departure__entry"))
    sent = sum(entry.act == Act.RELEASE_SEND.value for entry in entries)
    assert sent >= len(left), "each departure has its own entry"


def _require_care(cast: Cast) -> None:
    """Whoever cares for a chart now holds its ring, and nobody else among the staff does."""
    people = {one.id for one in cast.people.values()}
    running = CareRelationship.objects.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=cast.at))
    cares = set(running.values_list("chart_id", "person"))
    rings = Wrap.objects.filter(ring__kind="chart", recipient__in=people)
    assert set(rings.values_list("ring__ward", "recipient")) == cares
    held = set(Holder.objects.values_list("chart_id", flat=True))
    assert held == set(Chart.objects.values_list("pk", flat=True)), "no chart without a client"
    clients = set(Client.objects.values_list("pk", flat=True))
    fronts = Wrap.objects.filter(ring__kind="front").values_list("ring__ward", flat=True)
    assert clients <= set(fronts), "no client whose front sheet nobody can open"
