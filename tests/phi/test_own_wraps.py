"""A wrap that others made is made anew by whoever opens many: the same ring, for her, and no more."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stillroom.access import Act, Capacity, Purpose
from stillroom.chart import actions
from stillroom.chart.wards import chart_ward
from stillroom.kernel import Trilean
from stillroom.phi import LogUnwritable, NotHere, across, rings
from stillroom.phi.models import Wrap
from stillroom.practice import actions_care, queries
from stillroom.practice.actions_turning import turn_key
from stillroom.vault import WrongIdentity, made_by_oneself
from tests.cast import Cast

CHART = rings.Kind.CHART


def hold(cast: Cast, who: str) -> list[across.Held]:
    """What that person may open of Dov's chart, as a search asks it."""
    here = cast.here(who)
    cares = queries.cares_of(here.person, cast.dov)
    why = queries.purpose_for(here, cares)
    wanted = across.Wanted(Act.RECORD_READ, why, chart_ward(cast.dov), cares)
    return across.hold(here, [wanted], {"did": "tried"})


def wraps(cast: Cast) -> dict[str, bytes]:
    """Every wrap of the ring of Dov's chart, by whose it is."""
    rows = Wrap.objects.filter(ring__ward=cast.dov, ring__kind=CHART)
    return {row.recipient: bytes(row.sealed) for row in rows}


def test_her_own_wrap_is_made_anew_and_nobody_elses(cast: Cast) -> None:
    before = wraps(cast)
    (held,) = hold(cast, "sol")
    after = wraps(cast)
    assert after.keys() == before.keys()
    assert {who for who in after if after[who] != before[who]} == {cast.sol.id}
    assert made_by_oneself(after[cast.sol.id])
    for who in ("ada", "sol"):
        ring = rings.open_ring(cast.here(who), cast.dov, CHART)
        assert ring.pseudonym("ledger") == held.ring.pseudonym("ledger")
    hold(cast, "sol")
    assert wraps(cast) == after, "once"


def test_whoever_makes_a_ring_wraps_it_to_herself_by_her_own_key(cast: Cast) -> None:
    """Ada admitted Dov; Sol, who supervises, and recovery have theirs from her."""
    own = {who for who, sealed in wraps(cast).items() if made_by_oneself(sealed)}
    assert own == {cast.ada.id}
    note = actions.begin(
        cast.here("ada"), cast.dov, "psychotherapy_note", occurred_at=cast.at, form="Free"
    )
    assert note
    (private,) = Wrap.objects.filter(ring__ward=cast.dov, ring__kind=rings.Kind.PRIVATE)
    assert (private.recipient, made_by_oneself(bytes(private.sealed))) == (cast.ada.id, True)
    turn_key(cast.here("ada", stepped_up=Trilean.YES), cast.dov)
    assert {who for who, sealed in wraps(cast).items() if made_by_oneself(sealed)} == own
    for who in ("ada", "sol"):
        assert rings.open_ring(cast.here(who), cast.dov, CHART).newest == 2


def test_whoever_holds_none_gets_none(cast: Cast) -> None:
    before = wraps(cast)
    assert hold(cast, "bea") == []
    assert wraps(cast) == before


def test_nothing_is_made_anew_for_whom_the_gate_refuses(cast: Cast) -> None:
    """Sol has a wrap; asked for a purpose that is not his, nothing of it is opened or kept."""
    before = wraps(cast)
    wanted = across.Wanted(Act.RECORD_READ, Purpose.PAYMENT, chart_ward(cast.dov), ())
    assert across.hold(cast.here("sol"), [wanted], {"did": "tried"}) == []
    assert wraps(cast) == before


def test_nothing_is_made_anew_before_the_entry(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise LogUnwritable

    before = wraps(cast)
    monkeypatch.setattr(cast.house.log, "append_all", refuse)
    with pytest.raises(LogUnwritable):
        hold(cast, "sol")
    assert wraps(cast) == before


def test_whoever_lost_the_chart_meanwhile_gets_no_wrap_back(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Her care ends between the look at her wrap and the moment at which it would be kept anew."""
    actions_care.begin_care(cast.here("ada"), cast.dov, cast.bea.id, Capacity.TREATING)
    real = rings.keep_own

    def taken_first(*given: object) -> None:
        actions_care.end_care(cast.here("ada"), cast.dov, cast.bea.id)
        real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(rings, "keep_own", taken_first)
    hold(cast, "bea")
    assert cast.bea.id not in wraps(cast)
    with pytest.raises(NotHere):
        rings.open_ring(cast.here("bea"), cast.dov, CHART)


def test_a_key_that_was_turned_meanwhile_is_not_turned_back(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = rings.keep_own

    def turned_first(*given: object) -> None:
        row = rings.locked(cast.dov, CHART)
        turned = rings.open_anew(cast.here("ada"), cast.dov, CHART).turn()
        sealed = rings.wrapped(cast.house, row, turned, cast.sol.key.public)
        Wrap.objects.filter(ring=row, recipient=cast.sol.id).update(sealed=sealed)
        real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(rings, "keep_own", turned_first)
    hold(cast, "sol")
    assert rings.open_ring(cast.here("sol"), cast.dov, CHART).newest == 2


def test_her_wrap_opens_for_the_ring_and_the_person_it_was_made_for_alone(cast: Cast) -> None:
    hold(cast, "ada")
    hold(cast, "sol")
    swapped = wraps(cast)
    rows = Wrap.objects.filter(ring__ward=cast.dov, ring__kind=CHART)
    rows.filter(recipient=cast.sol.id).update(sealed=swapped[cast.ada.id])
    with pytest.raises(WrongIdentity):
        rings.open_ring(cast.here("sol"), cast.dov, CHART)


def test_a_second_question_makes_nothing_anew(cast: Cast) -> None:
    hold(cast, "sol")
    with CaptureQueriesContext(connection) as asked:
        hold(cast, "sol")
    assert not [one for one in asked if "UPDATE phi_wrap" in one["sql"]]
