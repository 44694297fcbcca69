"""Every element of 164.508(c) and every ground of 164.508(b) is missed when it is missing."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from stillroom.consent.rules import (
    Capacity,
    Element,
    Expiry,
    Party,
    Signature,
    Standing,
    Statements,
    defects,
    validity,
)
from stillroom.kernel import Misuse, Trilean

YES, NO, UNKNOWN = Trilean.YES, Trilean.NO, Trilean.UNKNOWN
#: The citations of the research, letter for letter; a rule may cite nothing else.
RESEARCHED = {
    "45 CFR 164.508(c)",
    "45 CFR 164.508(c); 42 CFR 2.31(a)",
    "45 CFR 164.508(b)(1)-(4)",
    "45 CFR 164.508(b)(5)",
    "42 CFR 2.31(d)",
    "42 CFR 2.11 (SUD counseling notes); 2.31(b)",
    "Practice policy; AAMFT Code of Ethics (2015) Standard II, esp. 2.2",
}


def test_a_sound_paper_has_no_defect(paper, now):
    assert defects(paper(), at=now) == ()
    assert validity(paper(), at=now) is YES


SPOILED = [
    ({"description": " "}, Element.DESCRIPTION),
    ({"kinds": frozenset()}, Element.DESCRIPTION),
    ({"discloser": ""}, Element.DISCLOSER),
    ({"recipients": ()}, Element.RECIPIENT),
    ({"recipients": (Party(" "),)}, Element.RECIPIENT),
    ({"purposes": frozenset()}, Element.PURPOSE),
    ({"expires": Expiry()}, Element.EXPIRY),
    ({"expires": Expiry(never=True)}, Element.EXPIRY),
    ({"signatures": ()}, Element.SIGNATURE),
    ({"signatures": (Signature("eve", "Eve", on=date(2026, 11, 1)),)}, Element.SIGNATURE),
    ({"signatures": (Signature("dov", "Dov", on=date(2026, 11, 25)),)}, Element.SIGNATURE),
    ({"statements": Statements(NO, YES, YES)}, Element.RIGHT_TO_REVOKE),
    ({"statements": Statements(YES, NO, YES)}, Element.CONDITIONING),
    ({"statements": Statements(YES, YES, NO)}, Element.REDISCLOSURE),
    ({"merged": YES}, Element.COMPOUND),
    ({"conditioned": YES}, Element.CONDITIONED),
    ({"kinds": frozenset({"psychotherapy_notes", "billing"})}, Element.COMPOUND),
    ({"kinds": frozenset({"sud_counseling_notes", "sud_records"})}, Element.COMPOUND),
    ({"known_false": True}, Element.FALSE),
    ({"expires": Expiry(on=date(2026, 11, 23))}, Element.EXPIRED),
    ({"expires": Expiry(event="end of the case", happened=YES)}, Element.EXPIRED),
    (
        {
            "kinds": frozenset({"sud_records"}),
            "purposes": frozenset({"legal_proceeding", "treatment"}),
        },
        Element.PROCEEDINGS,
    ),
]


@pytest.mark.parametrize(("change", "element"), SPOILED)
def test_a_paper_spoiled_in_one_element_is_refused_for_that_element(paper, now, change, element):
    found = [each for each in defects(paper(**change), at=now) if each.found is YES]
    assert [each.element for each in found] == [element]
    assert validity(paper(**change), at=now) is NO


def test_what_nobody_looked_for_is_not_there(paper, now):
    for change in (
        {"statements": Statements()},
        {"merged": UNKNOWN},
        {"conditioned": UNKNOWN},
        {"kinds": frozenset({"sud_records"}), "expires": Expiry(event="end of the case")},
        {"signatures": (Signature("dov", "Dov"),)},
    ):
        found = defects(paper(**change), at=now)
        assert found, change
        assert {each.found for each in found} == {UNKNOWN}
        assert validity(paper(**change), at=now) is UNKNOWN


def test_a_representative_must_say_by_what_authority(paper, now):
    silent = Signature("dov", "Ruth", Capacity.GUARDIAN, date(2026, 11, 1))
    lacks = [d.element for d in defects(paper(signatures=(silent,)), at=now)]
    assert lacks == [Element.AUTHORITY, Element.SIGNER], "nor is the court's paper on file"
    on_file = Standing(document="record of the order")
    told = replace(silent, authority="appointed by the court on March 3, 2025", standing=on_file)
    assert defects(paper(signatures=(told,)), at=now) == ()


def test_one_ex_partner_alone_does_not_open_a_joint_chart(paper, now):
    couple = {"holders": frozenset({"dov", "eve"}), "kinds": frozenset({"joint_session_notes"})}
    found = defects(paper(**couple), at=now)
    assert [d.element for d in found] == [Element.HOLDERS]
    both = (*paper().signatures, Signature("eve", "Eve", on=date(2026, 11, 2)))
    assert defects(paper(**couple, signatures=both), at=now) == ()


def test_a_chart_that_nobody_holds_is_opened_by_nobody(paper, now):
    assert validity(paper(holders=frozenset()), at=now) is NO


def test_an_open_end_is_for_research_and_for_part_2_care_only(paper, now):
    never = Expiry(never=True)
    research = paper(expires=never, purposes=frozenset({"research"}))
    care = paper(
        expires=never,
        kinds=frozenset({"sud_records"}),
        purposes=frozenset({"treatment", "payment", "operations"}),
    )
    assert defects(research, at=now) == ()
    assert defects(care, at=now) == ()
    notes = replace(care, kinds=frozenset({"sud_counseling_notes"}))
    assert [d.element for d in defects(notes, at=now)] == [Element.EXPIRY]


def test_research_may_be_merged_but_never_psychotherapy_notes_with_other_records(paper, now):
    study = {"purposes": frozenset({"research"}), "merged": YES}
    assert defects(paper(**study), at=now) == ()
    notes = paper(**study, kinds=frozenset({"psychotherapy_notes", "billing"}))
    assert [d.element for d in defects(notes, at=now)] == [Element.COMPOUND]


def test_it_counts_through_its_last_day_and_not_on_the_next(paper, now):
    last = paper(expires=Expiry(on=now.date()))
    assert validity(last, at=now) is YES
    assert validity(last, at=now + timedelta(days=1)) is NO


def test_every_citation_stands_in_the_research(paper, now):
    cited = {d.citation for change, _ in SPOILED for d in defects(paper(**change), at=now)}
    joint = paper(holders=frozenset({"dov", "eve"}))
    part2 = paper(kinds=frozenset({"sud_records"}), description="")
    cited |= {d.citation for odd in (joint, part2) for d in defects(odd, at=now)}
    cited |= {d.citation for d in defects(paper(revoked_at=now), at=now)}
    assert cited == RESEARCHED


def test_a_paper_with_a_strange_kind_or_a_naive_time_is_our_own_mistake(paper, now):
    with pytest.raises(Misuse):
        paper(kinds=frozenset({"everything"}))
    with pytest.raises(Misuse):
        paper(revoked_at=now.replace(tzinfo=None))
    with pytest.raises(Misuse):
        defects(paper(), at=now.replace(tzinfo=None))
