"""The letters of a matter: what each must contain, what none may tell, and what cannot be signed."""

from dataclasses import replace
from datetime import date

import pytest

from stillroom.consent.rules import Party
from stillroom.disclosure.letters import Writer, print_letter
from stillroom.disclosure.letters.access import GROUNDS
from stillroom.disclosure.letters.forms import Material, Tells
from stillroom.disclosure.letters.kinds import FORMS, suggested, tells
from stillroom.disclosure.rules import Intake
from stillroom.kernel import Trilean
from tests.disclosure.conftest import NOW, PRACTICE, Found
from tests.disclosure.test_letters import CHART, MINOR, PART2, PRIVILEGE, UNSURE
from tests.disclosure.test_packet_file import text_of

ADA = Writer(PRACTICE, "Ada Merrow", "PhD, psychologist")
TODAY = date(2026, 11, 24)
ASKED = Intake(asker=Party("Dov Halpern", "client"), received_on=date(2026, 11, 2))
SAID = {
    "part": "What my notes say of the evening of May 3.",
    "contact": "the privacy officer",
    "telephone": "410 555 0142",
}


@pytest.fixture
def demand(subpoena) -> Material:
    """Rex's subpoena, and what the law finds about a chart that there is."""
    return Material(
        subpoena(), ADA, TODAY, ("Towson",), client="Dov Halpern",
        findings=(PART2, PRIVILEGE, MINOR, CHART, UNSURE),
    )  # fmt: skip


def material(**changes) -> Material:
    return replace(Material(ASKED, ADA, TODAY, client="Dov Halpern"), **changes)


def words(letter) -> str:
    told = [*letter.opening, *letter.closing, *letter.about]
    for part in letter.parts:
        told += [part.label, *(f"{one.says} {one.citation}" for one in part.sentences)]
    return " ".join(told)


@pytest.mark.parametrize("form", [one for one in FORMS.values() if one.tells is Tells.NOTHING])
def test_a_letter_that_tells_nothing_is_the_same_for_a_stranger_byte_for_byte(form, demand):
    """T07, P8: what is in the chart, and what the writer types, does not reach these letters."""
    stranger = replace(demand, client="", findings=(PRIVILEGE,))
    telling = replace(demand, typed={"own": "He came on Tuesdays.", "rules": "0"})
    assert tells(form, telling) is Tells.NOTHING
    assert form.make(telling) == form.make(stranger)
    assert print_letter(form.make(telling), NOW).pdf == print_letter(form.make(stranger), NOW).pdf
    assert "Dov" not in words(form.make(demand)).replace("Halpern v. Halpern", "")


def test_a_claim_that_speaks_of_a_record_is_a_disclosure_and_says_whose_it_is(demand):
    named = replace(demand, typed={"named": "yes", "own": "I ask to be heard."})
    assert tells(FORMS["assertion"], named) is Tells.OTHERS
    said = words(FORMS["assertion"].make(named))
    assert "For the person who holds it I claim the privilege" in said
    assert "The waiver of one is no waiver of another." in said
    assert "neither confirm nor deny" not in said
    assert "I ask to be heard." in said
    assert f"{PRIVILEGE.says} {PRIVILEGE.citation}" in said
    assert PART2.citation not in said


def test_a_claim_never_cites_an_exception_against_itself(demand):
    exception = replace(PRIVILEGE, modality="permits", citation="§ 9-109(d)(3)")
    named = replace(demand, findings=(PRIVILEGE, exception), typed={"named": "yes"})
    assert exception.citation not in words(FORMS["assertion"].make(named))


def test_a_request_for_assurances_names_both_ways_and_gives_up_no_privilege(demand):
    said = words(FORMS["assurances"].make(demand))
    for needed in (
        "good-faith attempt to tell the person concerned in writing",
        "45 CFR 164.512(e)(1)(ii)(A), (iii)",
        "returned or destroyed",
        "45 CFR 164.512(e)(1)(ii)(B), (iv)-(v)",
        "this letter gives none of it up",
        "take this letter as my objection",
    ):
        assert needed in said


@pytest.mark.parametrize("ground", GROUNDS, ids=lambda one: one.id)
def test_a_denial_says_all_that_the_rule_wants_it_to_say(ground):
    """45 CFR 164.524(d)(2): basis, review rights if there are any, complaints, whom to ask."""
    made = FORMS["denial"].make(material(typed=SAID, chosen={"grounds": (ground.id,)}))
    said = words(made)
    assert f"{ground.says} {ground.citation}" in said
    assert SAID["part"] in said
    assert "Ask for the privacy officer, telephone 410 555 0142." in said
    assert "complain to the Secretary of Health and Human Services" in said
    assert "within 180 days" in said
    assert "Everything else that you asked for." in said
    assert ("took no part in the denial" in said) is ground.reviewable
    assert ("no right to a review" in said) is not ground.reviewable


