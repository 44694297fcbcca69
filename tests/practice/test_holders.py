"""P8 and charts of several: whoever adds somebody learns of nobody, and one person's chart stays so."""

import pytest
from django.urls import reverse

from stillroom.access import Act, Capacity
from stillroom.phi import NotHere
from stillroom.practice import actions, actions_holders, queries, queries_holders
from stillroom.practice.models import Client, Holder
from stillroom.practice.rules import FrontSheet
from stillroom.practice.rules_holders import CoupleIsWhole, HoldsAlready, NoSuchKind, OnePersons
from tests.cast import Cast
from tests.harness.matrix import bare
from tests.web import Visitor, serve

IMANI = FrontSheet(given="Imani", family="Feld")
JOSS = FrontSheet(given="Joss", family="Feld")


def together(cast: Cast, kind: str = "couple", who: str = "ada") -> str:
    """A chart of several, with its first person."""
    carers = [actions.Carer(cast.people[who].id, Capacity.TREATING)]
    return actions.admit(cast.here(who), cast.directory, [IMANI], carers, kind=kind, place="us-md")


def client_of(cast: Cast, chart: str) -> str:
    return Holder.objects.filter(chart_id=chart).values_list("client_id", flat=True)[0]


def names(cast: Cast, chart: str, who: str = "ada") -> list[str]:
    return [one.sheet.full for one in queries.chart_head(cast.here(who), chart).holders]


def test_a_couple_is_admitted_one_after_the_other(cast: Cast) -> None:
    chart = together(cast)
    actions_holders.add_new_holder(cast.here("ada"), cast.directory, chart, JOSS)
    assert names(cast, chart) == ["Imani Feld", "Joss Feld"]
    (found,) = queries.find(cast.here("ada"), cast.directory, "joss")
    assert found.id == chart
    acts = [logged.entry.act for logged in cast.house.log.entries()]
    assert Act.HOLDER_ADD.value in acts


def test_a_client_who_is_known_comes_to_hold_a_second_chart(cast: Cast) -> None:
    chart = together(cast)
    actions_holders.add_known_holder(
        cast.here("ada"), cast.directory, chart, client_of(cast, cast.dov)
    )
    assert names(cast, chart) == ["Imani Feld", "Dov Halpern"]
    found = queries.find(cast.here("ada"), cast.directory, "halpern")
    assert {one.id for one in found} == {cast.dov, chart}
    assert Client.objects.count() == 3, "nobody was made twice"


def test_a_couple_is_two_and_one_persons_chart_stays_one_persons(cast: Cast) -> None:
    ada, chart = cast.here("ada"), together(cast)
    with pytest.raises(HoldsAlready):
        actions_holders.add_known_holder(ada, cast.directory, chart, client_of(cast, chart))
    actions_holders.add_new_holder(ada, cast.directory, chart, JOSS)
    with pytest.raises(CoupleIsWhole):
        actions_holders.add_new_holder(ada, cast.directory, chart, FrontSheet("Wren", "Feld"))
    with pytest.raises(OnePersons):
        actions_holders.add_new_holder(ada, cast.directory, cast.dov, JOSS)
    with pytest.raises(NoSuchKind):
        together(cast, kind="crowd")
    assert len(names(cast, cast.dov)) == 1


def test_a_group_takes_many(cast: Cast) -> None:
    chart = together(cast, "group")
    for nth in range(4):
        sheet = FrontSheet(f"Member{nth}", "Feld")
        actions_holders.add_new_holder(cast.here("ada"), cast.directory, chart, sheet)
    assert len(names(cast, chart)) == 5


@pytest.mark.parametrize("who", ["bea", "sol", "max", "olga", "nan"])
def test_who_neither_treats_nor_admits_adds_nobody(cast: Cast, who: str) -> None:
    chart = together(cast)
    with pytest.raises(NotHere):
        actions_holders.add_new_holder(cast.here(who), cast.directory, chart, JOSS)
    assert names(cast, chart) == ["Imani Feld"]


# Probing


def test_a_known_client_cannot_be_probed_by_an_admitter_who_may_not_know_her(cast: Cast) -> None:
    """Bea admits; Dov is Ada's. By his very identifier Bea is answered as for nobody's."""
    chart, dov = together(cast, who="bea"), client_of(cast, cast.dov)
    bea = cast.here("bea")
    for client in (dov, "z" * 26):
        with pytest.raises(NotHere):
            queries_holders.known_client(bea, client)
        with pytest.raises(NotHere):
            actions_holders.add_known_holder(bea, cast.directory, chart, client)
        carers = [actions.Carer(cast.bea.id, Capacity.TREATING)]
        with pytest.raises(NotHere):
            actions.admit(bea, cast.directory, [], carers, kind="couple", known_clients=[client])
    assert names(cast, chart, "bea") == ["Imani Feld"]


def test_a_probe_over_http_is_answered_alike_for_somebody_and_nobody(cast: Cast) -> None:
    chart, dov = together(cast, who="bea"), client_of(cast, cast.dov)
    serve(cast)
    bea = Visitor(cast, "bea")
    for address, more in (
        (reverse("holders", kwargs={"chart_id": chart}), {}),
        (reverse("admit_known"), {"kind": "couple", "carer": cast.bea.id}),
    ):
        told = [bea.post(address, {**more, "client": client}) for client in (dov, "z" * 26)]
        assert [one.status_code for one in told] == [404, 404]
        assert bare(told[0]) == bare(told[1])


@pytest.mark.parametrize("typed", ["h", "halp", "dov", "0142", "1985-03-02"])
def test_the_search_for_a_holder_finds_only_whom_one_may_know(cast: Cast, typed: str) -> None:
    found = queries_holders.clients_found
    assert found(cast.here("bea"), cast.directory, typed) == []
    assert [one.sheet.family for one in found(cast.here("ada"), cast.directory, typed)] == [
        "Halpern"
    ]
    own = client_of(cast, cast.dov)
    assert found(cast.here("cal"), cast.directory, typed, without=[own]) == []


def test_a_client_once_mine_is_nobody_when_my_care_has_ended(cast: Cast) -> None:
    ada, dov = cast.here("ada"), client_of(cast, cast.dov)
    actions.begin_care(ada, cast.dov, cast.bea.id, Capacity.TREATING)
    actions.end_care(ada, cast.dov, cast.ada.id)
    with pytest.raises(NotHere):
        queries_holders.known_client(cast.later(minutes=1).here("ada"), dov)
