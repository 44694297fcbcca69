"""What a client says against a record goes along with it, in every later packet (45 CFR 164.526(d))."""

from collections.abc import Callable

import pytest

from stillroom.chart import actions as chart
from stillroom.chart import releasing as leaving
from stillroom.chart import restricting
from stillroom.disclosure import (
    actions,
    disputing,
    drafts,
    own_asking,
    queries,
    releasing,
    rules_disputes,
    sending,
    summarizing,
)
from stillroom.disclosure.askers.amending import CARRY, NONE_OF_THEM, Done, SaysNothing
from stillroom.disclosure.models import Departure, Packet
from stillroom.disclosure.rules import Decision, NoLongerLawful, State
from stillroom.disclosure.rules_disputes import DenialMissing, NotPlaced
from stillroom.disclosure.rules_draft import FHIR, PDF
from stillroom.disclosure.rules_leaving import DELAY, NotAgain, Wish
from stillroom.disclosure.rules_summary import Summary
from stillroom.phi import NotHere
from tests.cast import NOON, Cast
from tests.disclosure.leaving import TO, another, packet_for_rex, proven
from tests.harness.pdf_read import read
from tests.web import corpus

pytestmark = pytest.mark.django_db
ASKED = "It was seven hours, not six."
DENIED = "The note says what was told on that day."
SAID = "I told her seven, and I stand by it."


@pytest.fixture
def life(cast: Cast) -> dict[str, str]:
    """A packet for Rex is a proof; Dov's correction of the one note in it was denied."""
    ids = packet_for_rex(cast)
    cast.holder("dov")
    asked = own_asking.ask(cast.here("dov"), cast.dov, "amendment", ASKED)
    actions.decide(cast.here("ada"), corpus(), asked, Decision.DENY, "It stands.")
    bundle = releasing.choices(cast.here("ada"), corpus(), ids["matter"])
    (note,) = [one.record.id for one in bundle.choices if one.state is State.CHOSEN]
    return {**ids, "asked": asked, "note": note}


def say(cast: Cast, life: dict[str, str], *done: Done) -> None:
    for one in done:
        disputing.write_down(cast.here("ada"), life["asked"], one)


def about(life: dict[str, str]) -> Done:
    return Done("about", "", (life["note"],))


def words_of(cast: Cast, packet: str) -> str:
    row = releasing.find_packet(cast.here("ada"), packet)
    return " ".join(read(releasing.open_packet(cast.here("ada"), row)[1]).pypdf.split())


def test_a_statement_goes_along_with_its_record_whole_and_by_itself(
    cast: Cast, life: dict[str, str]
) -> None:
    own_asking.disagree(cast.here("dov"), life["asked"], SAID)
    say(
        cast,
        life,
        about(life),
        Done("denial", DENIED),
        Done("rebuttal", "It says that he said six."),
    )
    ada = cast.here("ada")
    packet = releasing.build(ada, corpus(), life["matter"], [life["note"]], [], (PDF, FHIR))
    found = words_of(cast, packet)
    for words in (ASKED, DENIED, SAID, "It says that he said six."):
        assert words in found
    row = releasing.find_packet(ada, packet)
    machines = releasing.open_bundle(ada, row).decode()
    assert all(words in machines for words in (ASKED, DENIED, SAID))
    head, _ = releasing.open_packet(ada, row)
    assert "statement of disagreement" in head.disputed[life["note"]]
    assert head.description.endswith("the client's statement of disagreement along with it")
    releasing.release(proven(cast), corpus(), packet, TO)
    assert Departure.objects.filter(packet=packet).exists()


def test_no_later_packet_of_that_record_leaves_without_it(cast: Cast, life: dict[str, str]) -> None:
    """Built before the statement, on its way when it comes, saved again after: none of them goes."""
    wish = Wish(TO, way="paper", where="1 Court Square, Towson", sure=True)
    on_its_way = another(cast, life["matter"])
    sending.begin(proven(cast), corpus(), on_its_way, wish)
    gone = another(cast, life["matter"])
    releasing.release(proven(cast), corpus(), gone, TO)
    own_asking.disagree(cast.here("dov"), life["asked"], SAID)
    say(cast, life, about(life), Done("denial", DENIED))
    with pytest.raises(NoLongerLawful):
        releasing.release(proven(cast), corpus(), life["packet"], TO)
    after = proven(cast, seconds=DELAY.total_seconds() + 1)
    assert sending.settle(after, corpus(), on_its_way) == Packet.State.PROOF
    with pytest.raises(NotAgain):
        sending.file_of(cast.here("ada"), corpus(), gone)
    assert Departure.objects.count() == 1
    anew = another(cast, life["matter"])
    say(cast, life, Done("statement", "By letter: seven it was."))
    with pytest.raises(NoLongerLawful):
        releasing.release(proven(cast), corpus(), anew, TO)
    last = another(cast, life["matter"])
    assert "By letter: seven it was." in words_of(cast, last)
    releasing.release(proven(cast), corpus(), last, TO)


