"""P3: a new key for a chart: who left reads nothing written after it, who stays notices nothing."""

from datetime import timedelta

import pytest

from stillroom.access import Act, Capacity
from stillroom.chart import queries as charts
from stillroom.chart.models import Revision, WordPart
from stillroom.disclosure import releasing
from stillroom.kernel import Trilean
from stillroom.phi import LogUnwritable, NotHere, Presence, StepUpNeeded, rings
from stillroom.phi.models import Spare, Wrap
from stillroom.practice import actions, actions_glass, actions_guests, queries, queries_glass
from stillroom.practice.actions_guests import Stand
from stillroom.practice.actions_turning import GlassIsBroken, turn_key
from stillroom.vault import Keyring, Place, SealBroken
from tests.cast import Cast
from tests.chart.looking import find, names, write
from tests.disclosure.leaving import packet_for_rex
from tests.web import corpus

CHART = rings.Kind.CHART
WHY = "His brother rang: he is on the bridge."


def proven(cast: Cast, name: str = "ada") -> Presence:
    """Somebody who has just shown who she is."""
    return cast.here(name, stepped_up=Trilean.YES)


def kept_copy(cast: Cast, name: str) -> Keyring:
    """The ring as that person holds it, kept for later by a program of her own."""
    return Keyring.from_secret(rings.open_ring(cast.here(name), cast.dov, CHART).to_secret())


def opened_with(cast: Cast, ring: Keyring, record: str) -> bytes:
    """A record's signed words, opened from the disk with a ring that somebody kept."""
    row = Revision.objects.get(record_id=record, number=1)
    place = Place(cast.house.practice, cast.dov, record, "revision", 1)
    return ring.open(bytes(row.sealed), place)


def test_a_copy_of_the_ring_opens_what_was_before_and_nothing_after(cast: Cast) -> None:
    before = write(cast, "ada", cast.dov, "the first bridge")
    copy = kept_copy(cast, "sol")
    actions.end_care(cast.here("ada"), cast.dov, cast.sol.id)
    between = write(cast, "ada", cast.dov, "without a new key")
    turn_key(proven(cast), cast.dov)
    after = write(cast, "ada", cast.dov, "the second bridge")
    assert b"first bridge" in opened_with(cast, copy, before)
    assert b"without a new key" in opened_with(cast, copy, between), "this is what it is for"
    with pytest.raises(SealBroken):
        opened_with(cast, copy, after)
    assert set(names(find(cast, "ada", "bridge"))) == {after, before}
    index = [bytes(row.sealed)[:3] for row in WordPart.objects.filter(chart=cast.dov, author="")]
    assert set(index) == {b"\x01\x00\x02"}, "what is made of new words is sealed with the new key"


def test_everybody_who_holds_the_chart_goes_on(cast: Cast) -> None:
    """Sol supervises, Bea covers, Dov comes in himself, his proxy has not taken up the offer."""
    until = cast.at + timedelta(days=3)
    actions.begin_care(cast.here("ada"), cast.dov, cast.bea.id, Capacity.COVERING, until)
    dov = cast.holder("dov")
    old = write(cast, "ada", cast.dov, "before")
    holding = set(Wrap.objects.filter(ring__ward=cast.dov).values_list("recipient", flat=True))
    turn_key(proven(cast), cast.dov)
    new = write(cast, "ada", cast.dov, "after")
    now = set(Wrap.objects.filter(ring__ward=cast.dov).values_list("recipient", flat=True))
    assert now == holding
    assert {cast.ada.id, cast.sol.id, cast.bea.id, dov.id} < now
    for name in ("ada", "sol", "bea"):
        for record in (old, new):
            assert charts.record(cast.here(name), record).revisions
    for name in ("ada", "sol", "bea", "dov"):
        assert rings.open_ring(cast.here(name), cast.dov, CHART).newest == 2


def test_an_offer_that_waits_is_not_lost(cast: Cast) -> None:
    (client,) = queries.chart_head(cast.here("ada"), cast.dov).holders
    offered = actions_guests.invite(cast.here("ada"), cast.dov, Stand(client.client))
    turn_key(proven(cast), cast.dov)
    assert rings.holds(offered.person, cast.dov, CHART)


def test_a_key_laid_by_for_an_emergency_reads_what_is_written_after(cast: Cast) -> None:
    actions_glass.lay_by(cast.here("ada"), cast.dov, cast.bea.id)
    turn_key(proven(cast), cast.dov)
    write(cast, "ada", cast.dov, "after")
    actions_glass.break_glass(cast.here("bea"), cast.dov, WHY)
    assert queries_glass.broken(cast.here("bea"), cast.dov) is not None
    with pytest.raises(GlassIsBroken):
        turn_key(proven(cast), cast.dov)
    actions_glass.end(cast.here("bea"), cast.dov)
    turn_key(proven(cast), cast.dov)
    assert not Spare.objects.exists()


def test_whose_care_ended_by_itself_is_given_no_new_key(cast: Cast) -> None:
    """Her wrap is still there, because nothing has swept it away yet."""
    until = cast.at + timedelta(days=3)
    actions.begin_care(cast.here("ada"), cast.dov, cast.bea.id, Capacity.COVERING, until)
    later = cast.later(days=4)
    assert rings.holds(cast.bea.id, cast.dov, CHART)
    turn_key(proven(later), cast.dov)
    assert not rings.holds(cast.bea.id, cast.dov, CHART)


def test_what_was_signed_and_built_before_still_proves_itself(cast: Cast) -> None:
    ids = packet_for_rex(cast)
    turn_key(proven(cast), cast.dov)
    for record in Revision.objects.filter(record__private=False).values_list("record", flat=True):
        assert charts.record(cast.here("ada"), record).revisions, "chain and signatures are checked"
    released = releasing.release(proven(cast), corpus(), ids["packet"], "Rex Dunleavy")
    assert released.pdf.startswith(b"%PDF")


def test_the_chart_keeps_its_name_in_the_log_which_says_who_turned_it(cast: Cast) -> None:
    name = rings.open_ring(cast.here("ada"), cast.dov, CHART).pseudonym("ledger")
    turn_key(proven(cast), cast.dov)
    last = list(cast.house.log.entries())[-1].entry
    assert (last.act, last.actor) == (Act.RING_TURN.value, cast.ada.id)
    assert last.subject == name
    assert rings.open_ring(cast.here("ada"), cast.dov, CHART).pseudonym("ledger") == name


@pytest.mark.parametrize("by", ["bea", "sol", "cal", "max", "olga", "nan"])
def test_only_who_treats_makes_a_new_key(cast: Cast, by: str) -> None:
    with pytest.raises(NotHere):
        turn_key(proven(cast, by), cast.dov)


def test_a_session_left_open_makes_none(cast: Cast) -> None:
    with pytest.raises(StepUpNeeded):
        turn_key(cast.here("ada"), cast.dov)


def test_without_an_entry_no_key_changes(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def unwritable(*_: object) -> None:
        raise LogUnwritable

    before = list(Wrap.objects.order_by("pk").values_list("sealed", flat=True))
    monkeypatch.setattr(cast.house.log, "append", unwritable)
    with pytest.raises(LogUnwritable):
        turn_key(proven(cast), cast.dov)
    assert list(Wrap.objects.order_by("pk").values_list("sealed", flat=True)) == before
