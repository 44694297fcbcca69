"""A summary leaves in place of records, only of what may leave, and says what it is."""

from dataclasses import replace

import pytest

from stillroom.consent import actions as consent
from stillroom.consent.models import Paper
from stillroom.disclosure import drafts, queries, releasing, summarizing
from stillroom.disclosure.models import Packet
from stillroom.disclosure.packet import print_packet
from stillroom.disclosure.rules import NoLongerLawful
from stillroom.disclosure.rules_summary import (
    NotAgreed,
    NothingSaid,
    Summary,
    SummaryUnfit,
    fit,
)
from stillroom.kernel import Misuse, Trilean
from tests.cast import Cast
from tests.disclosure.conftest import note, packet_of
from tests.disclosure.test_cutting import told  # noqa: F401 - a fixture
from tests.harness import pdf_read
from tests.web import Visitor, corpus, serve

WORDS = "Seen twice in November; sleep and mood improve."


def test_a_page_may_stand_for_several_records_of_a_selection_and_for_no_other() -> None:
    one, two, three = note(), note(of="n2", day=13), note(of="n3", day=20)
    whole = packet_of(one, two, three)
    summed = replace(one, stands_for=("n1", "n3"))
    assert print_packet(replace(whole, records=(summed, two))).manifest.lines[0].record == "n1"
    for wrong in (
        (summed,),
        (summed, two, three),
        (two, summed),
        (replace(one, stands_for=("n1", "n3", "x")), two),
        (replace(one, stands_for=("n3", "n1"), id="n3"), two),
    ):
        with pytest.raises(Misuse):
            print_packet(replace(whole, records=wrong))


def test_a_summary_stands_for_one_kind_that_may_leave(
    cast: Cast,
    told: dict[str, str],  # noqa: F811
) -> None:
    choices = releasing.choices(cast.here("ada"), corpus(), told["matter"]).choices
    open_one, shut = told["record"], told["private"]
    assert fit(Summary((open_one,), WORDS), choices, "legal_proceeding")
    for of in ((shut,), (open_one, shut), ("nowhere",), (open_one, open_one)):
        if of == (open_one, open_one):
            assert fit(Summary(of, WORDS), choices, "x")
            continue
        with pytest.raises(SummaryUnfit):
            fit(Summary(of, WORDS), choices, "x")
    for empty in (Summary((), WORDS), Summary((open_one,), " ")):
        with pytest.raises(NothingSaid):
            fit(empty, choices, "x")
    with pytest.raises(NotAgreed):
        fit(Summary((open_one,), WORDS), choices, "client_access")
    assert fit(Summary((open_one,), WORDS, agreed=True), choices, "client_access")


def test_it_leaves_in_their_place_and_not_one_word_of_theirs_does(
    cast: Cast,
    told: dict[str, str],  # noqa: F811
) -> None:
    ada = cast.here("ada", stepped_up=Trilean.YES)
    bundle = releasing.choices(ada, corpus(), told["matter"])
    both = [one.record.id for one in bundle.choices if one.record.kind == "progress_notes"]
    assert len(both) == 2
    step = summarizing.sign(ada, corpus(), told["matter"], Summary(tuple(both), WORDS))
    assert drafts.draft_of(ada, told["matter"]).summaries == (step.number,)
    with pytest.raises(SummaryUnfit):
        releasing.build(ada, corpus(), told["matter"], both[:1], [])
    packet = releasing.build(ada, corpus(), told["matter"], both, [])
    head, _ = releasing.open_packet(ada, Packet.objects.get(pk=packet))
    assert set(head.ids) == set(both)
    seen = pdf_read.read(releasing.release(ada, corpus(), packet, "Rex Dunleavy").pdf)
    assert seen.holds(WORDS)
    assert seen.holds("Summary in place of 2 records")
    assert seen.holds("not the record itself")
    for word in ("Setbacks", "Quell", "Slept", "Steadier"):
        assert seen.holds(word) == [], word
    ((line, _),) = queries.departures(ada, cast.dov)
    assert line.description.endswith("; of 2 records a summary in their place")


def test_it_leaves_no_more_than_the_records_for_which_it_stands(
    cast: Cast,
    told: dict[str, str],  # noqa: F811
) -> None:
    ada = cast.here("ada", stepped_up=Trilean.YES)
    summarizing.sign(ada, corpus(), told["matter"], Summary((told["record"],), WORDS))
    packet = releasing.build(ada, corpus(), told["matter"], [told["record"]], [])
    consent.revoke(ada, Paper.objects.get().pk)
    with pytest.raises(NoLongerLawful):
        releasing.release(ada, corpus(), packet, "Rex Dunleavy")


def test_it_is_written_at_its_page_and_taken_out_again(
    cast: Cast,
    told: dict[str, str],  # noqa: F811
) -> None:
    serve(cast)
    ada = Visitor(cast, "ada")
    build = f"/matters/{told['matter']}/packet"
    assert ada.post(build, {"do": "summary", "records": [told["record"]]}).headers["Location"] == (
        f"{build}/summary"
    )
    page = ada.get(f"{build}/summary").content.decode()
    assert told["private"] not in page
    refused = ada.post(f"{build}/summary", {"of": [told["record"]], "words": " "})
    assert refused.status_code == 409
    kept = ada.post(f"{build}/summary", {"words": WORDS})
    assert kept.status_code == 409
    assert WORDS in kept.content.decode()
    assert ada.post(f"{build}/summary", {"of": [told["record"]], "words": WORDS}).status_code == 302
    page = ada.get(build).content.decode()
    assert "Summaries in place of records" in page
    form = {"records": [told["record"]], "address": "", "summarized": "yes"}
    printed = ada.post(build, form)
    assert "Summary in place" not in ada.get(printed.headers["Location"]).content.decode()
    assert Visitor(cast, "bea").get(f"{build}/summary").status_code == 404