def test_until_it_is_said_which_entries_it_is_about_nothing_is_built_and_nothing_leaves(
    cast: Cast, life: dict[str, str]
) -> None:
    own_asking.disagree(cast.here("dov"), life["asked"], SAID)
    with pytest.raises(NotPlaced):
        another(cast, life["matter"])
    with pytest.raises(NoLongerLawful, match="not said which entries"):
        releasing.release(proven(cast), corpus(), life["packet"], TO)
    say(cast, life, about(life))
    with pytest.raises(DenialMissing):
        another(cast, life["matter"])
    say(cast, life, Done("about", NONE_OF_THEM))
    assert SAID not in words_of(cast, another(cast, life["matter"]))
    releasing.release(proven(cast), corpus(), life["packet"], TO)


def test_without_a_statement_the_request_goes_along_only_where_she_asked_for_that(
    cast: Cast, life: dict[str, str]
) -> None:
    say(cast, life, about(life), Done("denial", DENIED))
    assert ASKED not in words_of(cast, another(cast, life["matter"]))
    own_asking.carry(cast.here("dov"), life["asked"])
    assert own_asking.one_of_mine(cast.here("dov"), life["asked"]).carried
    packet = another(cast, life["matter"])
    found = words_of(cast, packet)
    assert all(one in found for one in (ASKED, DENIED, CARRY))
    ada = cast.here("ada")
    head, _ = releasing.open_packet(ada, releasing.find_packet(ada, packet))
    assert "statement" not in head.disputed[life["note"]]


def test_what_was_accepted_after_all_goes_along_no_longer(cast: Cast, life: dict[str, str]) -> None:
    own_asking.disagree(cast.here("dov"), life["asked"], SAID)
    actions.decide(cast.here("ada"), corpus(), life["asked"], Decision.ACCEPT, "He is right.")
    assert SAID not in words_of(cast, another(cast, life["matter"]))


def test_it_stays_with_its_record_and_with_no_other(cast: Cast, life: dict[str, str]) -> None:
    other = chart.begin(cast.here("ada"), cast.dov, "progress_note", occurred_at=NOON)
    chart.save_draft(
        cast.here("ada"), other, {"Data": "Eight.", "Assessment": "A.", "Plan": "P."}, 1
    )
    chart.sign(cast.here("ada"), other, 2)
    own_asking.disagree(cast.here("dov"), life["asked"], SAID)
    say(cast, life, about(life), Done("denial", DENIED))
    alone = releasing.build(cast.here("ada"), corpus(), life["matter"], [other], [])
    assert SAID not in words_of(cast, alone)
    both = releasing.build(cast.here("ada"), corpus(), life["matter"], [life["note"], other], [])
    assert words_of(cast, both).count(SAID) == 1


def test_a_summary_in_place_of_the_record_takes_it_along_too(
    cast: Cast, life: dict[str, str]
) -> None:
    own_asking.disagree(cast.here("dov"), life["asked"], SAID)
    say(cast, life, about(life), Done("denial", DENIED))
    summary = Summary((life["note"],), "Seen once in November.")
    summarizing.sign(cast.here("ada"), corpus(), life["matter"], summary)
    draft = drafts.draft_of(cast.here("ada"), life["matter"])
    assert draft.summaries
    found = words_of(cast, another(cast, life["matter"]))
    assert all(one in found for one in ("Seen once in November.", SAID))


def test_only_signed_records_that_are_not_kept_apart_can_be_named(
    cast: Cast, life: dict[str, str]
) -> None:
    from stillroom.chart.models import Record

    private = Record.objects.get(chart=cast.dov, private=True).pk
    for wrong in (private, "a" * 26):
        with pytest.raises(SaysNothing):
            say(cast, life, Done("about", "", (life["note"], wrong)))
    with pytest.raises(SaysNothing):
        say(cast, life, Done("about", ""))
    for who in ("cal", "olga", "bea"):
        with pytest.raises(NotHere):
            disputing.write_down(cast.here(who), life["asked"], about(life))
    assert not [one for one in whole(cast, life).steps if one.kind == "amendment"]


def whole(cast: Cast, life: dict[str, str]) -> queries.WholeMatter:
    return queries.whole_matter(cast.here("ada"), corpus(), life["asked"])


def test_it_is_put_there_after_every_cut_so_that_nothing_of_it_can_be_cut() -> None:
    from tests.disclosure.conftest import note

    said: Callable[[str], rules_disputes.Dispute] = lambda words: rules_disputes.Dispute(  # noqa: E731
        "m",
        "2026-001",
        frozenset({"n1"}),
        (("The client’s statement of disagreement", words),),
        True,
    )
    page = rules_disputes.beside(note(), [said(SAID)])
    assert page.sections[:-1] == note().sections
    assert page.sections[-1].passages == (SAID,)
    assert rules_disputes.digest([said(SAID)], ["n1"]) != rules_disputes.digest(
        [said("Other.")], ["n1"]
    )
    assert rules_disputes.digest([said(SAID)], ["n2"]) == ""


def test_what_is_kept_to_those_who_treat_can_be_what_it_is_about(
    cast: Cast, life: dict[str, str]
) -> None:
    """It may leave where the client asks for it, and then her words leave with it (P8 for the rest)."""
    restricting.restrict(cast.here("ada"), life["note"], "As agreed with him.")
    assert life["note"] in {one.id for one in leaving.nameable(cast.here("ada"), cast.dov)}
    own_asking.disagree(cast.here("dov"), life["asked"], SAID)
    say(cast, life, about(life), Done("denial", DENIED))
    packet = releasing.build(cast.here("ada"), corpus(), life["matter"], [life["note"]], [], (PDF,))
    assert SAID in words_of(cast, packet)
