"""What was said once of a clinician's work stands in each of her matters, under all that is said there."""

from dataclasses import replace

from stillroom.disclosure import actions, queries
from stillroom.disclosure.matters import Asked
from stillroom.disclosure.rules_facts import CONSENT_FACTS, INTAKE_FACTS
from stillroom.disclosure.rules_intake import Signer
from stillroom.kernel import Trilean
from stillroom.law import PROFESSIONS, standing_facts, standing_known
from stillroom.practice.actions_care import change_place
from stillroom.practice.actions_work import say_of_work
from tests.cast import NOON, Cast
from tests.disclosure.story import subpoena
from tests.disclosure.test_matters_that_happened import ABUSE, opened
from tests.disclosure.test_matters_that_happened import lived as lived
from tests.web import corpus

LAND = "federal_land_or_facility"
FACILITY = "nv_mental_health_facility"


def wanted(cast: Cast, matter: str) -> set[str]:
    made = queries.whole_matter(cast.here("ada"), corpus(), matter).determination
    return {one.fact for one in made.full.wanting}


def known(cast: Cast, matter: str) -> dict[str, object]:
    return dict(queries.whole_matter(cast.here("ada"), corpus(), matter).determination.facts)


def test_what_was_said_once_is_not_asked_again(lived: Cast) -> None:
    """In Nevada a mental health facility stands under a section of its own."""
    change_place(lived.here("ada"), lived.dov, "us-nv")
    paper = replace(subpoena().intake, instrument="court_order", signed_by=Signer.JUDGE)
    matter = actions.enter(lived.here("ada"), lived.dov, Asked(paper, "IT IS ORDERED …", {}))
    actions.answer(lived.here("ada"), corpus(), matter, "identity_verified", True)
    assert FACILITY in wanted(lived, matter)
    say_of_work(lived.here("ada"), {FACILITY: ("no", "")})
    assert FACILITY not in wanted(lived, matter)
    assert known(lived, matter)[FACILITY] is Trilean.NO
    say_of_work(lived.here("ada"), {FACILITY: ("", "")})
    assert FACILITY in wanted(lived, matter)


def test_an_answer_in_the_matter_goes_before_it(lived: Cast) -> None:
    matter = opened(lived, "child_abuse", "abuse_suspicion", ABUSE)
    say_of_work(lived.here("ada"), {LAND: ("no", "")})
    actions.answer(lived.here("ada"), corpus(), matter, LAND, True)
    assert known(lived, matter)[LAND] is Trilean.YES


def test_a_colleagues_work_is_not_hers(lived: Cast) -> None:
    matter = opened(lived, "child_abuse", "abuse_suspicion", ABUSE)
    say_of_work(lived.here("bea"), {LAND: ("yes", "")})
    assert LAND not in known(lived, matter)


def test_what_the_law_does_not_ask_so_any_more_is_not_known() -> None:
    said = {LAND: "yes", "gone": "yes", "client_age": "40", "ga_counsel_on_warning": "perhaps"}
    assert standing_known(corpus(), said) == {LAND: Trilean.YES}


def test_nothing_that_a_paper_or_a_signature_settles_can_be_said_once() -> None:
    standing = {one.name for one in corpus().facts.values() if one.standing}
    assert standing
    assert not standing & (INTAKE_FACTS | CONSENT_FACTS)


def test_what_is_asked_once_is_what_the_law_of_the_place_asks_of_the_profession() -> None:
    day = NOON.date()
    places = sorted({one.place for one in corpus().provisions.values()} - {"us"})
    asked = {
        place: {
            one.name for who in PROFESSIONS for one in standing_facts(corpus(), place, who, day)
        }
        for place in places
    }
    assert all(LAND in names for place, names in asked.items() if place.startswith("us-"))
    of_states = {name for names in asked.values() for name in names if name[2] == "_"}
    for place, names in asked.items():
        foreign = {name for name in names & of_states if f"us-{name[:2]}" != place}
        assert not foreign, place
    standing = {one.name for one in corpus().facts.values() if one.standing}
    assert standing == set().union(*asked.values()), "one that nobody would ever be asked"
