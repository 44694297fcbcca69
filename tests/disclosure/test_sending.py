"""T13: two minutes in which a packet can be stopped, ways that only the recipient opens, a link
that is called back until it has been opened. T17: a paper taken back on the way stops it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyrage
import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker

from stillroom.consent import actions as consent
from stillroom.disclosure import links, queries, releasing, sending, sent
from stillroom.disclosure.models import Delivery, Departure, Link, Packet
from stillroom.disclosure.rules_leaving import (
    DELAY,
    LookOnceMore,
    NothingWaits,
    NoWay,
    NumbersDiffer,
    Wish,
    digits,
    questions,
    stands_in,
)
from stillroom.phi import NotHere, StepUpNeeded
from stillroom.practice import actions as practice
from stillroom.vault import AgeKeyUnreadable
from tests.cast import Cast, make_cast
from tests.disclosure.leaving import TO, packet_for_rex, proven
from tests.web import corpus

pytestmark = pytest.mark.django_db
Lived = tuple[Cast, dict[str, str]]


@pytest.fixture(scope="module")
def kept(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: Any
) -> Iterator[Lived]:
    with django_db_blocker.unblock(), transaction.atomic():
        cast = make_cast(tmp_path_factory.mktemp("leaving"))
        yield cast, packet_for_rex(cast)
        cast.house.log.close()
        transaction.set_rollback(True)


@pytest.fixture
def lived(kept: Lived) -> Iterator[Lived]:
    """The practice as it was before each story."""
    with transaction.atomic():
        yield kept
        transaction.set_rollback(True)


def begin(lived: Lived, **wish: Any) -> None:
    cast, ids = lived
    sending.begin(proven(cast), corpus(), ids["packet"], Wish(TO, **{"sure": True, **wish}))


def settle(lived: Lived, name: str = "ada", **later: float) -> str:
    cast, ids = lived
    return sending.settle(cast.later(**later).here(name), corpus(), ids["packet"])


def plan(lived: Lived) -> Any:
    cast, ids = lived
    found = sending.latest(cast.here("ada"), ids["packet"])
    assert found is not None
    return found.plan


def acts(cast: Cast, act: str) -> int:
    return sum(one.entry.act == act for one in cast.house.log.entries())


def test_nothing_leaves_before_its_two_minutes(lived: Lived) -> None:
    begin(lived)
    assert settle(lived, seconds=DELAY.total_seconds() - 1) == Packet.State.LEAVING
    assert not Departure.objects.exists()
    assert settle(lived, seconds=DELAY.total_seconds()) == Packet.State.RELEASED
    assert Departure.objects.count() == 1
    assert settle(lived, minutes=3) == Packet.State.RELEASED
    assert Departure.objects.count() == 1


def test_whoever_cares_stops_it_and_it_never_leaves(lived: Lived) -> None:
    cast, ids = lived
    begin(lived)
    with pytest.raises(NotHere):
        sending.stop(cast.here("bea"), ids["packet"])
    sending.stop(cast.here("ada"), ids["packet"])
    assert settle(lived, minutes=5) == Packet.State.PROOF
    assert not Departure.objects.exists()
    with pytest.raises(NothingWaits):
        sending.stop(cast.here("ada"), ids["packet"])
    begin(lived)
    assert settle(lived, minutes=2) == Packet.State.RELEASED


def test_a_paper_taken_back_on_the_way_stops_it(lived: Lived) -> None:
    cast, ids = lived
    before = acts(cast, "release:packet:send")
    begin(lived)
    consent.revoke(cast.later(minutes=1).here("ada"), ids["paper"])
    assert settle(lived, minutes=2) == Packet.State.PROOF
    assert Delivery.objects.get().state == Delivery.State.REFUSED
    assert acts(cast, "release:packet:send") == before
    with pytest.raises(releasing.rules.NoLongerLawful):
        begin(lived)


def test_a_proof_of_identity_is_asked_of_whoever_sends_and_of_whoever_comes_late(
    lived: Lived,
) -> None:
    cast, ids = lived
    with pytest.raises(StepUpNeeded):
        sending.begin(cast.here("ada"), corpus(), ids["packet"], Wish(TO))
    begin(lived)
    with pytest.raises(StepUpNeeded):
        settle(lived, minutes=16)
    assert Packet.objects.get(pk=ids["packet"]).state == Packet.State.LEAVING
    late = proven(cast, minutes=16)
    assert sending.settle(late, corpus(), ids["packet"]) == Packet.State.RELEASED


def test_a_packet_on_its_way_is_not_sent_twice(lived: Lived) -> None:
    begin(lived)
    with pytest.raises(releasing.AlreadyReleased):
        begin(lived)


def test_the_wrong_name_sends_nothing(lived: Lived) -> None:
    cast, ids = lived
    with pytest.raises(releasing.RecipientDiffers):
        sending.begin(proven(cast), corpus(), ids["packet"], Wish("Ray Dunleavy"))
    assert not Delivery.objects.exists()


def test_an_age_file_opens_by_the_words_that_were_said(lived: Lived) -> None:
    cast, ids = lived
    begin(lived, way="age")
    settle(lived, minutes=2)
    told = plan(lived)
    assert len(told.passphrase.split()) == 6
    name, file = sending.file_of(cast.here("ada"), corpus(), ids["packet"])
    assert name == "pdf.age"
    assert file.startswith(b"age-encryption.org/v1\n")
    _, pdf = releasing.open_packet(cast.here("ada"), Packet.objects.get(pk=ids["packet"]))
    assert pyrage.passphrase.decrypt(file, told.passphrase) == pdf


def test_an_age_file_to_a_key_opens_by_that_key_alone(lived: Lived) -> None:
    cast, ids = lived
    mine, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    with pytest.raises(AgeKeyUnreadable):
        begin(lived, way="age", age_key=str(mine))
    begin(lived, way="age", age_key=f" {mine.to_public()} ")
    settle(lived, minutes=2)
    _, file = sending.file_of(cast.here("ada"), corpus(), ids["packet"])
    assert pyrage.decrypt(file, [mine]).startswith(b"%PDF")
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(file, [other])


def opened(lived: Lived, address: str, code: str, **later: float) -> bytes:
    cast, _ = lived
    return links.open_by_link(cast.house, address, code, at=cast.later(**later).at)


def shut(lived: Lived, address: str, code: str, **later: float) -> None:
    with pytest.raises(links.DidNotOpen):
        opened(lived, address, code, **later)


def test_a_link_opens_once_with_its_code_and_the_log_has_it_before(lived: Lived) -> None:
    cast, ids = lived
    begin(lived, way="link")
    told = plan(lived)
    shut(lived, told.address, told.code, minutes=1)
    settle(lived, minutes=2)
    shut(lived, told.address, "another four plain words", minutes=3)
    shut(lived, "A" * 43, told.code, minutes=3)
    before = acts(cast, "release:packet:open")
    typed = told.code.upper().replace(" ", " - ")
    assert opened(lived, told.address, typed, minutes=4).startswith(b"%PDF")
    assert acts(cast, "release:packet:open") == before + 1
    shut(lived, told.address, told.code, minutes=5)
    assert bytes(Link.objects.get().sealed) == b"", "what was opened for the last time is deleted"
    seen = queries.who_opened(cast.later(minutes=6).here("ada"), cast.dov, 3)
    assert any(one.details.get("did") == "opened by link" for one in seen)
    with pytest.raises(NothingWaits):
        sending.call_back(cast.here("ada"), ids["packet"])


def test_five_wrong_codes_delete_what_lies_behind_a_link(lived: Lived) -> None:
    begin(lived, way="link")
    settle(lived, minutes=2)
    told = plan(lived)
    for _ in range(5):
        shut(lived, told.address, "four words by guess", minutes=3)
    shut(lived, told.address, told.code, minutes=3)
    assert bytes(Link.objects.get().sealed) == b""
    assert Departure.objects.get().recalled_at is not None


def test_a_link_is_called_back_until_it_has_been_opened(lived: Lived) -> None:
    cast, ids = lived
    begin(lived, way="link")
    settle(lived, minutes=2)
    told = plan(lived)
    with pytest.raises(NotHere):
        sending.call_back(cast.here("bea"), ids["packet"])
    sending.call_back(cast.later(minutes=3).here("ada"), ids["packet"])
    shut(lived, told.address, told.code, minutes=4)
    assert bytes(Link.objects.get().sealed) == b""
    assert Departure.objects.get().recalled_at == cast.later(minutes=3).at


def test_a_paper_taken_back_shuts_a_link_that_rests_on_it(lived: Lived) -> None:
    cast, ids = lived
    begin(lived, way="link")
    settle(lived, minutes=2)
    told = plan(lived)
    consent.revoke(cast.later(minutes=3).here("ada"), ids["paper"])
    shut(lived, told.address, told.code, minutes=4)
    assert bytes(Link.objects.get().sealed) == b""


def test_a_link_runs_out_and_its_file_goes(lived: Lived) -> None:
    cast, ids = lived
    begin(lived, way="link", days=1)
    settle(lived, minutes=2)
    told = plan(lived)
    shut(lived, told.address, told.code, days=1, minutes=2)
    assert bytes(Link.objects.get().sealed) == b""
    found = sending.latest(cast.later(days=2).here("ada"), ids["packet"])
    assert found
    assert found.link
    assert found.link.over


def test_neither_the_address_nor_the_code_lies_on_the_disk(lived: Lived) -> None:
    begin(lived, way="link")
    settle(lived, minutes=2)
    told = plan(lived)
    stored = [bytes(Link.objects.get().sealed), bytes(Delivery.objects.get().sealed)]
    # Two words together: three letters alone stand in any large random file now and then.
    for secret in (told.address, told.code, " ".join(told.code.split()[:2])):
        assert not any(secret.encode() in blob for blob in stored)
    assert told.address not in Link.objects.get().mark


def test_care_that_ended_on_the_way_lets_nothing_leave(lived: Lived) -> None:
    cast, ids = lived
    begin(lived)
    practice.end_care(cast.here("ada"), cast.dov, cast.people["sol"].id)
    with pytest.raises(NotHere):
        sending.settle(cast.later(minutes=2).here("sol"), corpus(), ids["packet"])
    assert not Departure.objects.exists()


def test_fax_and_paper_need_where_and_a_number_twice(lived: Lived) -> None:
    with pytest.raises(NoWay):
        begin(lived, way="paper")
    with pytest.raises(NoWay):
        begin(lived, way="pigeon")
    with pytest.raises(NumbersDiffer):
        begin(lived, way="fax", where="410 555 0177", again="410 555 0171")
    begin(lived, way="fax", where="410 555 0177", again="(410) 555-0177")
    settle(lived, minutes=2)
    cast, _ = lived
    ((line, _),) = queries.departures(cast.here("ada"), cast.dov)
    assert line.address == "410 555 0177"


def test_an_address_never_used_is_pointed_out_and_what_was_confirmed_is_kept(
    lived: Lived,
) -> None:
    with pytest.raises(LookOnceMore, match="Nothing of this record"):
        begin(lived, way="paper", where="9 Elsewhere Road", sure=False)
    assert not Delivery.objects.exists()
    begin(lived, way="paper", where="9 Elsewhere Road")
    assert any("9 Elsewhere Road" in one for one in plan(lived).looked)


def test_an_address_is_held_against_the_letter_and_the_account() -> None:
    letter = "Dunleavy & Roe, 1 Court Square, Towson. Fax: (410) 555-0177."
    cover = "1 Court Square, Towson"
    assert len(questions("1 Court Square", letter=letter, cover=cover, earlier=[])) == 1
    assert len(questions("2 Court Square", letter=letter, cover=cover, earlier=[])) == 3
    assert questions("2 Court Square", letter=letter, cover=cover, earlier=["2 Court Square"]) == ()
    assert stands_in("+1 410 555 0177", letter)
    assert not stands_in("410 555 0178", letter)


@settings(max_examples=60)
@given(number=st.text("0123456789", min_size=10, max_size=10), at=st.integers(0, 9))
def test_one_figure_wrong_is_another_number(number: str, at: int) -> None:
    spoken = f"({number[:3]}) {number[3:6]}-{number[6:]}"
    assert digits(spoken) == number == digits(f"1 {number}")
    other = number[:at] + str((int(number[at]) + 1) % 10) + number[at + 1 :]
    assert digits(spoken) != digits(other)


def test_two_minutes_are_two_minutes() -> None:
    assert timedelta(minutes=2) == DELAY


def test_how_it_went_on_paper_is_a_signed_step(lived: Lived) -> None:
    cast, ids = lived
    on = cast.at.date()
    with pytest.raises(sent.NotSaid):
        sent.note(cast.here("ada"), ids["matter"], sent.Sent(1, on, "by pigeon"))
    sent.note(cast.here("ada"), ids["matter"], sent.Sent(1, on, "courier", "70201", "Signed for."))
    whole = queries.whole_matter(cast.here("ada"), corpus(), ids["matter"])
    ((step, one),) = sent.read(whole.steps)
    assert (one.tracking, step.by) == ("70201", cast.people["ada"].id)
    with pytest.raises(NotHere):
        sent.note(cast.here("bea"), ids["matter"], sent.Sent(1, on, "mail"))


def test_a_packet_that_waits_is_told_to_whoever_sent_it(lived: Lived) -> None:
    cast, ids = lived
    assert sending.waiting(cast.here("ada")) == []
    begin(lived)
    assert sending.waiting(cast.here("ada")) == [(ids["packet"], cast.dov)]
    assert sending.waiting(cast.here("bea")) == []
    settle(lived, minutes=2)
    assert sending.waiting(cast.here("ada")) == []


def test_no_page_lets_a_packet_leave_at_once() -> None:
    """`releasing.release` is for the tests of leaving itself; whatever a person presses waits."""
    source = Path(sending.__file__).parents[1]
    calls = [
        file.name
        for file in source.rglob("*.py")
        if "releasing.release(" in file.read_text("utf-8")
    ]
    # What a client takes along by herself has waited three days, and for a yes by another way.
    assert calls == ["own_taking.py"]
