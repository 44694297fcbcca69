"""P5: signed is signed. P4: a private note is its author's. Autosave overwrites nothing unseen."""

import pytest

from stillroom.access import Capacity
from stillroom.chart import actions, queries, rules
from stillroom.chart.models import Draft, Record, Revision
from stillroom.phi import NotHere
from stillroom.practice import actions as practice
from tests.cast import NOON, Cast

TEXT = {"Data": "Slept six hours on four nights.", "Assessment": "Steadier.", "Plan": "Tuesday."}


def write(cast: Cast, kind: str = "progress_note", **fields: str) -> str:
    """A draft of Ada's about Dov."""
    record = actions.begin(cast.here("ada"), cast.dov, kind, occurred_at=NOON)
    actions.save_draft(cast.here("ada"), record, fields or TEXT, 1)
    return record


def test_a_note_is_written_signed_and_read_back(cast: Cast) -> None:
    record = write(cast)
    actions.sign(cast.here("ada"), record, 2)
    whole = queries.record(cast.here("ada"), record)
    assert [part.text for part in whole.revisions[0].content.sections] == list(TEXT.values())
    assert whole.draft is None
    line = queries.timeline(cast.here("ada"), cast.dov).lines[0]
    assert line.opening.startswith("Slept six hours")


def test_a_colleague_without_care_is_told_there_is_no_such_record(cast: Cast) -> None:
    record = write(cast)
    actions.sign(cast.here("ada"), record, 2)
    before = cast.house.log.size
    with pytest.raises(NotHere):
        queries.record(cast.here("bea"), record)
    with pytest.raises(NotHere):
        queries.timeline(cast.here("bea"), cast.dov)
    assert cast.house.log.size == before + 2, "both refusals are written down"


def test_a_supervisor_reads_the_progress_note_and_never_learns_of_the_private_one(
    cast: Cast,
) -> None:
    actions.sign(cast.here("ada"), write(cast), 2)
    private = write(cast, "psychotherapy_note", Note="My own dread of the hearing.")
    actions.sign(cast.here("ada"), private, 2)
    assert len(queries.timeline(cast.here("ada"), cast.dov).lines) == 2
    seen = queries.timeline(cast.here("sol"), cast.dov)
    assert [line.kind for line in seen.lines] == ["progress_note"]
    assert seen.earlier == 0
    with pytest.raises(NotHere):
        queries.record(cast.here("sol"), private)


def test_two_windows_cannot_overwrite_one_another(cast: Cast) -> None:
    record = write(cast)
    actions.save_draft(cast.here("ada"), record, {**TEXT, "Plan": "first window"}, 2)
    with pytest.raises(actions.Clash):
        actions.save_draft(cast.here("ada"), record, {**TEXT, "Plan": "second window"}, 2)
    with pytest.raises(actions.Clash):
        actions.sign(cast.here("ada"), record, 2)
    draft = queries.record(cast.here("ada"), record).draft
    assert draft is not None
    assert draft.sections[2].text == "first window"


def test_a_save_that_lost_a_section_is_refused_and_changes_nothing(cast: Cast) -> None:
    record = write(cast)
    with pytest.raises(rules.SectionMissing):
        actions.save_draft(cast.here("ada"), record, {"Data": "only this"}, 2)
    assert Draft.objects.get(pk=record).version == 2


def test_no_write_door_changes_a_signed_revision(cast: Cast) -> None:
    record = write(cast)
    actions.sign(cast.here("ada"), record, 2)
    before = Revision.objects.values_list("content_hash", "chain_hash", "sealed").get()
    with pytest.raises(rules.AlreadySigned):
        actions.save_draft(cast.here("ada"), record, TEXT, 3)
    with pytest.raises(rules.AlreadySigned):
        actions.sign(cast.here("ada"), record, 3)
    with pytest.raises(rules.AlreadySigned):
        actions.change_form(cast.here("ada"), record, 3, "SOAP")
    actions.addend(cast.here("ada"), record, "He rang: the date was Wednesday.")
    actions.strike(cast.here("ada"), record, "Wrong client.")
    first = Revision.objects.filter(number=1).values_list("content_hash", "chain_hash", "sealed")
    assert first.get() == before
    whole = queries.record(cast.here("ada"), record)
    assert [one.addendum for one in whole.revisions] == [False, True, True]
    assert whole.state == Record.State.IN_ERROR


