"""P9, P5: what is cut in a matter's draft is in no byte that leaves; what changed since is not guessed."""

from hashlib import sha256
from io import BytesIO

import pikepdf
import pytest
from fhir.resources.R4B.bundle import Bundle

from stillroom.chart import actions as chart
from stillroom.consent import actions as consent
from stillroom.disclosure import actions, cutting, drafts, queries, releasing
from stillroom.disclosure.models import Packet, PacketDraft
from stillroom.disclosure.packet.cuts import CutMisplaced, Reason, Removal
from stillroom.disclosure.packet.painting import Box
from stillroom.disclosure.rules import Decision, NotReleasable
from stillroom.disclosure.rules_draft import Cuts, Draft, with_removals
from stillroom.kernel import Trilean
from stillroom.phi import NotHere
from tests.cast import NOON, Cast
from tests.chart import papers
from tests.chart.test_documents import filed
from tests.disclosure.story import authorization, notes, subpoena
from tests.harness import pdf_read
from tests.web import corpus

WORDS = "Setbacks follow calls with Ines Quell. Reach her at 410-555-0199.\n\nSlept six hours."


@pytest.fixture
def told(cast: Cast) -> dict[str, str]:
    """A decided matter of Dov's, with a note that names a third person; ids by name."""
    ada = cast.here("ada")
    cast.licensed("ada")
    _, private = notes(cast)
    record = chart.begin(ada, cast.dov, "progress_note", occurred_at=NOON)
    chart.save_draft(ada, record, {"Data": WORDS, "Assessment": "", "Plan": "Tuesday."}, 1)
    chart.sign(ada, record, 2)
    consent.take_up(ada, cast.dov, authorization(cast))
    matter = actions.enter(ada, cast.dov, subpoena())
    for fact, value in (("identity_verified", True), ("federal_court", False)):
        actions.answer(ada, corpus(), matter, fact, value)
    actions.decide(ada, corpus(), matter, Decision.BUILD, "He has signed.")
    return {"record": record, "matter": matter, "private": private}


def cut(cast: Cast, told: dict[str, str], *removals: Removal) -> None:
    ada = cast.here("ada")
    opened = cutting.opened(ada, corpus(), told["matter"], told["record"])
    cuts = with_removals(opened.cuts, removals)
    drafts.change(ada, told["matter"], lambda draft: draft.with_cuts(told["record"], cuts))


def test_what_was_suggested_and_accepted_is_in_no_byte_that_leaves(
    cast: Cast, told: dict[str, str]
) -> None:
    ada = cast.here("ada", stepped_up=Trilean.YES)
    opened = cutting.opened(ada, corpus(), told["matter"], told["record"])
    assert [one.words for one in opened.suggestions] == ["Ines Quell", "410-555-0199"]
    cut(cast, told, *(one for each in opened.suggestions for one in each.removals))
    packet = releasing.build(ada, corpus(), told["matter"], [told["record"]], [])
    left = releasing.release(ada, corpus(), packet, "Rex Dunleavy").pdf
    seen = pdf_read.read(left)
    for word in ("Ines", "Quell", "0199"):
        assert seen.holds(word) == [], word
    assert seen.holds("Slept six hours.")
    assert seen.holds("[removed: another person]")
    head, _ = releasing.open_packet(ada, Packet.objects.get(pk=packet))
    assert [one[5] for one in head.records] == [2]
    kept = head.trimmed[told["record"]]
    assert [one.why for one in kept.removals] == [Reason.PERSON, Reason.CONTACT]
    again = cutting.opened(ada, corpus(), told["matter"], told["record"])
    assert again.suggestions == ()


def test_a_record_that_may_not_leave_cannot_be_opened_to_be_cut(
    cast: Cast, told: dict[str, str]
) -> None:
    ada = cast.here("ada")
    with pytest.raises(NotReleasable):
        cutting.opened(ada, corpus(), told["matter"], told["private"])
    with pytest.raises(NotHere):
        cutting.opened(ada, corpus(), told["matter"], cast.fay)
    for name in ("bea", "cal", "max"):
        with pytest.raises(NotHere):
            drafts.draft_of(cast.here(name), told["matter"])


