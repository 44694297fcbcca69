"""Notes about a colleague's work: the supervisor's own, in no chart, given to read and taken back."""

import pytest

from stillroom.access import Act
from stillroom.chart import queries as charts
from stillroom.chart import rules as records
from stillroom.chart.whole import whole_chart
from stillroom.phi import NotHere
from stillroom.phi.models import Ring, Wrap
from stillroom.supervision import actions, queries
from stillroom.supervision.models import Draft, Note, Revision
from stillroom.supervision.rules import Clash, NobodyToSupervise, NotSignedYet
from tests.cast import Cast

WORDS = {
    "held_on": "2026-11-20",
    "minutes": "50",
    "growth": "She rescues where she might ask.",
    "agreed": "Two tapes by Friday.",
    "cases.0.chart": "0001",
    "cases.0.asked": "Whether to write to the court.",
    "cases.0.advised": "Not before he signs.",
}


def write(cast: Cast) -> str:
    """A draft of Sol's about Ada's work."""
    note = actions.begin(cast.here("sol"), cast.people["ada"].id)
    actions.save(cast.here("sol"), note, WORDS, 1)
    return note


def signed(cast: Cast) -> str:
    note = write(cast)
    actions.sign(cast.here("sol"), note, 2)
    return note


def test_a_note_is_written_signed_and_read_by_its_author(cast: Cast) -> None:
    note = signed(cast)
    whole = queries.note(cast.here("sol"), note)
    assert whole.draft is None
    said = {item.label: item.text for part in whole.reading for item in part.items}
    assert said["What we agreed"] == "Two tapes by Friday."
    assert [line.id for line in queries.lines(cast.here("sol"))] == [note]


def test_nobody_else_learns_that_there_is_one_until_she_gives_it(cast: Cast) -> None:
    note = signed(cast)
    for other in ("ada", "bea", "cal", "max", "olga", "nan"):
        assert queries.lines(cast.here(other)) == []
        with pytest.raises(NotHere):
            queries.note(cast.here(other), note)
        for act in (actions.share, actions.withdraw):
            with pytest.raises(NotHere):
                act(cast.here(other), note)
        with pytest.raises(NotHere):
            actions.addend(cast.here(other), note, "words")


def test_given_it_is_read_by_the_colleague_and_by_nobody_else_and_taken_back_it_is_gone(
    cast: Cast,
) -> None:
    note = signed(cast)
    actions.share(cast.here("sol"), note)
    assert [line.mine for line in queries.lines(cast.here("ada"))] == [False]
    assert queries.note(cast.here("ada"), note).revisions
    with pytest.raises(NotHere):
        queries.note(cast.here("bea"), note)
    with pytest.raises(NotHere):
        actions.addend(cast.here("ada"), note, "I see it otherwise.")
    actions.withdraw(cast.here("sol"), note)
    assert queries.lines(cast.here("ada")) == []
    with pytest.raises(NotHere):
        queries.note(cast.here("ada"), note)


def test_its_ring_is_wrapped_to_whom_it_is_for_and_not_to_recovery(cast: Cast) -> None:
    note = signed(cast)

    def holders() -> set[str]:
        return set(Wrap.objects.filter(ring__ward=note).values_list("recipient", flat=True))

    sol, ada = cast.people["sol"].id, cast.people["ada"].id
    assert Ring.objects.get(ward=note).kind == "supervision"
    assert holders() == {sol}
    actions.share(cast.here("sol"), note)
    assert holders() == {sol, ada}
    actions.withdraw(cast.here("sol"), note)
    assert holders() == {sol}


def test_a_wrap_without_the_gate_opens_nothing(cast: Cast) -> None:
    """Somebody puts a wrap back into the database: the gate still answers that it is not here."""
    note = signed(cast)
    actions.share(cast.here("sol"), note)
    kept = Wrap.objects.get(ring__ward=note, recipient=cast.people["ada"].id)
    actions.withdraw(cast.here("sol"), note)
    Wrap.objects.create(ring=kept.ring, recipient=kept.recipient, sealed=kept.sealed)
    with pytest.raises(NotHere):
        queries.note(cast.here("ada"), note)


