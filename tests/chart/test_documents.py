"""A file becomes a document: whole, in order, by its author, and what is signed is what is shown."""

from collections.abc import Callable
from hashlib import sha256

import pytest

from stillroom.chart import actions, queries, rules
from stillroom.chart.documents import arriving, holding, reading
from stillroom.chart.documents.arriving import BrokenOff, HasFile
from stillroom.chart.documents.findings import Unfit
from stillroom.chart.models import Leaf, Original, Piece, Record
from stillroom.chart.sheets import passages
from stillroom.phi import NotHere, streams
from stillroom.vault import SealBroken
from tests.cast import NOON, Cast
from tests.chart import papers

SHEET = {"title": "School report", "origin": "received", "source": "Lakeview School"}


def draft(cast: Cast, kind: str = "document", **fields: str) -> str:
    """A draft of Ada's, its sheet filled in."""
    record = actions.begin(cast.here("ada"), cast.dov, kind, occurred_at=NOON)
    actions.save_draft(cast.here("ada"), record, {**SHEET, **fields}, 1, kind=kind)
    return record


def send(cast: Cast, record: str, data: bytes, name: str = "report.pdf", who: str = "ada") -> str:
    """Every piece of a file; gives the upload."""
    presence = cast.here(who)
    upload = arriving.begin(presence, record, name, len(data))
    step = 2 * streams.PIECE
    for at in range(0, max(1, len(data)), step):
        last = at + step >= len(data)
        arriving.take(
            presence, record, upload, at // streams.PIECE, data[at : at + step], last=last
        )
    return upload


def filed(cast: Cast, data: bytes, name: str = "report.pdf", *, record: str = "") -> str:
    """A draft with its file, drawn to the end."""
    record = record or draft(cast)
    upload = send(cast, record, data, name)
    state = arriving.look(cast.here("ada"), record, upload)
    while not state.done:
        state = arriving.draw(cast.here("ada"), record, upload)
    return record


def signed(cast: Cast, data: bytes, name: str = "report.pdf", **how: str) -> str:
    record = filed(cast, data, name, record=draft(cast, **how))
    actions.sign(cast.here("ada"), record, 2)
    return record


def test_a_file_is_kept_shown_page_by_page_and_given_back_as_it_came(cast: Cast) -> None:
    data = papers.pdf()
    record = signed(cast, data)
    seen = reading.sheaf(cast.here("ada"), record, first=1, most=9)
    assert (seen.total, seen.first) == (2, 1)
    assert [page.words for page in seen.pages] == list(papers.FRONT)
    assert all(page.picture.startswith(b"\x89PNG") for page in seen.pages)
    original = reading.untouched(cast.here("ada"), record)
    assert b"".join(original.read()) == data
    assert (original.name, original.size) == ("report.pdf", len(data))


def test_the_words_of_a_file_are_words_of_the_record(cast: Cast) -> None:
    whole = queries.record(cast.here("ada"), signed(cast, papers.pdf()))
    said = "\n".join(text for _, text in passages(whole.kind, whole.revisions[0].content))
    assert "Attendance was 91 per cent" in said
    assert "Lakeview School" in said
    assert queries.timeline(cast.here("ada"), cast.dov).lines[0].opening.startswith("School report")


def test_signing_binds_the_original_and_every_page(cast: Cast) -> None:
    data = papers.pdf()
    content = queries.record(cast.here("ada"), signed(cast, data)).revisions[0].content
    assert content.answer("file").rows[0]["sha256"] == sha256(data).hexdigest()
    assert len(set(content.answer("leaves").chosen)) == 2