def test_what_was_added_since_the_cut_is_not_let_out_unseen(
    cast: Cast, told: dict[str, str]
) -> None:
    ada = cast.here("ada")
    cut(cast, told, Removal("0.0.0", 0, 4, Reason.PERSON))
    chart.addend(ada, told["record"], "Ines called again.")
    with pytest.raises(CutMisplaced, match="changed since"):
        releasing.build(ada, corpus(), told["matter"], [told["record"]], [])
    assert not Packet.objects.exists()
    opened = cutting.opened(ada, corpus(), told["matter"], told["record"])
    assert opened.outdated
    assert opened.cuts == Cuts(opened.cuts.of)
    cut(cast, told, Removal("0.0.0", 0, 4, Reason.PERSON))
    assert releasing.build(ada, corpus(), told["matter"], [told["record"]], [])


def test_the_draft_lies_sealed_and_two_windows_do_not_overwrite_each_other(
    cast: Cast, told: dict[str, str]
) -> None:
    ada = cast.here("ada")
    cut(cast, told, Removal("0.0.0", 0, 4, Reason.PERSON))
    row = PacketDraft.objects.get(matter=told["matter"])
    assert told["record"].encode() not in bytes(row.sealed)

    def meanwhile(draft: Draft) -> Draft:
        drafts.change(ada, told["matter"], lambda one: one.chosen(["x"], [], []))
        return draft.chosen(["y"], [], [])

    with pytest.raises(actions.ChangedMeanwhile):
        drafts.change(ada, told["matter"], meanwhile)
    assert drafts.draft_of(ada, told["matter"]).picked == ("x",)
    before = PacketDraft.objects.get().revision
    drafts.change(ada, told["matter"], lambda draft: draft)
    assert PacketDraft.objects.get().revision == before


def test_a_painted_page_leaves_without_its_words_and_without_the_originals_digest(
    cast: Cast, told: dict[str, str]
) -> None:
    ada = cast.here("ada", stepped_up=Trilean.YES)
    record = filed(cast, papers.pdf("Quellwasser was absent.", "Attendance: 91 per cent."))
    chart.sign(ada, record, 2)
    opened = cutting.opened(ada, corpus(), told["matter"], record)
    box = Box(1, 0, 50, 900, 150, Reason.PERSON)
    cuts = Cuts(opened.cuts.of, boxes=(box,))
    drafts.change(ada, told["matter"], lambda draft: draft.with_cuts(record, cuts))
    packet = releasing.build(ada, corpus(), told["matter"], [record], [])
    left = releasing.release(ada, corpus(), packet, "Rex Dunleavy").pdf
    seen = pdf_read.read(left)
    assert seen.holds("Quellwasser") == []
    assert seen.holds("Attendance: 91 per cent.")
    assert seen.holds("SHA-256 is") == []
    assert seen.holds("parts of them are not enclosed")
    assert opened.page.leaves[0].picture not in _pictures(left)
    assert len(_pictures(left)) == 2


def _pictures(pdf: bytes) -> list[bytes]:

    with pikepdf.open(BytesIO(pdf)) as opened:
        found = [
            image.get_raw_stream_buffer()
            for page in opened.pages
            for image in page.get_images().values()
        ]
        return [bytes(one) for one in found]


def test_the_file_for_machines_holds_what_the_pages_hold_and_may_leave_alone(
    cast: Cast, told: dict[str, str]
) -> None:
    ada = cast.here("ada", stepped_up=Trilean.YES)
    opened = cutting.opened(ada, corpus(), told["matter"], told["record"])
    cut(cast, told, *(one for each in opened.suggestions for one in each.removals))
    packet = releasing.build(ada, corpus(), told["matter"], [told["record"]], [], ["fhir"])
    row = Packet.objects.get(pk=packet)
    machines = releasing.open_bundle(ada, row)
    Bundle.model_validate_json(machines)
    assert b"[removed: another person]" in machines
    assert b"Quell" not in machines
    assert b"Quell" not in bytes(row.bundle)
    assert b"Bundle" not in bytes(row.bundle)
    head, pdf = releasing.open_packet(ada, row)
    assert head.bundle_digest == sha256(machines).hexdigest()
    assert "".join(head.bundle_digest[at : at + 4] for at in range(0, 64, 4)) in "".join(
        pdf_read.read(pdf).pdfium.split()
    )
    releasing.release(ada, corpus(), packet, "Rex Dunleavy")
    ((line, _),) = queries.departures(ada, cast.dov)
    assert line.digest == head.bundle_digest
    plain = Packet.objects.get(
        pk=releasing.build(ada, corpus(), told["matter"], [told["record"]], [])
    )
    with pytest.raises(NotHere):
        releasing.open_bundle(ada, plain)
