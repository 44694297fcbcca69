"""P1: one decision and one entry for a whole chart. P4: no private note is in it."""

import itertools
from dataclasses import replace
from datetime import timedelta, timezone

import pytest

from stillroom.chart import actions, contents, kinds, queries, rules
from stillroom.chart.importing import ImportedNote, import_notes
from stillroom.chart.models import Record
from stillroom.chart.whole import whole_chart
from stillroom.phi import LogUnwritable, NotHere
from stillroom.vault import SealBroken
from tests.cast import NOON, Cast


def content(text: str) -> contents.Content:
    """A note of one sentence."""
    return rules.written(kinds.PROGRESS_NOTE, "Free", {"Note": text})


def fill(cast: Cast) -> list[str]:
    """Three progress notes, the second with an addendum, and a private one."""
    first, second, third = (NOON - timedelta(days=days) for days in (9, 6, 3))
    added = rules.written(kinds.ADDENDUM, "Free", {"Note": "b, added"})
    private = rules.written(kinds.PSYCHOTHERAPY_NOTE, "Free", {"Note": "mine alone"})
    notes = [
        ImportedNote("progress_note", second, ((content("b"), second), (added, third))),
        ImportedNote("progress_note", first, ((content("a"), first),)),
        ImportedNote("progress_note", third, ((content("c"), third),)),
        ImportedNote("psychotherapy_note", third, ((private, third),)),
    ]
    return import_notes(cast.here("ada"), cast.dov, notes)


def test_all_that_was_signed_comes_oldest_first_with_one_entry(cast: Cast) -> None:
    fill(cast)
    actions.begin(cast.here("ada"), cast.dov, "progress_note", occurred_at=NOON)
    before = cast.house.log.size
    found = whole_chart(cast.here("ada"), cast.dov)
    words = [one.content.sections[0].text for one in found]
    assert words == ["a", "b", "b, added", "c"]
    assert found[0].occurred_at == NOON - timedelta(days=9)
    assert [one.number for one in found] == [1, 1, 2, 1]
    assert cast.house.log.size == before + 1


def test_who_does_not_care_is_told_there_is_no_such_chart(cast: Cast) -> None:
    fill(cast)
    with pytest.raises(NotHere):
        whole_chart(cast.here("bea"), cast.dov)


def test_nothing_opens_when_the_entry_cannot_be_written(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(cast)
    opened: list[bytes] = []
    monkeypatch.setattr(rules, "decode", opened.append)

    def refuse(_: object) -> None:
        raise LogUnwritable

    monkeypatch.setattr(cast.house.log, "append", refuse)
    with pytest.raises(LogUnwritable):
        whole_chart(cast.here("ada"), cast.dov)
    assert not opened


def test_a_revision_moved_to_another_record_opens_nowhere(cast: Cast) -> None:
    ids = fill(cast)
    one, other = (Record.objects.get(pk=record).revisions.all()[0] for record in ids[1:3])
    one.sealed, other.sealed = other.sealed, one.sealed
    one.save()
    other.save()
    for read in (whole_chart, queries.timeline):
        with pytest.raises(SealBroken):
            read(cast.here("ada"), cast.dov)


@pytest.mark.parametrize("who", ["ada", "sol"])
def test_the_timeline_shows_exactly_the_records_that_may_be_known_of(cast: Cast, who: str) -> None:
    """`_VISIBLE` and `visible_records` are two ways to say one thing: every case of it."""
    kinds = {False: "progress_note", True: "psychotherapy_note"}
    for author, private, state in itertools.product(
        ("ada", "sol"), (False, True), Record.State.values
    ):
        Record.objects.create(
            chart=cast.dov,
            kind=kinds[private],
            author=cast.people[author].id,
            occurred_at=NOON,
            started_at=NOON,
            state=state,
            private=private,
        )
    here = cast.here(who)
    allowed = queries.visible_records(here, cast.dov)
    page = queries.timeline(here, cast.dov)
    assert {line.id for line in page.lines} == {row.pk for row in allowed}
    assert queries.timeline(here, cast.dov, most=3).earlier == len(allowed) - 3


def test_a_ring_is_opened_once_a_request_and_goes_with_it(cast: Cast) -> None:
    fill(cast)
    here = cast.here("ada")
    whole_chart(here, cast.dov)
    assert list(here.rings) == [(cast.dov, "chart", "")]
    assert not replace(here, at=here.at).rings
    assert "ring" not in repr(here)


def test_a_note_signed_in_another_zone_is_still_as_it_was_signed(cast: Cast) -> None:
    there = timezone(timedelta(hours=-5))
    signed = (NOON - timedelta(days=3)).astimezone(there)
    note = ImportedNote("progress_note", signed, ((content("elsewhere"), signed),))
    (record,) = import_notes(cast.here("ada"), cast.dov, [note])
    whole = queries.record(cast.here("ada"), record)
    assert whole.revisions[0].signed_at == signed
