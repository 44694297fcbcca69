"""What a paper lacks, what the law is told of it, by when, and what may be decided."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from stillroom.consent.rules import Party, Period
from stillroom.disclosure.rules import (
    Answer,
    Decision,
    Level,
    Signer,
    clocks,
    facts_of,
    facts_of_a_stranger,
    missing_from_instrument,
    options,
    papers_by_kind,
    release_of,
    without_papers,
)
from stillroom.disclosure.rules_clocks import after
from stillroom.kernel import Misuse, Trilean
from tests.disclosure.conftest import NOW, OPEN

YES, NO, UNKNOWN = Trilean.YES, Trilean.NO, Trilean.UNKNOWN
TODAY = date(2026, 11, 24)
WAYS = ("satisfactory_assurances", "notice_to_client_proven", "qualified_protective_order")


def gaps(intake):
    return {gap.about: gap.state for gap in missing_from_instrument(intake)}


def test_a_clerks_subpoena_is_no_order_and_nobody_has_looked_for_proof(subpoena):
    assert gaps(subpoena()) == {
        "judge_signed": NO,
        "satisfactory_assurances": UNKNOWN,
        "period": NO,
    }
    assert gaps(subpoena(attached=dict.fromkeys(WAYS, NO)))["satisfactory_assurances"] is NO
    proven = subpoena(attached={"notice_to_client_proven": YES})
    assert "satisfactory_assurances" not in gaps(proven)


def test_an_order_that_no_judge_signed_is_no_order(subpoena):
    order = {"instrument": "court_order"}
    assert gaps(subpoena(**order, signed_by=Signer.ATTORNEY))["judge_signed"] is NO
    assert gaps(subpoena(**order, signed_by=None))["judge_signed"] is UNKNOWN
    assert "judge_signed" not in gaps(subpoena(**order, signed_by=Signer.JUDGE))


def test_a_complete_order_lacks_nothing(subpoena):
    order = subpoena(
        instrument="court_order",
        signed_by=Signer.JUDGE,
        period=Period(date(2026, 1, 1), date(2026, 11, 1)),
    )
    assert missing_from_instrument(order) == ()


def test_asking_for_everything_asks_for_private_notes_too(subpoena):
    assert "psychotherapy_notes_authorization" in gaps(subpoena(everything=YES))
    assert "psychotherapy_notes_authorization" not in gaps(subpoena())


def test_the_law_hears_what_is_known_and_nothing_else(subpoena, paper):
    facts = facts_of(subpoena(), {"client_age": 39, "joint_chart": UNKNOWN}, (), NOW)
    assert facts["recipient"] == "attorney"
    assert facts["judge_signed"] is NO
    assert facts["before_tribunal"] is YES
    assert facts["client_authorization"] is NO
    assert facts["client_age"] == 39
    assert "joint_chart" not in facts
    assert "satisfactory_assurances" not in facts
    with_paper = facts_of(subpoena(), {}, (paper(),), NOW)
    assert with_paper["client_authorization"] is YES
    assert without_papers(with_paper)["client_authorization"] is NO


def test_a_letter_with_nothing_known_says_nothing(subpoena):
    blank = subpoena(
        asker=Party("Rex"),
        instrument="",
        purpose="",
        proceeding="",
        signed_by=None,
        served_on=None,
        kinds=frozenset(),
    )
    assert facts_of_a_stranger(blank) == {}
    assert facts_of_a_stranger(replace(blank, proceeding="none"))["before_tribunal"] is NO


def test_the_chart_may_not_contradict_the_paper(subpoena):
    with pytest.raises(Misuse):
        facts_of(subpoena(), {"judge_signed": YES}, (), NOW)
    with pytest.raises(Misuse):
        facts_of(subpoena(), {"client_authorization": YES}, (), NOW)
    with pytest.raises(Misuse):
        subpoena(attached={"a_hunch": YES})
    with pytest.raises(Misuse):
        subpoena(kinds=frozenset({"gossip"}))


def test_a_joint_chart_asks_for_all_who_took_part(subpoena, paper):
    facts = facts_of(subpoena(), {"joint_chart": YES}, (paper(),), NOW)
    assert facts["all_participants_authorize"] is NO


def test_papers_are_held_against_each_kind(subpoena, paper):
    reached = papers_by_kind((paper(),), release_of(subpoena(), {}), NOW)
    assert reached["progress_notes"] is YES
    assert reached["billing"] is NO


@dataclass(frozen=True)
class By:
    words: str
    amount: int | None = None
    unit: str = ""
    of: str = ""


@dataclass(frozen=True)
class Owed:
    text: str
    deadline: By | None
    applies: Trilean = YES
    due: date | None = None
    act: str = "notify_client"
    to: str = "client"
    citation: str = "45 CFR 164.512(e)(1)(ii)-(vi)"


def test_clocks_run_in_order_and_say_why(subpoena):
    running = clocks(
        subpoena(),
        [
            Owed("Wait for objections", By("within 30 days", 30, "day", "served_on")),
            Owed("Tell the client", By("promptly")),
            Owed("Claim privilege", By("before the time to comply")),
            Owed("Not this one", By("within 2 days", 2, "day"), applies=NO),
            Owed("Keep it", By("within 6 years", 6, "year")),
            Owed("Some day", By("when it is sent")),
            Owed("No deadline", None),
            Owed("Report it", By("at once"), applies=UNKNOWN),
        ],
        TODAY,
    )
    assert [(c.label, c.due) for c in running] == [
        ("Tell the client", TODAY),
        ("Claim privilege", date(2026, 12, 8)),
        ("Time to comply", date(2026, 12, 8)),
        ("Wait for objections", date(2026, 12, 23)),
        ("Report it", TODAY),  # only may be owed, and stands below what is
    ]
    assert running[3].basis == "Within 30 days of service on November 23."
    assert running[3].days_left(TODAY) == 29


def test_a_clock_that_cannot_be_counted_says_so_and_comes_last(subpoena):
    duty = Owed("Object", By("within 15 days", 15, "day", "served_on"), applies=UNKNOWN)
    first, last = clocks(subpoena(served_on=None), [duty], TODAY)
    assert first.label == "Time to comply"
    assert (last.due, last.sure) == (None, UNKNOWN)
    assert "the day of service is not known" in last.basis
    assert last.days_left(TODAY) is None
    far = replace(duty, deadline=By("within 2 days", 2, "day", "learned_on"))
    assert clocks(subpoena(), [far], TODAY)[1].due is None
    reckoned = replace(far, due=date(2026, 11, 26))
    assert clocks(subpoena(), [reckoned], TODAY)[1].due == date(2026, 11, 26)


@pytest.mark.parametrize(
    ("amount", "unit", "due"),
    [
        (72, "hour", date(2026, 11, 26)),
        (20, "hour", date(2026, 11, 23)),
        (2, "week", date(2026, 12, 7)),
        (5, "business day", date(2026, 11, 30)),
        (3, "month", date(2027, 2, 23)),
        (1, "year", date(2027, 11, 23)),
        (1, "moon", None),
    ],
)
def test_spans_are_counted_and_never_late(amount, unit, due):
    assert after(date(2026, 11, 23), amount, unit) == due


def test_a_month_that_is_too_short_ends_on_its_last_day():
    assert after(date(2026, 1, 31), 1, "month") == date(2026, 2, 28)
    assert after(date(2028, 1, 31), 1, "month") == date(2028, 2, 29)


def offered(answers):
    return {each.decision: each.open for each in options(answers)}


def test_a_packet_opens_only_when_a_rule_permits_it_today():
    hope = Answer(Level.FORBIDDEN, Level.REQUIRED)
    assert offered({"billing": hope}) == {
        Decision.OBJECT: True,
        Decision.ASK: True,
        Decision.BUILD: False,
    }
    assert offered({"billing": hope, "progress_notes": OPEN})[Decision.BUILD]
    assert not offered({})[Decision.BUILD]
    closed = options({"billing": hope})[2]
    assert closed.why == "Opens when a rule permits it."


def test_refusing_what_the_law_requires_is_said_plainly():
    must = Answer(Level.REQUIRED, Level.REQUIRED)
    refuse, ask, build = options({"progress_notes": must})
    assert "requires" in refuse.why
    assert not ask.open
    assert build.open