def test_what_a_page_posts_as_the_file_is_not_believed(cast: Cast) -> None:
    record = draft(cast, **{"file.0.sha256": "0" * 64, "words": "planted", "found": "Clean."})
    with pytest.raises(rules.NotComplete) as caught:
        actions.sign(cast.here("ada"), record, 2)
    assert caught.value.faults[0] == ("file", "There is no file yet. Choose one below.")
    filed(cast, papers.pdf(), record=record)
    actions.sign(cast.here("ada"), record, 2)
    content = queries.record(cast.here("ada"), record).revisions[0].content
    assert "planted" not in content.answer("words").text
    assert content.answer("found").text == ""


def test_nothing_half_can_be_signed(cast: Cast) -> None:
    record, data = draft(cast), papers.pdf()
    ada = cast.here("ada")

    def fault() -> str:
        with pytest.raises(rules.NotComplete) as caught:
            actions.sign(ada, record, 2)
        return caught.value.faults[0].sentence

    upload = arriving.begin(ada, record, "report.pdf", len(data))
    assert "not come whole" in fault()
    arriving.take(ada, record, upload, 0, data, last=True)
    assert "looked into" in fault()
    arriving.look(ada, record, upload)
    assert "Page 1 of 2 is not drawn" in fault()
    arriving.draw(ada, record, upload, seconds=0)
    assert "Page 2 of 2 is not drawn" in fault()
    arriving.draw(ada, record, upload, seconds=0)
    actions.sign(ada, record, 2)


def test_a_large_file_arrives_in_pieces_and_is_the_same_file(cast: Cast) -> None:
    data = papers.with_attachment(bytes(range(256)) * 4000 + b"end")
    noise = sha256(b"x").digest() * 20_000
    data += b"%" + noise.replace(b"\n", b" ").replace(b"\r", b" ") + b"\n%%EOF\n"
    record = signed(cast, data)
    assert Piece.objects.count() > 2
    assert b"".join(reading.untouched(cast.here("ada"), record).read()) == data


@pytest.mark.parametrize("at", ["doubled", "ahead", "uneven", "after the end", "another's"])
def test_pieces_come_once_in_order_and_whole(cast: Cast, at: str) -> None:
    record, ada, size = draft(cast), cast.here("ada"), streams.PIECE
    upload = arriving.begin(ada, record, "report.pdf", 3 * size)
    piece = papers.pdf()[:8] + bytes(size - 8)
    arriving.take(ada, record, upload, 0, piece, last=False)
    wrong: dict[str, Callable[[], object]] = {
        "doubled": lambda: arriving.take(ada, record, upload, 0, piece, last=False),
        "ahead": lambda: arriving.take(ada, record, upload, 2, piece, last=False),
        "uneven": lambda: arriving.take(ada, record, upload, 1, piece[:-1], last=False),
        "after the end": lambda: [
            arriving.take(ada, record, upload, 1, piece, last=end) for end in (True, False)
        ],
        "another's": lambda: arriving.take(ada, draft(cast), upload, 1, piece, last=False),
    }
    with pytest.raises((BrokenOff, holding.NoFile)):
        wrong[at]()
    assert Original.objects.get(pk=upload).arrived == Piece.objects.count()


def test_of_two_uploads_at_once_the_earlier_is_told(cast: Cast) -> None:
    record, ada, data = draft(cast), cast.here("ada"), papers.pdf()
    slow = arriving.begin(ada, record, "one.pdf", len(data))
    quick = arriving.begin(ada, record, "two.pdf", len(data))
    with pytest.raises(holding.NoFile):
        arriving.take(ada, record, slow, 0, data, last=True)
    arriving.take(ada, record, quick, 0, data, last=True)
    with pytest.raises(HasFile):
        arriving.begin(ada, record, "three.pdf", len(data))


def test_a_file_of_another_length_than_was_said_is_not_kept(cast: Cast) -> None:
    record, ada, data = draft(cast), cast.here("ada"), papers.pdf()
    upload = arriving.begin(ada, record, "report.pdf", len(data) + 1)
    arriving.take(ada, record, upload, 0, data, last=True)
    with pytest.raises(Unfit, match="not whole"):
        arriving.look(ada, record, upload)
    assert not Original.objects.exists()