def test_a_row_that_says_given_without_a_wrap_opens_nothing(cast: Cast) -> None:
    """Somebody marks a note as given in the database: no key, no words (P3)."""
    note = signed(cast)
    Note.objects.filter(pk=note).update(shared_at=cast.at)
    with pytest.raises(NotHere):
        queries.note(cast.here("ada"), note)


def test_it_is_in_no_chart_and_in_no_whole_chart(cast: Cast) -> None:
    note = signed(cast)
    for who in ("ada", "sol"):
        assert charts.timeline(cast.here(who), cast.dov).lines == ()
        assert whole_chart(cast.here(who), cast.dov) == []
        with pytest.raises(NotHere):
            charts.record(cast.here(who), note)


def test_every_opening_is_in_the_log_by_its_own_act_and_a_refusal_too(cast: Cast) -> None:
    note = signed(cast)
    before = cast.house.log.size
    queries.note(cast.here("sol"), note)
    with pytest.raises(NotHere):
        queries.note(cast.here("bea"), note)
    acts = [one.entry.act for one in cast.house.log.entries(before)]
    assert acts == [Act.SUPERVISION_READ.value, Act.GATE_REFUSE.value]


def test_what_is_not_complete_is_named_and_stays_a_draft(cast: Cast) -> None:
    note = actions.begin(cast.here("sol"), cast.people["ada"].id)
    actions.save(cast.here("sol"), note, {"growth": "Listens well."}, 1)
    with pytest.raises(records.NotComplete) as told:
        actions.sign(cast.here("sol"), note, 2)
    assert {fault.field for fault in told.value.faults} == {"held_on", "minutes", "agreed"}
    assert queries.note(cast.here("sol"), note).draft is not None


def test_two_windows_cannot_overwrite_one_another(cast: Cast) -> None:
    note = write(cast)
    with pytest.raises(Clash):
        actions.save(cast.here("sol"), note, WORDS, 1)
    with pytest.raises(Clash):
        actions.sign(cast.here("sol"), note, 1)


def test_signed_is_signed_and_an_addendum_stands_beneath(cast: Cast) -> None:
    note = signed(cast)
    first = Revision.objects.values_list("sealed", "chain_hash").get()
    for act in (
        lambda: actions.save(cast.here("sol"), note, WORDS, 2),
        lambda: actions.sign(cast.here("sol"), note, 2),
        lambda: actions.discard(cast.here("sol"), note, with_words=True),
    ):
        with pytest.raises(records.AlreadySigned):
            act()
    actions.addend(cast.here("sol"), note, "The tapes came on Thursday.")
    assert Revision.objects.filter(number=1).values_list("sealed", "chain_hash").get() == first
    whole = queries.note(cast.here("sol"), note)
    assert whole.revisions[1].content.sections[0].text == "The tapes came on Thursday."


@pytest.mark.parametrize("field", ["content_hash", "chain_hash", "signature", "sealed"])
def test_a_row_changed_behind_the_software_is_seen(cast: Cast, field: str) -> None:
    note = signed(cast)
    row = Revision.objects.get()
    raw = bytearray(getattr(row, field))
    raw[-1] ^= 1
    Revision.objects.update(**{field: bytes(raw)})
    with pytest.raises(Exception, match=r"as it was signed|do not open"):
        queries.note(cast.here("sol"), note)


def test_a_draft_is_given_to_nobody(cast: Cast) -> None:
    note = write(cast)
    with pytest.raises(NotSignedYet):
        actions.share(cast.here("sol"), note)
    with pytest.raises(NotSignedYet):
        actions.addend(cast.here("sol"), note, "more")


def test_nobody_writes_about_herself_about_the_front_desk_or_without_the_role(cast: Cast) -> None:
    for about in (cast.people["sol"].id, cast.people["cal"].id, "nobody"):
        with pytest.raises(NobodyToSupervise):
            actions.begin(cast.here("sol"), about)
    with pytest.raises(NotHere):
        actions.begin(cast.here("ada"), cast.people["bea"].id)
    assert not Note.objects.exists()
    assert not Ring.objects.filter(kind="supervision").exists()


def test_a_draft_that_holds_words_is_discarded_only_when_that_is_meant(cast: Cast) -> None:
    note = write(cast)
    with pytest.raises(records.HoldsWords):
        actions.discard(cast.here("sol"), note)
    actions.discard(cast.here("sol"), note, with_words=True)
    assert not Draft.objects.exists()
    assert not Note.objects.exists()