def test_one_ground_that_can_be_reviewed_brings_the_right_to_a_review():
    chosen = {"grounds": ("psychotherapy_notes", "endanger")}
    assert "took no part" in words(FORMS["denial"].make(material(typed=SAID, chosen=chosen)))


def test_a_denial_adds_what_the_state_adds_and_nothing_unread():
    state = Found("Md. Code, Health-Gen. § 4-304", "The refusal is noted in the record.")
    unread = replace(state, citation="Md. Code, Health-Gen. § 4-999", checked="recalled")
    federal = Found("45 CFR 164.524(a)(1)", "No holding back.")
    found = (state, unread, federal)
    made = FORMS["denial"].make(
        material(typed=SAID, chosen={"grounds": ("endanger",)}, withholding=found)
    )
    assert f"{state.says} {state.citation}" in words(made)
    assert federal.says not in words(made)
    assert made.left_out == (unread.citation,)


def test_a_denial_without_ground_part_or_telephone_number_cannot_be_signed():
    lacks = FORMS["denial"].lacks(material())
    assert [one.slot for one in lacks] == ["grounds", "part", "contact", "telephone"]
    assert not FORMS["denial"].lacks(material(typed=SAID, chosen={"grounds": ("source",)}))


@pytest.mark.parametrize(
    ("dated", "until", "extended", "lacking"),
    [
        (date(2026, 11, 24), "2027-01-01", False, []),
        (date(2026, 11, 24), "2027-01-02", False, ["until"]),
        (date(2026, 11, 24), "2026-11-24", False, ["until"]),
        (date(2026, 11, 24), "soon", False, ["until"]),
        (date(2026, 12, 2), "2026-12-20", False, []),
        (date(2026, 12, 3), "2026-12-20", False, ["until"]),
        (date(2026, 11, 24), "2026-12-20", True, ["until"]),
    ],
)
def test_time_is_taken_once_within_thirty_days_and_for_thirty_at_most(
    dated, until, extended, lacking
):
    """45 CFR 164.524(b)(2). The request came on November 2."""
    asked = material(
        dated=dated, extended=extended, typed={"until": until, "reason": "The file is on paper."}
    )
    assert [one.slot for one in FORMS["extension"].lacks(asked)] == lacking
    if not lacking:
        assert "The file is on paper." in words(FORMS["extension"].make(asked))


def test_a_parent_is_refused_by_a_rule_that_is_sure_or_told_that_it_is_not_settled():
    rule = replace(MINOR, modality="forbids")
    unsure = replace(rule, citation="§ 20-105", applies=Trilean.UNKNOWN)
    unread = replace(rule, citation="§ 20-106", checked="recalled")
    asked = material(findings=(unsure, unread, rule, CHART), typed={"knows": "yes"})
    form = FORMS["parent"]
    assert not form.lacks(asked)
    cited = words(form.make(replace(asked, chosen={"rules": ("0", "7")})))
    assert f"{rule.says} {rule.citation}" in cited
    assert "not settled" not in cited
    open_one = words(form.make(asked))
    assert "is not settled by anything that I have been able to read" in open_one
    for unsaid in (rule.citation, unsure.citation, unread.citation, CHART.citation):
        assert unsaid not in open_one


def test_a_parent_who_may_not_know_is_answered_by_neither_confirm_nor_deny():
    for said in ("", "no"):
        (lack,) = FORMS["parent"].lacks(material(typed={"knows": said}))
        assert "neither confirm nor deny" in lack.says


def test_what_fits_the_paper_is_offered_first():
    assert suggested("attorney", "attorney_subpoena", "")[0] == "objection"
    assert suggested("court", "court_order", "")[0] == "assertion"
    assert suggested("client", "client_request", "")[0] == "denial"
    assert suggested("parent", "letter", "")[0] == "parent"
    assert suggested("employer", "letter", "")[0] == "neither"
    for named in (suggested("a", b, "") for b in ("letter", "court_order", "clerk_subpoena")):
        assert set(named) <= FORMS.keys()


def test_a_printed_denial_names_no_client_in_its_metadata():
    made = FORMS["denial"].make(material(typed=SAID, chosen={"grounds": ("endanger",)}))
    printed = print_letter(made, NOW)
    assert "Dov" not in made.title
    assert "endanger a life" in " ".join(text_of(printed.pdf))


def test_a_denial_that_would_go_to_somebody_else_is_a_disclosure():
    """45 CFR 164.528(a)(1)(ii) frees only what goes to the client, or to who stands for the client."""
    for kind, expected in (
        ("client", Tells.HERSELF),
        ("personal_representative", Tells.HERSELF),
        ("attorney", Tells.OTHERS),
        ("", Tells.OTHERS),
    ):
        asked = material(intake=replace(ASKED, asker=Party("Somebody", kind)))
        assert tells(FORMS["denial"], asked) is expected, kind