def test_a_file_is_taken_away_while_it_is_a_draft_and_never_after(cast: Cast) -> None:
    record = filed(cast, papers.pdf())
    arriving.take_away(cast.here("ada"), record)
    assert (Original.objects.count(), Piece.objects.count(), Leaf.objects.count()) == (0, 0, 0)
    filed(cast, papers.pdf(), record=record)
    actions.sign(cast.here("ada"), record, 2)
    with pytest.raises(rules.AlreadySigned):
        arriving.take_away(cast.here("ada"), record)
    with pytest.raises(rules.AlreadySigned):
        arriving.begin(cast.here("ada"), record, "other.pdf", 10)
    assert Original.objects.count() == 1


def test_a_window_that_takes_the_file_away_while_another_signs_it_comes_second(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = filed(cast, papers.pdf())
    row = Original.objects.get()
    actions.sign(cast.here("ada"), record, 2)
    with pytest.raises(rules.AlreadySigned):
        arriving._take_away(row)  # as one that had asked before the signature
    assert reading.sheaf(cast.here("ada"), record, first=1).pages


def test_a_file_exchanged_while_it_is_signed_is_a_clash(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = filed(cast, papers.pdf())
    opened = actions.completing._opened

    def exchanging(*given: object) -> object:
        found = opened(*given)  # type: ignore[arg-type]
        arriving.take_away(cast.here("ada"), record)
        filed(cast, papers.pdf("Another"), record=record)
        return found

    monkeypatch.setattr(actions.completing, "_opened", exchanging)
    with pytest.raises(actions.Clash):
        actions.sign(cast.here("ada"), record, 2)
    assert Record.objects.get(pk=record).state == "draft"


def test_discarding_a_draft_leaves_no_piece_of_its_file(cast: Cast) -> None:
    record = filed(cast, papers.pdf())
    actions.discard(cast.here("ada"), record, with_words=True)
    assert (Original.objects.count(), Piece.objects.count(), Leaf.objects.count()) == (0, 0, 0)


def test_what_broke_off_a_day_ago_is_taken_away_at_the_next_upload(cast: Cast) -> None:
    old, ada = draft(cast), cast.here("ada")
    arriving.begin(ada, old, "old.pdf", 10)
    Original.objects.update(begun_at=NOON - 2 * arriving.STALE)
    arriving.begin(ada, draft(cast), "new.pdf", 10)
    assert not Original.objects.filter(record_id=old).exists()


# Who may (P3, P4, P8)


def test_who_holds_no_ring_sends_and_reads_nothing(cast: Cast) -> None:
    record = signed(cast, papers.pdf())
    open_draft = draft(cast)
    bea = cast.here("bea")
    for attempt in (
        lambda: arriving.begin(bea, open_draft, "x.pdf", 9),
        lambda: arriving.take_away(bea, record),
        lambda: reading.sheaf(bea, record, first=1),
        lambda: reading.untouched(bea, record),
        lambda: reading.file_of_draft(bea, open_draft),
    ):
        with pytest.raises(NotHere):
            attempt()


def test_a_supervisor_reads_what_is_signed_and_puts_nothing_into_a_draft(cast: Cast) -> None:
    record = signed(cast, papers.pdf())
    assert reading.sheaf(cast.here("sol"), record, first=2).pages[0].words == papers.FRONT[1]
    with pytest.raises(NotHere):
        arriving.begin(cast.here("sol"), draft(cast), "x.pdf", 9)


def test_another_therapists_psychotherapy_notes_are_sealed_to_whoever_took_them_in(
    cast: Cast,
) -> None:
    record = draft(cast, "private_document")
    filed(cast, papers.pdf("Countertransference"), record=record)
    actions.sign(cast.here("ada"), record, 2)
    assert reading.sheaf(cast.here("ada"), record, first=1).pages[0].words == "Countertransference"
    for other in ("sol", "olga", "max"):
        with pytest.raises(NotHere):
            reading.sheaf(cast.here(other), record, first=1)
    assert queries.timeline(cast.here("sol"), cast.dov).lines == ()


def test_each_look_is_an_entry_that_was_durable_first(cast: Cast) -> None:
    record = signed(cast, papers.pdf())
    before = cast.house.log.size
    reading.sheaf(cast.here("ada"), record, first=1)
    assert cast.house.log.size == before + 1
    reading.untouched(cast.here("ada"), record)
    assert cast.house.log.size == before + 3, "the record, and the original"


def test_a_paper_of_a_program_is_marked_when_it_is_signed(cast: Cast) -> None:
    record = signed(cast, papers.pdf(), part2="yes")
    assert Record.objects.get(pk=record).part2
    assert not Record.objects.get(pk=signed(cast, papers.pdf(), part2="no")).part2


# Behind the software's back (T02, T15)


def spoil(raw: bytes) -> bytes:
    altered = bytearray(raw)
    altered[-1] ^= 1
    return bytes(altered)


def test_a_piece_altered_cut_or_swapped_behind_the_software_is_seen(cast: Cast) -> None:
    noise = b"%" + b"".join(sha256(bytes([n])).hexdigest().encode() for n in range(256)) * 60
    record = signed(cast, papers.pdf() + noise + b"\n%%EOF\n")
    pieces = list(Piece.objects.order_by("number"))
    assert len(pieces) > 2
    first, second = bytes(pieces[0].sealed), bytes(pieces[1].sealed)
    for damage in (
        {0: spoil(first)},
        {0: second, 1: first},
        {0: second},
    ):
        for number, sealed in damage.items():
            Piece.objects.filter(number=number).update(sealed=sealed)
        with pytest.raises(SealBroken):
            reading.untouched(cast.here("ada"), record)
        Piece.objects.filter(number=0).update(sealed=first)
        Piece.objects.filter(number=1).update(sealed=second)
    reading.untouched(cast.here("ada"), record)
    Piece.objects.filter(number=pieces[-1].number).delete()
    with pytest.raises(SealBroken):
        reading.untouched(cast.here("ada"), record)


def test_a_page_exchanged_or_lost_behind_the_software_is_seen(cast: Cast) -> None:
    record = signed(cast, papers.pdf())
    one, two = Leaf.objects.order_by("number")
    Leaf.objects.filter(pk=one.pk).update(sealed=two.sealed)
    with pytest.raises(SealBroken):
        reading.sheaf(cast.here("ada"), record, first=1)
    Leaf.objects.filter(pk=one.pk).delete()
    with pytest.raises(rules.RecordAltered):
        reading.sheaf(cast.here("ada"), record, first=1)


def test_a_page_that_was_drawn_again_after_signing_is_not_shown(cast: Cast) -> None:
    """Sealed rightly, by somebody who holds the ring, and yet not what was signed."""
    record = signed(cast, papers.pdf())
    held = holding.to_read(cast.here("ada"), Record.objects.get(pk=record))
    row = Original.objects.get()
    Leaf.objects.filter(number=1).delete()
    row.drawn = 0
    Original.objects.update(drawn=0)
    write = holding.Held(held.row, _may_write(cast, held), held.ward)
    arriving._keep(cast.here("ada"), write, row, [arriving.Page("png", 1, 1, "forged", False, b"")])
    with pytest.raises(rules.RecordAltered):
        reading.sheaf(cast.here("ada"), record, first=1)


def _may_write(cast: Cast, held: holding.Held) -> object:
    from stillroom.access import Act, Purpose
    from stillroom.phi import bridge
    from stillroom.practice import queries as practice

    cares = practice.cares_of(cast.people["ada"].id, cast.dov)
    return bridge.ask(cast.here("ada"), Act.RECORD_WRITE, Purpose.TREATMENT, held.ward, cares=cares)
