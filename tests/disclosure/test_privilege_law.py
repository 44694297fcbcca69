"""The law of privilege on the page is the corpus', for each place and profession."""

from datetime import date

import pytest

from stillroom.disclosure.privilege_law import of_condition, privilege_law
from stillroom.law import NATION, PROFESSIONS
from tests.web import corpus

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize("profession", PROFESSIONS)
def test_every_provision_of_privilege_stands_in_one_list_and_none_is_made_up(profession):
    """Exhaustive over the places on file: nothing is left out but what only adds a duty."""
    for place in corpus().places:
        law = privilege_law(corpus(), place, profession, TODAY)
        shown = [*law.rules, *law.waivers, *law.exceptions]
        assert len(shown) == len(set(shown))
        on_file = {
            one
            for one in corpus().provisions.values()
            if one.regime == "privilege"
            and one.concerns(frozenset({place, NATION}), profession, TODAY)
            and one.modality not in ("adds", "requires")
            and (one.modality == "permits" or one.layer == "rule")
        }
        assert set(shown) == on_file, (place, profession)
        assert {claim.citation for claim in law.claims} <= {
            demand.citation or rule.citation for rule in law.rules for demand in rule.demands
        }


def test_maryland_says_who_may_waive_and_what_the_condition_opens():
    law = privilege_law(corpus(), "us-md", "psychologist", TODAY)
    assert law.rules[0].id == "us-md.cjp.9-109", "the place's own law stands first"
    assert [one.id for one in law.waivers] == ["us-md.cjp.waiver"]
    assert [one.id for one in law.exceptions if of_condition(one)] == [
        "us-md.cjp.condition-at-issue"
    ]
