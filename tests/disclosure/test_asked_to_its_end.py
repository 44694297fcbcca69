"""Matters that were asked, at the level of the rules: nothing leaves past who asks, or past a denial."""

from datetime import date

import pytest

from stillroom.consent.rules import Party
from stillroom.disclosure import actions, identifying, queries, releasing
from stillroom.disclosure.actions import OptionClosed
from stillroom.disclosure.askers import ASKERS
from stillroom.disclosure.askers.identity import Check
from stillroom.disclosure.by_law import day
from stillroom.disclosure.matters import Asked, decode, encode
from stillroom.disclosure.rules import Decision, Intake, NoLongerLawful, State
from stillroom.kernel import Trilean
from stillroom.phi import NotHere
from stillroom.practice import actions as practice
from tests.cast import Cast
from tests.disclosure.story import SECRET, notes
from tests.web import corpus

GOOD = Check(("known",), "I know his face.", verified=True)
BAD = Check(("callback",), "The number in the letter is a stranger's.", verified=False)


@pytest.fixture
def access(cast: Cast) -> str:
    """Dov asks for a copy of all; nobody has looked who he is."""
    cast.licensed("ada", credential="")
    notes(cast)
    intake = Intake(
        Party("Dov Halpern", "client"),
        date(2026, 11, 18),
        "client_request",
        "client_access",
        "none",
        served_on=date(2026, 11, 18),
        everything=Trilean.YES,
    )
    return actions.enter(cast.here("ada"), cast.dov, Asked(intake, "", {}, "access"))


def built(cast: Cast, matter: str) -> str:
    ada = cast.here("ada")
    bundle = releasing.choices(ada, corpus(), matter)
    chosen = [one.record.id for one in bundle.choices if one.state is State.CHOSEN]
    return releasing.build(ada, corpus(), matter, chosen, ["12 Quarry Lane"])


def test_access_is_not_given_before_somebody_has_looked_who_asks(cast: Cast, access: str) -> None:
    ada = cast.here("ada")
    with pytest.raises(OptionClosed):
        actions.decide(ada, corpus(), access, Decision.BUILD, "He asks.")
    identifying.check(ada, corpus(), access, GOOD)
    actions.decide(ada, corpus(), access, Decision.BUILD, "He asks.")
    here = cast.here("ada", stepped_up=Trilean.YES)
    left = releasing.release(here, corpus(), built(cast, access), "Dov Halpern")
    assert left.pdf[:4] == b"%PDF"


def test_a_later_check_that_fails_holds_a_packet_that_is_built_already(
    cast: Cast, access: str
) -> None:
    ada = cast.here("ada")
    identifying.check(ada, corpus(), access, GOOD)
    actions.decide(ada, corpus(), access, Decision.BUILD, "He asks.")
    packet = built(cast, access)
    identifying.check(ada, corpus(), access, BAD)
    with pytest.raises(NoLongerLawful):
        releasing.release(cast.here("ada", stepped_up=Trilean.YES), corpus(), packet, "Dov Halpern")


def test_a_part_may_be_given_and_the_rest_denied_and_no_psychotherapy_note_is_in_it(
    cast: Cast, access: str
) -> None:
    ada = cast.here("ada")
    identifying.check(ada, corpus(), access, GOOD)
    actions.decide(ada, corpus(), access, Decision.PART, "All but what would name the neighbor.")
    bundle = releasing.choices(ada, corpus(), access)
    chosen = [one.record.kind for one in bundle.choices if one.state is State.CHOSEN]
    assert chosen == ["progress_notes"]
    packet = built(cast, access)
    _, pdf = releasing.open_packet(ada, releasing.find_packet(ada, packet))
    assert SECRET.encode() not in pdf


def test_a_denial_needs_a_ground_and_lets_no_packet_be_built(cast: Cast, access: str) -> None:
    ada = cast.here("ada")
    with pytest.raises(OptionClosed):
        actions.decide(ada, corpus(), access, Decision.DENY, "He would be upset.")
    identifying.check(ada, corpus(), access, GOOD)
    actions.answer(ada, corpus(), access, "harm_if_accessed", "yes")
    actions.decide(ada, corpus(), access, Decision.DENY, "His brother's life is in it.")
    whole = queries.whole_matter(ada, corpus(), access)
    assert whole.state == "closed"
    with pytest.raises(releasing.NotDecided):
        built(cast, access)


def test_a_states_shorter_time_stands_on_today_and_no_extension_moves_it(
    cast: Cast, access: str
) -> None:
    """Nevada: ten working days from Wednesday, November 18; the federal rule gives thirty days."""
    practice.set_profile(
        cast.people["ada"].id, profession="psychologist", credential="", place="us-nv", location=""
    )
    ada = cast.here("ada")
    practice.change_place(ada, cast.dov, "us-nv")
    (line,) = queries.running_clocks(ada)
    assert day(ada, corpus(), line) == date(2026, 12, 2)
    actions.decide(ada, corpus(), access, Decision.EXTEND, "By January 17.")
    (line,) = queries.running_clocks(ada)
    assert line.due == date(2027, 1, 17)
    assert day(ada, corpus(), line) == date(2026, 12, 2)


def test_an_extension_is_signed_once_and_moves_the_day_on_today(cast: Cast, access: str) -> None:
    ada = cast.here("ada")
    assert queries.running_clocks(ada)[0].due == date(2026, 12, 18)
    actions.decide(ada, corpus(), access, Decision.EXTEND, "By January 17: the old file is away.")
    assert queries.running_clocks(ada)[0].due == date(2027, 1, 17)
    with pytest.raises(OptionClosed):
        actions.decide(ada, corpus(), access, Decision.EXTEND, "And once more.")


@pytest.mark.parametrize("who", ["bea", "sol", "cal", "max"])
def test_nobody_else_checks_who_asks(cast: Cast, access: str, who: str) -> None:
    with pytest.raises(NotHere):
        identifying.check(cast.here(who), corpus(), access, GOOD)
    assert queries.whole_matter(cast.here("ada"), corpus(), access).steps == ()


def test_a_matter_of_before_is_still_read_and_one_of_today_comes_back_as_it_was() -> None:
    intake = Intake(Party("Rex", "attorney"), date(2026, 11, 18), "letter")
    old = encode(Asked(intake, "", {})).replace(b',"extended":false,"looked":{},"more":{}', b"")
    assert b"extended" not in old
    assert decode(old) == Asked(intake, "", {})
    for who in ASKERS:
        now = Asked(
            intake, "Send.", {"emergency": "no"}, who, ("us-nv",), True,
            {"paper.limits": "no"}, {"claim": "7"},
        )  # fmt: skip
        assert decode(encode(now)) == now
