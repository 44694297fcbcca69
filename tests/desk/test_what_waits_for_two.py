"""Today for whoever runs the accounts: what waits for a second person, and what can be stopped (T04, T11)."""

import re

import pytest

from stillroom.access import Role
from stillroom.disclosure import incidents
from stillroom.identity import accounts, readmission
from stillroom.kernel import Misuse
from tests.cast import NOON, Cast
from tests.disclosure.test_incidents import REPORT
from tests.web import Visitor, serve

NOTHING = "Nothing waits for you"


def page(cast: Cast, name: str, path: str = "/today") -> str:
    return Visitor(cast, name).get(path).content.decode()


@pytest.fixture(autouse=True)
def served(cast: Cast) -> None:
    serve(cast)


def test_nothing_waits_at_first_and_the_door_to_today_is_there(cast: Cast) -> None:
    for name in ("max", "olga"):
        assert NOTHING in page(cast, name)
        assert ">Today<" in page(cast, name)


def test_a_change_of_roles_waits_for_the_other_and_not_for_whoever_proposed_it(cast: Cast) -> None:
    accounts.propose_roles(cast.here("max"), cast.sol.id, [Role.CLINICIAN])
    assert "A change of roles for Sol Adeyemi" in page(cast, "olga")
    assert NOTHING in page(cast, "max")
    assert "A change of roles" not in page(cast, "ada")


def test_a_readmission_stands_there_and_is_stopped_on_the_page_of_people(cast: Cast) -> None:
    lou = accounts.found(cast.house, "lou", "Lou Ekwueme", [Role.CLINICIAN], at=NOON)
    accounts.make_keys(cast.house, lou, "slow river under nine bridges", at=NOON)
    readmission.begin(cast.house, "lou", at=NOON)
    for name in ("max", "olga"):
        assert "Lou Ekwueme is to be let in again with new keys" in page(cast, name)
        assert "Nothing has been opened" in page(cast, name, "/people")
    assert "let in again" not in page(cast, "ada")
    assert Visitor(cast, "max").post(f"/people/{lou}/stop").status_code == 302
    assert readmission.waiting() == []
    assert NOTHING in page(cast, "olga")


def test_whom_a_breach_has_to_be_told_to_stands_there_by_its_day(cast: Cast) -> None:
    incidents.report(cast.here("cal"), REPORT)
    for name in ("max", "olga"):
        assert re.search(r"Incident 2026-001: .*?January 19", page(cast, name), re.DOTALL)
        assert "Incident 2026-001: HHS, in the yearly log" in page(cast, name)
    for name in ("ada", "cal"):
        assert "Incident" not in page(cast, name)


def test_nobody_is_invited_as_a_client(cast: Cast) -> None:
    """Whoever comes in as a client comes in by a door of her own, and stands on no list of staff."""
    assert 'value="clinician"' in page(cast, "max", "/people")
    assert 'value="client"' not in page(cast, "max", "/people")
    with pytest.raises(Misuse):
        accounts.invite(cast.here("max"), "eve", "Eve Adair", [Role.CLIENT])
    with pytest.raises(Misuse):
        accounts.propose_roles(cast.here("max"), cast.sol.id, [Role.CLIENT])