@pytest.mark.parametrize("field", ["content_hash", "chain_hash", "signature", "sealed"])
def test_a_row_changed_behind_the_software_is_seen(cast: Cast, field: str) -> None:
    record = write(cast)
    actions.sign(cast.here("ada"), record, 2)
    row = Revision.objects.get()
    raw = bytearray(getattr(row, field))
    raw[-1] ^= 1
    Revision.objects.update(**{field: bytes(raw)})
    with pytest.raises(Exception, match=r"as it was signed|do not open"):
        queries.record(cast.here("ada"), record)


def test_a_revision_put_in_another_records_place_does_not_open(cast: Cast) -> None:
    one, two = write(cast), write(cast)
    actions.sign(cast.here("ada"), one, 2)
    actions.sign(cast.here("ada"), two, 2)
    rows = Revision.objects.order_by("pk")
    first, second = rows[0], rows[1]
    Revision.objects.filter(pk=second.pk).update(sealed=first.sealed)
    with pytest.raises(Exception, match="do not open"):
        queries.record(cast.here("ada"), two)


def test_after_care_has_ended_nothing_opens(cast: Cast) -> None:
    record = write(cast)
    actions.sign(cast.here("ada"), record, 2)
    practice.end_care(cast.here("ada"), cast.dov, cast.people["sol"].id)
    with pytest.raises(NotHere):
        queries.timeline(cast.later(minutes=1).here("sol"), cast.dov)


def test_a_newcomer_reads_from_the_day_a_holder_lets_her_in(cast: Cast) -> None:
    actions.sign(cast.here("ada"), write(cast), 2)
    practice.begin_care(cast.here("ada"), cast.dov, cast.people["bea"].id, Capacity.COVERING)
    assert queries.timeline(cast.later(minutes=1).here("bea"), cast.dov).lines


def test_a_draft_is_seen_by_its_author_alone(cast: Cast) -> None:
    record = write(cast)
    with pytest.raises(NotHere):
        queries.record(cast.here("sol"), record)
    assert queries.timeline(cast.here("sol"), cast.dov).lines == ()
    assert [one.record for one in queries.unsigned(cast.here("ada"))] == [record]


def test_changing_the_form_loses_no_word(cast: Cast) -> None:
    record = write(cast)
    actions.change_form(cast.here("ada"), record, 2, "SOAP")
    draft = queries.record(cast.here("ada"), record).draft
    assert draft is not None
    everything = " ".join(part.text for part in draft.sections)
    assert all(text in everything for text in TEXT.values())


def test_a_draft_begun_by_mistake_is_gone_at_one_press_and_the_log_knows(cast: Cast) -> None:
    record = actions.begin(cast.here("ada"), cast.dov, "progress_note", occurred_at=NOON)
    before = cast.house.log.size
    assert actions.discard(cast.here("ada"), record) == cast.dov
    assert cast.house.log.size == before + 1
    assert not Record.objects.filter(pk=record).exists()
    assert queries.unsigned(cast.here("ada")) == []
    with pytest.raises(NotHere):
        queries.record(cast.here("ada"), record)


def test_a_draft_that_holds_words_is_discarded_only_when_that_is_meant(cast: Cast) -> None:
    record = write(cast)
    with pytest.raises(rules.HoldsWords):
        actions.discard(cast.here("ada"), record)
    assert queries.record(cast.here("ada"), record).draft is not None
    actions.discard(cast.here("ada"), record, with_words=True)
    assert not Draft.objects.filter(pk=record).exists()


def test_nobody_discards_anothers_draft_and_nobody_what_is_signed(cast: Cast) -> None:
    record = write(cast)
    for other in ("bea", "sol"):
        with pytest.raises(NotHere):
            actions.discard(cast.here(other), record, with_words=True)
    actions.sign(cast.here("ada"), record, 2)
    with pytest.raises(rules.AlreadySigned):
        actions.discard(cast.here("ada"), record, with_words=True)
    assert Revision.objects.filter(record=record).count() == 1
