"""What the register of privilege tells the law of a matter: only what is sure, and no more."""

from dataclasses import dataclass, replace
from datetime import date

from stillroom.consent.rules_privilege import By, Event, How, What
from stillroom.disclosure.rules_privilege import contradicted, standings, with_privilege
from stillroom.kernel import Trilean
from tests.disclosure.story import subpoena

CASE = "Halpern v. Halpern"
WAIVED = Event(
    1, "dov", What.WAIVED, date(2026, 11, 1), By.HOLDER, "Dov", How.WRITING, "Folder, tab 3"
)


@dataclass(frozen=True)
class Register:
    holders: tuple[str, ...]
    privilege: tuple[Event, ...]
    today: date = date(2026, 11, 24)


def test_a_written_waiver_of_the_holder_is_told_to_the_law():
    told = with_privilege({}, subpoena(), Register(("dov",), (WAIVED,)))
    assert told == {"privilege_waived": Trilean.YES}


def test_one_spouse_waives_nothing_of_a_couples_record():
    """The other's stands alone: the law is told nothing until she has waived too."""
    both = ("dov", "eve")
    assert with_privilege({}, subpoena(), Register(both, (WAIVED,))) == {}
    hers = replace(WAIVED, number=2, holder="eve")
    assert with_privilege({}, subpoena(), Register(both, (WAIVED, hers))) == {
        "privilege_waived": Trilean.YES
    }
    (his, waived), (her, not_yet) = standings(subpoena(), Register(both, (WAIVED,)))
    assert (his.holder, waived) == ("dov", Trilean.YES)
    assert (her.holder, not_yet) == ("eve", Trilean.UNKNOWN)


def test_a_paper_that_says_waived_does_not_outweigh_a_holder_who_claims_it():
    claimed = Register(("dov",), (replace(WAIVED, what=What.ASSERTED),))
    asked = subpoena().with_answer("privilege_waived", "yes")
    known = {"privilege_waived": Trilean.YES}
    assert with_privilege(known, asked, claimed) == {}
    assert contradicted(asked, claimed) == ("privilege_waived",)
    assert contradicted(subpoena(), claimed) == ()


def test_an_unconfirmed_waiver_by_conduct_tells_the_law_nothing():
    conduct = replace(WAIVED, what=What.CONDUCT, by=By.OTHER_PARTY, words="She told a friend.")
    assert with_privilege({}, subpoena(), Register(("dov",), (conduct,))) == {}


def test_a_waiver_for_another_case_tells_the_law_nothing_of_this_one():
    scope = replace(WAIVED.scope, proceeding="Halpern v. Insurance Company")
    other = Register(("dov",), (replace(WAIVED, scope=scope),))
    assert with_privilege({}, subpoena(), other) == {}
    same = replace(scope, proceeding=CASE)
    told = with_privilege({}, subpoena(), Register(("dov",), (replace(WAIVED, scope=same),)))
    assert told == {"privilege_waived": Trilean.YES}
